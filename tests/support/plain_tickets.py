"""Tickets of plain desks, nulls and whole histories among them."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from escalate.evaluator.engine import Engine
from escalate.policy.policy import Policy
from escalate.ticket import Ticket
from escalate.worktime import to_us
from support.plain_desks import CATEGORIES, SEVERITIES

__all__ = ["tickets_of"]


def tickets_of(random: Random, policy: Policy, now: datetime, count: int) -> list[Ticket]:
    """Tickets of such a desk."""
    engine = Engine(policy)
    levels = [level.id for level in policy.levels]
    return [engine.ticket(_ticket(random, n, levels, now)) for n in range(count)]


def _ticket(random: Random, n: int, levels: list[str], now: datetime) -> dict[str, Any]:
    created = now - timedelta(minutes=15 * random.randrange(1, random.choice([8, 100, 400])))
    span = int((now - created) / timedelta(minutes=15))
    ticket: dict[str, Any] = {"id": f"T-{n}", "created_at": created.isoformat()}
    for name, values in (
        ("severity", SEVERITIES),
        ("category", CATEGORIES),
        ("value", [0, 1, 9, 10, 11, 99, 1000]),
        ("weight", [0.5, 1.0, 2.25, 7.0]),
        ("vip", [True, False]),
        ("priority", ["P2"]),
        ("subject", ["Line down", "All quiet", "Out of order"]),
        ("tags", [[], ["vip"], ["vip", "legal"], ["fibre", "other"]]),
    ):
        if random.random() < 0.75:
            ticket[name] = random.choice(values)
    if random.random() < 0.5:
        ticket["customer"] = {"name": random.choice(["Ana", "Ion"])}
    if random.random() < 0.9:
        ticket["status"] = random.choice(["new", *["open"] * 6, *["on-hold"] * 2, "solved", "odd"])
    if random.random() < 0.8:
        ticket["level"] = random.choice(levels)
        if random.random() < 0.8:
            ticket["owner"] = random.choice([*["front", "expert", "boss"] * 4, "stranger"])

    def at() -> str:
        return (created + timedelta(minutes=15 * random.randint(0, span))).isoformat()

    if random.random() < 0.7:
        due = created + timedelta(minutes=15 * random.randint(-8, span + 40))
        ticket["due_at"] = due.isoformat()
    if random.random() < 0.3:
        ticket["promised"] = to_us(created) + 900_000_000 * random.randint(0, span + 40)

    if random.random() < 0.5:
        ticket["level_entered_at"] = at()
    drawn = random.random()
    if drawn < 0.25:
        for name in ("first_reply_at", "resolved_at"):
            if random.random() < 0.5:
                ticket[name] = random.choice([None, at()])
        if random.random() < 0.4:
            ticket["done"] = random.sample(["enter:0", "trigger:t0:0", "trigger:t1:0"], 2)
        return ticket
    events = [_event(random, at(), levels) for _ in range(random.choice([0, 1, 2, 4, 8, 12]))]
    ticket["events"] = sorted(events, key=lambda event: str(event["at"]))
    if random.random() < 0.95:
        _follow(ticket)
    if random.random() < 0.05:
        random.shuffle(ticket["events"])
    return ticket


def _event(random: Random, at: str, levels: list[str]) -> dict[str, Any]:
    owner = random.choice(["front", "expert", "boss"])
    return random.choice(
        [
            {"at": at, "type": "reply", "by": random.choice(["agent", "customer", "bot"])},
            {"at": at, "type": "reply", "by": "agent", "public": False},
            {"at": at, "type": "entered", "to": random.choice(levels), "owner": owner,
             "key": "enter:0"},
            {"at": at, "type": "escalated", "to": random.choice(levels), "owner": owner},
            {"at": at, "type": "transferred", "to": owner},
            *[{"at": at, "type": "status", "from": random.choice(["new", "odd"]),
               "to": random.choice(["open", "on-hold", "solved", "closed", "odd"])}] * 3,
            *[_change(random, at)] * 2,
            {"at": at, "type": "assigned", "to": "ana", "by": "ion"},
            {"at": at, "type": "acknowledged"},
            {"at": at, "type": "requested", "by": "customer", "to": random.choice(["boss", "?"])},
            {"at": at, "type": "action", "action": "remind", "to": owner},
            {"at": at, "type": "fired", "trigger": "t0", "key": "trigger:t0:0"},
            {"at": at, "type": "fired", "trigger": "t2", "key": "trigger:t2:request=0",
             "requests": [0]},
            {"at": at, "type": "promised", "due": at, "about": "clock.all"},
            *_told(random, at, owner),
            {"at": at, "type": "fired", "trigger": "t1", "key": "trigger:t1:all=1"},
        ]
    )  # fmt: skip


def _told(random: Random, at: str, owner: str) -> list[dict[str, Any]]:
    """What owners were told before, perhaps held back."""
    level, number = random.choice(["L1", "L2"]), random.randrange(3)
    later = datetime.fromisoformat(at) + timedelta(hours=random.randrange(30))
    return [
        {"at": at, "type": "action", "action": "remind", "to": owner,
         "key": f"remind:{level}:{number}:{random.randint(1, 3)}"},
        {"at": at, "type": "action", "action": "warn", "to": owner,
         "key": f"warn:deadline:{level}:{number}:resolve:{random.choice(['50%', '15m'])}"},
        {"at": at, "type": "action", "action": "notify", "to": owner,
         "hold_until": later.isoformat()},
    ]  # fmt: skip


def _change(random: Random, at: str) -> dict[str, Any]:
    """Fields change, also those that targets hang on."""
    name, values = random.choice(
        [
            ("severity", [None, *SEVERITIES]),
            ("category", [None, *CATEGORIES]),
            ("priority", [None, "P1", "P3"]),
            ("due_at", [None, "2026-03-29T08:00:00+02:00", "2026-11-20T12:00:00Z"]),
            ("vip", [True, False]),
            ("value", [0, 10]),
        ]
    )
    return {"at": at, "type": "field", "name": name, "from": random.choice(values),
            "to": random.choice(values)}  # fmt: skip


def _follow(ticket: dict[str, Any]) -> None:
    """The snapshot says what the events say."""
    for event in ticket["events"]:
        match event["type"]:
            case "entered" | "escalated":
                ticket["level"], ticket["owner"] = event["to"], event["owner"]
                ticket.pop("assignee", None)
            case "transferred":
                ticket["owner"] = event["to"]
                ticket.pop("assignee", None)
            case "status":
                ticket["status"] = event["to"]
            case "field":
                if event["to"] is not None:
                    ticket[event["name"]] = event["to"]
            case "assigned":
                ticket["assignee"] = event["to"]
