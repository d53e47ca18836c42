"""Whom histories tell: customers of every change, staff once and in its hours."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from random import Random
from typing import Any

import pytest

from escalate.decision import Action, Decision
from escalate.worktime.zone import to_us
from support.generators import Case, case_of
from support.histories import Moment, keys_of
from support.slow_people import quiet_until
from support.slow_world import World
from support.twins import engine_history

MOVES = frozenset(("enter", "escalate", "transfer"))


def silent(case: Case) -> Case:
    """The same policy, where nobody but the policy itself has a word for the customer."""

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: without(v) for k, v in value.items() if k != "tell_customer"}
        return [without(v) for v in value] if isinstance(value, list) else value

    policy = without(case.policy)
    for effects in effects_of(policy):
        if effects.keys() <= {"requires"}:  # what only told the customer
            effects["notify"] = ["boss"]
    return case.but(policy={**policy, "tell_customer": "plain"})


def effects_of(policy: dict[str, Any]) -> list[dict[str, Any]]:
    deadlines = [d for level in policy["levels"] for d in level["deadlines"].values()]
    return [d["on_breach"] for d in deadlines if isinstance(d, dict) and "on_breach" in d]


@pytest.mark.parametrize("part", range(3))
def test_a_customer_hears_of_every_change(part: int) -> None:
    told = Counter[bool]()
    for seed in range(part * 60, (part + 1) * 60):
        for moment in engine_history(silent(case_of(seed)), Random(seed)):
            decision: Decision = moment.decision
            said = [a for a in decision.actions if a.action == "tell_customer"]
            changed = decision.step in MOVES and decision.to.owner != decision.from_.owner
            assert [a.message for a in said] == ["plain"] * changed, (seed, moment.now)
            told[changed] += 1
    assert told[True] > 20


@pytest.mark.parametrize("part", range(3))
def test_staff_is_told_once_and_in_its_hours(part: int) -> None:
    seen = Counter[str]()
    for seed in range(part * 60, (part + 1) * 60):
        waiting: dict[tuple[str | None, str | None], int] = {}
        last = None
        for moment in engine_history(case_of(seed), Random(seed)):
            last = moment
            known = moment.ticket.events is not None
            for action in moment.decision.actions:
                if action.action not in ("notify", "remind", "warn", "ask"):
                    assert not action.what.keys() & {"urgency", "hold_until"}
                    continue
                seen[how(moment, action)] += 1
                if action.action == "notify" and "hold_until" in action.what and known:
                    about = (action.to, action.message)
                    assert waiting.get(about, 0) <= moment.now, (seed, action)
                    waiting[about] = until(action)
        assert last is not None
        assert not [key for key, n in Counter(keys_of(last.ticket)).items() if n > 1]
    assert min(seen["held"], seen["urgent"], seen["at once"]) > 5


def until(action: Action) -> int:
    return to_us(datetime.fromisoformat(action.what["hold_until"]))


def how(moment: Moment, action: Action) -> str:
    """How it is told, held against the owner's hours."""
    quiet = quiet_until(World(moment.policy, moment.ticket, moment.desk, moment.now), action.to)
    if action.what.get("urgency") == "urgent":
        assert "hold_until" not in action.what
        return "urgent"
    if "hold_until" not in action.what:
        assert quiet is None, action
        return "at once"
    assert until(action) == quiet
    assert quiet > moment.now
    may_wait = action.action in ("remind", "warn") and not action.key.endswith("/remind")
    assert not may_wait, "it should have come due later"
    return "held"
