"""The six laws at the end of the language page, over simulated histories."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate import Engine
from escalate.decision import Decision
from escalate.policy.meaning.walk import spots_of
from escalate.policy.structure import path_text
from support.generators import Case, cases
from support.laws import answer, shifted, sleep_soundly
from support.twins import decide, instant

SLICE = 80
relaxed = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("part", range(4))
def test_a_hold_may_be_slept_on(part: int) -> None:
    sleep_soundly(range(part * SLICE, (part + 1) * SLICE), 5)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4, 16))
def test_every_hold_may_be_slept_on(part: int) -> None:
    sleep_soundly(range(part * SLICE, (part + 1) * SLICE), 30)


@relaxed
@given(cases())
def test_asking_why_changes_nothing(case: Case) -> None:
    """A trace is made by a program of its own; its cases are lists that the policy has."""
    policy, ticket, desk, us = case.read()
    engine, now = Engine(policy), instant(us)
    for _ in range(2):
        traced = engine.decide(ticket, now=now, desk=desk, trace=True)
        assert traced._replace(trace=None) == engine.decide(ticket, now=now, desk=desk)
        assert traced.trace is not None
        lists = {path_text(s.path): len(s.cases.cases) for s in spots_of(policy) if s.cases.written}
        for chosen in traced.trace["cases"]:
            assert chosen["case"] < lists[chosen["path"]]


def turned(mapping: dict[str, Any], rng: Random) -> dict[str, Any]:
    names = list(mapping)
    rng.shuffle(names)
    return {name: mapping[name] for name in names}


def ask(case: Case) -> Decision:
    policy, ticket, desk, now = case.read()
    return decide(policy, ticket, desk, now)


@relaxed
@given(cases(), st.integers(0, 2**32).map(Random))
def test_the_order_of_definitions_means_nothing(case: Case, rng: Random) -> None:
    """Law 4, of owners, clocks, calendars and named conditions."""
    named = ("owners", "clocks", "calendars", "conditions", "messages", "fields")
    other = case.but(policy=case.policy | {k: turned(case.policy[k], rng) for k in named})
    assert comparable_text(ask(other)) == comparable_text(ask(case))


def comparable_text(decision: Decision) -> str:
    said = decision.to_json()
    said.pop("policy")
    return json.dumps(said, sort_keys=True)


@relaxed
@given(cases(), st.integers(0, 2**32).map(Random))
def test_the_order_of_triggers_decides_between_equals_alone(case: Case, rng: Random) -> None:
    """Law 4, of triggers: what fires, and how far the ticket goes, stays the same."""
    triggers = list(case.policy["triggers"])
    rng.shuffle(triggers)
    one, other = ask(case), ask(case.but(policy=case.policy | {"triggers": triggers}))
    assert {f.key for f in one.fired} == {f.key for f in other.fired}
    assert (one.step, one.key, one.kind, one.path) == (
        other.step,
        other.key,
        other.kind,
        other.path,
    )
    assert one.to.level == other.to.level
    # Whose words and fields are used hangs on which of several equals decides, and so does
    # what those lacked.
    if sorted(map(str, one.actions)) == sorted(map(str, other.actions)):
        assert set(one.missing) == set(other.missing)
    assert answer(one)["clocks"] == answer(other)["clocks"]
    if one.step == "hold":
        assert one.next_us == other.next_us


def texts(policy: dict[str, Any]) -> str:
    return json.dumps(policy)


GIVEN = {
    "severity": "critical",
    "category": "outage",
    "product": "tv",
    "priority": "P1",
    "customer.tier": "gold",
    "subject": "All is down",
    "tags": ["vip"],
    "due_at": "2026-11-24T10:00:00+00:00",
}


def harmless(case: Case, decision: Decision, name: str) -> bool:
    """Whether the law promises that giving this field changes nothing."""
    policy = texts(case.policy)
    read_by_exists = f'"{name}": {{"exists"' in policy
    said = json.dumps(case.policy["messages"])
    in_message = f"{{ticket.{name}" in said or f"{{{name}" in said
    derived = name in case.policy.get("derive", {})
    return not (name in decision.missing or read_by_exists or in_message or derived)


@relaxed
@given(cases(), st.sampled_from(sorted(GIVEN)))
def test_a_field_that_is_not_missing_changes_nothing(case: Case, name: str) -> None:
    """Law 5."""
    before = ask(case)
    _, ticket, _, _ = case.read()
    if ticket.get(name) is not None or not harmless(case, before, name):
        return
    whole, _, inner = name.partition(".")
    value: Any = GIVEN[name]
    if inner:
        value = case.ticket.get(whole, {}) | {inner: value}
    after = ask(case.but(ticket=case.ticket | {whole: value}))
    assert comparable_text(after) == comparable_text(before)


@relaxed
@given(cases(plain_weeks=True), st.integers(-40, 60))
def test_whole_weeks_shift_the_decision(case: Case, weeks: int) -> None:
    """Law 6."""
    moved = Case(
        shifted(case.policy, weeks),
        shifted(case.ticket, weeks),
        shifted(case.desk, weeks),
        case.now + timedelta(weeks=weeks),
    )
    before, after = ask(case).to_json(), ask(moved).to_json()
    for said in (before, after):
        said.pop("policy")  # whose text holds dates as well
    assert shifted(before, weeks) == shifted(after, 0)


def test_shifting_is_not_idle() -> None:
    """The check of law 6 sees a decision that did not move."""
    assert shifted({"a": ["2026-11-20T09:00:00+00:00"]}, 1) == {"a": ["2026-11-27T09:00:00+00:00"]}
    assert datetime.fromisoformat(shifted("2026-11-20T09:00:00+00:00", -1)).day == 13
