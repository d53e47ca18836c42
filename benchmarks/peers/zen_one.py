"""zen-engine (Rust): all triggers in one expression that answers a list of truths."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import zen
from rules import Rule
from tickets import peer_ticket

from peers import Ask
from peers.expressions import Notation, expression

NAME = "zen-engine, one expression"
PACKAGE = "zen-engine"
ZEN = Notation(" and ", " or ", "not ({})", contains="{tag} in {field}")

prepare = peer_ticket


def ready(rules: Sequence[Rule]) -> Ask:
    names = [rule.name for rule in rules]
    whole = ", ".join(f"({expression(rule.when, ZEN)})" for rule in rules)
    evaluate = zen.compile_expression(f"[{whole}]").evaluate
    return lambda ticket: list(compress(names, evaluate(ticket)))
