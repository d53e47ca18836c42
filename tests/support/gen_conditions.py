"""Random conditions. What may be read depends on where the condition stands."""

from __future__ import annotations

from random import Random
from typing import Any

SPANS = ["15m", "30m", "1h", "2h", "4h", "1d"]
MOMENTS = [
    "created", "entered", "agent-reply", "customer-reply", "escalated", "transferred",
    "requested", "status", "resolved", "reopened", "assigned", "acknowledged", "documented",
    "promised",
]  # fmt: skip


def span(rng: Random) -> dict[str, Any]:
    op = rng.choice(["gte", "gte", "lt", "gt", "lte", "eq", "ne"])
    found: dict[str, Any] = {op: rng.choice(SPANS)}
    if rng.random() < 0.3:
        found = {"gte": "30m", "lt": rng.choice(["1h", "4h"])}
    if rng.random() < 0.3:
        found["calendar"] = rng.choice(["always", "office", "night"])
    return found


def number(rng: Random, values: list[int]) -> Any:
    value = rng.choice(values)
    return rng.choice([value, {"gte": value}, {"lt": value}, {"ne": value}])


def field_leaf(rng: Random) -> dict[str, Any]:
    return rng.choice(
        [
            {"severity": rng.choice(["low", "critical", ["high", "critical"], {"gte": "high"}])},
            {"category": rng.choice(["refund", "outage", {"ne": "refund"}])},
            {"customer.tier": rng.choice(["gold", {"lt": "gold"}, {"exists": True}])},
            {"product": rng.choice(["tv", {"exists": False}, {"not_in": ["tv"]}])},
            {"tags": rng.choice([{"contains": "vip"}, {"contains_any": ["vip", "old"]}])},
            {"subject": {"mentions": rng.choice(["down", ["outage", "interr*"]])}},
            {"id": {"like": "T-*1"}},
        ]
    )


def ticket_leaf(rng: Random) -> dict[str, Any]:
    if rng.random() < 0.6:
        return field_leaf(rng)
    return rng.choice(
        [
            {"phase": rng.choice(["open", "waiting"])},
            {"status": rng.choice(["open", ["pending", "on-hold"]])},
            {"priority": rng.choice(["P1", {"lt": "P1"}])},
            {"is": "key"},
        ]
    )


def time_leaf(rng: Random) -> dict[str, Any]:
    moment = rng.choice(MOMENTS)
    return rng.choice(
        [
            {"age": span(rng)},
            {"idle": span(rng)},
            {"at_level": span(rng)},
            {f"since.{moment}": span(rng)},
            {f"since_first.{moment}": span(rng)},
            {f"since.{moment}": {"exists": rng.random() < 0.5}},
            {f"calendar.{rng.choice(['office', 'night'])}": rng.choice(["open", "closed"])},
        ]
    )


def event_leaf(rng: Random) -> dict[str, Any]:
    return rng.choice(
        [
            {"escalations": number(rng, [0, 1, 2])},
            {"transfers": number(rng, [1, 2])},
            {"replies.agent": number(rng, [0, 1])},
            {"replies.customer": number(rng, [1, 2])},
            {"reopens": number(rng, [1, 2])},
            {"desk.similar": {"gte": rng.choice([1, 10])}},
            {"desk.open.front": {"gte": 3}},
            {"desk.load.front": {"gt": 1}},
            {"authority.compensation": number(rng, [0, 100, 200])},
            {"authority.waive": rng.choice([True, False, {"exists": True}])},
        ]
    )


def request_leaf(rng: Random) -> dict[str, Any]:
    asked: dict[str, Any] = {"by": rng.choice(["customer", "agent", ["customer", "bot"]])}
    if rng.random() < 0.4:
        asked["to"] = rng.choice(["L2", "lead", {"ne": "boss"}])
    if rng.random() < 0.2:
        del asked["by"]
        asked.setdefault("to", "L2")
    return {"requested": asked}


def clock_leaf(rng: Random, clocks: list[str]) -> dict[str, Any]:
    name = rng.choice(clocks)
    states = ["running", "paused", "met", "breached", "not-started", ["met", "breached"]]
    measure = rng.choice(["elapsed", "remaining", "overdue"])
    plain = {k: v for k, v in span(rng).items() if k != "calendar"}
    return rng.choice(
        [
            {f"clock.{name}": "breached"},
            {f"clock.{name}": rng.choice(states)},
            {f"clock.{name}.percent": number(rng, [50, 80, 100])},
            {f"clock.{name}.{measure}": plain},
            {f"clock.{name}": {"exists": rng.random() < 0.5}},
            {f"clock.{name}.{measure}": {"exists": rng.random() < 0.5}},
        ]
    )


def promise_leaf(rng: Random) -> dict[str, Any]:
    states = ["none", "open", "broken", "kept", ["broken", "kept"], {"exists": True}]
    measure = rng.choice(["remaining", "remaining", "overdue"])
    asked = rng.choice([span(rng), span(rng), {"exists": rng.random() < 0.5}])
    return rng.choice([{"promise": rng.choice(states)}, {f"promise.{measure}": asked}])


def leaf(rng: Random, how: str, clocks: list[str]) -> dict[str, Any]:
    draw = rng.random()
    if how == "field":
        return field_leaf(rng)
    if how == "ticket":
        return ticket_leaf(rng)
    if draw < 0.2:
        return ticket_leaf(rng)
    if draw < 0.35 and clocks:
        return clock_leaf(rng, clocks)
    if draw < 0.43:
        return promise_leaf(rng)
    if draw < 0.6:
        return time_leaf(rng)
    if draw < 0.75:
        return request_leaf(rng)
    if draw < 0.9 or how != "trigger":
        return event_leaf(rng)
    return rng.choice([{"level": {"gte": "L1"}}, {"owner": "front"}, {"is": "hot"}, {"is": "late"}])


def condition(rng: Random, how: str, clocks: list[str] | None = None, depth: int = 0) -> Any:
    """How: `field` and `ticket` may read the ticket alone, `all` and `trigger` all facts."""
    clocks = clocks or []
    draw = rng.random()
    if depth < 2 and draw < 0.14:
        return {"all": [condition(rng, how, clocks, depth + 1) for _ in range(2)]}
    if depth < 2 and draw < 0.28:
        return {"any": [condition(rng, how, clocks, depth + 1) for _ in range(2)]}
    if depth < 2 and draw < 0.38:
        return {"not": condition(rng, how, clocks, depth + 1)}
    if draw < 0.48:
        return leaf(rng, how, clocks) | leaf(rng, how, clocks)
    return leaf(rng, how, clocks)
