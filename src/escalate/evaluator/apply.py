"""The ticket as it is once a decision was carried out. Finer point 37."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from escalate.decision import Decision
from escalate.evaluator.engine import ticket_of
from escalate.event import Event, in_order
from escalate.ticket import Ticket
from escalate.worktime.epoch import microseconds

__all__ = ["apply", "events_of"]

_EVENT = {"enter": "entered", "escalate": "escalated", "transfer": "transferred"}


def events_of(ticket: Ticket, decision: Decision) -> list[Event]:
    """The events that carrying the decision out causes, in order."""
    at, us = decision.now, decision.now_us
    events = [
        Event(at, us, "fired", key=f.key, trigger=f.trigger, requests=f.requests)
        for f in decision.fired
    ]
    kind = _EVENT.get(decision.step)
    if kind is not None:
        before, after = decision.from_, decision.to
        events.append(
            Event(
                at,
                us,
                kind,
                key=decision.key,
                from_=before.level,
                to=after.level,
                owner=after.owner,
                assignee=after.assignee,
                trigger=decision.trigger,
            )
        )
    told = []
    for action in decision.actions:
        if action.action == "set":
            for name, value in action.what["fields"].items():
                key = f"{action.key}/{name}"
                if name == "status":
                    was = _status(ticket)
                    events.append(Event(at, us, "status", key=key, from_=was, to=value))
                else:
                    was = ticket.values.get(name)
                    events.append(Event(at, us, "field", key=key, name=name, from_=was, to=value))
        elif action.action != "assign":
            held = action.what.get("hold_until")
            told.append(
                Event(
                    at,
                    us,
                    "action",
                    key=action.key,
                    action=action.action,
                    to=action.to,
                    message=action.message,
                    hold_until=None if held is None else datetime.fromisoformat(held),
                )
            )
            for i, promise in enumerate(action.what.get("promises", ())):
                told.append(
                    Event(
                        at,
                        us,
                        "promised",
                        key=f"{action.key}/promise/{i}",
                        due=datetime.fromisoformat(promise["due"]),
                        about=promise["about"],
                        text=action.text,
                    )
                )
    return events + told


def _status(ticket: Ticket) -> Any:
    changes = [event for event in ticket.events or () if event.type == "status"]
    changes = in_order(changes, microseconds(ticket.created_at))
    return changes[-1].to if changes else ticket.values.get("status")


def apply(ticket: Ticket | Mapping[str, Any] | str | bytes, decision: Decision) -> Ticket:
    """The ticket with the decision carried out: its events appended, its fields set.

    Where the ticket has no ``events``, the keys go to ``done`` instead.
    Language: "The decision".

    Raises:
        TicketError: the ticket cannot be read.
    """
    if not isinstance(ticket, Ticket):
        ticket = ticket_of(ticket)
    events = events_of(ticket, decision)
    changes: dict[str, Any] = {}
    moved = decision.step in _EVENT
    if moved:
        after = decision.to
        changes.update(level=after.level, owner=after.owner, assignee=after.assignee)
    for event in events:
        if event.type == "status":
            changes["status"] = event.to
        elif event.type == "field" and event.name is not None:
            changes[event.name] = event.to
    done = ticket.with_values(changes) if changes else ticket
    if ticket.events is not None:
        return done.with_events(events)
    keys = tuple(event.key for event in events if event.key is not None)
    done = replace(done, done=(*ticket.done, *keys))
    if moved and decision.step != "transfer":
        done = replace(done, level_entered_at=decision.now)
    return done
