"""Regions are exact: over all small worlds, the engine sees just what they say.

Never true, always true, never both, one whenever the other: each is claimed if and only if
brute force finds it.
"""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.analysis.meaning import Meaning
from support.small_worlds import FACTS, condition_over, engine_of, facts_in, truths, worlds_for

MOST_WORLDS = 2_000


def disagreement(seed: int, facts: list[str] | None = None) -> str | None:
    """What regions and brute force say differently of two random conditions."""
    rng = Random(seed)
    facts = facts or rng.sample(FACTS, rng.choice([1, 2, 2, 3]))
    calendar = rng.choice([None, "office"])
    pair = [condition_over(rng, facts, calendar=calendar) for _ in range(2)]
    asked = facts_in(pair[0]) | facts_in(pair[1])
    worlds = list(islice(worlds_for(asked), MOST_WORLDS + 1))
    if len(worlds) > MOST_WORLDS:
        return None
    engine = engine_of(pair)
    seen = set(truths(engine, worlds))
    policy = engine.policy
    nodes = [node for trigger in policy.triggers for node in trigger.when.walk()]
    meaning = Meaning(policy, engine.program.facts, nodes)
    space = meaning.space
    frame = [meaning.world.frame("active")]
    a, b = (space.meet(frame, meaning.where(t.when) or []) for t in policy.triggers)
    claims = {
        "never true": (not a, all(s[0] is not True for s in seen)),
        "never false": (
            not space.meet(frame, meaning.where(policy.triggers[0].when, False) or []),
            all(s[0] is not False for s in seen),
        ),
        "always true": (space.covers(a, frame), all(s[0] is True for s in seen)),
        "never both": (not space.overlap(a, b), (True, True) not in seen),
        "whenever": (space.covers(b, a), all(s[1] is True for s in seen if s[0] is True)),
    }
    wrong = {name: said for name, said in claims.items() if said[0] is not said[1]}
    return f"{pair}: regions, brute force: {wrong}" if wrong else None


def test_regions_say_what_brute_force_finds() -> None:
    assert [said for seed in range(250) if (said := disagreement(seed))] == []


@pytest.mark.slow
def test_regions_say_what_brute_force_finds_at_length() -> None:
    assert [said for seed in range(1000, 2_300) if (said := disagreement(seed))] == []


@given(st.integers(0, 2**32))
def test_regions_say_what_brute_force_finds_anywhere(seed: int) -> None:
    assert disagreement(seed) is None


def test_promises_are_what_brute_force_finds() -> None:
    facts = ["promise", "promise.remaining", "promise.overdue"]
    assert [said for seed in range(120) if (said := disagreement(seed, facts))] == []
