"""Every ticket there is, as far as a few conditions can tell: brute force over small domains.

Each fact has a few values that stand for all others; the worlds of a condition are all
combinations of the values of the facts that it asks for. Facts hang together only where
the language says so, and then they are one dial here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations, product
from random import Random
from typing import Any

from escalate.decision import Decision
from escalate.desk import Desk, read_desk
from escalate.evaluator.context import Context
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.engine import Engine
from escalate.evaluator.prepared import prepared
from escalate.policy.policy import Policy
from escalate.reading import read_ticket
from escalate.ticket import Ticket
from support.slow_history import us_of

__all__ = [
    "FACTS",
    "POLICY",
    "World",
    "condition_over",
    "context_of",
    "decided",
    "engine_of",
    "facts_in",
    "truths",
    "worlds_for",
    "written",
]

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

POLICY: dict[str, Any] = {
    "escalate": 1,
    "name": "small",
    "fields": {
        "severity": {"ordered": ["low", "high", "top"]},
        "category": {"enum": ["refund", "outage"]},
        "vip": {"type": "boolean"},
        "impact": {"type": "integer", "minimum": 0, "maximum": 4},
        "score": {"type": "number"},
        "product": {"type": "string"},
        "size": {"enum": [1, 2.5], "type": "number"},
        "loose": {},
        "urgency": {"ordered": ["weak", "strong"]},
        "due_at": {"type": "string", "format": "date-time"},
        "colours": {"type": "array", "items": {"enum": ["red", "blue"]}},
        "extra": {"type": "object"},
    },
    "derive": {"urgency": [{"when": {"vip": True}, "use": "strong"}, {"otherwise": "weak"}]},
    "statuses": {"open": ["new"], "waiting": ["hold"], "resolved": ["solved"], "closed": ["shut"]},
    "calendars": {"office": {"hours": {"mon-fri": "09:00-17:00"}}},
    "owners": {"front": "team", "boss": "person"},
    "clocks": {
        "answer": {"from": "created", "until": "agent-reply", "target": "4h"},
        "bare": {"from": "agent-reply", "until": "closed"},
    },
    # No case gives an owner, so that a ticket may have none.
    "levels": [
        {"id": "L1", "owner": [{"when": {"id": "other"}, "use": "front"}]},
        {"id": "L2", "owner": [{"when": {"id": "other"}, "use": "boss"}]},
    ],
}

World = dict[str, Any]
"""Dial to its value."""

_DUE = [NOW - HOUR, NOW, NOW + HOUR]
_REQUESTS = list(product(["customer", "agent", None], ["boss", "x", None]))
_WORDS = ["tv", "TV", "atvb", "set", "SET", "asetb"]

# From the night to Monday's opening, and from Friday's closing: as many of the office's hours.
_AT_NIGHT = [
    *(55 + hours for hours in (0.5, 1, 1.5, 2, 2.5, 3, 4)),
    *(-9 - hours for hours in (0.5, 1, 1.5, 2, 2.5, 3, 4)),
]

DIALS: dict[str, list[Any]] = {
    "severity": [None, "low", "high", "top"],
    "category": [None, "refund", "outage"],
    "vip": [None, True, False],
    "impact": [None, 0, 1, 2, 3, 4],
    "score": [None, -1, 0, 0.5, 1, 1.5, 2, 9],
    "product": [
        None,
        "phone",
        *(" ".join(c) for n in range(len(_WORDS) + 1) for c in combinations(_WORDS, n)),
    ],
    "size": [None, 1, 2.5],
    "loose": [None, 1, True, "1", "x", 0, ("x",)],
    "urgency": [None, "weak", "strong"],
    "due_at": [None, *(due.isoformat() for due in _DUE)],
    "colours": [None, (), ("red",), ("blue",), ("red", "blue")],
    "extra": [None, {"a": 1}],
    "status": [None, "new", "hold", "odd"],
    "level": ["L1", "L2"],
    "owner": [None, "front", "boss", "nobody"],
    # None: nothing is known of the ticket's events.
    "history": [None, "known"],
    "replies.customer": [0, 1, 2, 3],
    "replies.bot": [0, 1, 2, 3],
    "requested": [list(c) for n in range(10) for c in combinations(_REQUESTS, n)],
    "since.documented": [None, 0, 1, 1.5, 2, 2.5, 3],
    "since.acknowledged": [None, 0, 1, 1.5, 2, 2.5, 3],
    # Hours that are left; less than nothing: that are over.
    "promised": [
        None,
        "kept",
        "broken",
        *(4, 3, 2.5, 2, 1.5, 1, 0.5, 0),
        *(-0.5, -1, -1.5, -2, -2.5, -3, -4, -70),
    ],
    "desk.similar": [None, 0, 1, 2, 5],
    "desk.open.front": [None, 0, 1, 2, 4],
    "now": ["work", "night"],
}
DRAWN_FROM_EVENTS = ("replies.customer", "replies.bot", "requested", "since.documented",
                     "since.acknowledged", "promised")  # fmt: skip


def engine_of(conditions: Iterable[Any], **more: Any) -> Engine:
    """The small policy with a trigger for each condition."""
    triggers = [
        {"id": f"t{i}", "for": "any", "when": when, "notify": ["boss"]}
        for i, when in enumerate(conditions)
    ]
    return Engine(Policy.model_validate({**POLICY, "triggers": triggers, **more}))


def facts_in(condition: Any) -> set[str]:
    """The facts that a condition asks for."""
    found: set[str] = set()
    for key, value in condition.items():
        if key in ("all", "any"):
            found.update(*(facts_in(part) for part in value))
        elif key == "not":
            found |= facts_in(value)
        else:
            found.add(key)
    return found


def dials_of(facts: Iterable[str]) -> list[str]:
    """What must be turned to show all that these facts can be."""
    found: dict[str, None] = {}
    for fact in sorted(facts):
        if fact in ("phase", "active"):
            found["status"] = None
        elif fact.startswith("calendar."):
            found["now"] = None
        elif fact.startswith("promise"):
            found["history"] = found["now"] = found["promised"] = None
        elif fact in DRAWN_FROM_EVENTS:
            found["history"] = found[fact] = None
        elif fact == "urgency":
            found["urgency"] = found["vip"] = None
        else:
            found[fact] = None
    return list(found)


def worlds_for(facts: Iterable[str]) -> Iterator[World]:
    """Every combination of what these facts can be."""
    worlds: Iterator[World] = iter([{}])
    for dial in dials_of(facts):
        worlds = _turned(worlds, dial)
    return worlds


def _turned(worlds: Iterator[World], dial: str) -> Iterator[World]:
    for world in worlds:
        for value in _values(dial, world):
            yield {**world, dial: value}


def _values(dial: str, so_far: World) -> list[Any]:
    """What a dial may show beside those that are set already."""
    if dial in DRAWN_FROM_EVENTS and so_far["history"] is None:
        return DIALS[dial][:1]  # nothing
    if dial == "promised" and so_far["now"] == "night":
        return DIALS[dial] + _AT_NIGHT
    return DIALS[dial]


def written(policy: dict[str, Any]) -> str:
    """A policy as YAML."""
    return json.dumps(policy, indent=1)


def decided(engine: Engine, world: World) -> Decision:
    """What the engine decides in a world."""
    ticket, desk, now = case_in(world)
    return engine.decide(ticket, desk=desk, now=now)


def context_of(engine: Engine, ticket: Ticket, desk: Desk, now: int) -> Context:
    """What the engine's conditions are asked of."""
    return Deciding(engine.program, prepared(engine.program, ticket, now), desk, now).ctx


def case_in(world: World) -> tuple[Ticket, Desk, datetime]:
    """The ticket of a world, its desk and its instant."""
    now = NOW if world.get("now") != "night" else NOW + 14 * HOUR
    raw: dict[str, Any] = {"id": "T-1", "created_at": (NOW - 100 * HOUR).isoformat()}
    raw |= {"level": "L1", "status": "new"}
    desk: dict[str, Any] = {}
    events: list[dict[str, Any]] = []
    for dial, value in world.items():
        if dial.startswith("since.") and value is not None:
            at = (now - value * HOUR).isoformat()
            kind = dial.removeprefix("since.")
            events.append({"at": at, "type": kind, **_told(kind)})
        elif dial.startswith("replies."):
            who = dial.removeprefix("replies.")
            at = (NOW - 50 * HOUR).isoformat()
            events += [{"at": at, "type": "reply", "by": who}] * value
        elif dial == "requested":
            at = (NOW - 10 * HOUR).isoformat()
            for by, to in value:
                asked = {"at": at, "type": "requested", "by": by, "to": to}
                events.append({k: v for k, v in asked.items() if v is not None})
        elif dial == "promised" and value is not None:
            events += _promised(value, now)
        elif dial == "chat":
            events += _chat(value, now)
        elif dial == "desk.similar" and value is not None:
            desk["similar"] = {"T-1": value}
        elif dial.startswith("desk.open") and value is not None:
            desk["open"] = {"front": value}
        elif dial in ("status", "level", "owner") or dial in POLICY["fields"]:
            raw.pop(dial, None)
            if value is not None:
                raw[dial] = list(value) if isinstance(value, tuple) else value
    if world.get("history", "known") is not None:
        raw["events"] = sorted(events, key=lambda event: event["at"])
    ticket = read_ticket(raw, frozenset(POLICY["fields"]))
    return ticket, read_desk(desk), now


def _chat(state: str, now: datetime) -> list[dict[str, Any]]:
    """An agent's reply, and perhaps the customer's, with two hours in between at most."""
    ago = {"running": [1], "breached": [3], "met": [3, 2]}.get(state, [])
    return [
        {"at": (now - hours * HOUR).isoformat(), "type": "reply", "by": who}
        for hours, who in zip(ago, ("agent", "customer"), strict=False)
    ]


def _promised(value: str | float, now: datetime) -> list[dict[str, Any]]:
    """A promise that an answer keeps, or comes too late for; or one that stands."""
    ago = [(now - hours * HOUR).isoformat() for hours in (90, 20, 10)]
    made = {"at": ago[0], "type": "promised", "by": "ana"}
    answer = {"at": ago[1], "type": "reply", "by": "agent"}
    if isinstance(value, str):
        due = ago[2] if value == "kept" else (now - 25 * HOUR).isoformat()
        return [{**made, "due": due}, answer]
    return [{**made, "due": (now + value * HOUR).isoformat(), "about": "deadline.resolve"}]


def _told(kind: str) -> dict[str, Any]:
    return {"item": "x"} if kind == "documented" else {"to": "ana", "by": "ana"}


def truths(engine: Engine, worlds: Iterable[World]) -> Iterator[tuple[bool | None, ...]]:
    """What the triggers' conditions are in each world."""
    program = engine.program
    asks = [program.compiler.condition(trigger.when) for trigger in engine.policy.triggers]
    for world in worlds:
        ticket, desk, now = case_in(world)
        ctx = context_of(engine, ticket, desk, us_of(now))
        yield tuple(ask(ctx)[0] for ask in asks)


# Conditions to ask.


def _comparison(rng: Random, fact: str, calendar: str | None) -> Any:
    pick = rng.choice
    order = pick(["gte", "gt", "lt", "lte", "eq", "ne"])
    match fact:
        case "severity":
            return pick(["low", ["high", "top"], {order: "high"}, {"not_in": ["low", "high"]},
                         {"exists": pick([True, False])},
                         {"like": pick(["*o*", "top", "?igh"])}])  # fmt: skip
        case "category":
            return pick(["refund", {"ne": "refund"}, {"in": ["refund", "outage"]},
                         {"contains": "out"}, {"mentions": "outage"}])  # fmt: skip
        case "vip":
            return pick([True, False, {"ne": True}, [True, False], {"exists": True}])
        case "impact":
            return pick([0, 4, {order: pick([0, 2, 4])}, {"gt": 1, "lt": 3}, [1, 2], {"lt": 0}])
        case "score":
            return pick([1, {order: pick([0, 1])}, {"gt": 0, "lt": 1}, {"not_in": [0, 1]},
                         {"gte": 1, "lte": 1}, {"gt": 1, "lt": 0}])  # fmt: skip
        case "product":
            return pick(["tv", {"ne": "tv"}, ["tv", "phone"], {"exists": False},
                         {"contains": pick(["tv", "set"])}, {"mentions": "tv"},
                         {"mentions": ["tv", "set"]}, {"contains_all": ["tv", "set"]},
                         {"like": "tv"}, {"not_in": ["phone"], "exists": True}])  # fmt: skip
        case "size":
            return pick([1, 2.5, {order: pick([1, 2.5, 2])}])
        case "loose":
            return pick([1, True, "1", {"ne": 1}, ["x", 1], {"not_in": [True, "x"]}])
        case "urgency":
            return pick(["weak", {order: "strong"}, {"exists": True}, {"exists": False}])
        case "due_at":
            return {order: pick([NOW.isoformat(), "2026-11-20T12:00"])}
        case "colours":
            return pick([{"contains": "red"}, {"contains_any": ["red", "blue"]},
                         {"contains_all": ["red", "blue"]}, {"mentions": "bl*"},
                         {"exists": True}])  # fmt: skip
        case "extra":
            return {"exists": pick([True, False])}
        case "status":
            return pick(["new", ["new", "hold"], {"ne": "new"}, {"exists": pick([True, False])}])
        case "phase":
            return pick(["open", ["open", "waiting"], {"ne": "waiting"}, "resolved"])
        case "active":
            return pick([True, False])
        case "level":
            return pick(["L1", {order: "L2"}, {"exists": True}])
        case "owner":
            return pick(["front", {"ne": "front"}, {"exists": pick([True, False])}])
        case "replies.customer" | "replies.bot" | "desk.similar" | "desk.open.front":
            return pick([0, {order: 1}, {"gte": 1, "lt": 3}, {"exists": pick([True, False])},
                         {"lt": 0}, {"not_in": [0, 1]}])  # fmt: skip
        case "requested":
            by = pick(["customer", {"ne": "customer"}, {"exists": True}])
            to = pick(["boss", {"ne": "boss"}, {"exists": pick([True, False])}, ["boss"]])
            return pick([{"by": by}, {"to": to}, {"by": by, "to": to}])
        case "since.documented" | "since.acknowledged":
            return pick([{order: "2h"}, {"gte": "1h", "lt": "3h"}, {"exists": pick([True, False])},
                         {"lt": "1h", "gt": "2h"}])  # fmt: skip
        case "promise":
            return pick(["open", "kept", ["none", "broken"], {"ne": "broken"},
                         {"not_in": ["open", "broken"]}, {"exists": pick([True, False])},
                         {"ne": "open", "exists": True}])  # fmt: skip
        case "promise.remaining" | "promise.overdue":
            asked = pick([{order: pick(["1h", "2h", "3h"])}, {order: "0m"},
                          {"gte": "1h", "lt": "3h"}, {"exists": pick([True, False])},
                          {"lt": "1h", "gt": "2h"}])  # fmt: skip
            return asked if calendar is None else {**asked, "calendar": calendar}
        case _:
            return pick(["open", "closed", {"ne": "open"}, ["open", "closed"]])


FACTS = [*(d for d in DIALS if d not in ("history", "now", "promised")), "phase", "active",
         "calendar.office", "promise", "promise.remaining", "promise.overdue"]  # fmt: skip


def condition_over(
    rng: Random, facts: list[str], depth: int = 0, calendar: str | None = None
) -> dict[str, Any]:
    """A condition about some of these facts; ``calendar`` is that of promises, of which two
    have something to do with one another."""
    draw = rng.random()
    if depth < 3 and draw < 0.6:
        parts = [
            condition_over(rng, facts, depth + 1, calendar) for _ in range(rng.choice([2, 2, 3]))
        ]
        return {rng.choice(["all", "any"]): parts}
    if depth < 3 and draw < 0.75:
        return {"not": condition_over(rng, facts, depth + 1, calendar)}
    fact = rng.choice(facts)
    return {fact: _comparison(rng, fact, calendar)}
