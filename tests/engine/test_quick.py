"""The short way comes to the same bytes as the whole way, and is gone by most tickets."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from escalate import Desk, Engine, apply, load_policy
from escalate.evaluator.choosing import engine_for
from escalate.policy.policy import Policy
from support.generators import case_of
from support.laws import DAY, instants
from support.twins import engine_history
from support.ways import both_ways

EXAMPLES = Path(__file__).parents[2] / "examples"
POLICIES = sorted((EXAMPLES / "policies").glob("*.escalation.yaml"))
BEGUN = datetime.fromisoformat("2026-11-16T07:00:00+02:00")


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name.split(".")[0])
def test_examples_live_through(path: Path) -> None:
    engine, seen = Engine(load_policy(path)), Counter[str | None]()
    lines = (EXAMPLES / "tickets" / f"{path.name.split('.')[0]}.jsonl").read_text().splitlines()
    for line in filter(str.strip, lines):
        ticket = engine.ticket(json.loads(line))
        for hour in range(0, 24 * 9, 5):
            now = BEGUN + timedelta(hours=hour)
            us = round(now.timestamp()) * 1_000_000
            for _ in range(8):
                seen[both_ways(engine, ticket, Desk(), us)] += 1
                decision = engine.decide(ticket, now=now)
                if decision.step == "hold":
                    break
                ticket = apply(ticket, decision)
    assert seen["hold"] > seen[None] / 2


@pytest.mark.parametrize("part", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in (2, 3))])
def test_generated_histories(part: int) -> None:
    seen = Counter[str | None]()
    for seed in range(part * 40, (part + 1) * 40):
        rng = Random(seed)
        for moment in engine_history(case_of(seed), Random(seed)):
            engine = engine_for(moment.policy)
            until = moment.decision.next_us or moment.now + 60 * DAY
            for at in (moment.now, *instants(moment, max(until, moment.now + DAY), rng, 6)):
                seen[both_ways(engine, moment.ticket, moment.desk, at)] += 1
    assert seen["hold"] > 100


def test_what_a_target_lacks_is_missing_also_in_a_pause() -> None:
    """The first ticket is decided the whole way, the next by what is remembered of it."""
    cases = [{"when": {"severity": "high"}, "use": "1h"}, {"otherwise": "4h"}]
    policy = Policy.model_validate(
        {
            "escalate": 1,
            "name": "desk",
            "owners": {"front": "team", "lead": "person"},
            "levels": [
                {"id": "L1", "owner": "front"},
                {"id": "L2", "owner": "lead", "deadlines": {"resolve": cases}},
            ],
            "triggers": [{"id": "up", "when": {"tags": {"contains": "hot"}}, "escalate": "next"}],
        }
    )
    engine, at = Engine(policy), "2026-11-16T07:00:00+00:00"
    entered = {"at": at, "type": "entered", "to": "L1", "owner": "front", "key": "enter:0"}
    lacking = {"status": "pending", "level": "L1", "tags": ["hot"], "created_at": at}
    lacking |= {"events": [entered]}
    now = datetime.fromisoformat("2026-11-16T08:00:00+00:00")
    first = engine.decide(lacking | {"id": "A", "severity": "high"}, now=now)
    ticket = engine.ticket(lacking | {"id": "B"})
    assert (first.step, first.missing) == ("escalate", ())
    assert engine.decide(ticket, now=now).missing == ("severity",)
    assert both_ways(engine, ticket, Desk(), round(now.timestamp()) * 1_000_000) == "escalate"
