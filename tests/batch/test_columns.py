"""Columns and the scalar engine come to the same, on whatever is generated."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from escalate.batch import flatten
from support.columns import Sides, unlike
from support.generators import Case, case_of, cases
from support.plain_desks import desk_of
from support.plain_tickets import tickets_of
from support.twins import engine_history, instant

SHORT, LONG = range(2), range(2, 8)
HOUR = 3_600_000_000


def compare_histories(part: int, seen: Counter[str]) -> None:
    """Every state of a ticket's history as a row, asked at some instants of it and later."""
    for seed in range(part * 12, (part + 1) * 12):
        random = Random(seed)
        moments = list(engine_history(case_of(seed), Random(seed)))
        sides = Sides(moments[0].policy)
        table = flatten([moment.ticket for moment in moments], sides.policy)
        for moment in random.sample(moments, min(2, len(moments))):
            now = instant(moment.now + random.choice([0, 0, random.randrange(40 * HOUR)]))
            lines, columns = sides.unlike(table, now, moment.desk)
            assert not lines, f"seed {seed}\n{unlike(lines)}"
            seen.update(rows=len(moments), columns=columns)


@pytest.mark.parametrize("part", SHORT)
def test_histories_agree(part: int) -> None:
    seen = Counter[str]()
    compare_histories(part, seen)
    assert seen["rows"] > 100
    assert seen["columns"] > 0.2 * seen["rows"]


@pytest.mark.slow
@pytest.mark.parametrize("part", LONG)
def test_more_histories_agree(part: int) -> None:
    compare_histories(part, Counter())


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(cases())
def test_decisions_agree(case: Case) -> None:
    policy, ticket, desk, now = case.read()
    lines, _ = Sides(policy).unlike(flatten([ticket], policy), instant(now), desk)
    assert not lines, unlike(lines)


def compare_desks(part: int) -> Counter[str]:
    """What columns do: policies and tickets without what only the engine does."""
    seen = Counter[str]()
    for seed in range(part * 10, (part + 1) * 10):
        random = Random(f"desk {seed}")
        policy, now, desk = desk_of(random)
        sides = Sides(policy)
        tickets = tickets_of(random, policy, now, 60)
        table = flatten(tickets, policy)
        for later in (0, random.randrange(30 * HOUR), -random.randrange(30 * HOUR)):
            at = now + timedelta(microseconds=later)
            lines, columns = sides.unlike(table, at, desk)
            assert not lines, f"desk {seed}\n{unlike(lines)}"
            steps = sides.columns.decide(table, at, desk=desk)["step"].to_pylist()
            seen.update(step or "refused" for step in steps)
            seen.update(rows=len(tickets), columns=columns)
    return seen


@pytest.mark.parametrize("part", SHORT)
def test_desks_agree(part: int) -> None:
    seen = compare_desks(part)
    assert seen["columns"] > 0.9 * seen["rows"]
    for step in ("hold", "act", "enter", "escalate", "transfer"):
        assert seen[step] > 0, step


@pytest.mark.slow
@pytest.mark.parametrize("part", LONG)
def test_more_desks_agree(part: int) -> None:
    compare_desks(part)
