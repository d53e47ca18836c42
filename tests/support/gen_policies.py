"""Random policies. Names are few, so that things meet."""

from __future__ import annotations

from random import Random
from typing import Any

from support.gen_conditions import condition

DURATIONS = ["0m", "15m", "30m", "1h", "2h", "4h", "9h"]
FIELDS = {
    "severity": {"ordered": ["low", "high", "critical"]},
    "category": {"enum": ["refund", "outage"]},
    "product": {"type": "string"},
    "priority": {"ordered": ["P2", "P1"]},
    "customer.tier": {"ordered": ["basic", "gold"]},
    "due_at": {"type": "string", "format": "date-time"},
}
OFFICE = {"mon-fri": ["09:00-13:00", "14:00-18:00"], "sat": "10:00-14:00"}
NIGHT = {"sun-thu": "22:00-06:00"}
OWNERS = ["bot", "front", "pay", "lead", "boss", "vend", "duty", "next"]
MESSAGES = {
    "taken": {
        "en": "{customer.name|You}: {owner.name|somebody}, by {deadline.resolve|soon}",
        "ro": "{{{ticket.id}}} {ticket.severity|?} {deadline.acknowledge|-}",
    },
    "alarm": {"en": "{ticket.id} {ticket.category|none} {desk.similar|some}"},
    "plain": "It is {ticket.priority|open}.",
    "late": "Not by {promise.due|then} but by {deadline.resolve|some day}; {due_at|never}",
}


def policy_dict(rng: Random, *, plain_weeks: bool) -> dict[str, Any]:
    """A policy as YAML would hold it."""
    holidays = (
        []
        if plain_weeks
        else [
            {"date": "2026-11-24", "name": "Feast"},
            {"date": "2026-11-25", "hours": "10:00-12:00", "name": "Short"},
        ]
    )
    policy: dict[str, Any] = {
        "escalate": 1,
        "name": "random",
        "timezone": "UTC" if plain_weeks else rng.choice(["UTC", "Europe/Chisinau"]),
        "fields": FIELDS,
        "calendars": {
            "office": {"hours": OFFICE, "holidays": holidays},
            "night": {"hours": NIGHT},
        },
        "owners": owners(rng),
        "messages": MESSAGES,
        "actions": {"survey": {"kind": {"enum": ["csat", "nps"]}}},
        "similar": rng.choice([["category"], ["category", "product"]]),
    }
    if rng.random() < 0.5:
        policy["calendar"] = rng.choice(["office", "night", "always"])
    if rng.random() < 0.3:
        policy["language"] = rng.choice(["en", "ro"])
    if rng.random() < 0.2:
        policy["tell_customer"] = cases_of(rng, list(MESSAGES))
    if rng.random() < 0.3:
        policy["urgency"] = cases_of(rng, ["urgent", "normal"], rng.choice(["ticket", "trigger"]))
    if rng.random() < 0.5:
        policy["review"] = review(rng)
    if rng.random() < 0.5:
        policy["derive"] = {
            "priority": [
                {"when": condition(rng, "field"), "use": "P1"},
                {"otherwise": rng.choice(["P2", "none"])},
            ]
        }
    policy["clocks"] = {n: clock(rng) for n in ("first", "res", "upd") if rng.random() < 0.4}
    policy["conditions"] = {
        "key": condition(rng, "field"),
        "hot": condition(rng, "ticket"),
        "late": condition(rng, "all", list(policy["clocks"])),
    }
    policy["levels"] = [level(rng, f"L{i}") for i in range(1, rng.randrange(1, 5) + 1)]
    names = [lv["id"] for lv in policy["levels"]]
    policy["paths"] = [path(rng, f"p{i}", names) for i in range(rng.choice([0, 0, 1, 2]))]
    count = rng.choice([0, 1, 1, 2, 2, 3, 4])
    policy["triggers"] = [trigger(rng, f"t{i}", policy, names) for i in range(count)]
    return policy


DEADLINES = ["acknowledge", "respond", "resolve"]
ASSIGN = ["first", "none", "round-robin", "least-loaded", "on-duty", "all"]
TOPICS = ["refund", "outage"]


def owners(rng: Random) -> dict[str, Any]:
    """One of each kind, with what each may say."""
    assign = rng.choice(ASSIGN)
    found: dict[str, Any] = {
        "bot": "bot",
        "front": {"kind": "team", "name": "Front", "members": ["ana", "ion"], "assign": assign},
        "pay": {"kind": "team", "members": ["vera"], "assign": "first"},
        "lead": {"kind": "person", "name": "Lead"},
        "boss": "person",
        "vend": {"kind": "vendor"},
        "duty": rotation(rng),
        "next": {"kind": "rotation", "of": "duty", "offset": 1},
        "all": {"kind": "group", "of": ["front", "lead"]},
        "experts": {"kind": "group", "of": ["lead", "boss", "pay"]},
    }
    if assign == "on-duty":
        found["front"]["rotation"] = rng.choice(["duty", "next"])
    if rng.random() < 0.5:
        found["ana"] = {"kind": "person", "languages": [rng.choice(["ro", "en", "de"])]}
        if rng.random() < 0.5:
            found["ana"]["capacity"] = rng.choice([0, 2, 5])
    found["lead"] |= {"handles": rng.choice([TOPICS, TOPICS[:1]]), "capacity": 2}
    found["pay"]["handles"] = TOPICS[:1]
    found["boss"] = {"kind": "person", "handles": TOPICS[1:], "languages": ["en"]}
    if rng.random() < 0.4:
        times = {name: rng.choice(DURATIONS) for name in DEADLINES if rng.random() < 0.6}
        found["vend"] |= {"agreed": times}
        if rng.random() < 0.7:
            found["vend"]["calendar"] = rng.choice(["office", "night", "always"])
    found["lead"]["authority"] = {"compensation": 100, "waive": True}
    found["boss"]["authority"] = {"compensation": 500}
    for name in ("lead", "pay", "boss", "all"):
        if rng.random() < 0.3:
            found[name]["calendar"] = rng.choice(["office", "night"])
        if rng.random() < 0.3:
            found[name]["channels"] = rng.choice([["inbox"], ["phone", "email"]])
    if rng.random() < 0.5:
        found["lead"]["languages"] = rng.choice([["ro"], ["en-GB", "de"]])
    return found


def rotation(rng: Random) -> dict[str, Any]:
    """People in turn, some of whom are in a team as well."""
    every = rng.choice(["day", "week", {"days": 3}, {"hours": 8}])
    over = {"every": every, "at": rng.choice(["09:00", "00:00", "21:30"])}
    starts = rng.choice(["2026-11-02", "2026-11-20", "2026-11-22T12:00"])
    found: dict[str, Any] = {"kind": "rotation", "starts": starts, "hands_over": over}
    if rng.random() < 0.4:
        found["members"] = ["ana", "olga", "ion"]
    else:
        layer = {"members": ["ion", "noel"], "calendar": rng.choice(["night", "office", "always"])}
        if rng.random() < 0.5:
            layer["hands_over"] = {"every": "day"}
        ground = {"members": ["olga", "ana"]} | rng.choice([{}, {"calendar": "office"}])
        found["layers"] = [layer, ground]
    if rng.random() < 0.3:
        found["calendar"] = rng.choice(["always", "night"])
    if rng.random() < 0.4:
        change = rng.choice([{"member": "olga"}, {"swap": ["ana", "ion"]}])
        found["overrides"] = [change | {"from": "2026-11-21", "until": "2026-11-24T15:00"}]
    return found


def owner_of(rng: Random) -> Any:
    """A name, or now and then a choice by topic or language."""
    draw = rng.random()
    if draw < 0.8:
        return rng.choice(OWNERS)
    found: dict[str, Any] = {"from": rng.choice([["experts"], ["boss", "lead"], ["pay", "boss"]])}
    if draw < 0.93:
        found["expert_in"] = "ticket.category"
    if draw > 0.88:
        found["speaks"] = "ticket.language"
    if rng.random() < 0.3:
        found["otherwise"] = rng.choice(["front", "vend"])
    return found


def review(rng: Random) -> Any:
    every = ["1h", "4h", "1d", "none"]
    if rng.random() < 0.7:
        return rng.choice(every)
    return [
        {"when": {"phase": "waiting"}, "use": rng.choice(every)},
        {"otherwise": rng.choice(every)},
    ]


def cases_of(rng: Random, values: list[Any], how: str = "ticket") -> Any:
    """A plain value, or cases on the ticket."""
    if rng.random() < 0.65:
        return rng.choice(values)
    found = [{"when": condition(rng, how), "use": rng.choice([*values, "none"])}]
    if rng.random() < 0.7:
        found.append({"otherwise": rng.choice(values)})
    return found


def target(rng: Random) -> Any:
    values: list[Any] = [*DURATIONS, "1 workday", {"at": "due_at"}]
    if rng.random() < 0.6:
        value = rng.choice(values)
        return [{"otherwise": value, "calendar": "office"}] if value == "1 workday" else value
    found = []
    for key in ("when", "otherwise")[rng.randrange(2) :]:
        value = rng.choice([*values, "none"])
        when = condition(rng, "ticket") if rng.random() < 0.8 else {"owner": rng.choice(OWNERS)}
        case = {"when": when, "use": value} if key == "when" else {key: value}
        if value == "1 workday":
            case["calendar"] = "office"
        elif rng.random() < 0.4:
            case["calendar"] = rng.choice(["always", "office", "night"])
        found.append(case)
    return found


FROM = [
    "created", "created", "entered", "escalated", "agent-reply", "customer-reply", "reopened",
    "requested", "resolved", "closed", "status", ["created", "agent-reply"], "transferred",
]  # fmt: skip
UNTIL = [
    "agent-reply", "resolved", "resolved", "closed", "acknowledged", "assigned", "escalated",
    ["agent-reply", "internal-note"], "status", "customer-reply",
]  # fmt: skip


def clock(rng: Random) -> dict[str, Any]:
    found: dict[str, Any] = {"from": rng.choice(FROM), "until": rng.choice(UNTIL)}
    if rng.random() < 0.5:
        found["paused"] = rng.choice(["waiting", ["on-hold"], ["pending", "on-hold"]])
    if rng.random() < 0.85:
        found["target"] = target(rng)
    if rng.random() < 0.4:
        found["calendar"] = cases_of(rng, ["always", "office", "night"], "field")
    if rng.random() < 0.5:
        found["on_reopen"] = rng.choice(["resume", "restart", "ignore"])
    if rng.random() < 0.2:
        found["resolved_counts"] = False
    return found


def notices(rng: Random) -> list[dict[str, Any]]:
    found = []
    for _ in range(rng.choice([1, 1, 2])):
        notice: dict[str, Any] = {"owner": cases_of(rng, [owner_of(rng), *OWNERS, "all"])}
        if rng.random() < 0.5:
            notice["message"] = cases_of(rng, list(MESSAGES))
        if rng.random() < 0.2:
            notice["channel"] = cases_of(rng, ["phone", "chat"])
        if rng.random() < 0.3:
            notice["urgency"] = cases_of(rng, ["urgent", "normal"], "trigger")
        found.append(notice)
    return found


def level(rng: Random, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": name, "owner": cases_of(rng, [owner_of(rng), owner_of(rng)])}
    if rng.random() < 0.4:
        found["kind"] = rng.choice(["functional", "hierarchical"])
    if rng.random() < 0.5:
        fallback = {"fallback": cases_of(rng, [owner_of(rng), rng.choice(OWNERS)])}
        found["if_unavailable"] = rng.choice(["skip", "wait", fallback])
    if rng.random() < 0.2:
        found["requires"] = rng.choice([["summary"], ["summary", "steps"]])
    if rng.random() < 0.4:
        found["calendar"] = cases_of(rng, ["always", "office", "night"], "field")
    found["deadlines"] = {
        name: deadline(rng) for name in ("acknowledge", "respond", "resolve") if rng.random() < 0.4
    }
    if rng.random() < 0.25:
        found["remind"] = {"every": rng.choice(["15m", "1h", "4h"])}
        if rng.random() < 0.6:
            found["remind"]["times"] = rng.choice([1, 2, 4])
    if rng.random() < 0.2:
        found["notify"] = notices(rng)
    if rng.random() < 0.3:
        found["tell_customer"] = cases_of(rng, list(MESSAGES))
    return found


def deadline(rng: Random) -> Any:
    if rng.random() < 0.3:
        return rng.choice(DURATIONS)
    found: dict[str, Any] = {"target": target(rng)}
    if rng.random() < 0.5:
        found["warn"] = rng.choice([["80%"], ["30m"], ["50%", "15m"], ["50%", "80%"]])
    if rng.random() < 0.2:
        found["paused"] = rng.choice(["on-hold", ["pending"]])
    if rng.random() < 0.2:
        found["calendar"] = rng.choice(["always", "office", "night"])
    if rng.random() < 0.3:
        found["on_breach"] = effects(rng, ["L1", "next"], asking=False)
    return found


def path(rng: Random, name: str, names: list[str]) -> dict[str, Any]:
    chosen = [n for n in names if rng.random() < 0.6] or names
    found: dict[str, Any] = {"id": name, "levels": chosen}
    if rng.random() < 0.8:
        found["when"] = condition(rng, "ticket")
    return found


def effects(rng: Random, names: list[str], *, asking: bool) -> dict[str, Any]:
    """A movement, perhaps, and actions."""
    found: dict[str, Any] = {}
    draw = rng.random()
    if draw < 0.5:
        goals = [*names, "next", "next"] + (["requested"] if asking else [])
        found["escalate"] = rng.choice(goals)
    elif draw < 0.75:
        found["transfer"] = (
            "requested"
            if asking and rng.random() < 0.3
            else cases_of(rng, [owner_of(rng), owner_of(rng)])
        )
    if found and asking and rng.random() < 0.25:
        found["requires"] = rng.choice([["summary"], ["steps"], ["summary", "steps"]])
    if rng.random() < 0.4 or not found:
        found["notify"] = notices(rng)
    if rng.random() < 0.25:
        found["tell_customer"] = cases_of(rng, list(MESSAGES))
    if rng.random() < 0.25:
        found["set"] = rng.choice(
            [{"severity": "high"}, {"severity": "low", "product": "tv"}, {"status": "on-hold"},
             {"status": "closed"}, {"status": "open"}, {"priority": "P1"}]
        )  # fmt: skip
    if rng.random() < 0.15:
        kind = cases_of(rng, ["csat", "nps"], "trigger")
        found["do"] = [{"action": "survey", "with": {"kind": kind}}]
    return found


def trigger(rng: Random, name: str, policy: dict[str, Any], names: list[str]) -> dict[str, Any]:
    clocks = list(policy["clocks"])
    found: dict[str, Any] = {"id": name, "when": condition(rng, "trigger", clocks)}
    if rng.random() < 0.2:
        found["for"] = rng.choice(["resolved", "closed", "any"])
    if rng.random() < 0.25:
        found["at"] = rng.choice([names[:1], names[-1:], names])
    found |= effects(rng, names, asking=True)
    draw = rng.random()
    if draw < 0.15:
        found["once"] = rng.choice(["ticket", "problem"])
    elif draw < 0.4:
        found["repeat"] = {"every": rng.choice(["15m", "2h", "1d"])}
        if rng.random() < 0.6:
            found["repeat"]["times"] = rng.choice([1, 3])
    return found
