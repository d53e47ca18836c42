"""Whether a ticket's fields are what the policy declares. Language: "Types are checked at load".

JSON Schema is the meaning. What a field may be is tested by a plain function, which
agrees with it; only for a field that fails is ``jsonschema`` asked what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from escalate.errors import Diagnostic, did_you_mean
from escalate.policy.field import FieldSpec
from escalate.policy.field_types import CLASSES, IS, TYPES, Test, is_listed, is_number
from escalate.policy.policy import Policy
from escalate.ticket import Ticket
from escalate.wording import bare_kind, shown

__all__ = ["FieldChecker", "plain_classes", "plain_test", "plain_words"]


class FieldChecker:
    """The declared fields of one policy, ready to check tickets."""

    def __init__(self, policy: Policy) -> None:
        self._fields = dict(policy.fields)
        self._tests = [(name, plain_test(spec)) for name, spec in policy.fields.items()]
        self._validators: dict[str, Any] = {}

    def check(self, ticket: Ticket) -> list[Diagnostic]:
        """Every field that is not what was declared (``ESC919``)."""
        return self.check_values(ticket.values)

    def check_values(self, values: Mapping[str, Any]) -> list[Diagnostic]:
        """The same of a ticket that is not whole."""
        found: list[Diagnostic] = []
        for name, test in self._tests:
            value = values.get(name)
            if value is not None and not test(value):
                found += self._wrong(name, value)
        return found

    def _wrong(self, name: str, value: Any) -> list[Diagnostic]:
        from jsonschema import Draft7Validator

        spec = self._fields[name]
        validator = self._validators.get(name)
        if validator is None:
            validator = self._validators[name] = Draft7Validator(spec.json_schema())
        plain = list(value) if isinstance(value, tuple) else value
        found = [_said(name, error) for error in validator.iter_errors(plain)]
        return found or [_no_such_time(name, spec, plain)]


# The plain form. Each maker answers a test, or None where any value will do.


def plain_test(spec: FieldSpec) -> Test:
    """Whether a value is what is declared; ``date-time`` and ``date`` must exist, too."""
    tests = [test for test in (_type(spec), _choice(spec), _limits(spec), _form(spec)) if test]
    if spec.items is not None:
        tests.append(_items(plain_test(spec.items)))
    if not tests:
        return lambda value: True
    if len(tests) == 1:
        return tests[0]
    return lambda value: all(test(value) for test in tests)


def plain_words(spec: FieldSpec) -> frozenset[Any] | None:
    """The words among which a value must be, where that is all that is asked of it."""
    if not _words(spec) or spec.type not in (None, "string"):
        return None
    return None if _limits(spec) or _form(spec) or spec.items else frozenset(spec.choices or ())


def plain_classes(spec: FieldSpec) -> frozenset[type] | None:
    """The classes of which a value usually is, where its type is all that is asked of it."""
    if spec.choices is not None or _limits(spec) or _form(spec) or spec.items is not None:
        return None
    return CLASSES.get(spec.type or "")


def _type(spec: FieldSpec) -> Test | None:
    # The usual list of words tells the type by itself.
    if spec.type is None or (spec.type == "string" and _words(spec)):
        return None
    return IS[spec.type]


def _words(spec: FieldSpec) -> bool:
    choices = spec.choices
    return choices is not None and all(isinstance(choice, str) for choice in choices)


def _choice(spec: FieldSpec) -> Test | None:
    choices = spec.choices
    if choices is None:
        return None
    if _words(spec):
        words = frozenset(choices)
        return lambda value: value.__class__ is str and value in words
    # In JSON true is not 1.
    return lambda value: is_listed(value, choices)


def _limits(spec: FieldSpec) -> Test | None:
    low, high = spec.minimum, spec.maximum
    if low is None and high is None:
        return None

    def test(value: Any) -> bool:
        if not is_number(value):
            return True
        return (low is None or value >= low) and (high is None or value <= high)

    return test


def _items(inner: Test) -> Test:
    return lambda value: not isinstance(value, list | tuple) or all(map(inner, value))


def _is_instant(value: Any) -> bool:
    try:
        return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_date(value: Any) -> bool:
    try:
        return not isinstance(value, str) or bool(date.fromisoformat(value))
    except ValueError:
        return False


def _form(spec: FieldSpec) -> Test | None:
    return {"date-time": _is_instant, "date": _is_date}.get(spec.format or "")


# What is said.


def _said(name: str, error: Any) -> Diagnostic:
    """A finding of the JSON Schema in an author's words."""
    way = "".join(f"[{i}]" if isinstance(i, int) else f".{i}" for i in error.absolute_path)
    value, wanted = error.instance, error.validator_value
    hint = None
    match error.validator:
        case "enum":
            names = [shown(choice) for choice in wanted]
            near = did_you_mean(shown(value), names)
            said = f"is `{shown(value)}`, which is not among its values"
            hint = f"did you mean `{near}`?" if near else "one of: " + ", ".join(names)
        case "type":
            said = f"is {bare_kind(value)}, not {TYPES[wanted]}"
        case "minimum":
            said = f"is `{shown(value)}`, less than {wanted}"
        case _:
            said = f"is `{shown(value)}`, more than {wanted}"
    return Diagnostic("ESC919", f"`{name}{way}` {said}", path=f"{name}{way}", help=hint)


def _no_such_time(name: str, spec: FieldSpec, value: Any) -> Diagnostic:
    """No schema says that an instant exists."""
    if spec.items is not None and isinstance(value, list):
        fits = plain_test(spec.items)
        i = next(i for i, item in enumerate(value) if not fits(item))
        return _no_such_time(f"{name}[{i}]", spec.items, value[i])
    if spec.format == "date":
        said, hint = "no date", "write it as 2026-11-20"
    else:
        said, hint = "no instant with an offset", "write it as 2026-11-20T09:12:00+02:00"
    return Diagnostic("ESC919", f"`{name}` is `{shown(value)}`, {said}", path=name, help=hint)
