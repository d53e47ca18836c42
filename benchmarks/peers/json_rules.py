"""json-logic (panzi-json-logic): one tree a trigger, walked in turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from json_logic import jsonLogic
from rules import Condition, Rule
from tickets import peer_ticket

from peers import Ask

NAME = "panzi-json-logic"
PACKAGE = "panzi-json-logic"

prepare = peer_ticket


def _tree(node: Condition) -> dict[str, Any]:
    kind, *rest = node
    if kind in ("all", "any"):
        return {"and" if kind == "all" else "or": [_tree(part) for part in rest[0]]}
    if kind == "not":
        return {"!": [_tree(rest[0])]}
    if kind == "requested":
        return {"==": [{"var": "request"}, rest[1]]}
    name, value = rest
    if kind == "contains":
        return {"in": [value, {"var": name}]}
    if kind == "in":
        return {"in": [{"var": name}, list(value)]}
    return {"==" if kind == "eq" else ">=": [{"var": name}, value]}


def ready(rules: Sequence[Rule]) -> Ask:
    made = [(rule.name, _tree(rule.when)) for rule in rules]
    return lambda ticket: [name for name, tree in made if jsonLogic(tree, ticket)]
