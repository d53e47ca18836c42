"""zen-engine (Rust): one compiled expression a trigger."""

from __future__ import annotations

from collections.abc import Sequence

import zen
from rules import Rule
from tickets import peer_ticket

from peers import Ask
from peers.expressions import expression
from peers.zen_one import ZEN

NAME = "zen-engine, one expression each"
PACKAGE = "zen-engine"

prepare = peer_ticket


def ready(rules: Sequence[Rule]) -> Ask:
    made = [
        (rule.name, zen.compile_expression(expression(rule.when, ZEN)).evaluate) for rule in rules
    ]
    return lambda ticket: [name for name, evaluate in made if evaluate(ticket)]
