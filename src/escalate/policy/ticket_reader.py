"""Tickets of one policy from what JSON holds. Language: "The ticket".

Nearly every ticket of a desk is as it should be. Such a one is read in few steps, each key
by its own test; any other is read again by `Reader`, key by key, which says all that is
wrong with it. Tests hold the two to the same tickets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from escalate.event import EVENT_KEYS, Event
from escalate.policy.policy import Policy
from escalate.policy.ticket_fields import FieldChecker, plain_test, plain_words
from escalate.reading import CUSTOMER, FIRST_YEAR, FREE, LAST_YEAR, TEXT, TOP, WRITERS, read_ticket
from escalate.ticket import Ticket
from escalate.worktime.epoch import EPOCH

__all__ = ["TicketReader"]

Test = Callable[[Any], bool]
_US: Final = EPOCH.resolution
_NO_EVENT: Final[list[Any]] = [None, 0, "", *Event._field_defaults.values()]
_PLACES: Final = {name.rstrip("_"): place for place, name in enumerate(Event._fields)}
_OF_THEIR_OWN: Final = frozenset({"by", "due", "hold_until", "public", "requests"})
_ALLOWED: Final = {kind: frozenset((*keys, "key")) for kind, keys in EVENT_KEYS.items()}


class _OddError(Exception):
    """Something is not as it should be, or merely unusual."""


class TicketReader:
    """Reads tickets as the policy declares them."""

    def __init__(self, policy: Policy) -> None:
        self._declared = frozenset(policy.fields)
        self._checker = FieldChecker(policy)
        tests: dict[str, Test | frozenset[Any]] = {
            **dict.fromkeys(TEXT, _is_text),
            **dict.fromkeys(FREE, _is_free),
        }
        inner: dict[str, Test | frozenset[Any]] = {f"customer.{key}": _is_text for key in CUSTOMER}
        for name, spec in policy.fields.items():
            table = inner if name.startswith("customer.") else tests
            words, built_in = plain_words(spec), table.get(name)
            # Whatever a built-in field may be, text is.
            table[name] = _both(built_in, plain_test(spec)) if words is None else words
        self._tests = tests
        self._customer = {
            name.removeprefix("customer."): (name, test) for name, test in inner.items()
        }
        # A field of this name would have a meaning of its own beside the built-in one.
        self._swift = not self._declared & (TOP - TEXT - FREE)

    def read(self, raw: object) -> Ticket:
        """The ticket.

        Raises:
            TicketError: with every mistake, each located.
        """
        if self._swift and raw.__class__ is dict:
            try:
                return self.plain(raw)
            except (_OddError, KeyError, TypeError, ValueError):
                pass
        return read_ticket(raw, self._declared, self._checker.check_values)

    def plain(self, raw: dict[str, Any]) -> Ticket:
        """The ticket, if nothing in it is odd."""
        tests = self._tests
        values: dict[str, Any] = {}
        events: tuple[Event, ...] | None = None
        done: tuple[str, ...] = ()
        stand_ins: dict[str, datetime] = {}
        for name, value in raw.items():
            if value is None:
                if name in _STAND_INS:
                    raise _OddError
                continue
            test = tests.get(name)
            if test is not None:
                if not (value in test if isinstance(test, frozenset) else test(value)):
                    raise _OddError
                values[name] = tuple(value) if value.__class__ is list else value
            elif name == "customer":
                if value.__class__ is not dict:
                    raise _OddError
                for key, part in value.items():
                    if part is not None:
                        path, test = self._customer[key]
                        if not (part in test if isinstance(test, frozenset) else test(part)):
                            raise _OddError
                        values[path] = tuple(part) if part.__class__ is list else part
            elif name == "tags":
                values[name] = _texts(value)
            elif name == "events":
                if value.__class__ is not list:
                    raise _OddError
                events = tuple([_event(item) for item in value])
            elif name == "done":
                done = _texts(value)
            elif name in _STAND_INS:
                stand_ins[name] = _instant(value)
            elif name not in ("id", "created_at"):
                raise _OddError
        ident = raw["id"]
        if ident.__class__ is int:
            ident = str(ident)
        elif ident.__class__ is not str:
            raise _OddError
        created = _instant(raw["created_at"])
        values["id"] = ident
        return Ticket(ident, created, values, events, done, **stand_ins)


_STAND_INS: Final = frozenset({"level_entered_at", "first_reply_at", "resolved_at"})


def _is_text(value: Any) -> bool:
    return value.__class__ is str


def _is_free(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _both(first: Test | frozenset[Any] | None, second: Test) -> Test:
    if first is None or isinstance(first, frozenset):
        return second
    return lambda value: first(value) and second(value)


def _texts(raw: Any) -> tuple[str, ...]:
    if raw.__class__ is not list:
        raise _OddError
    for item in raw:
        if item.__class__ is not str:
            raise _OddError
    return tuple(raw)


def _instant(raw: Any) -> datetime:
    at = datetime.fromisoformat(raw)
    if at.tzinfo is None or not FIRST_YEAR < at.year < LAST_YEAR:
        raise _OddError
    return at


def _event(raw: Mapping[str, Any]) -> Event:
    """One entry of ``events``."""
    if raw.__class__ is not dict:
        raise _OddError
    kind = raw["type"]
    allowed = _ALLOWED[kind]
    at = _instant(raw["at"])
    parts = _NO_EVENT.copy()
    parts[:3] = at, (at - EPOCH) // _US, kind
    for name, value in raw.items():
        if name in allowed:
            if value is None:
                continue
            if value.__class__ is not str or name in _OF_THEIR_OWN:
                value = _unusual(kind, name, value)
            parts[_PLACES[name]] = value
        elif name not in ("at", "type"):
            raise _OddError
    if kind == "promised" and parts[_PLACES["due"]] is None:
        raise _OddError
    # A named tuple's own constructor costs twice this, which takes the fields in their order.
    event: Event = tuple.__new__(Event, parts)
    return event


def _unusual(kind: str, name: str, value: Any) -> Any:
    """What is not just text, or not any text."""
    if kind == "field" and name in ("from", "to"):
        return tuple(value) if value.__class__ is list else value
    if name == "public" and value.__class__ is bool:
        return value
    if name in ("due", "hold_until"):
        return _instant(value)
    if name == "requests" and all(number.__class__ is int for number in value):
        return tuple(value)
    if name == "by" and value.__class__ is str and value in WRITERS.get(kind, (value,)):
        return value
    raise _OddError
