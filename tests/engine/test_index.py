"""Narrowing down the triggers changes no decision: asking all of them in full is the twin."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from escalate import Engine, load_policy
from escalate.desk import EMPTY
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.groups import Groups
from escalate.evaluator.index import View, _axes
from escalate.evaluator.prepared import prepared
from escalate.policy.loader import load_text
from escalate.ticket import Ticket
from escalate.worktime.epoch import microseconds

EXAMPLES = Path(__file__).parents[2] / "examples"
POLICIES = sorted((EXAMPLES / "policies").glob("*.escalation.yaml"))


def _in_full(path: Path) -> Engine:
    engine = Engine(load_policy(path))
    index = engine.program.triggers.index
    engine.program.triggers.view = lambda values, since: index.odd(values)
    return engine


def _view(engine: Engine, values: Mapping[str, Any]) -> View:
    return engine.program.triggers.view(values, (0, 0, 0, True))


def _in_table(engine: Engine) -> Engine:
    """The engine with its triggers looked up, however few they are."""
    index = engine.program.triggers.index
    index.__dict__["_few"] = index._many
    return engine


def _in_groups(engine: Engine) -> Engine:
    """The engine with its triggers in groups, if anything tells them apart; of four triggers
    and more a group is looked up."""
    index = engine.program.triggers.index
    few = len(index._wanted) // 4
    groups = Groups(index._wanted, _axes(index._wanted, index._names), 4, index._many, few)
    if groups.size < len(index._wanted):
        index.__dict__["_few"] = groups.look
    return engine


def _policy_text(conditions: list) -> str:
    return json.dumps(
        {
            "escalate": 1,
            "name": "drawn",
            "timezone": "Europe/Berlin",
            "calendar": "office",
            "calendars": {"office": {"hours": {"mon-fri": "09:00-17:00"}}},
            "fields": FIELDS,
            "owners": {"desk": "team", "above": "team"},
            "levels": [{"id": "L1", "owner": "desk"}, {"id": "L2", "owner": "above"}],
            "triggers": [
                {"id": f"t{n}", "when": when, "escalate": "next"}
                for n, when in enumerate(conditions)
            ],
        }
    )


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
    table = _in_table(Engine(load_policy(path)))
    groups = _in_groups(Engine(load_policy(path)))
    draw = random.Random(path.name)
    lines = (EXAMPLES / "tickets" / f"{path.name.split('.')[0]}.jsonl").read_text().splitlines()
    tickets = [engine.ticket(json.loads(line)) for line in lines if line.strip()]
    narrowed = 0
    for ticket in tickets:
        for version in (ticket, *(_thinned(ticket, engine, draw) for _ in range(20))):
            for now in ("2026-11-18T12:00:00+02:00", "2026-12-01T03:00:00+02:00"):
                fast = engine.decide(version, now=now)
                whole = twin.decide(version, now=now).to_json_text()
                assert fast.to_json_text() == whole
                assert table.decide(version, now=now).to_json_text() == whole
                assert groups.decide(version, now=now).to_json_text() == whole
                asked = engine.holding(version, now=now)
                assert asked == table.holding(version, now=now) == twin.holding(version, now=now)
                assert asked == groups.holding(version, now=now)
            view = _view(engine, version.values)
            held, waiting = view.look(view.row, 0)
            narrowed += (held | waiting).bit_count() < len(engine.program.triggers)
    assert narrowed


def test_a_fact_of_a_strange_type_has_every_trigger_asked() -> None:
    path = EXAMPLES / "policies" / "service-levels.escalation.yaml"
    engine = Engine(load_policy(path))
    numbers = [
        name
        for name, spec in engine.policy.fields.items()
        if spec.type in ("integer", "number") and f": {name}\n" in engine.source()
    ]
    assert numbers
    values = {**dict.fromkeys(engine.program.facts, "text"), "level": "L1"}
    view = _view(engine, values)
    written = engine.policy.triggers
    here = sum(1 << n for n, one in enumerate(written) if one.at is None or "L1" in one.at)
    assert view.look(view.row, 0) == (here, 0)
    assert view.asking == here
    assert view.unsure & here == here


def test_the_source_can_be_read_and_says_what_it_compares() -> None:
    source = Engine(load_policy(EXAMPLES / "policies" / "it-incidents.escalation.yaml")).source()
    assert source.startswith("# v0: ")
    assert "held |= 0x1" in source
    compile(source, "<triggers>", "exec")


def test_many_triggers_are_told_apart_by_what_most_of_them_ask_for() -> None:
    whens = [
        {"kind": kind, "tier": tier, "value": {"gte": n}}
        for n, (kind, tier) in enumerate(product("abcdefgh", ["basic", "silver", "gold"] * 3))
    ]
    policy = load_text(_policy_text(whens), "drawn.escalation.yaml").policy
    assert policy is not None
    engine = Engine(policy)
    source = engine.source()
    compile(source, "<triggers>", "exec")
    assert source.startswith("# Told apart by kind and tier.\n\n# v0: kind\n# v1: tier\n")
    assert source.count("def look(row, now)") == 24
    ticket = {"id": "T", "created_at": "2026-11-16T08:00:00+01:00", "level": "L1", "owner": "desk"}
    ticket |= {"status": "open", "kind": "b", "tier": "gold", "value": 14, "events": []}
    assert engine.holding(ticket, now="2026-11-16T09:30:00+01:00") == ("t11", "t14")


FIELDS = {
    "tier": {"ordered": ["basic", "silver", "gold"]},
    "kind": {"type": "string"},
    "vip": {"type": "boolean"},
    "value": {"type": "number"},
    "labels": {"type": "array", "items": {"type": "string"}},
}
LEAF = st.one_of(
    st.builds(
        lambda op, x: {"tier": {op: x}},
        st.sampled_from(["eq", "ne", "lt", "gte", "gt"]),
        st.sampled_from(["basic", "silver", "gold"]),
    ),
    st.builds(
        lambda op, x: {"kind": {op: x}}, st.sampled_from(["eq", "ne"]), st.sampled_from("abc")
    ),
    st.builds(
        lambda op, x: {"kind": {op: x}},
        st.sampled_from(["in", "not_in"]),
        st.lists(st.sampled_from("abc"), min_size=1, max_size=2),
    ),
    st.builds(
        lambda op, x: {"value": {op: x}},
        st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte"]),
        st.sampled_from([1, 2, 2.5]),
    ),
    st.builds(lambda x: {"vip": x}, st.booleans()),
    st.builds(lambda op, x: {"labels": {op: x}}, st.just("contains"), st.sampled_from("xyz")),
    st.builds(
        lambda op, x: {"labels": {op: x}},
        st.sampled_from(["contains_any", "contains_all"]),
        st.lists(st.sampled_from("xyz"), min_size=1, max_size=2),
    ),
    st.builds(
        lambda name, there: {name: {"exists": there}}, st.sampled_from(list(FIELDS)), st.booleans()
    ),
    st.builds(
        lambda op, hours, name, calendar: {name: {op: f"{hours}h", "calendar": calendar}},
        st.sampled_from(["gte", "lt"]),
        st.sampled_from([1, 9, 30]),
        st.sampled_from(["age", "at_level", "idle"]),
        st.sampled_from(["always", "office"]),
    ),
    st.builds(lambda by: {"requested": {"by": by}}, st.sampled_from(["customer", "agent"])),
    st.just({"transfers": {"gte": 1}}),
)
CONDITION = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.builds(
            lambda word, parts: {word: parts},
            st.sampled_from(["all", "any"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=8,
)
TICKET = st.fixed_dictionaries(
    {},
    optional={
        "tier": st.sampled_from(["basic", "silver", "gold"]),
        "kind": st.sampled_from("abcd"),
        "vip": st.booleans(),
        "value": st.sampled_from([0, 1, 1.5, 2, 2.0, 2.5, 3]),
        "labels": st.lists(st.sampled_from("wxyz"), max_size=3, unique=True),
        "events": st.just([]),
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(CONDITION, min_size=1, max_size=6), st.lists(TICKET, min_size=1, max_size=4))
def test_any_conditions_hold_alike_in_all_forms(conditions: list, drawn: list[dict]) -> None:
    policy = load_text(_policy_text(conditions), "drawn.escalation.yaml").policy
    assume(policy is not None)
    engine, table = Engine(policy), _in_table(Engine(policy))
    groups = _in_groups(Engine(policy))
    for given_ in drawn:
        raw = {"id": "T", "created_at": "2026-11-16T08:00:00+01:00", "level": "L1", "owner": "desk"}
        ticket = engine.ticket({**raw, "status": "open", **given_})
        for now in (
            "2026-11-16T09:30:00+01:00",
            "2026-11-16T17:00:00+01:00",
            "2026-11-18T10:00:00+01:00",
        ):
            us = microseconds(datetime.fromisoformat(now))
            ctx = Deciding(engine.program, prepared(engine.program, ticket, us), EMPTY, us).ctx
            truths = [engine.program.triggers.full(n).when(ctx) for n in range(len(conditions))]
            held = tuple(f"t{n}" for n, truth in enumerate(truths) if truth[0])
            assert engine.holding(ticket, now=now) == held
            assert table.holding(ticket, now=now) == held
            assert groups.holding(ticket, now=now) == held
            short, looked = engine.decide(ticket, now=now), table.decide(ticket, now=now)
            assert short.to_json_text() == looked.to_json_text()
            assert short.to_json_text() == groups.decide(ticket, now=now).to_json_text()
            if not held:
                following = min(truth[1] for truth in truths)
                assert short.next_us is not None
                assert short.next_us <= following
