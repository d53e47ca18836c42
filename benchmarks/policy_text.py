"""The workload as a policy of the language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rules import CATEGORIES, CHANNELS, LEVELS, QUEUES, SEVERITIES, STATUSES, TIERS, Condition, Rule
from tickets import OWNERS

NAMES = {
    "tier": "customer.tier",
    "value": "customer.lifetime-value",
    "transfers": "transfer-count",
    "reopens": "reopen-count",
    "created": "age",
    "entered": "at_level",
}
"""Fields of the flat ticket under the names that conditions of the policy use."""

HOLIDAYS = (
    "2026-01-01",
    "2026-01-02",
    "2026-01-24",
    "2026-04-13",
    "2026-05-01",
    "2026-06-01",
    "2026-08-15",
    "2026-11-30",
    "2026-12-01",
    "2026-12-25",
)
DEADLINES = ("9h", "18h", "27h", "45h")


def policy_text(name: str, rules: Sequence[Rule]) -> str:
    """The whole policy as YAML, laid out as authors do."""
    lines = [
        "escalate: 1",
        f"name: {name}",
        "timezone: Europe/Bucharest",
        "calendar: office",
        "review: 5 workdays",
        "statuses:",
        f"  open: {_flow(STATUSES[:4])}",
        f"  waiting: {_flow(STATUSES[4:])}",
        "  resolved: [solved]",
        "  closed: [closed]",
        "fields:",
        f"  severity: {{ordered: {_flow(SEVERITIES)}}}",
        f"  category: {{enum: {_flow(CATEGORIES)}}}",
        f"  channel: {{enum: {_flow(CHANNELS)}}}",
        f"  customer.tier: {{ordered: {_flow(TIERS)}}}",
        "  customer.lifetime-value: {type: integer}",
        f"  queue: {{enum: {_flow(QUEUES)}}}",
        "  transfer-count: {type: integer}",
        "  reopen-count: {type: integer}",
        "  sentiment: {type: integer}",
        "calendars:",
        "  office:",
        '    hours: {mon-fri: "09:00-18:00"}',
        "    holidays:",
        *(f"      - {{date: {day}}}" for day in HOLIDAYS),
        "owners:",
        *(f"  {owner}: team" for owner in (*OWNERS, "duty", "press", "account")),
        "  manager: person",
        "  specialist: person",
        "levels:",
    ]
    for rank in range(LEVELS):
        lines += [
            f"  - id: L{rank}",
            f"    owner: {OWNERS[rank]}",
            f"    deadlines: {{resolve: {DEADLINES[rank]}}}",
        ]
    lines.append("triggers:")
    for rule in rules:
        lines += [f"  - id: {rule.name}", f"    when: {_flow(condition(rule.when))}"]
        if rule.escalate is not None:
            lines.append(f"    escalate: {rule.escalate}")
        if rule.notify is not None:
            lines.append(f"    notify: [{{owner: {rule.notify}}}]")
    return "\n".join(lines) + "\n"


def condition(node: Condition) -> dict[str, Any]:
    """A condition of the workload as one of the language."""
    kind, *rest = node
    if kind in ("all", "any"):
        return {kind: [condition(part) for part in rest[0]]}
    if kind == "not":
        return {"not": condition(rest[0])}
    if kind == "requested":
        return {"requested": {"by": rest[0], "to": rest[1]}}
    field, value = rest
    name = NAMES.get(field, field)
    if kind == "eq":
        return {name: value}
    if kind == "in":
        return {name: list(value)}
    if kind == "elapsed":
        return {name: {"gte": f"{value}h", "calendar": "always"}}
    if field == "level":
        value = f"L{value}"
    return {name: {kind: value}}


def _flow(value: Any) -> str:
    """Flow style, plain scalars where they can be plain."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return value if isinstance(value, str) and value[0].isalpha() else json.dumps(value).strip('"')
