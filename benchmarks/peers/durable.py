"""durable-rules (C): one rule a trigger, each ticket posted as an event."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from durable.engine import MessageNotHandledException
from rules import Condition, Rule
from tickets import Flat

from peers import Ask
from peers.expressions import whole_hours

NAME = "durable-rules"
PACKAGE = "durable-rules"


def prepare(flat: Flat) -> Any:
    known = whole_hours(flat)
    # Lists cannot be compared with a text there, so each tag is a field of its own.
    for tag in known.pop("tags"):
        known[f"tag_{tag}"] = 1
    return known


def _written(node: Condition) -> str:
    """The condition in its operators over ``m``, the event."""
    kind, *rest = node
    if kind in ("all", "any"):
        return "(" + (" & " if kind == "all" else " | ").join(map(_written, rest[0])) + ")"
    if kind == "not":
        return _denied(rest[0])
    if kind == "requested":
        return f"(m.request == {rest[1]!r})"
    name, value = rest
    if kind == "contains":
        return f"(+m.tag_{value})"
    if kind == "in":
        return "(" + " | ".join(f"(m.{name} == {one!r})" for one in value) + ")"
    return f"(m.{name} {'==' if kind == 'eq' else '>='} {value!r})"


def _denied(node: Condition) -> str:
    kind, name, value = node
    if kind == "contains":
        return f"(-m.tag_{value})"
    if kind == "requested":
        return f"(m.request != {value!r})"
    if kind == "in":
        return "(" + " & ".join(f"(m.{name} != {one!r})" for one in value) + ")"
    return f"(m.{name} {'!=' if kind == 'eq' else '<'} {value!r})"


def ready(rules: Sequence[Rule]) -> Ask:
    from durable.lang import assert_fact, m, retract_fact, ruleset, when_all

    found: list[str] = []
    with ruleset("work"):
        for rule in rules:
            # An event would be taken by one rule; a fact is seen by all of them.
            when_all(eval(_written(rule.when), {"m": m}))(_noter(found, rule.name))
    numbers = count()

    def ask(ticket: Any) -> list[str]:
        found.clear()
        fact = {**ticket, "id": next(numbers)}
        try:
            assert_fact("work", fact)
            retract_fact("work", fact)
        except MessageNotHandledException:
            pass
        # Each branch of an `any` that holds fires for itself.
        return sorted(set(found))

    return ask


def _noter(found: list[str], name: str) -> Any:
    def note(c: Any) -> None:
        found.append(name)

    return note
