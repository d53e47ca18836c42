"""No region leaves out what is: whatever the engine sees of a random ticket lies, all of it
at once, in the regions of the conditions that it finds true and false."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.analysis.meaning import Meaning
from escalate.analysis.space import TooLargeError
from escalate.evaluator.engine import Engine
from escalate.policy.condition import Condition
from escalate.policy.meaning.walk import conditions_of, spots_of
from support.gen_conditions import condition
from support.generators import Case, case_of
from support.small_worlds import context_of

#: Boxes beyond which the next conditions are looked at apart.
MOST = 20
PHASE = {"open": "active", "waiting": "active", "resolved": "resolved", "closed": "closed"}


def disagreement(case: Case, extra: int = 0) -> str | None:
    """The first condition whose truth for the ticket its region does not allow."""
    policy, ticket, desk, now = case.read()
    engine = Engine(policy)
    program = engine.program
    ctx = context_of(engine, ticket, desk, now)
    if now < ctx.hist.created:
        return None
    rng = Random(extra)
    asked = [c.condition for c in conditions_of(policy, tuple(spots_of(policy)))]
    asked += [
        Condition.parse(condition(rng, "trigger", list(policy.clocks))) for _ in range(extra and 6)
    ]
    meaning = Meaning(policy, program.facts, [n for c in asked for n in c.walk()])
    here = [meaning.world.frame(PHASE[ctx.hist.phase])]
    assert meaning.space.meet([{}], here)
    for one in asked:
        truth = program.compiler.condition(one)(ctx)[0]
        true, false = meaning.where(one, True), meaning.where(one, False)
        if true is None or false is None:
            continue
        try:
            if truth is None:
                if meaning.space.covers([*true, *false], here):
                    return f"never unknown: {one}"
                continue
            met = meaning.space.meet(here, true if truth else false)
        except TooLargeError:
            continue
        if not met:
            return f"never {truth} with all before: {one}"
        if len(met) < MOST:
            here = met
    return None


def smallest(seeds: range) -> list[tuple[int, str]]:
    found = []
    for seed in seeds:
        said = disagreement(case_of(seed), seed)
        if said:
            found.append((seed, said))
    return found


def test_what_is_true_of_random_tickets_lies_in_the_regions() -> None:
    assert smallest(range(1, 200)) == []


@pytest.mark.slow
def test_what_is_true_of_very_many_tickets_lies_in_the_regions() -> None:
    assert smallest(range(1000, 3_500)) == []


@given(st.integers(0, 2**32))
def test_what_is_true_of_any_ticket_lies_in_the_regions(seed: int) -> None:
    assert disagreement(case_of(seed), seed) is None
