"""The engine agrees with the independent slow evaluator, on whatever is generated."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.generators import Case, case_of, cases, drawn_cases
from support.histories import Moment, keys_of, most_steps, slow_history
from support.twins import differences, engine_history, report

SLICE = 100
SHORT = range(4)
LONG = range(4, 20)


def agree(moment: Moment, case: Case) -> None:
    lines = differences(moment.policy, moment.ticket, moment.desk, moment.now)
    if lines:
        pytest.fail(report(moment, case.policy, lines), pytrace=False)


def compare_histories(part: int) -> None:
    for seed in range(part * SLICE, (part + 1) * SLICE):
        case = case_of(seed)
        for moment in engine_history(case, Random(seed)):
            agree(moment, case)


@pytest.mark.parametrize("part", SHORT)
def test_histories_agree(part: int) -> None:
    compare_histories(part)


@pytest.mark.slow
@pytest.mark.parametrize("part", LONG)
def test_more_histories_agree(part: int) -> None:
    compare_histories(part)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_decisions_agree(case: Case) -> None:
    policy, ticket, desk, now = case.read()
    agree(Moment(policy, ticket, desk, now, None), case)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn_cases())
def test_drawn_decisions_agree(case: Case) -> None:
    policy, ticket, desk, now = case.read()
    agree(Moment(policy, ticket, desk, now, None), case)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), st.integers(0, 2**32).map(Random))
def test_the_slow_evaluator_comes_to_rest(case: Case, rng: Random) -> None:
    """Law 2 holds of the judge too."""
    steps = 0
    for moment in slow_history(case, rng):
        steps = 0 if moment.decision["step"] == "hold" else steps + 1
        assert steps <= most_steps(moment.policy)
        twice = [key for key, count in Counter(keys_of(moment.ticket)).items() if count > 1]
        assert twice == []
