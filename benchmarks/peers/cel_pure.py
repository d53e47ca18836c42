"""cel-python: the pure Python CEL, compiled to Python code."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Any

import celpy
from celpy.adapter import json_to_cel
from rules import Rule
from tickets import Flat

from peers import Ask
from peers.expressions import expression, whole_hours

NAME = "cel-python"
PACKAGE = "cel-python"


def prepare(flat: Flat) -> Any:
    return {name: json_to_cel(value) for name, value in whole_hours(flat).items()}


def ready(rules: Sequence[Rule]) -> Ask:
    names = [rule.name for rule in rules]
    env = celpy.Environment(runner_class=celpy.CompiledRunner)
    whole = "[" + ", ".join(expression(rule.when) for rule in rules) + "]"
    evaluate = env.program(env.compile(whole)).evaluate
    return lambda ticket: list(compress(names, evaluate(ticket)))
