"""regopy (C++): one member of a set a trigger."""

from __future__ import annotations

import json
from collections.abc import Sequence

from regopy import Input, Interpreter
from rules import Condition, Rule
from tickets import Flat

from peers import Ask
from peers.expressions import Notation, expression, whole_hours

NAME = "regopy"
PACKAGE = "regopy"
REGO = Notation(field="input.{name}", among="{field} in {{{values}}}")


def prepare(flat: Flat) -> Input:
    return Input(whole_hours(flat))


def ready(rules: Sequence[Rule]) -> Ask:
    made = Interpreter()
    made.add_module("work", _module(rules))
    bundle = made.build("data.work.found")

    def ask(ticket: Input) -> list[str]:
        made.set_input(ticket)
        return list(json.loads(str(made.query_bundle(bundle)))["expressions"][0])

    return ask


def _module(rules: Sequence[Rule]) -> str:
    lines = ["package work", "import rego.v1"]
    helpers: list[str] = []
    for rule in rules:
        body = _body(rule.when, rule.name.replace("-", "_"), helpers)
        lines += [f'found contains "{rule.name}" if {{', *(f"    {line}" for line in body), "}"]
    return "\n".join([*lines, *helpers]) + "\n"


def _body(node: Condition, name: str, helpers: list[str]) -> list[str]:
    """Lines that must all hold; alternatives become rules of their own."""
    kind, *rest = node
    if kind == "all":
        return [
            line for i, part in enumerate(rest[0]) for line in _body(part, f"{name}_{i}", helpers)
        ]
    if kind == "any":
        for i, part in enumerate(rest[0]):
            inner = _body(part, f"{name}_{i}", helpers)
            helpers.append("\n".join([f"{name}_any if {{", *(f"    {x}" for x in inner), "}"]))
        return [f"{name}_any"]
    if kind == "not":
        return [f"not {expression(rest[0], REGO)}"]
    return [expression(node, REGO)]
