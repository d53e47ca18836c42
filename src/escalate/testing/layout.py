"""The form of a test file. The author's page is docs/testing.md, "A file"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from escalate.desk import DESK_KEYS
from escalate.errors import did_you_mean
from escalate.policy.structure import shown
from escalate.testing.difference import NONE
from escalate.testing.events import EVENT, EVENT_NOW
from escalate.testing.expectations import EXPECT
from escalate.testing.forms import Definitions, Form, Moment, Text, Word
from escalate.testing.names import KINDS
from escalate.testing.pen import Pen, Way
from escalate.testing.shapes import Called, Items, Keyed, OneOf, Open
from escalate.worktime.zone import ZoneError, find_zone

__all__ = ["FILE", "TEST", "UNKNOWN"]

UNKNOWN: Final = "unknown"
"""In place of a ticket's events: nobody kept them."""


class _Zone(Text):
    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        try:
            find_zone(raw)
        except ZoneError as error:
            message, _, help_ = str(error).partition("; ")
            pen.report("ESC501", message, way, help_ or None)


class _Date(Text):
    takes = "a date"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        try:
            if len(raw) != len("2026-11-10"):
                raise ValueError
            date.fromisoformat(raw)
        except ValueError:
            pen.report("ESC966", f"{shown(raw)} is no date", way, "write it as `2026-11-10`")

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


class _Ticket(Form):
    """A ticket as it is written here; all else is checked when it is read."""

    kinds = frozenset({"mapping"})
    takes = "a ticket"
    events = OneOf(Items(EVENT), Word((UNKNOWN,)))

    def __init__(self, *, like: bool = False) -> None:
        self.like = like

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if "like" in raw and self.like:
            Text().check(raw["like"], (*way, "like"), pen)
        if raw.get("events"):
            self.events.check(raw["events"], (*way, "events"), pen)

    def schema(self, named: Definitions) -> dict[str, Any]:
        from escalate.testing.schema import ticket_schema

        return ticket_schema(named, self.events)


class _Desk(Form):
    """The desk, or what changes of it; what it holds is checked when it is read, the names
    already here."""

    kinds = frozenset({"mapping"})
    takes = "a desk"
    named: Final[Mapping[str, str]] = {
        "open": "person",
        "capacity": "person",
        "last_assigned": "owner",
    }

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        for key, value in raw.items():
            here = (*way, key)
            if key not in DESK_KEYS:
                near = did_you_mean(key, DESK_KEYS)
                known = ", ".join(f"`{k}`" for k in sorted(DESK_KEYS))
                help_ = f"did you mean `{near}`?" if near else f"known here: {known}"
                message = f"there is no key {shown(key)} in a desk"
                pen.report("ESC201", message, here, help_, key=True)
            elif key in self.named and isinstance(value, Mapping):
                for name in value:
                    _person(name, self.named[key], (*here, name), pen, key=True)
            elif key == "away" and isinstance(value, list):
                self._away(value, here, pen)

    @staticmethod
    def _away(value: list[Any], way: Way, pen: Pen) -> None:
        for i, item in enumerate(value):
            if isinstance(item, str):
                _person(item, "person", (*way, i), pen)
            elif isinstance(item, Mapping):
                if isinstance(item.get("who"), str):
                    _person(item["who"], "person", (*way, i, "who"), pen)
                if item.get("until") is not None:
                    Moment().check(item["until"], (*way, i, "until"), pen)

    def schema(self, named: Definitions) -> dict[str, Any]:
        from escalate.testing.schema import desk_schema

        return desk_schema(named)


def _person(name: str, kind: str, way: Way, pen: Pen, *, key: bool = False) -> None:
    known = None if pen.names is None else pen.names.of(kind)
    if known is not None and name not in known:
        pen.unknown("ESC968", KINDS[kind], name, known, way, key=key)


_NOTES: Final = {
    "policy": "The policy's file, from here, or a folder of policies.",
    "description": "What it is about, for whoever reads it.",
    "timezone": "The zone of the times; the policy's if absent.",
    "date": "The day of clock times, such as `2026-11-10`.",
    "ticket": "The ticket.",
    "desk": "What the desk looks like.",
    "tickets": "Tickets with names, for several tests.",
    "tickets_from": "Files of tickets, each of which is called by its id.",
    "tests": "The tests.",
    "name": "What the test is called; no other of the file may be called so.",
    "now": "The instant of the decision.",
    "expect": "What is expected; only what is written is compared.",
    "story": "Moments of the ticket's life, in order.",
    "at": "When it is.",
    "events": "What happens then.",
    "meanwhile": "What is expected to have been done since the moment before.",
}

_TICKET: Final = Called("Ticket", _Ticket())
_DESK: Final = Called("Desk", _Desk())

_COMMON: Final[Mapping[str, Form]] = {
    "description": Text(),
    "timezone": _Zone(),
    "date": _Date(),
}

MOMENT: Final = Keyed(
    {
        "at": Moment(),
        "events": OneOf(EVENT_NOW, Items(EVENT_NOW)),
        "desk": OneOf(Text(), _DESK),
        "meanwhile": OneOf(Word((NONE,)), EXPECT),
        "expect": EXPECT,
    },
    ("at",),
    "a moment",
    _NOTES,
)
"""A moment of a story."""

TEST: Final = Keyed(
    {
        "name": Text(),
        **_COMMON,
        "ticket": OneOf(Text(), Called("TicketLike", _Ticket(like=True))),
        "desk": OneOf(Text(), _DESK),
        "now": Moment(),
        "expect": EXPECT,
        "story": Items(Called("Moment", MOMENT)),
    },
    ("name",),
    "a test",
    _NOTES,
)
"""One test."""

FILE: Final = Keyed(
    {
        "policy": Text(),
        **_COMMON,
        "ticket": _TICKET,
        "desk": OneOf(Text(), _DESK),
        "tickets": Open(_TICKET),
        "tickets_from": OneOf(Text(), Items(Text())),
        "tests": Items(Called("Test", TEST)),
    },
    ("tests",),
    "a test file",
    {**_NOTES, "ticket": "What all tickets written here have in common."},
)
"""A whole test file."""
