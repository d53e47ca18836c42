"""The form of a test file. The author's page is docs/testing.md, "A file"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from escalate.policy.structure import shown
from escalate.testing.events import EVENT, EVENT_NOW
from escalate.testing.expectations import EXPECT
from escalate.testing.forms import (
    Absent,
    Definitions,
    Form,
    Moment,
    Named,
    OfKinds,
    Text,
    Whole,
    Word,
)
from escalate.testing.pen import Pen, Way
from escalate.testing.shapes import Called, Items, Keyed, Maybe, OneOf, Open
from escalate.ticket import STAND_INS
from escalate.wording import message_and_help
from escalate.worktime.zone import ZoneError, find_zone

__all__ = ["FILE", "MOMENT", "TEST", "TIMES", "UNKNOWN"]

TIMES: Final = ("created_at", *STAND_INS)
"""Keys of tickets that hold times."""

UNKNOWN: Final = "unknown"
"""In place of a ticket's events: nobody kept them."""


class _Zone(Text):
    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        try:
            find_zone(raw)
        except ZoneError as error:
            message, help_ = message_and_help(str(error))
            pen.report("ESC501", message, way, help_)


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


class _Ticket(OfKinds):
    """A ticket as it is written here; all else is checked when it is read."""

    kinds = frozenset({"mapping"})
    takes = "a ticket"
    events = OneOf(Items(EVENT), Word((UNKNOWN,)))

    def __init__(self, *, like: bool = False) -> None:
        self.like = like

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if "like" in raw and self.like:
            Text().check(raw["like"], (*way, "like"), pen)
        elif "like" in raw and pen.names is not None and "like" not in pen.names.fields:
            message = "there is no key `like` here: only the ticket of a test is like another"
            help_ = "write here all that the ticket has, or `ticket: {like: ...}` in the test"
            pen.report("ESC201", message, (*way, "like"), help_, key=True)
        for name in TIMES:
            if raw.get(name) is not None:
                Moment().check(raw[name], (*way, name), pen)
        if raw.get("events") not in (None, []):
            self.events.check(raw["events"], (*way, "events"), pen)

    def schema(self, named: Definitions) -> dict[str, Any]:
        from escalate.testing.schema import ticket_schema

        return ticket_schema(named, self.events, like=self.like)


_COUNTS: Final = Maybe(Open(Whole(), "person", empty=True))
_AWAY: Final = OneOf(
    Named("person"), Keyed({"who": Named("person"), "until": Maybe(Moment())}, ("who",))
)
_DESK: Final = Called(
    "Desk",
    Keyed(
        {
            "open": _COUNTS,
            "capacity": _COUNTS,
            "away": Maybe(Items(_AWAY, empty=True)),
            "similar": Maybe(Open(Whole(), empty=True)),
            "last_assigned": Maybe(Open(Named("person"), "owner", empty=True)),
            "fired": Maybe(Items(Text(), empty=True)),
        },
        called="a desk",
        notes={
            "open": "Open tickets by owner and person.",
            "capacity": "How many tickets they can have.",
            "away": "Who is not there, and until when.",
            "similar": "Other open tickets alike, by the ticket's id.",
            "last_assigned": "Who of an owner got the last ticket.",
            "fired": "Keys of wide problems that have been dealt with.",
        },
    ),
)

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
        "meanwhile": OneOf(Absent(), EXPECT),
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
