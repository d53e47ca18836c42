"""The tickets of the workload: flat mappings, and the same in the language's own form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from rules import ASKED_FOR, CATEGORIES, CHANNELS, LEVELS, QUEUES, SEVERITIES, STATUSES, TAGS, TIERS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # a Wednesday, two in the afternoon there
NOW_US = (NOW - EPOCH) // timedelta(microseconds=1)
HOUR_US = 3_600_000_000
_SECOND_US = 1_000_000

OWNERS = ("front", "experts", "management", "executive")

Flat = dict[str, Any]


def flat_tickets(count: int) -> Iterator[Flat]:
    """What hand-written Python and the peers read: one value a field, instants as
    microseconds, who was asked for as text (empty: nobody)."""
    random = Random("tickets")
    for n in range(count):
        age = min(int(random.expovariate(1 / 86_400)), 30 * 86_400) + 60
        at_level = random.randint(30, age)
        yield {
            "id": f"T-{n:07}",
            "severity": random.choices(SEVERITIES, (30, 45, 18, 7))[0],
            "category": random.choice(CATEGORIES),
            "channel": random.choice(CHANNELS),
            "tier": random.choices(TIERS, (50, 30, 15, 5))[0],
            "value": int(random.lognormvariate(6.5, 1.5)),
            "status": random.choices(STATUSES, (15, 40, 20, 10, 10, 5))[0],
            "queue": random.choice(QUEUES),
            "level": random.choices(range(LEVELS), (50, 30, 15, 5))[0],
            "transfers": random.choices(range(5), (60, 25, 10, 4, 1))[0],
            "reopens": random.choices(range(3), (90, 8, 2))[0],
            "sentiment": random.randint(0, 100),
            "tags": random.sample(TAGS, random.randint(0, 3)),
            "created": NOW_US - age * _SECOND_US,
            "entered": NOW_US - at_level * _SECOND_US,
            "request": random.choice(ASKED_FOR) if random.random() < 0.05 else "",
        }


def policy_ticket(flat: Flat) -> dict[str, Any]:
    """The ticket as the language's JSON: history as events, the rest as fields."""
    level = f"L{flat['level']}"
    entered = _text(flat["entered"])
    events = [
        {
            "at": entered,
            "type": "entered",
            "to": level,
            "owner": OWNERS[flat["level"]],
            "key": "enter:0",
        }
    ]
    if flat["request"]:
        asked = {"at": entered, "type": "requested", "by": "customer", "to": flat["request"]}
        events.append(asked)
    return {
        "id": flat["id"],
        "created_at": _text(flat["created"]),
        "status": flat["status"],
        "severity": flat["severity"],
        "category": flat["category"],
        "channel": flat["channel"],
        "level": level,
        "owner": OWNERS[flat["level"]],
        "tags": flat["tags"],
        "customer": {"id": flat["id"], "tier": flat["tier"], "lifetime-value": flat["value"]},
        "queue": flat["queue"],
        "transfer-count": flat["transfers"],
        "reopen-count": flat["reopens"],
        "sentiment": flat["sentiment"],
        "events": events,
    }


def peer_ticket(flat: Flat) -> Flat:
    """The flat ticket with its ages worked out, since few peers can subtract instants."""
    known = {name: value for name, value in flat.items() if name not in ("created", "entered")}
    known["created"] = (NOW_US - flat["created"]) / HOUR_US
    known["entered"] = (NOW_US - flat["entered"]) / HOUR_US
    return known


def _text(us: int) -> str:
    return (EPOCH + timedelta(microseconds=us)).isoformat()
