"""A ticket as a snapshot with its history. Language: "The ticket"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Final

from escalate.event import MOVES, Event, in_order
from escalate.worktime.epoch import EPOCH as EPOCH
from escalate.worktime.epoch import microseconds

__all__ = ["BUILT_IN", "STAND_INS", "UNSET", "Ticket", "Unset", "new_ticket"]

BUILT_IN: Final = (
    "id",
    "subject",
    "description",
    "status",
    "severity",
    "priority",
    "category",
    "channel",
    "language",
    "tags",
    "level",
    "owner",
    "assignee",
    "customer.id",
    "customer.name",
    "customer.email",
    "customer.language",
    "customer.timezone",
)
"""The facts that a ticket states itself, beside declared fields and its history."""

STAND_INS: Final = ("level_entered_at", "first_reply_at", "resolved_at")
"""Instants that stand for events where a source has none."""


class Unset:
    """Tells "not given" from ``null``, which says "not yet"."""

    _one: Unset | None = None

    def __new__(cls) -> Unset:
        if cls._one is None:
            cls._one = super().__new__(cls)
        return cls._one

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is known of a ticket.

    ``values`` holds all that the snapshot states, flat, by the name that conditions
    use (``customer.tier``); absent and ``null`` are the same. ``events`` is ``None``
    where the history is not known. ``done`` holds keys of causes that the host keeps
    instead of events. ``level_entered_at``, ``first_reply_at`` and ``resolved_at``
    stand for events where a source has none; ``None`` means "not yet".
    """

    id: str
    created_at: datetime
    values: Mapping[str, Any]
    events: tuple[Event, ...] | None = None
    done: tuple[str, ...] = ()
    level_entered_at: datetime | Unset | None = UNSET
    first_reply_at: datetime | Unset | None = UNSET
    resolved_at: datetime | Unset | None = UNSET
    memo: Any = field(default=None, init=False, repr=False, compare=False)
    """What engines have worked out of this ticket already; never part of it."""

    def __getstate__(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in _STATE)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        for name, value in zip(_STATE, state, strict=True):
            object.__setattr__(self, name, value)
        self.keep(None)

    def keep(self, memo: Any) -> None:
        """What is kept with this ticket from now on; ``None`` forgets it."""
        object.__setattr__(self, "memo", memo)

    def get(self, name: str) -> Any:
        """What the snapshot says of a fact, or ``None``."""
        return self.values.get(name)

    def to_json(self) -> dict[str, Any]:
        """The ticket as JSON; read again, it is the same ticket."""
        said: dict[str, Any] = {"id": self.id}
        for name, value in self.values.items():
            if name == "id":
                continue
            *way, last = name.split(".")
            place = said
            for step in way:
                place = place.setdefault(step, {})
            place[last] = list(value) if isinstance(value, tuple) else value
        said["created_at"] = self.created_at.isoformat()
        for name in STAND_INS:
            instant = getattr(self, name)
            if not isinstance(instant, Unset):
                said[name] = None if instant is None else instant.isoformat()
        if self.events is not None:
            said["events"] = [event.to_json() for event in self.events]
        if self.done:
            said["done"] = list(self.done)
        return said

    def with_events(self, events: Iterable[Event]) -> Ticket:
        """The ticket with events appended to its history."""
        return replace(self, events=(*(self.events or ()), *events))

    def with_values(self, changes: Mapping[str, Any]) -> Ticket:
        """The ticket with fields changed; ``None`` takes one away."""
        values = {**self.values, **changes}
        return replace(self, values={k: v for k, v in values.items() if v is not None})

    def as_of(self, instant: datetime) -> Ticket:
        """The whole snapshot as it stood at ``instant``, where events say what changed.

        Events later than ``instant`` are taken off, and what they changed ``from``
        is put back. Language: "The ticket".

        Raises:
            ValueError: ``instant`` has no zone.
        """
        if instant.tzinfo is None:
            raise ValueError("the instant has no zone")
        if self.events is None:
            return self
        us = microseconds(instant)
        kept = tuple([e for e in self.events if e.us <= us])
        if len(kept) == len(self.events):
            return self
        created = microseconds(self.created_at)
        before = _before([e for e in self.events if e.us > us and e.type in _CHANGING], created)
        if before:
            for event in in_order([e for e in kept if e.type in _CHANGING], created):
                for name, value in _said(event).items():
                    if name in before:
                        before[name] = value
        past = self.with_values(before) if before else self
        return replace(past, events=kept)

    def fields_before(self, us: int, names: frozenset[str]) -> dict[str, Any]:
        """Of these fields, those that `field` events changed after an instant (in
        microseconds since 1970), each with the value that it had then."""
        return _before(
            [e for e in self.events or () if e.type == "field" and e.us > us and e.name in names],
            microseconds(self.created_at),
        )


class _Draft:
    """A ticket while it is filled in."""

    __slots__ = Ticket.__slots__


def new_ticket(
    ident: str,
    created_at: datetime,
    values: Mapping[str, Any],
    events: tuple[Event, ...] | None,
    done: tuple[str, ...],
    level_entered_at: datetime | Unset | None,
    first_reply_at: datetime | Unset | None,
    resolved_at: datetime | Unset | None,
) -> Ticket:
    """What ``Ticket`` itself makes, in a fifth of the time: a frozen dataclass sets each of
    its fields through a function, and a desk reads millions of tickets."""
    draft: Any = _Draft()
    draft.id = ident
    draft.created_at = created_at
    draft.values = values
    draft.events = events
    draft.done = done
    draft.level_entered_at = level_entered_at
    draft.first_reply_at = first_reply_at
    draft.resolved_at = resolved_at
    draft.memo = None
    draft.__class__ = Ticket
    ticket: Ticket = draft
    return ticket


_CHANGING: Final = MOVES | {"status", "field", "assigned"}
"""The kinds of event that change what the snapshot says."""

_STATE: Final = tuple(f.name for f in fields(Ticket) if f.name != "memo")


def _before(later: list[Event], created: int) -> dict[str, Any]:
    """What stood before later events, as far as they tell; else unknown (``None``). The
    earliest change of each name says it."""
    before: dict[str, Any] = {}
    for event in in_order(later, created):
        for name, value in _undone(event):
            if name not in before:
                before[name] = value
    return before


def _undone(event: Event) -> tuple[tuple[str, Any], ...]:
    match event.type:
        case "status":
            return (("status", event.from_),)
        case "field" if event.name is not None:
            value = event.from_
            return ((event.name, tuple(value) if isinstance(value, list) else value),)
        case "entered" | "escalated" | "returned":
            return (("level", event.from_), ("owner", None), ("assignee", None))
        case "transferred":
            return (("owner", None), ("assignee", None))
        case "assigned":
            return (("assignee", event.from_),)
        case _:
            return ()


def _said(event: Event) -> dict[str, Any]:
    """What an event that stays says of the snapshot."""
    match event.type:
        case "status":
            return {"status": event.to}
        case "entered" | "escalated" | "returned":
            return {"level": event.to, "owner": event.owner, "assignee": event.assignee}
        case "transferred":
            return {"owner": event.owner, "assignee": event.assignee}
        case "assigned":
            return {"assignee": event.to}
        case _:
            return {}
