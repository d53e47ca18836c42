"""cedarpy (Rust): one policy a trigger; all that permit are named by the answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import cedarpy
from rules import Rule
from tickets import Flat

from peers import Ask
from peers.expressions import Notation, expression, whole_hours

NAME = "cedarpy"
PACKAGE = "cedarpy"
CEDAR = Notation(
    field="context.{name}",
    contains="{field}.contains({tag})",
    among="[{values}].contains({field})",
)


def prepare(flat: Flat) -> Any:
    return {
        "principal": 'Desk::"desk"',
        "action": 'Action::"look"',
        "resource": 'Ticket::"ticket"',
        "context": json.dumps(whole_hours(flat)),
    }


def ready(rules: Sequence[Rule]) -> Ask:
    text = "\n".join(
        f'@id("{rule.name}")\npermit(principal, action, resource) '
        f"when {{ {expression(rule.when, CEDAR)} }};"
        for rule in rules
    )
    policies = cedarpy.PolicySet.from_str(text)
    nobody = cedarpy.Entities.from_json_str("[]")
    names = {f"policy{n}": rule.name for n, rule in enumerate(rules)}

    def ask(ticket: Any) -> list[str]:
        answer = cedarpy.is_authorized(ticket, policies, nobody)
        return [names.get(reason, reason) for reason in answer.diagnostics.reasons]

    return ask
