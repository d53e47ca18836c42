"""business-rules: one rule a trigger, its action notes the trigger's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from business_rules.actions import BaseActions, rule_action
from business_rules.engine import run_all
from business_rules.fields import FIELD_TEXT
from business_rules.variables import (
    BaseVariables,
    numeric_rule_variable,
    select_multiple_rule_variable,
    string_rule_variable,
)
from rules import AT_LEAST, CHOICES, HOURS, Condition, Rule
from tickets import Flat, peer_ticket

from peers import Ask

NAME = "business-rules"
PACKAGE = "business-rules"

prepare = peer_ticket


def _reader(name: str) -> Any:
    def read(self: Any) -> Any:
        return self.ticket[name]

    read.__name__ = name
    return read


class _Ticket(BaseVariables):  # type: ignore[misc]
    def __init__(self, ticket: Flat) -> None:
        self.ticket = ticket


for _name in ("request", *CHOICES):
    setattr(_Ticket, _name, string_rule_variable()(_reader(_name)))
for _name in (*AT_LEAST, *HOURS):
    setattr(_Ticket, _name, numeric_rule_variable()(_reader(_name)))
_Ticket.tags = select_multiple_rule_variable()(_reader("tags"))


class _Found(BaseActions):  # type: ignore[misc]
    def __init__(self) -> None:
        self.names: list[str] = []

    @rule_action(params={"name": FIELD_TEXT})
    def note(self, name: str) -> None:
        self.names.append(name)


def _tree(node: Condition) -> dict[str, Any]:
    kind, *rest = node
    if kind in ("all", "any"):
        return {kind: [_tree(part) for part in rest[0]]}
    if kind == "not":
        return _denied(rest[0])
    if kind == "requested":
        return _test("request", "equal_to", rest[1])
    name, value = rest
    if kind == "in":
        return {"any": [_test(name, "equal_to", one) for one in value]}
    if kind == "contains":
        return _test(name, "contains_all", [value])
    return _test(name, "equal_to" if kind == "eq" else "greater_than_or_equal_to", value)


def _denied(node: Condition) -> dict[str, Any]:
    """Without a word for ``not``: what else the field may be."""
    kind, name, value = node
    if kind in ("eq", "in"):
        wrong = (value,) if kind == "eq" else value
        return _tree(("in", name, tuple(one for one in CHOICES[name] if one not in wrong)))
    if kind == "contains":
        return _test(name, "shares_no_elements_with", [value])
    if kind == "requested":
        return {"any": [_test("request", "equal_to", one) for one in _others(value)]}
    return _test(name, "less_than", value)


def _others(value: str) -> list[str]:
    from rules import ASKED_FOR

    return [one for one in ("", *ASKED_FOR) if one != value]


def _test(name: str, operator: str, value: Any) -> dict[str, Any]:
    return {"name": name, "operator": operator, "value": value}


def ready(rules: Sequence[Rule]) -> Ask:
    listed = [
        {
            "conditions": _tree(rule.when),
            "actions": [{"name": "note", "params": {"name": rule.name}}],
        }
        for rule in rules
    ]

    def ask(ticket: Flat) -> list[str]:
        found = _Found()
        run_all(listed, _Ticket(ticket), found)
        return found.names

    return ask
