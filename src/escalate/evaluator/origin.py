"""What stood before the first event, and what stands for events that a source lacks.

Language: "The ticket"; finer points 2 to 4. Also where snapshot and events disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from escalate.evaluator.status import DONE, StatusTable
from escalate.event import MOVES, Event, in_order
from escalate.ticket import EPOCH, Ticket, Unset
from escalate.worktime.epoch import microseconds

__all__ = ["Origin", "disagreements", "origin_of", "resolution_known"]

_US: Final = EPOCH.resolution
_new: Final = tuple.__new__
_TELLING: Final = MOVES | {"status", "assigned"}
"""The kinds of event that tell where a ticket stood before them."""


class Origin(NamedTuple):
    """The ticket at its creation.

    ``stand_ins`` are instants that the snapshot gives in place of events, in order, each
    with its moment; ``resolved_as`` is the status that ``resolved_at`` brought.
    """

    status: str | None
    level: str | None
    owner: str | None
    assignee: str | None
    entry_assumed: bool
    stand_ins: Sequence[tuple[int, str]] = ()
    resolved_as: str | None = None


def origin_of(
    ticket: Ticket, every: Sequence[Event], seen: Sequence[Event], now: int, table: StatusTable
) -> Origin:
    """What stood before the first of ``every`` event, seen or not."""
    changed = entering = moved = assigned = None
    for event in every:
        kind = event.type
        if kind not in _TELLING:
            continue
        if kind == "status":
            if changed is None or _earlier(event, changed, ticket):
                changed = event
        elif kind == "assigned":
            assigned = event
        else:
            moved = event
            if kind != "transferred" and (entering is None or _earlier(event, entering, ticket)):
                entering = event
    stand_ins: list[tuple[int, str]] = []
    values = ticket.values
    if changed is not None:
        status, resolved_as = changed.from_, None
    else:
        status, resolved_as = _status(ticket, table)
    if entering is None:
        level = values.get("level")
    else:
        level = entering.from_ if entering.us > now else None
    assumed = False
    if level is not None:
        given = ticket.level_entered_at
        assumed = not isinstance(given, datetime)
        entry = given if isinstance(given, datetime) else ticket.created_at
        stand_ins.append(((entry - EPOCH) // _US, "entered"))
    reply = ticket.first_reply_at
    if ticket.events is None and isinstance(reply, datetime):
        stand_ins.append(((reply - EPOCH) // _US, "agent-reply"))
    if resolved_as is not None and isinstance(ticket.resolved_at, datetime):
        stand_ins.append(((ticket.resolved_at - EPOCH) // _US, "resolved"))
    if len(stand_ins) > 1:
        stand_ins.sort(key=lambda pair: pair[0])
    owner = assignee = None
    if moved is None:
        owner = values.get("owner")
        if assigned is None:
            assignee = values.get("assignee")
    # A named tuple's own constructor costs twice this.
    return _new(Origin, (status, level, owner, assignee, assumed, stand_ins, resolved_as))


def _earlier(event: Event, than: Event, ticket: Ticket) -> bool:
    """Whether an event comes before one that is listed before it."""
    return event.us < than.us and than.us > microseconds(ticket.created_at)


def _status(ticket: Ticket, table: StatusTable) -> tuple[str | None, str | None]:
    """The status at creation where no event changes it, if anybody states it, and what
    `resolved_at` makes of it."""
    said: str | None = ticket.values.get("status")
    if said is not None and isinstance(ticket.resolved_at, datetime) and table.phase(said) in DONE:
        return None, said
    return said, None


def resolution_known(ticket: Ticket, phase: str) -> bool:
    """Whether it is known when the ticket was resolved, if it was."""
    given = not isinstance(ticket.resolved_at, Unset)
    return ticket.events is not None or phase not in DONE or given


def disagreements(ticket: Ticket, every: Sequence[Event]) -> list[tuple[str, str]]:
    """Where the snapshot says otherwise than the last event: events win."""
    values = ticket.values
    if not every or not any(name in values for name in ("status", "level", "owner", "assignee")):
        return []
    latest: dict[str, Any] = {}
    for event in in_order(every, microseconds(ticket.created_at)):
        match event.type:
            case "status":
                latest["status"] = event.to
            case "entered" | "escalated" | "returned":
                latest["level"] = event.to
                latest["owner"], latest["assignee"] = event.owner, event.assignee
            case "transferred":
                latest["owner"] = event.owner if event.owner is not None else event.to
                latest["assignee"] = event.assignee
            case "assigned":
                latest["assignee"] = event.to
    return [
        ("ESC936", f"`{name}` is `{values[name]}`, but the events say `{value}`")
        for name, value in latest.items()
        if value is not None and values.get(name) not in (None, value)
    ]
