"""Cloud Custodian's filters (c7n): one tree of filters a trigger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from c7n.filters.core import FilterRegistry
from rules import Condition, Rule
from tickets import peer_ticket

from peers import Ask

NAME = "c7n filters"
PACKAGE = "c7n"

prepare = peer_ticket


class _Manager:
    """As much of a resource manager as value filters look at."""

    data: ClassVar[dict[str, Any]] = {}

    class ctx:  # noqa: N801
        class options:  # noqa: N801
            pass

    type = "ticket"

    def get_model(self) -> Any:
        class Model:
            id = "id"
            dimension = None

        return Model


def _tree(node: Condition) -> dict[str, Any]:
    kind, *rest = node
    if kind in ("all", "any"):
        return {"and" if kind == "all" else "or": [_tree(part) for part in rest[0]]}
    if kind == "not":
        return {"not": [_tree(rest[0])]}
    if kind == "requested":
        return _value("request", rest[1], "equal")
    name, value = rest
    if kind == "contains":
        return _value(name, value, "contains")
    if kind == "in":
        return _value(name, list(value), "in")
    return _value(name, value, "equal" if kind == "eq" else "gte")


def _value(key: str, value: Any, op: str) -> dict[str, Any]:
    return {"type": "value", "key": key, "value": value, "op": op}


def ready(rules: Sequence[Rule]) -> Ask:
    registry = FilterRegistry("ticket.filters")
    manager = _Manager()
    made = [(rule.name, registry.factory(_tree(rule.when), manager)) for rule in rules]
    for _, tree in made:
        tree.validate()

    def ask(ticket: Any) -> list[str]:
        one = [ticket]
        return [name for name, tree in made if tree.process(one, None)]

    return ask
