"""common-expression-language (Rust): all triggers in one expression."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Any

import cel
from rules import Rule
from tickets import Flat

from peers import Ask
from peers.expressions import expression, whole_hours

NAME = "common-expression-language"
PACKAGE = "common-expression-language"


def prepare(flat: Flat) -> Any:
    return cel.Context(whole_hours(flat))


def ready(rules: Sequence[Rule]) -> Ask:
    names = [rule.name for rule in rules]
    execute = cel.compile("[" + ", ".join(expression(rule.when) for rule in rules) + "]").execute
    return lambda ticket: list(compress(names, execute(ticket)))
