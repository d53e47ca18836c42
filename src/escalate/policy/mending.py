"""What remains of a policy without the parts whose structure is wrong.

The rest is read as a policy of its own, so that names and types are checked in the same run
as the structure. Whatever was left out is remembered as a doubt, and no check speaks of it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from pydantic_core import ValidationError

from escalate.errors import Diagnostic, did_you_mean
from escalate.modelling.words import BaseModel
from escalate.policy.doubts import NO_DOUBTS, SECTIONS, UNKNOWN, Doubts
from escalate.policy.keys import keys_at
from escalate.policy.source import Source
from escalate.policy.structure import context_of
from escalate.policy.trail import path_in

__all__ = ["Mended", "mended", "of_owners", "with_faulty_owners"]

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]
Mended = tuple[M | None, Source, Doubts]

_MOST_ROUNDS: Final = 30
_MOST_ERRORS: Final = 1_000
"""Where more than these are wrong, there is no rest to speak of."""

_WHOLE: Final = frozenset({"owners", "calendars", "fields", "actions"})
"""Whose entries are one thing: a piece that is wrong leaves nothing to be said of it."""

_NAMED: Final = frozenset({*SECTIONS, "levels", "similar"})

_UNKNOWN_NAMES: Final = frozenset({"ESC302", "ESC304", "ESC305", "ESC309"})
"""What names in an owner may be found to be: no owner, calendar, condition or fact."""

_NOBODY: Final = "none"
_ALWAYS_TRUE: Final[Mapping[str, Any]] = {"active": True}

_NEUTRAL: Final[Mapping[str, Any]] = {
    "escalate": 1,
    "name": UNKNOWN,
    "owner": _NOBODY,
    "target": _NOBODY,
    "use": _NOBODY,
    "when": _ALWAYS_TRUE,
    "from": "created",
    "until": "resolved",
    "action": UNKNOWN,
}
"""What stands for a key that must be there: something of which nothing can be said."""


def mended(model: type[M], source: Source) -> Mended[M]:
    """The model of what is sound, the text that it is of, and what is in doubt.

    The model is ``None`` where so much is wrong that nothing remains.
    """
    return _mended(model, source, _WHOLE)


def with_faulty_owners(model: type[M], source: Source, doubts: Doubts) -> Mended[M]:
    """The same, but of faulty owners the sound pieces stay: they name others, who may be
    unknown. Nothing else can be said of such an owner, and ``doubts`` stay as they were.
    """
    if not doubts.within("owners"):
        return None, source, doubts
    whole, sound, more = _mended(model, source, _WHOLE - {"owners"})
    return whole, sound, doubts | more


def of_owners(found: Iterable[Diagnostic], doubts: Doubts) -> list[Diagnostic]:
    """What can be said of faulty owners: of the findings, the unknown names in them."""
    within = tuple(f"owners.{name}." for name in sorted(doubts.within("owners")))
    return [d for d in found if d.code in _UNKNOWN_NAMES and d.path.startswith(within)]


def _mended(model: type[M], source: Source, entire: frozenset[str]) -> Mended[M]:
    """``entire`` are the sections of whose faulty entries nothing stays."""
    if not isinstance(source.data, Mapping):
        return None, source, NO_DOUBTS
    rest = _Rest(model, copy.deepcopy(dict(source.data)), entire)
    for _ in range(_MOST_ROUNDS):
        try:
            whole = model.model_validate(rest.data, context=context_of(source))
        except ValidationError as error:
            if error.error_count() > _MOST_ERRORS or not rest.leave_out(error):
                break
        else:
            return whole, replace(source, data=rest.data, kept=dict(rest.kept())), rest.doubts()
    return None, source, NO_DOUBTS


class _Rest:
    """The data, from which piece after piece is left out."""

    def __init__(
        self, model: type[BaseModel], data: dict[str, Any], entire: frozenset[str]
    ) -> None:
        self.model = model
        self.data = data
        self.entire = entire
        self._names: dict[str, set[str]] = {}
        self._open: set[str] = set()
        self._numbers: dict[int, list[int]] = {}  # by list: the numbers of what it still holds
        self._ids = 0

    def doubts(self) -> Doubts:
        names = {section: frozenset(found) for section, found in sorted(self._names.items())}
        return Doubts(names, frozenset(self._open))

    def kept(self) -> Iterator[tuple[Path, tuple[int, ...]]]:
        """By path of a list from which something was left out: what its items were."""
        for path, here in _lists(self.data, ()):
            if id(here) in self._numbers:
                yield path, tuple(self._numbers[id(here)])

    def leave_out(self, error: ValidationError) -> bool:
        """One round; false where the whole is wrong."""
        found = [
            (path_in(self.data, one["loc"]), one["type"], "[key]" in one["loc"])
            for one in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        if any(not path for path, _, _ in found):
            return False
        gone: set[Path] = set()
        for path, kind, of_key in found:
            gone.add(self._unit(path, kind, of_key))
        # Of lists the last first, so that the numbers of the others stay what they are.
        for path in sorted(gone, key=_backwards):
            if path:
                self._remove(path)
        return True

    def _unit(self, path: Path, kind: str, of_key: bool) -> Path:
        """What is to be left out for a mistake; nothing (``()``) where a value took its place."""
        section = str(path[0])
        if of_key and len(path) == 2:
            self._open.add(section)  # it was meant to define another name
        if section == "statuses":
            return path[:1]
        if section in self.entire and len(path) > 1:
            return path[:2]
        if path[-1] in ("when", "use") and "otherwise" in _at(self.data, path[:-1]):
            return path[:-1]  # a case of both forms, and nobody knows which is meant
        if kind == "missing":
            return () if self._supply(path) else path[:-1]
        return path

    def _supply(self, path: Path) -> bool:
        """Something in place of a key that is missing, if there is such a thing."""
        *parent, key = path
        here = _at(self.data, tuple(parent))
        if key == "id":
            self._ids += 1
            here[key] = f"{UNKNOWN}{self._ids}"
            self._open |= {"levels"} & {str(path[0])}
        elif key == "levels":
            self._open |= set() if parent else {"levels"}
            neutral = {"id": f"{UNKNOWN}0", "owner": _NOBODY}
            here[key] = [UNKNOWN if parent else neutral]
        elif key in _NEUTRAL:
            here[key] = copy.copy(_NEUTRAL[str(key)])
        else:
            return False
        self._calendar(tuple(parent))
        return True

    def _remove(self, path: Path) -> None:
        *parent, last = path
        here = _at(self.data, tuple(parent))
        if isinstance(here, list) and isinstance(last, int):
            self._numbers.setdefault(id(here), list(range(len(here))))
            del here[last], self._numbers[id(here)][last]
            self._open |= {"levels"} if path[:-1] == ("levels",) else set()
            return
        if not isinstance(here, dict) or last not in here:
            return  # it went with another piece
        value = here.pop(last)
        self._doubt(path, value)
        if last == "calendar" and last in self._keys(tuple(parent)):
            here[last] = UNKNOWN
        else:
            self._calendar(tuple(parent))

    def _calendar(self, path: Path) -> None:
        """A mapping that has lost something may have lost its calendar."""
        here = _at(self.data, path)
        if "calendar" not in here and "calendar" in self._keys(path):
            here["calendar"] = UNKNOWN

    def _keys(self, path: Path) -> frozenset[str]:
        return keys_at(self.model, self.data, path)

    def _doubt(self, path: Path, value: Any) -> None:
        section = str(path[0])
        if len(path) == 2 and section in _NAMED:
            self._names.setdefault(section, set()).add(str(path[1]))
        if len(path) > 1:
            return
        if section in _NAMED:
            self._open.add(section)
        near = did_you_mean(section, (*_NAMED, "include"))
        if near is not None:
            self._open |= set(SECTIONS) if near == "include" else {near}
        if isinstance(value, dict | list) and section != "statuses":
            self._open |= (_NAMED & self.model.model_fields.keys()) - self.data.keys()


def _at(data: Any, path: Path) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return {}
    return data


def _backwards(path: Path) -> tuple[tuple[int, int | str], ...]:
    """Deeper and later first, of siblings in a list the last."""
    return (*((0, -part) if isinstance(part, int) else (1, part) for part in path), (2, 0))


def _lists(data: Any, path: Path) -> Iterable[tuple[Path, list[Any]]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _lists(value, (*path, key))
    elif isinstance(data, list):
        yield path, data
        for i, value in enumerate(data):
            yield from _lists(value, (*path, i))
