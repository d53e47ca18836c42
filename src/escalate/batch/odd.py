"""Rows that are no plain tickets of the policy: the scalar engine reads them, and says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from escalate.batch.coded import Bools, Ints, Mask
from escalate.batch.extra import np
from escalate.batch.schema import ANCHORS
from escalate.batch.sheet import Sheet
from escalate.policy.field import FieldSpec
from escalate.policy.field_types import Test
from escalate.policy.policy import Policy
from escalate.policy.ticket_fields import plain_test
from escalate.worktime.epoch import DAY, EPOCH, US

__all__ = ["Odd", "far"]

_FIRST: Final = (EPOCH.replace(year=1971) - EPOCH) // US
_LAST: Final = (EPOCH.replace(year=2199) - EPOCH) // US


def far(us: Ints) -> Bools:
    """Which instants are the scalar engine's: the first and last days of the years, and what
    lies outside of them."""
    first, last = _FIRST + DAY, _LAST - DAY
    if us.min(initial=first) >= first and us.max(initial=first) < last:
        return np.zeros(len(us), np.bool_)
    return (us < first) | (us >= last)


class Odd:
    """What a policy's tickets have to be."""

    def __init__(self, policy: Policy) -> None:
        self._tests = [
            (name, spec, plain_test(spec))
            for name, spec in policy.fields.items()
            if not _anything(spec)
        ]

    def rows(self, sheet: Sheet) -> Bools | None:
        """Which rows are odd; ``None`` if none is."""
        odd: Mask = False
        for mask in (*self._always(sheet), *self._declared(sheet)):
            odd = mask if odd is False else odd | mask
        return None if isinstance(odd, bool) else odd

    def _always(self, sheet: Sheet) -> list[Bools]:
        found = []
        idents = sheet.given.arrays["id"]
        if idents.null_count:
            found.append(idents.is_null().to_numpy(zero_copy_only=False))
        for name in ("created_at", *ANCHORS):
            if sheet.kind(name) is None:
                if name == "created_at":
                    found.append(np.ones(sheet.count, np.bool_))
                continue
            values, null = sheet.numbers(name)
            wrong = far(values)
            if null is not None:
                wrong = wrong | null if name == "created_at" else wrong & ~null
            if wrong.any():
                found.append(wrong)
        for name in ("tags", "done"):
            if sheet.kind(name) == "texts" and sheet.lists(name).coding.null:
                found.append(np.ones(sheet.count, np.bool_))
        return found

    def _declared(self, sheet: Sheet) -> list[Bools]:
        found = []
        for name, spec, test in self._tests:
            kind = sheet.kind(name)
            if kind is None or _surely(spec, kind):
                continue
            if kind in ("integer", "number"):
                values, null = sheet.numbers(name)
                different, at = np.unique(values, return_inverse=True)
                fits = np.array([test(value) for value in different.tolist()], np.bool_)[at]
                wrong = ~fits if null is None else ~fits & ~null
            elif kind == "texts":
                lists = sheet.lists(name)
                if all(test((value,)) for value in lists.coding.values) and not lists.coding.null:
                    continue
                wrong = np.ones(sheet.count, np.bool_)
            elif kind in ("integers", "numbers", "booleans"):
                wrong = np.ones(sheet.count, np.bool_)
            else:
                codes, coding = sheet.texts(name)
                table, _ = coding.table(("odd", name), _allowed(test))
                if table.constant:
                    continue
                wrong = ~table.table[codes]
            if wrong.any():
                found.append(wrong)
        return found


def _allowed(test: Test) -> Callable[[Any], bool]:
    return lambda value: value is None or bool(test(value))


def _said(spec: FieldSpec) -> set[str]:
    """What a declaration says, but for its description."""
    words = ("type", "enum", "ordered", "items", "format", "minimum", "maximum")
    return {word for word in words if getattr(spec, word) is not None}


def _anything(spec: FieldSpec) -> bool:
    return not _said(spec)


def _surely(spec: FieldSpec, kind: str) -> bool:
    """Whether the type alone tells that values are as declared."""
    return _said(spec) == {"type"} and spec.type in _TYPES.get(kind, ())


_TYPES: Final = {
    "text": ("string",),
    "integer": ("integer", "number"),
    "number": ("number",),
    "boolean": ("boolean",),
}
