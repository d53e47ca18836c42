"""How a piece is usually written, for whoever wrote it in another kind.

Who is no programmer knows neither what a list is nor what a mapping is, and learns it best
from what should stand there. Language: "A whole policy".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from escalate.policy.advice import as_condition, as_field, as_list, as_mapping
from escalate.policy.quoting import as_scalar

__all__ = ["ASKED", "ENTRIES", "MAPPINGS", "asked", "has_mappings", "instead"]

Path = tuple[str | int, ...]

ENTRIES: Final[Mapping[str, str]] = {
    "levels": "{id: L1, owner: front-line}",
    "triggers": "{id: angry, when: {category: complaint}, escalate: next}",
    "paths": "{id: key-accounts, when: {customer.tier: gold}, levels: [L1, L3]}",
    "holidays": "{date: 2026-12-24}",
    "layers": "{members: [ana, ion], calendar: nights}",
    "overrides": "{member: dan, from: 2026-12-24T09:00, until: 2026-12-26T09:00}",
    "notify": "manager",
    "do": "{action: call-back}",
    "at": "L1",
    "members": "ana",
    "of": "front-line",
    "channels": "email",
    "handles": "router",
    "languages": "en",
    "similar": "product",
    "requires": "summary",
    "include": "shared/people.escalation.yaml",
    "warn": "80%",
    "enum": "refund",
    "ordered": "low",
}
"""An entry of each list."""

MAPPINGS: Final[Mapping[str, str]] = {
    "owners": "{front-line: team, manager: person}",
    "calendars": '{office: {hours: {mon-fri: "09:00-17:00"}}}',
    "clocks": "{first-response: {from: created, until: agent-reply, target: 4h}}",
    "fields": "{severity: {ordered: [low, normal, high]}}",
    "derive": "{priority: [{when: {severity: high}, use: P1}, {otherwise: P2}]}",
    "conditions": "{urgent: {severity: high}}",
    "messages": '{taken-over: {en: "We have it."}}',
    "actions": "{call-back: {number: {type: string}}}",
    "statuses": "{open: [new, open], waiting: [on-hold]}",
    "deadlines": "{resolve: 4h}",
    "remind": "{every: 2h, times: 4}",
    "repeat": "{every: 2h, times: 5}",
    "set": "{priority: high}",
    "with": "{survey: csat}",
    "on_breach": "{escalate: next}",
    "hands_over": "{every: week, day: mon}",
    "agreed": "{resolve: 3 workdays}",
    "authority": "{compensation: 200}",
}
"""Each mapping, as it is usually written."""

ASKED: Final[Mapping[str, str]] = {
    "all": "[{severity: high}, {channel: phone}]",
    "any": "[{severity: high}, {channel: phone}]",
    "is": "urgent",
    "requested": "{by: customer, to: manager}",
    "exists": "true",
    "mentions": "[outage, no connection]",
    "like": '"VIP-*"',
    "calendar": "always",
    "in": "[refund, outage]",
    "not_in": "[refund, outage]",
    "contains_any": "[refund, outage]",
    "contains_all": "[refund, outage]",
}
"""What stands behind the words of conditions."""

_CONDITIONS: Final = ("when", "not", "applies_to")
_OPERATORS: Final = ("eq", "ne", "lt", "lte", "gt", "gte", "contains")


def instead(
    path: Path,
    given: Any,
    wanted: str,
    entries: Mapping[str, str] = ENTRIES,
    mappings: Mapping[str, str] = MAPPINGS,
) -> str:
    """What to write where ``given`` stands and ``wanted`` should: `a list`, `a mapping`,
    `text`, another single value, or an owner's `a mapping or a kind`.
    ``entries`` and ``mappings`` tell how the lists and mappings of the file are written."""
    if given is None:
        return "write it behind the colon, or leave the key out"
    key, entry = _key(path)
    if wanted == "a list" and not entry:
        one = entries.get(key, "")
        if isinstance(given, str | int | float) and not one.startswith("{"):
            return as_list(str(given))
        return as_list(None) + (f": `{key}: [{one}]`" if one else "")
    if wanted == "a mapping or a kind":
        return "write its kind, as in `team` or `{kind: team, members: [ana, ion]}`"
    if wanted == "a mapping" and len(path) == 2 and path[0] == "fields":
        return as_field(given)
    if wanted.startswith("a mapping"):
        one = entries.get(key, "") if entry else mappings.get(key, "")
        return as_mapping(None) + (f": `{one if entry else f'{key}: {one}'}`" if one else "")
    if isinstance(given, str) and "number" in wanted:
        return "write it in digits, without quotes and without a unit"
    if isinstance(given, list) and len(given) == 1 and isinstance(given[0], str | int | float):
        return f"write `{_plain(given[0])}`, without brackets"
    if isinstance(given, list | dict):
        return "write a single one, without brackets or braces"
    return f"write {wanted}"


def has_mappings(path: Path) -> bool:
    """Whether the entries of the list at a path are mappings."""
    key, entry = _key(path)
    return not entry and ENTRIES.get(key, "").startswith("{")


def asked(path: Path, given: Any) -> str:
    """What to write in a condition where ``given`` stands, which nothing can be asked by."""
    last = path[-1] if path else ""
    if last in ASKED:
        return f"write it as `{last}: {ASKED[str(last)]}`"
    if last in _OPERATORS:
        return "write a single value, without brackets or braces"
    if isinstance(last, int) and path[-2:-1] not in (("all",), ("any",)):
        return "write a single value here"
    if not (isinstance(last, int) or last in _CONDITIONS or path[-2:-1] == ("conditions",)):
        return "write what it should be: a value, a list of them, or an operator as `{gte: 3}`"
    if isinstance(given, list) and given:
        return "write `all:` before the list where all of it has to hold, else `any:`"
    return as_condition(given)


def _key(path: Path) -> tuple[str, bool]:
    """The key that a value stands behind, and whether it is an entry below that."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if key == "levels" and path[0] != key:
        key = "at"  # the levels of a path are named, as those of a trigger
    return key, isinstance(path[-1], int) if path else False


def _plain(value: str | int | float) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return as_scalar(value) if isinstance(value, str) else str(value)
