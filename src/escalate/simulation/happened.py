"""Events that happen to a ticket, beside those that decisions cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from escalate.event import Event
from escalate.event import in_order as as_they_count
from escalate.ticket import Ticket
from escalate.worktime.epoch import microseconds

__all__ = ["happened", "in_order"]


def in_order(ticket: Ticket) -> Ticket:
    """The ticket with its events by their instants, those of one instant as they came: what
    is carried out now stands before what the list knows of later. Finer point 1."""
    events = ticket.events
    if events is None or all(a.us <= b.us for a, b in pairwise(events)):
        return ticket
    counted = as_they_count(events, microseconds(ticket.created_at))
    return replace(ticket, events=tuple(counted))


def happened(ticket: Ticket, events: Sequence[Event]) -> Ticket:
    """The ticket once these have happened: its history is longer, and the snapshot says
    what they made of it. Language: "The ticket"."""
    changes: dict[str, Any] = {}
    for event in events:
        match event.type:
            case "status":
                changes["status"] = event.to
            case "field" if event.name is not None:
                changes[event.name] = event.to
            case "entered" | "escalated" | "returned":
                changes |= {"level": event.to, "owner": event.owner, "assignee": event.assignee}
            case "transferred":
                changes |= {"owner": event.owner or event.to, "assignee": event.assignee}
            case "assigned":
                changes["assignee"] = event.to
            case _:
                pass
    return in_order(ticket.with_values(changes).with_events(events))
