"""rule-engine: one rule a trigger, asked in turn."""

from __future__ import annotations

from collections.abc import Sequence

import rule_engine
from rules import Rule
from tickets import peer_ticket

from peers import Ask
from peers.expressions import Notation, expression

NAME = "rule-engine"
PACKAGE = "rule-engine"
WORDS = Notation(" and ", " or ", "not ({})")

prepare = peer_ticket


def ready(rules: Sequence[Rule]) -> Ask:
    made = [(rule.name, rule_engine.Rule(expression(rule.when, WORDS)).matches) for rule in rules]
    return lambda ticket: [name for name, matches in made if matches(ticket)]
