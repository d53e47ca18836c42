"""Functions that read tickets of one shape, as Python source.

The tickets of a desk have the same keys, in the same order, nearly all of them, and so have its
events. A function that is written for a shape takes its values apart, asks of each what its
key may hold, and makes the ticket: nothing is looked up by name, and a key written twice is
part of a shape that is not read. It raises ``OddError`` where a value is not as it should be, or
merely unusual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from escalate.event import EVENT_KEYS, Event
from escalate.policy.field import FieldSpec
from escalate.policy.field_types import Test
from escalate.policy.ticket_fields import plain_classes, plain_test, plain_words
from escalate.reading import FIRST_YEAR, LAST_YEAR, WRITERS
from escalate.ticket import STAND_INS, UNSET, Ticket, new_ticket
from escalate.worktime.epoch import EPOCH, US

__all__ = [
    "ALLOWED",
    "SCALARS",
    "TEXT",
    "Facts",
    "Names",
    "OddError",
    "customer",
    "event",
    "ticket",
]

Names = tuple[str, ...]
Values = Sequence[Any]

TEXT: Final = frozenset({str})
SCALARS: Final = frozenset({str, int, float, bool})
_FIELDS: Final = tuple(name.rstrip("_") for name in Event._fields)
ALLOWED: Final = {kind: frozenset((*keys, "key")) for kind, keys in EVENT_KEYS.items()}


class OddError(Exception):
    """Something is not as it should be, or merely unusual."""


class Facts(NamedTuple):
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

    def asked(self, name: str, n: int, scope: dict[str, Any]) -> tuple[str, str] | None:
        """What is asked of the value ``v{n}`` of a fact, and what is kept of it; ``None`` if
        there is no such fact."""
        if name in self.words:
            scope[f"w{n}"] = self.words[name]
            return f"v{n} in w{n}", f"v{n}"
        if name in self.classes:
            classes = self.classes[name]
            scope[f"c{n}"] = classes
            return f"v{n}.__class__ {'is str' if classes == TEXT else f'in c{n}'}", f"v{n}"
        if name in self.tests:
            scope[f"t{n}"] = self.tests[name]
            return f"t{n}(v{n})", f"flat(v{n})"
        return None


def _both(classes: frozenset[type] | None, test: Test) -> Test:
    if classes is None:
        return test
    return lambda value: value.__class__ in classes and test(value)


# What the functions call.


def _flat(value: Any) -> Any:
    """A plain value, or a list that holds nothing but such."""
    if value.__class__ in SCALARS:
        return value
    if value.__class__ is not list or not SCALARS.issuperset(map(type, value)):
        raise OddError
    return tuple(value)


def _texts(raw: Any) -> tuple[str, ...]:
    if raw.__class__ is not list or not TEXT.issuperset(map(type, raw)):
        raise OddError
    return tuple(raw)


def _instant(raw: Any) -> datetime:
    at = datetime.fromisoformat(raw)
    if at.tzinfo is None or not FIRST_YEAR < at.year < LAST_YEAR:
        raise OddError
    return at


def _ident(raw: Any) -> str:
    if raw.__class__ is not int:
        raise OddError
    return str(raw)


def _numbers(raw: Any) -> tuple[int, ...]:
    if raw.__class__ is not list or not {int}.issuperset(map(type, raw)):
        raise OddError
    return tuple(raw)


_CALLED: Final[Mapping[str, Any]] = {
    "OddError": OddError,
    "flat": _flat,
    "texts": _texts,
    "instant": _instant,
    "ident": _ident,
    "numbers": _numbers,
    "new_ticket": new_ticket,
    "UNSET": UNSET,
    # A named tuple's own constructor costs twice this, which takes the fields in their order.
    "new": tuple.__new__,
    "Event": Event,
    "EPOCH": EPOCH,
    "US": US,
}


def _written(
    name: str, names: Names, asked: Iterable[str], made: Sequence[str], scope: dict[str, Any]
) -> Any:
    """The function that asks this of the values and answers what is made of them."""
    said = "".join(f"    # v{n}: {key!r}\n" for n, key in enumerate(names))
    taken = "".join(f"v{n}, " for n in range(len(names)))
    wanted = " and ".join(asked)
    lines = [
        f"def {name}(held):\n{said}    ({taken}) = held",
        *([f"    if not ({wanted}):", "        raise OddError"] if wanted else []),
        *made,
        "",
    ]
    scope |= _CALLED
    exec(compile("\n".join(lines), f"<{name}>", "exec"), scope)
    return scope[name]


# The shapes.


def customer(names: Names, facts: Facts) -> Callable[[Values], dict[str, Any]] | None:
    """Reads what is said of a customer; ``None`` if there is a key that is not known."""
    scope: dict[str, Any] = {}
    asked = [facts.asked(name, n, scope) for n, name in enumerate(names)]
    known = [one for one in asked if one is not None]
    if len(known) < len(names) or len(set(names)) < len(names):
        return None
    kept = [f"{f'customer.{name}'!r}: {one[1]}" for name, one in zip(names, known, strict=True)]
    made = f"    return {{{', '.join(kept)}}}"
    reads: Callable[[Values], dict[str, Any]] = _written(
        "customer", names, [one[0] for one in known], [made], scope
    )
    return reads


def ticket(
    names: Names,
    facts: Facts,
    customer: Callable[[Any], dict[str, Any]],
    event: Callable[[Any], Event],
) -> Callable[[Values], Ticket] | None:
    """Reads tickets with these keys. ``customer`` and ``event`` open and read their objects."""
    scope: dict[str, Any] = {"customer": customer, "event": event}
    places = {name: f"v{n}" for n, name in enumerate(names)}
    if len(places) < len(names) or not places.keys() >= {"id", "created_at"}:
        return None
    asked, kept = [], []
    for n, name in enumerate(names):
        fact = facts.asked(name, n, scope)
        if fact is not None:
            asked.append(fact[0])
            kept.append(f"{name!r}: {fact[1]}")
        elif name == "tags":
            kept.append(f"'tags': texts(v{n})")
        elif name == "customer":
            kept.append(f"**customer(v{n})")
        elif name == "events":
            asked.append(f"v{n}.__class__ is list")
        elif name not in (*STAND_INS, "id", "created_at", "done"):
            return None
    kept.append("'id': ident_")
    ident, events, done = places["id"], places.get("events"), places.get("done")
    stand_ins = [places.get(name) for name in STAND_INS]
    made = [
        f"    ident_ = {ident} if {ident}.__class__ is str else ident({ident})",
        "    return new_ticket(",
        "        ident_,",
        f"        instant({places['created_at']}),",
        f"        {{{', '.join(kept)}}},",
        f"        {'None' if events is None else f'tuple(map(event, {events}))'},",
        f"        {'()' if done is None else f'texts({done})'},",
        *(
            f"        {'UNSET' if at is None else f'None if {at} is None else instant({at})'},"
            for at in stand_ins
        ),
        "    )",
    ]
    reads: Callable[[Values], Ticket] = _written("ticket", names, asked, made, scope)
    return reads


def event(kind: str, names: Names) -> Callable[[Values], Event] | None:
    """Reads events of a kind with these keys."""
    places = {name: f"v{n}" for n, name in enumerate(names)}
    if len(places) < len(names) or not places.keys() - {"type"} <= ALLOWED[kind] | {"at"}:
        return None
    if kind == "promised" and "due" not in places:
        return None
    asked, made = [], []
    for field, default in zip(_FIELDS, _NO_EVENT, strict=True):
        value = places.get(field)
        if field == "at":
            made.append("at")
        elif field == "us":
            made.append("(at - EPOCH) // US")
        elif value is None:
            made.append(repr(default))
        elif field in ("due", "hold_until"):
            made.append(f"instant({value})")
        elif field == "requests":
            made.append(f"numbers({value})")
        elif kind == "field" and field in ("from", "to"):
            made.append(f"flat({value})")
        else:
            asked.append(_asked_of_event(kind, field, value))
            made.append(value)
    lines = [
        f"    at = instant({places['at']})",
        f"    return new(Event, ({', '.join(made)}))",
    ]
    reads: Callable[[Values], Event] = _written("event", names, asked, lines, {"writers": WRITERS})
    return reads


_NO_EVENT: Final = (None, 0, "", *Event._field_defaults.values())


def _asked_of_event(kind: str, field: str, value: str) -> str:
    if field == "public":
        return f"{value}.__class__ is bool"
    if field == "by" and kind in WRITERS:
        return f"{value} in writers[{kind!r}]"
    return f"{value}.__class__ is str"
