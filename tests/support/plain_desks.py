"""Desks as most are: policies and tickets that are decided in columns, nulls and changes of
clocks among them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from escalate.desk import Desk, read_desk
from escalate.evaluator.engine import Engine
from escalate.policy.policy import Policy
from escalate.ticket import Ticket
from escalate.worktime import to_us

__all__ = ["desk_of", "tickets_of"]

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
    policy["clocks"] = {}
    if random.random() < 0.6:
        policy["clocks"]["first"] = {
            "from": "created",
            "until": "agent-reply",
            "target": _target(random, fixed),
        }
    if random.random() < 0.6:
        policy["clocks"]["all"] = {
            "from": random.choice(["created", ["created", "customer-reply"]]),
            "until": "resolved",
            "paused": "waiting",
            "on_reopen": random.choice(["resume", "restart", "ignore"]),
            "target": random.choice(DURATIONS),
            "calendar": random.choice(CALENDARS),
        }
    if random.random() < 0.3:
        at = {"at": random.choice(["due_at", "promised", "created_at"])}
        policy["clocks"]["given"] = {
            "from": random.choice(["created", "agent-reply"]),
            "until": random.choice(["resolved", "closed"]),
            "target": random.choice([at, [{"when": _snapshot(random), "use": at},
                                          {"otherwise": random.choice(DURATIONS)}]]),
            "calendar": random.choice(CALENDARS),
        }  # fmt: skip
        if random.random() < 0.5:
            policy["clocks"]["given"] |= {"paused": "waiting", "resolved_counts": False}
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
