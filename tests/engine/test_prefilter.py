"""Narrowing down the triggers changes no decision: asking all of them in full is the twin."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from escalate import Engine, load_policy
from escalate.ticket import Ticket

EXAMPLES = Path(__file__).parents[2] / "examples"
POLICIES = sorted((EXAMPLES / "policies").glob("*.escalation.yaml"))


def _in_full(path: Path) -> Engine:
    engine = Engine(load_policy(path))

    def look(row: Any, values: Mapping[str, Any], *when: Any) -> Any:
        return _all(engine, values), []

    engine.program.triggers.way = lambda values: (look, ())
    return engine


def _all(engine: Engine, values: Mapping[str, Any]) -> list[int]:
    triggers = engine.program.triggers
    return [
        i
        for i in range(len(triggers), 2 * len(triggers))
        if (at := triggers[i].at) is None or values["level"] in at
    ]


def _look(engine: Engine, values: Mapping[str, Any]) -> Any:
    look, row = engine.program.triggers.way(values)
    return look(row, values, 0, 0, 0, 0, True)


def _thinned(ticket: Ticket, engine: Engine, draw: random.Random) -> Ticket:
    """The ticket with some of its facts taken away, and strange ones in their place."""
    values = dict(ticket.values)
    for name in sorted(set(values) - {"id", "status", "level", "owner"}):
        if draw.random() < 0.3:
            strange = (None, 7, "other", ("other",)) if name in engine.policy.fields else (None,)
            values[name] = draw.choice(strange)
    return Ticket(ticket.id, ticket.created_at, values, ticket.events, ticket.done)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name.split(".")[0])
def test_same_decisions_as_asking_every_trigger(path: Path) -> None:
    engine, twin = Engine(load_policy(path)), _in_full(path)
    draw = random.Random(path.name)
    lines = (EXAMPLES / "tickets" / f"{path.name.split('.')[0]}.jsonl").read_text().splitlines()
    tickets = [engine.ticket(json.loads(line)) for line in lines if line.strip()]
    narrowed = 0
    for ticket in tickets:
        for version in (ticket, *(_thinned(ticket, engine, draw) for _ in range(20))):
            for now in ("2026-11-18T12:00:00+02:00", "2026-12-01T03:00:00+02:00"):
                fast = engine.decide(version, now=now)
                assert fast.to_json_text() == twin.decide(version, now=now).to_json_text()
            found, later = _look(engine, dict(version.values))
            narrowed += len(found) + len(later) < len(engine.program.triggers)
    assert narrowed


def test_a_fact_of_a_strange_type_has_every_trigger_asked() -> None:
    path = EXAMPLES / "policies" / "service-levels.escalation.yaml"
    engine = Engine(load_policy(path))
    numbers = [
        name
        for name, spec in engine.policy.fields.items()
        if spec.type in ("integer", "number") and f": {name}\n" in engine.program.triggers.source
    ]
    assert numbers
    values = {**dict.fromkeys(engine.program.facts, "text"), "level": "L1"}
    assert _look(engine, values) == (_all(engine, values), [])
