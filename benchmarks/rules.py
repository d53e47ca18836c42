"""The triggers of the workload, as plain data drawn with a seed of their own.

A condition is a tuple: ``("eq", field, value)``, ``("in", field, values)``,
``("gte", field, number)``, ``("contains", "tags", tag)``, ``("elapsed", field, hours)``,
``("requested", by, to)``, or ``("all" | "any", parts)`` and ``("not", part)``. Each way of
running the work (this library's language, hand-written Python, every peer) writes the
same tuples in its own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

Condition = tuple[Any, ...]

SEVERITIES = ("low", "normal", "high", "critical")
CATEGORIES = ("refund", "outage", "how-to", "complaint", "billing", "delivery", "account", "defect")
CHANNELS = ("email", "phone", "chat", "portal", "social", "letter")
TIERS = ("basic", "silver", "gold", "platinum")
STATUSES = ("new", "open", "in-progress", "reviewed", "waiting-on-customer", "on-hold")
QUEUES = tuple(f"queue-{n:02}" for n in range(1, 13))
LEVELS = 4
TAGS = (
    "vip",
    "fibre",
    "router",
    "modem",
    "mobile",
    "roaming",
    "invoice",
    "contract",
    "legal",
    "press",
    "privacy",
    "fraud",
    "shipping",
    "return",
    "warranty",
    "loyalty",
    "beta",
    "partner",
    "reseller",
    "school",
    "hospital",
    "night",
    "urgent",
    "repeat",
)
ASKED_FOR = ("manager", "specialist")

CHOICES: dict[str, tuple[str, ...]] = {
    "severity": SEVERITIES,
    "category": CATEGORIES,
    "channel": CHANNELS,
    "tier": TIERS,
    "status": STATUSES,
    "queue": QUEUES,
}
AT_LEAST: dict[str, tuple[int, ...]] = {
    "value": (500, 1_000, 5_000, 20_000),
    "transfers": (1, 2, 3),
    "reopens": (1, 2),
    "level": (1, 2),
    "sentiment": (20, 50, 80),
}
MANY = 100
HOURS = {"created": (4, 8, 24, 48, 72), "entered": (1, 2, 4, 8, 24)}


@dataclass(frozen=True, slots=True)
class Rule:
    """One trigger: what must hold, and what the policy then does."""

    name: str
    when: Condition
    escalate: str | None
    notify: str | None


def _leaf(random: Random) -> Condition:
    kind = random.choices(
        ("eq", "in", "gte", "contains", "elapsed", "requested"), (30, 25, 20, 10, 12, 3)
    )[0]
    if kind == "eq":
        field = random.choice(tuple(CHOICES))
        return ("eq", field, random.choice(CHOICES[field]))
    if kind == "in":
        field = random.choice(tuple(CHOICES))
        among = CHOICES[field]
        picked = random.sample(range(len(among)), random.randint(2, max(2, len(among) // 2)))
        return ("in", field, tuple(among[i] for i in sorted(picked)))
    if kind == "gte":
        field = random.choice(tuple(AT_LEAST))
        return ("gte", field, random.choice(AT_LEAST[field]))
    if kind == "contains":
        return ("contains", "tags", random.choice(TAGS))
    if kind == "elapsed":
        field = random.choice(tuple(HOURS))
        return ("elapsed", field, random.choice(HOURS[field]))
    return ("requested", "customer", random.choice(ASKED_FOR))


def _condition(random: Random, leaves: int, first: tuple[Condition, ...] = ()) -> Condition:
    """``leaves`` comparisons, all of which must hold; some of them in groups."""
    parts: list[Condition] = list(first)
    seen: set[str] = {leaf[1] for leaf in first}
    leaves -= len(first)
    while leaves:
        group = random.random()
        if leaves >= 2 and group < 0.25:
            size = random.randint(2, min(3, leaves))
            parts.append(("any", tuple(_leaf(random) for _ in range(size))))
            leaves -= size
            continue
        leaf = _leaf(random)
        if leaf[1] in seen:
            continue
        seen.add(leaf[1])
        parts.append(("not", leaf) if group > 0.88 else leaf)
        leaves -= 1
    return parts[0] if len(parts) == 1 else ("all", tuple(parts))


def draw_rules(count: int) -> tuple[Rule, ...]:
    """``count`` triggers of 2 to 6 conditions each; the same ones every time.

    Where there are many, each is for one queue and one category: nobody writes a thousand
    triggers a tenth of which hold for every ticket.
    """
    random = Random(f"rules-{count}")
    rules = []
    for n in range(count):
        leaves, first = random.randint(2, 6), ()
        if count > MANY:
            first = tuple(("eq", f, random.choice(CHOICES[f])) for f in ("queue", "category"))
        when = _condition(random, leaves, first)
        escalate = random.choices((None, "next", "L2", "L3"), (40, 40, 10, 10))[0]
        notify = random.choice(("duty", "press", "account")) if escalate is None else None
        rules.append(Rule(f"rule-{n:04}", when, escalate, notify))
    return tuple(rules)
