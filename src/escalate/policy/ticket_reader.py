"""Tickets of one policy from what JSON holds. Language: "The ticket".

Nearly every ticket of a desk is as it should be. Such a one is read in few steps, each key
by its own test; any other is read again by `Reader`, key by key, which says all that is
wrong with it. Tests hold the two to the same tickets.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, NamedTuple

from escalate.errors import TicketError
from escalate.event import EVENT_KEYS, Event
from escalate.policy.field import FieldSpec
from escalate.policy.field_types import Test
from escalate.policy.json_text import read_json, read_pairs
from escalate.policy.policy import Policy
from escalate.policy.ticket_fields import FieldChecker, plain_classes, plain_test, plain_words
from escalate.reading import CUSTOMER, FIRST_YEAR, FREE, LAST_YEAR, TEXT, TOP, WRITERS, read_ticket
from escalate.ticket import UNSET, Ticket, new_ticket
from escalate.worktime.epoch import EPOCH

__all__ = ["TicketReader", "once_each"]

Mapped = Callable[[Any], dict[str, Any]]
"""Opens an object as it was read."""

_US: Final = EPOCH.resolution
_NO_EVENT: Final[list[Any]] = [None, 0, "", *Event._field_defaults.values()]
_PLACES: Final = {name.rstrip("_"): place for place, name in enumerate(Event._fields)}
_DUE: Final = _PLACES["due"]
_OF_THEIR_OWN: Final = frozenset({"by", "due", "hold_until", "public", "requests"})
_ALLOWED: Final = {kind: frozenset((*keys, "key")) for kind, keys in EVENT_KEYS.items()}
_AS_TEXT: Final = {
    kind: {name: _PLACES[name] for name in (*sorted(keys - _OF_THEIR_OWN), "at", "type")}
    for kind, keys in _ALLOWED.items()
}
"""For each kind of event the keys that may be just text, with their places in it."""
_STAND_INS: Final = ("level_entered_at", "first_reply_at", "resolved_at")
_TEXT: Final = frozenset({str})
_SCALARS: Final = frozenset({str, int, float, bool})


class _OddError(Exception):
    """Something is not as it should be, or merely unusual."""


def _as_it_is(held: Any) -> dict[str, Any]:
    """An object that is one already."""
    if held.__class__ is not dict:
        raise _OddError
    opened: dict[str, Any] = held
    return opened


class _Known(NamedTuple):
    """What facts of these names may be: one of some words, a value of some classes, or what
    passes a test."""

    words: dict[str, frozenset[Any]]
    classes: dict[str, frozenset[type]]
    tests: dict[str, Test]

    def declare(self, name: str, spec: FieldSpec) -> None:
        """A field of the policy; a built-in one is both, and whatever that may be, text is."""
        built_in = self.classes.pop(name, None)
        words, classes = plain_words(spec), plain_classes(spec)
        if words is not None:
            self.words[name] = words
        elif classes is not None:
            self.classes[name] = classes if built_in is None else classes & built_in
        else:
            self.tests[name] = _both(built_in, plain_test(spec))


class TicketReader:
    """Reads tickets as the policy declares them."""

    def __init__(self, policy: Policy) -> None:
        self._declared = frozenset(policy.fields)
        self._checker = FieldChecker(policy)
        free = dict.fromkeys(sorted(FREE), _SCALARS)
        self._facts = _Known({}, dict.fromkeys(sorted(TEXT), _TEXT) | free, {})
        self._customers = _Known({}, {f"customer.{key}": _TEXT for key in sorted(CUSTOMER)}, {})
        for name, spec in policy.fields.items():
            known = self._customers if name.startswith("customer.") else self._facts
            known.declare(name, spec)
        # A field of this name would have a meaning of its own beside the built-in one.
        self._swift = not self._declared & (TOP - TEXT - FREE)

    def read(self, raw: object) -> Ticket:
        """The ticket, from what JSON holds.

        Raises:
            TicketError: with every mistake, each located.
        """
        if self._swift and raw.__class__ is dict:
            try:
                return self.plain(raw)
            except (_OddError, KeyError, TypeError, ValueError):
                pass
        return read_ticket(raw, self._declared, self._checker.check_values)

    def read_text(self, text: str | bytes) -> Ticket:
        """The ticket, from JSON text.

        Raises:
            TicketError: with every mistake, each located.
        """
        if self._swift:
            try:
                return self.plain(read_pairs(text), once_each)
            except (_OddError, KeyError, TypeError, ValueError):
                pass
        held, wrong = read_json(text, "<ticket>")
        if wrong:
            raise TicketError(wrong)
        return self.read(held)

    def plain(self, raw: Any, opened: Mapped = _as_it_is) -> Ticket:
        """The ticket, if nothing in it is odd."""
        values: dict[str, Any] = {}
        rest = self._take(self._facts, opened(raw), values, opened)
        ident, created = rest.pop("id"), _instant(rest.pop("created_at"))
        if ident.__class__ is int:
            ident = str(ident)
        elif ident.__class__ is not str:
            raise _OddError
        values["id"] = ident
        events: tuple[Event, ...] | None = None
        if "events" in rest:
            listed = rest.pop("events")
            if listed.__class__ is not list:
                raise _OddError
            events = tuple([_event(opened(item)) for item in listed])
        done = _texts(rest.pop("done")) if "done" in rest else ()
        entered = replied = resolved = UNSET
        if rest:
            entered, replied, resolved = [rest.pop(name, UNSET) for name in _STAND_INS]
            if rest:
                raise _OddError
        return new_ticket(ident, created, values, events, done, entered, replied, resolved)

    def _take(
        self, known: _Known, held: dict[str, Any], values: dict[str, Any], opened: Mapped
    ) -> dict[str, Any]:
        """Take in all that are facts; the rest is returned."""
        words_of, classes_of, tests = known
        rest: dict[str, Any] = {}
        for name, value in held.items():
            if value is None:
                if name in _STAND_INS:
                    rest[name] = None
                continue
            words = words_of.get(name)
            if words is not None:
                if value not in words:
                    raise _OddError
                values[name] = value
                continue
            classes = classes_of.get(name)
            if classes is not None:
                if value.__class__ not in classes:
                    raise _OddError
                values[name] = value
            elif name in tests:
                if not tests[name](value):
                    raise _OddError
                values[name] = value if value.__class__ in _SCALARS else _flat(value)
            elif name == "tags":
                values[name] = _texts(value)
            elif name == "customer":
                parts = {f"customer.{key}": part for key, part in opened(value).items()}
                if self._take(self._customers, parts, values, opened):
                    raise _OddError
            elif name in _STAND_INS:
                rest[name] = _instant(value)
            else:
                rest[name] = value
        return rest


def once_each(pairs: Any) -> dict[str, Any]:
    """An object from its pairs, if no key is written twice."""
    if pairs.__class__ is not tuple:
        raise _OddError
    opened = dict(pairs)
    if len(opened) != len(pairs):
        raise _OddError
    return opened


def _both(classes: frozenset[type] | None, test: Test) -> Test:
    if classes is None:
        return test
    return lambda value: value.__class__ in classes and test(value)


def _flat(raw: Any) -> tuple[Any, ...]:
    """A list that holds nothing but plain values."""
    if raw.__class__ is not list or not _SCALARS.issuperset(map(type, raw)):
        raise _OddError
    return tuple(raw)


def _texts(raw: Any) -> tuple[str, ...]:
    if raw.__class__ is not list or not _TEXT.issuperset(map(type, raw)):
        raise _OddError
    return tuple(raw)


def _instant(raw: Any) -> datetime:
    at = datetime.fromisoformat(raw)
    if at.tzinfo is None or not FIRST_YEAR < at.year < LAST_YEAR:
        raise _OddError
    return at


def _event(raw: dict[str, Any]) -> Event:
    """One entry of ``events``."""
    kind = raw["type"]
    as_text = _AS_TEXT[kind]
    parts = _NO_EVENT.copy()
    for name, value in raw.items():
        if value.__class__ is str and name in as_text:
            parts[as_text[name]] = value
        elif value is None and name in _ALLOWED[kind]:
            continue
        else:
            parts[_PLACES[name]] = _unusual(kind, name, value)
    parts[0] = at = _instant(raw["at"])
    parts[1] = (at - EPOCH) // _US
    if kind == "promised" and parts[_DUE] is None:
        raise _OddError
    # A named tuple's own constructor costs twice this, which takes the fields in their order.
    event: Event = tuple.__new__(Event, parts)
    return event


def _unusual(kind: str, name: str, value: Any) -> Any:
    """What is not just text, or not any text."""
    if name not in _ALLOWED[kind]:
        raise _OddError
    if kind == "field" and name in ("from", "to"):
        return value if value.__class__ in _SCALARS else _flat(value)
    if name == "public" and value.__class__ is bool:
        return value
    if name in ("due", "hold_until"):
        return _instant(value)
    if name == "requests" and all(number.__class__ is int for number in value):
        return tuple(value)
    if name == "by" and value.__class__ is str and value in WRITERS.get(kind, (value,)):
        return value
    raise _OddError
