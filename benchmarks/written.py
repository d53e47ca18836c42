"""The workload as the Python that a developer would write by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rules import Condition, Rule
from tickets import HOUR_US

All = Callable[[dict[str, Any], int], list[str]]
First = Callable[[dict[str, Any], int], str | None]


def all_that_hold(rules: Sequence[Rule]) -> tuple[All, str]:
    """A function that lists every trigger that holds, and its source."""
    lines = ["def all_that_hold(ticket, now):", "    found = []"]
    for rule in rules:
        lines += [f"    if {python(rule.when)}:", f"        found.append({rule.name!r})"]
    return _compiled("all_that_hold", [*lines, "    return found", ""])


def first_match(rules: Sequence[Rule]) -> tuple[First, str]:
    """A function that answers the first trigger that holds, and its source."""
    lines = ["def first_match(ticket, now):"]
    for rule in rules:
        lines += [f"    if {python(rule.when)}:", f"        return {rule.name!r}"]
    return _compiled("first_match", [*lines, "    return None", ""])


def python(node: Condition, inner: bool = False) -> str:
    """A condition as a Python expression."""
    kind, *rest = node
    if kind in ("all", "any"):
        word = " and " if kind == "all" else " or "
        joined = word.join(python(part, True) for part in rest[0])
        return f"({joined})" if inner else joined
    if kind == "not":
        return f"not ({python(rest[0])})"
    if kind == "requested":
        return f"ticket['request'] == {rest[1]!r}"
    field, value = rest
    if kind == "eq":
        return f"ticket[{field!r}] == {value!r}"
    if kind == "in":
        return f"ticket[{field!r}] in {value!r}"
    if kind == "gte":
        return f"ticket[{field!r}] >= {value}"
    if kind == "contains":
        return f"{value!r} in ticket[{field!r}]"
    return f"now - ticket[{field!r}] >= {value * HOUR_US}"


def _compiled(name: str, lines: Sequence[str]) -> tuple[Any, str]:
    source = "\n".join(lines)
    scope: dict[str, Any] = {}
    exec(compile(source, f"<{name}>", "exec"), scope)
    return scope[name], source
