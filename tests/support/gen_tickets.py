"""Random tickets and desks: several events at one instant, reopenings, spent keys."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from support.gen_policies import OWNERS

STATUSES = ["open", "open", "pending", "on-hold", "solved", "solved", "closed", "in-progress"]
ENTERING = ("entered", "escalated", "returned")


def levels_of(policy: dict[str, Any]) -> list[str]:
    return [level["id"] for level in policy["levels"]]


def event_dict(
    rng: Random, policy: dict[str, Any], at: datetime, raw: dict[str, Any]
) -> dict[str, Any]:
    """Something that a person, a customer or a bot did. ``raw``: how things stand."""
    event: dict[str, Any] = {"at": at.isoformat()}
    kind = rng.choice(
        ["reply", "reply", "reply", "status", "status", "status", "requested", "requested",
         "escalated", "returned", "transferred", "assigned", "acknowledged", "documented", "field",
         "promised", "promised"]
    )  # fmt: skip
    event["type"] = kind
    if kind == "reply":
        event["by"] = rng.choice(["agent", "agent", "customer", "bot"])
        if event["by"] == "agent" and rng.random() < 0.3:
            event["public"] = False
    elif kind == "status":
        event |= {"from": raw.get("status", "open"), "to": rng.choice(STATUSES)}
    elif kind == "requested":
        event["by"] = rng.choice(["customer", "agent", "bot"])
        if rng.random() < 0.7:
            event["to"] = rng.choice(["L1", "L2", "L3", "lead", "boss", "pay", "nobody"])
        if rng.random() < 0.3:
            event["summary"] = "it is broken"
    elif kind in ENTERING:
        event |= {"from": raw.get("level"), "to": rng.choice(levels_of(policy))}
        if rng.random() < 0.6:
            event["owner"] = rng.choice(OWNERS)
            event["assignee"] = rng.choice([None, "ana", "vera"])
    elif kind == "transferred":
        event |= {"to": rng.choice(OWNERS), "assignee": rng.choice([None, "ion"])}
    elif kind in ("assigned", "acknowledged"):
        event["to"] = "ana"
        if rng.random() < 0.7:
            event["by"] = "ana"
    elif kind == "promised":
        event["due"] = (at + timedelta(minutes=15 * rng.randrange(-2, 40))).isoformat()
        event["about"] = rng.choice([None, None, "deadline.resolve", "deadline.acknowledge",
                                     "clock.first", "clock.res", "clock.gone"])  # fmt: skip
        event["by"] = "ana"
    elif kind == "documented":
        event["item"] = rng.choice(["summary", "steps"])
    else:
        event |= {
            "name": "severity",
            "from": raw.get("severity"),
            "to": rng.choice(["low", "critical"]),
        }
    return {k: v for k, v in event.items() if v is not None}


def values_of(rng: Random, created: datetime) -> dict[str, Any]:
    raw: dict[str, Any] = {"id": rng.choice(["T-1", "T-2"])}
    for name, values in {
        "severity": ["low", "high", "critical"],
        "category": ["refund", "outage"],
        "product": ["tv", "phone"],
        "priority": ["P1", "P2"],
        "tags": [["vip"], [], ["old", "new"]],
        "subject": ["All is down", "Interrupted line", "A question"],
        "language": ["ro", "en-GB", "de"],
    }.items():
        if rng.random() < 0.45:
            raw[name] = rng.choice(values)
    if rng.random() < 0.4:
        due = created + timedelta(minutes=15 * rng.randrange(-4, 100))
        raw["due_at"] = due.isoformat()
    customer = {
        "tier": rng.choice(["basic", "gold"]),
        "name": rng.choice(["Ana", "\u05e2\u05e0\u05ea"]),
        "timezone": "Asia/Tokyo",
    }
    raw["customer"] = {k: v for k, v in customer.items() if rng.random() < 0.4}
    return raw


def ticket_dict(
    rng: Random, policy: dict[str, Any], created: datetime, now: datetime, span: int
) -> dict[str, Any]:
    """A ticket, with a history, a snapshot alone, or something between."""
    raw = values_of(rng, created) | {"created_at": created.isoformat()}
    draw = rng.random()
    if draw < 0.15:
        return snapshot(rng, policy, raw, created, now)
    raw["events"] = events = []
    if draw < 0.25:
        return raw
    minutes = sorted(15 * rng.randrange(0, max(2, span)) for _ in range(rng.randrange(0, 9)))
    if rng.random() < 0.4 and minutes:
        minutes = sorted(rng.choice(minutes) for _ in minutes)
    if rng.random() < 0.7:
        entered = {"at": created.isoformat(), "type": "entered", "to": levels_of(policy)[0]}
        if rng.random() < 0.7:
            entered["owner"] = rng.choice(OWNERS)
        if rng.random() < 0.7:
            entered["key"] = "enter:0"
        events.append(entered)
        raw["level"], raw["owner"] = entered["to"], entered.get("owner")
    elif rng.random() < 0.3:
        raw["level"] = rng.choice(levels_of(policy))
    seen_keys = {"enter:0"}
    for minute in minutes:
        at = created + timedelta(minutes=minute)
        if rng.random() < 0.2:
            key = spent_key(rng, policy)
            if key not in seen_keys:
                seen_keys.add(key)
                events.append(
                    {
                        "at": at.isoformat(),
                        "type": "fired",
                        "trigger": key.split(":")[1],
                        "key": key,
                    }
                )
            continue
        if at > now and rng.random() < 0.3:
            continue
        event = event_dict(rng, policy, at, raw)
        if event["type"] == "field" and at > now:
            continue
        events.append(event)
        stand(raw, event)
    raw = {k: v for k, v in raw.items() if v is not None}
    return untidy(rng, raw, created)


def spent_key(rng: Random, policy: dict[str, Any]) -> str:
    names = [t["id"] for t in policy["triggers"]] or ["t0"]
    return f"trigger:{rng.choice(names)}:{rng.choice(['0', '1', 'ticket', 'request=0', '0:1'])}"


def stand(raw: dict[str, Any], event: dict[str, Any]) -> None:
    if event["type"] == "status":
        raw["status"] = event["to"]
    elif event["type"] in ENTERING:
        raw["level"] = event["to"]
        raw["owner"], raw["assignee"] = event.get("owner"), event.get("assignee")
    elif event["type"] == "transferred":
        raw["owner"], raw["assignee"] = event["to"], event.get("assignee")
    elif event["type"] == "assigned":
        raw["assignee"] = event["to"]
    elif event["type"] == "field":
        raw[event["name"]] = event["to"]


def untidy(rng: Random, raw: dict[str, Any], created: datetime) -> dict[str, Any]:
    """Now and then what real sources do: disorder, a stale or a bare snapshot."""
    draw = rng.random()
    events = raw["events"]
    if draw < 0.05 and len(events) > 1:
        rng.shuffle(events)
    elif draw < 0.10 and events:
        events[0]["at"] = (created - timedelta(hours=1)).isoformat()
    elif draw < 0.20:
        for name in ("level", "owner", "assignee", "status"):
            raw.pop(name, None)
    elif draw < 0.23:
        raw["status"] = "closed"
    elif draw < 0.26:
        raw["level"] = "L9"
    return raw


def snapshot(
    rng: Random, policy: dict[str, Any], raw: dict[str, Any], created: datetime, now: datetime
) -> dict[str, Any]:
    """A ticket of a source that knows no events."""
    steps = max(1, int((now - created) / timedelta(minutes=15)))

    def some() -> str:
        return (created + timedelta(minutes=15 * rng.randrange(steps))).isoformat()

    raw["status"] = rng.choice(["open", "open", "pending", "on-hold", "solved"])
    if raw["status"] == "solved" and rng.random() < 0.8:
        raw["resolved_at"] = some()
    elif rng.random() < 0.2 and raw["status"] != "solved":
        raw["resolved_at"] = None
    if rng.random() < 0.6:
        raw["level"] = rng.choice(levels_of(policy))
        if rng.random() < 0.6:
            raw["owner"] = rng.choice(OWNERS)
        if rng.random() < 0.6:
            raw["level_entered_at"] = some()
    if rng.random() < 0.5:
        raw["first_reply_at"] = rng.choice([None, some()])
    if rng.random() < 0.3:
        raw["done"] = [spent_key(rng, policy)]
    return raw


def desk_dict(rng: Random, policy: dict[str, Any], now: datetime) -> dict[str, Any]:
    desk: dict[str, Any] = {"open": {"lead": rng.randrange(4)}}
    if rng.random() < 0.8:
        desk["last_assigned"] = {"front": rng.choice(["ana", "ion"])}
    if rng.random() < 0.8:
        desk["open"] |= {"ana": rng.randrange(4), "ion": rng.randrange(4, 8)}
    if rng.random() < 0.5:
        desk["open"]["front"] = rng.randrange(6)
    if rng.random() < 0.5:
        desk["capacity"] = {"front": 2} | rng.choice([{}, {"ion": 5}])
    if rng.random() < 0.5:
        desk["similar"] = {"T-1": rng.randrange(12)}
    if rng.random() < 0.5:
        away: list[Any] = []
        for who in (
            "front",
            "ana",
            "ion",
            "vera",
            "lead",
            "boss",
            "vend",
            "bot",
            "olga",
            "noel",
            "duty",
        ):
            if rng.random() < 0.3:
                until = (now + timedelta(minutes=15 * rng.randrange(-4, 40))).isoformat()
                away.append(rng.choice([who, {"who": who, "until": until}]))
        desk["away"] = away
    if rng.random() < 0.1:
        desk["fired"] = ["trigger:t0:outage:2026-11-20", "trigger:t0:refund:2026-11-21"]
    return desk
