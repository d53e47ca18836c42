"""Carrying a slow decision out. Language: "The decision", apply; docs: "Carrying out"."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from escalate.event import Event
from escalate.ticket import EPOCH, Ticket

if TYPE_CHECKING:
    from support.slow_actions import Step
    from support.slow_world import World

TYPES = {"enter": "entered", "escalate": "escalated", "transfer": "transferred"}


def event(us: int, kind: str, key: str, **more: Any) -> Event:
    return Event(EPOCH + timedelta(microseconds=us), us, kind, key, **more)


def move_event(us: int, step: str, key: str, old: dict[str, Any], new: dict[str, Any]) -> Event:
    part = "owner" if step == "transfer" else "level"
    return event(
        us,
        TYPES[step],
        key,
        from_=old[part],
        to=new[part],
        owner=new["owner"],
        assignee=new["assignee"],
    )


def field_events(
    us: int, key: str, ticket: Ticket, status: str | None, fields: dict[str, Any]
) -> list[Event]:
    found = []
    for name, value in fields.items():
        kind, more = ("status", {}) if name == "status" else ("field", {"name": name})
        old = status if name == "status" else ticket.get(name)
        found.append(event(us, kind, f"{key}/{name}", from_=old, to=value, **more))
    return found


def moved_ticket(world: World, step: Step, fields: dict[str, Any]) -> Ticket:
    """The ticket as it stands after the step, for looking at it."""
    us, ticket = world.now, world.ticket
    new = {"level": step.level, "owner": step.owner, "assignee": step.assignee}
    old = {"level": world.past.level, "owner": world.past.owner}
    events = []
    if step.step is not None:
        events.append(move_event(us, step.step, step.key, old, new))
    events += field_events(us, "after/set", ticket, world.past.status, fields)
    return carried(ticket, us, events, new if step.step else {}, fields)


def carried(
    ticket: Ticket, us: int, events: list[Event], stand: dict[str, Any], fields: dict[str, Any]
) -> Ticket:
    changes = stand | fields
    values = {k: v for k, v in {**ticket.values, **changes}.items() if v is not None}
    if ticket.events is not None:
        later = [e for e in ticket.events if e.us > us]
        seen = [e for e in ticket.events if e.us <= us]
        return replace(ticket, values=values, events=(*seen, *events, *later))
    done = (*ticket.done, *(e.key for e in events))
    at = EPOCH + timedelta(microseconds=us)
    enters = any(e.type in ("entered", "escalated") for e in events)
    entered = at if enters else ticket.level_entered_at
    return replace(ticket, values=values, done=done, level_entered_at=entered)


def slow_apply(ticket: Ticket, decision: dict[str, Any], now: int) -> Ticket:
    """The ticket after the host has carried the decision out."""
    events = [
        event(now, "fired", f["key"], trigger=f["trigger"], requests=f["requests"])
        for f in decision["fired"]
    ]
    moves = decision["step"] in TYPES
    if moves:
        events.append(
            move_event(now, decision["step"], decision["key"], decision["from"], decision["to"])
        )
    fields: dict[str, Any] = {}
    for done in decision["actions"]:
        if done["action"] == "set":
            fields |= done["what"]["fields"]
            won = done["what"]["fields"]
            events += field_events(now, done["key"], ticket, decision["status"], won)
    for done in decision["actions"]:
        if done["action"] not in ("set", "assign"):
            held = done["what"].get("hold_until")
            until = None if held is None else EPOCH + timedelta(microseconds=held)
            more = {"to": done["to"], "message": done["message"], "hold_until": until}
            events.append(event(now, "action", done["key"], action=done["action"], **more))
        for i, promise in enumerate(done["what"].get("promises", ())):
            due, about = datetime.fromisoformat(promise["due"]), promise["about"]
            key = f"{done['key']}/promise/{i}"
            events.append(event(now, "promised", key, due=due, about=about, text=done["text"]))
    return carried(ticket, now, events, decision["to"] if moves else {}, fields)
