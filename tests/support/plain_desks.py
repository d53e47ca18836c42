"""Desks as most are: policies that are decided in columns, at instants among changes of the
clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from escalate.desk import Desk, read_desk
from escalate.policy.policy import Policy

__all__ = ["CATEGORIES", "SEVERITIES", "desk_of"]

SEVERITIES = ["low", "normal", "high", "critical"]
CATEGORIES = ["refund", "outage", "how-to"]
STATUSES = {"open": ["new", "open"], "waiting": ["on-hold"], "resolved": ["solved"],
            "closed": ["closed"]}  # fmt: skip
TAGS = ["vip", "fibre", "legal"]
DURATIONS = ["0m", "15m", "1h", "4h", "9h", "30h"]
CALENDARS = ["office", "night", "always"]
TIMES = [  # near changes of clocks in Europe and in America, and in between
    datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 15, tzinfo=UTC),
    datetime(2026, 11, 1, 8, 0, tzinfo=UTC),
    datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
]


def desk_of(random: Random) -> tuple[Policy, datetime, Desk]:
    """A policy, an instant, a desk."""
    count = random.randint(2, 4)
    levels = [f"L{n}" for n in range(1, count + 1)]
    fixed = random.random() < 0.7
    policy: dict[str, Any] = {
        "escalate": 1,
        "name": "plain",
        "timezone": random.choice(["UTC", "Europe/Chisinau", "America/New_York"]),
        "calendar": random.choice(CALENDARS),
        "statuses": STATUSES,
        "fields": {
            "severity": {"ordered": SEVERITIES},
            "category": {"enum": CATEGORIES},
            "value": {"type": "integer"},
            "weight": {"type": "number"},
            "vip": {"type": "boolean"},
            "priority": {"ordered": ["P3", "P2", "P1"]},
            "due_at": {"type": "string", "format": "date-time"},
            "promised": {"type": "integer"},
        },
        "calendars": {
            "office": {
                "hours": {"mon-fri": ["09:00-13:00", "14:00-18:00"], "sat": "10:00-14:00"},
                "holidays": [{"date": "2026-11-23"}],
            },
            "night": {"hours": {"sun-thu": "22:00-06:00"}},
        },
        "owners": _owners(random),
        "levels": [_level(random, level, fixed) for level in levels],
    }
    if random.random() < 0.6:
        policy["review"] = random.choice(["4h", "2h", "2 workdays", "never"])
        if policy["calendar"] == "always" and "workdays" in policy["review"]:
            policy["review"] = "1d"
    if random.random() < 0.4:
        policy["derive"] = {
            "priority": [{"when": _snapshot(random), "use": "P1"}, {"otherwise": "P3"}]
        }
    if random.random() < 0.4:
        policy["paths"] = [
            {"id": "short", "when": _snapshot(random), "levels": [levels[0], levels[-1]]},
            {"id": "long", "levels": levels},
        ]
    policy["clocks"] = _clocks(random, fixed)
    policy["conditions"] = {"grave": _snapshot(random)}
    if random.random() < 0.4:
        policy["urgency"] = [{"when": _snapshot(random), "use": "urgent"}]
    policy["triggers"] = [
        _trigger(random, n, levels, list(policy["clocks"])) for n in range(random.randint(1, 6))
    ]
    now = random.choice(TIMES) + timedelta(minutes=15 * random.randrange(96))
    desk: dict[str, Any] = {}
    if random.random() < 0.3:
        desk["away"] = [random.choice(["front", "expert", "boss"])]
    if random.random() < 0.3:
        desk["open"] = {"front": random.randrange(20)}
    return Policy.model_validate(policy), now, read_desk(desk)


def _clocks(random: Random, fixed: bool) -> dict[str, Any]:
    clocks: dict[str, Any] = {}
    if random.random() < 0.6:
        clocks["first"] = {
            "from": "created",
            "until": "agent-reply",
            "target": _target(random, fixed),
        }
    if random.random() < 0.6:
        clocks["all"] = {
            "from": random.choice(["created", ["created", "customer-reply"]]),
            "until": "resolved",
            "paused": "waiting",
            "on_reopen": random.choice(["resume", "restart", "ignore"]),
            "target": random.choice(DURATIONS),
            "calendar": random.choice(CALENDARS),
        }
    if random.random() < 0.3:
        at = {"at": random.choice(["due_at", "promised", "created_at"])}
        clocks["given"] = {
            "from": random.choice(["created", "agent-reply"]),
            "until": random.choice(["resolved", "closed"]),
            "target": random.choice([at, [{"when": _snapshot(random), "use": at},
                                          {"otherwise": random.choice(DURATIONS)}]]),
            "calendar": random.choice(CALENDARS),
        }  # fmt: skip
        if random.random() < 0.5:
            clocks["given"] |= {"paused": "waiting", "resolved_counts": False}
    return clocks


def _owners(random: Random) -> dict[str, Any]:
    """A team, perhaps one whose members take turns; one perhaps with quiet hours; a rotation
    that perhaps has not begun."""
    front: dict[str, Any] = {"kind": "team"}
    if random.random() < 0.5:
        assign = random.choice(["first", "round-robin", "least-loaded"])
        front |= {"members": ["ana", "ion", "zoe"], "assign": assign}
    expert: dict[str, Any] = {"kind": "team"}
    boss: dict[str, Any] = {"kind": "person"}
    for owner in (front, expert, boss):
        if random.random() < 0.3:
            owner["calendar"] = random.choice(["office", "night"])
    duty = {
        "kind": "rotation",
        "members": ["ana", "ion"],
        "starts": random.choice(["2026-01-05", "2026-11-10", "2027-01-04"]),
        "hands_over": {"every": "week", "day": "mon", "at": "08:00"},
    }
    press = random.choice(["team", {"kind": "team", "calendar": "office"}])
    return {"front": front, "expert": expert, "boss": boss, "duty": duty, "press": press}


def _whose(random: Random) -> Any:
    if random.random() < 0.7:
        return random.choice(["front", "expert", "boss", "duty"])
    cases = [{"when": _snapshot(random), "use": random.choice(["expert", "boss", "duty"])}]
    if random.random() < 0.7:
        return [*cases, {"otherwise": "front"}]
    return cases


def _level(random: Random, name: str, fixed: bool) -> dict[str, Any]:
    deadlines = {
        kind: _target(random, fixed)
        for kind in ("acknowledge", "respond", "resolve")
        if random.random() < 0.5
    }
    if "resolve" in deadlines and random.random() < 0.4:
        deadlines["resolve"] = {"target": deadlines["resolve"], "warn": ["50%", "15m"]}
    level: dict[str, Any] = {
        "id": name,
        "owner": _whose(random),
        "deadlines": deadlines,
    }
    if random.random() < 0.2:
        level["remind"] = {"every": random.choice(["1h", "4h"])}
        if random.random() < 0.5:
            level["remind"]["times"] = 2
    if random.random() < 0.2:
        level["kind"] = random.choice(["functional", "hierarchical"])
    if random.random() < 0.4:
        level["if_unavailable"] = {"fallback": _whose(random)}
    return level


def _target(random: Random, fixed: bool) -> Any:
    if fixed:
        return random.choice(DURATIONS)
    return [
        {"when": {"severity": random.choice(SEVERITIES)}, "use": random.choice(DURATIONS),
         "calendar": random.choice(CALENDARS)},
        {"otherwise": random.choice([*DURATIONS, "none", {"at": "due_at"}])},
    ]  # fmt: skip


def _snapshot(random: Random) -> dict[str, Any]:
    return random.choice(
        [
            {"severity": random.choice(SEVERITIES)},
            {"severity": {random.choice(["gte", "lt", "lte", "gt"]): random.choice(SEVERITIES)}},
            {"category": random.sample(CATEGORIES, 2)},
            {"category": {"ne": random.choice(CATEGORIES)}},
            {"category": {"exists": random.random() < 0.5}},
            {"value": {random.choice(["gte", "lt", "eq", "ne"]): random.choice([0, 10, 99])}},
            {"value": {"in": [1, 10, 11]}},
            {"weight": {random.choice(["gt", "lte"]): random.choice([0.5, 1, 2.25])}},
            {"vip": True},
            {"tags": {"contains": random.choice(TAGS)}},
            {"tags": {random.choice(["contains_any", "contains_all"]): random.sample(TAGS, 2)}},
            {"subject": {"mentions": ["down", "out*"]}},
            {"customer.name": {"like": "A*"}},
            {"status": random.choice(["new", "on-hold"])},
            {"phase": "open"},
            {"owner": random.choice(["front", "boss"])},
            {"level": {"gte": "L2"}},
        ]
    )


def _timed(random: Random, clocks: list[str]) -> dict[str, Any]:
    fact = random.choice(
        ["age", "idle", "at_level", "since.agent-reply", "since_first.customer-reply",
         "since.status", "since.entered"]
    )  # fmt: skip
    op = random.choice(["gte", "gte", "gt", "lt", "lte", "ne"])
    asked = {op: random.choice(DURATIONS), "calendar": random.choice(CALENDARS)}
    found: list[dict[str, Any]] = [{fact: asked}, {"calendar.office": "open"},
                                   {"desk.open.front": {"gte": 10}}]  # fmt: skip
    for clock in clocks:
        found += [
            {f"clock.{clock}": random.choice(["breached", "running", "met", "paused"])},
            {f"clock.{clock}.percent": {random.choice(["gte", "lt", "gt"]): 80}},
            {f"clock.{clock}.remaining": {random.choice(["lte", "gt"]): "1h"}},
            {f"clock.{clock}.overdue": {"gt": "30m"}},
            {f"clock.{clock}.elapsed": {"gte": "2h"}},
        ]
    return random.choice(found)


def _part(random: Random, clocks: list[str]) -> dict[str, Any]:
    drawn = random.random()
    if drawn < 0.45:
        return _snapshot(random)
    if drawn < 0.75:
        return _timed(random, clocks)
    if drawn < 0.82:
        return {"requested": {"by": "customer", "to": random.choice(["boss", "expert"])}}
    if drawn < 0.9:
        return {random.choice(["replies.agent", "transfers", "escalations", "reopens"]): {"gte": 1}}
    return {"is": "grave"}


def _condition(random: Random, clocks: list[str]) -> dict[str, Any]:
    parts = [_part(random, clocks) for _ in range(random.randint(1, 3))]
    if random.random() < 0.2:
        parts.append({"any": [_part(random, clocks), _part(random, clocks)]})
    if random.random() < 0.2:
        parts.append({"not": _part(random, clocks)})
    return parts[0] if len(parts) == 1 else {"all": parts}


def _trigger(random: Random, n: int, levels: list[str], clocks: list[str]) -> dict[str, Any]:
    trigger: dict[str, Any] = {"id": f"t{n}", "when": _condition(random, clocks)}
    if random.random() < 0.3:
        trigger["at"] = random.sample(levels, 1)
    if random.random() < 0.2:
        trigger["once"] = "ticket"
    if random.random() < 0.1:
        trigger["for"] = random.choice(["resolved", "closed", "any"])
    drawn = random.random()
    if drawn < 0.3:
        trigger["escalate"] = random.choice(["next", levels[-1]])
    elif drawn < 0.6:
        trigger["transfer"] = random.choice(["expert", "boss"])
    if random.random() < 0.4:
        trigger["notify"] = random.choice(
            [
                ["press"],
                ["duty", "front"],
                [{"owner": "expert", "urgency": "urgent"}, {"owner": "boss"}],
            ]
        )
    return trigger
