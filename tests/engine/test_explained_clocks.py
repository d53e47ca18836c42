"""The account of a clock adds up to what the engine says of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate import Engine, Ticket, load_policies
from escalate.decision import duration_text, instant
from escalate.evaluator.choosing import SetEngine
from escalate.evaluator.clock_explanation import ClockExplanation
from escalate.evaluator.clock_subject import ClockNameError
from escalate.policy.loader import load_text
from support.generators import case_of
from support.time_tables import Row, rows

LIMITS = (1, 4, 10_000)


def adds_up(told: ClockExplanation) -> None:
    """What an account must be, whatever it tells of."""
    worked = [row for row in told.rows if row.kind == "worked"]
    assert sum(row.time_us for row in worked if not row.ahead) == (told.elapsed_us or 0)
    total = 0
    for row in worked:
        total += row.time_us
        assert row.total_us == total
    if told.unit == "interval":
        assert all(row.end_us - row.start_us == row.time_us for row in worked)
        assert all(a.end_us <= b.start_us for a, b in pairwise(told.rows))
    assert all(row.start_us < row.end_us for row in told.rows)
    if not told.rows:
        assert not told.elapsed_us


def reaches_its_target(told: ClockExplanation) -> None:
    """Due is where the running total reaches the target, and not before."""
    if told.due_us is None or told.target_us is None:
        return
    before = [row for row in told.rows if row.kind == "worked" and row.end_us <= told.due_us]
    total = before[-1].total_us if before else 0
    if told.target is not None and told.target.written.startswith("at "):
        still = [row for row in told.rows if row.kind != "worked" and covers(row, told.due_us)]
        if still or told.due_us < (told.begun_us or 0):
            return  # an instant of the ticket comes when it comes
    assert total == told.target_us
    assert all(row.total_us < total for row in before[:-1])
    after = [row for row in told.rows if row.kind == "worked" and row.start_us >= told.due_us]
    assert len(before) + len(after) == sum(row.kind == "worked" for row in told.rows)


def covers(row: Any, us: int) -> bool:
    return row.start_us <= us <= row.end_us


def compare(seed: int) -> int:
    """All clocks and deadlines of a generated case; how many had an account."""
    policy, ticket, desk, now_us = case_of(seed).read()
    engine, now = Engine(policy), instant(now_us, "UTC")
    decision = engine.decide(ticket, now=now, desk=desk, trace=True)
    found = 0
    assert engine.clocks(ticket, now=now, desk=desk) == decision.clocks
    for name, state in decision.clocks.items():
        for limit in LIMITS:
            told = engine.explain_clock(ticket, name, now=now, desk=desk, limit=limit)
            seen = (told.state, told.cycle, told.due_us, told.elapsed_us, told.remaining_us)
            assert seen == (
                state.state,
                state.cycle,
                state.due_us,
                state.elapsed_us,
                state.remaining_us,
            )
            assert (told.overdue_us, told.paused_by) == (state.overdue_us, state.paused_by)
            adds_up(told)
            reaches_its_target(told)
            assert told.to_json()["sentence"]
            found += bool(told.rows)
        earlier_cycles(engine, ticket, told)
    for deadline in (decision.trace or {})["deadlines"]:
        told = engine.explain_clock(ticket, f"deadline.{deadline['name']}", now=now, desk=desk)
        assert told.state == deadline["state"] or told.missing
        assert duration_text(told.elapsed_us) == deadline["elapsed"]
        assert duration_text(told.remaining_us) == deadline["remaining"]
        assert duration_text(told.overdue_us) == deadline["overdue"]
        assert (told.due_us is None) == (deadline["due"] is None)
        adds_up(told)
        reaches_its_target(told)
    return found


def earlier_cycles(engine: Engine, ticket: Ticket, told: ClockExplanation) -> None:
    """A cycle that is over shows what it showed when it ended."""
    now = instant(told.now_us, "UTC")
    for cycle in range(1, told.cycles):
        earlier = engine.explain_clock(ticket, told.name, now=now, cycle=cycle)
        adds_up(earlier)
        reaches_its_target(earlier)
        assert earlier.ended_us is not None
        ended = instant(earlier.ended_us, "UTC")
        then = engine.clocks(ticket.as_of(ended), now=ended)[told.name]
        if then.cycle == cycle and then.state in ("met", "breached", "ended"):
            assert (then.state, then.elapsed_us, then.due_us) == (
                earlier.state,
                earlier.elapsed_us,
                earlier.due_us,
            )


@pytest.mark.parametrize("part", range(4))
def test_accounts_add_up(part: int) -> None:
    assert sum(compare(seed) for seed in range(part * 60, (part + 1) * 60)) > 15


@pytest.mark.slow
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_more_accounts_add_up(seed: int) -> None:
    compare(seed)


POLICY = """
escalate: 1
name: names
timezone: Europe/Berlin
calendar: office
owners: {front: team, boss: person}
calendars:
  office:
    hours: {mon-fri: "09:00-17:00"}
    holidays: [{date: 2026-11-18, name: Closed}, {date: 2026-11-19, hours: "09:00-12:00"}]
clocks:
  resolve: {from: created, until: resolved, target: 40h}
  next-reply:
    from: [created, customer-reply]
    until: agent-reply
    target: [{when: {severity: high}, use: 1h}, {otherwise: 4h}]
  talk: {from: customer-reply, until: agent-reply, target: none}
levels:
  - {id: L1, owner: front, deadlines: {acknowledge: 1h, resolve: {target: 4h, warn: [50%]}}}
  - {id: L2, owner: boss, deadlines: {respond: 2h}}
triggers:
  - {id: late, when: {clock.next-reply: breached}, notify: [boss]}
"""


def event(at: str, type_: str, **more: Any) -> dict[str, Any]:
    return {"at": f"2026-11-{at}:00+01:00", "type": type_, **more}


MONDAY = "2026-11-16T09:00:00+01:00"
HISTORY = [
    event("16T09:00", "entered", to="L1", owner="front", key="enter:0"),
    event("16T10:00", "transferred", owner="front"),
    event("16T11:00", "action", action="warn", to="front", key="warn:deadline:L1:1:resolve:50%"),
    event("16T14:00", "fired", trigger="deadline:L1:resolve", key="deadline:L1:1:resolve"),
    {**event("16T14:00", "escalated", to="L2", owner="boss", key="escalate:1"), "from": "L1"},
    event("16T15:00", "fired", trigger="late", key="trigger:late:next-reply=1"),
    event("16T15:30", "reply", by="agent"),
    {**event("17T09:00", "returned", to="L1", owner="front"), "from": "L2"},
    {**event("17T10:00", "field", name="severity", to="high"), "from": "low"},
    event("17T11:00", "reply", by="customer"),
]


def told(name: str, now: str = "17T11:30", **more: Any) -> ClockExplanation:
    loaded = load_text(POLICY)
    assert loaded.policy is not None, loaded.diagnostics
    ticket = {"id": "T-1", "created_at": MONDAY, "status": "open", "events": HISTORY}
    ticket |= {"level": "L1", "owner": "front", "severity": "high"}
    return Engine(loaded.policy).explain_clock(ticket, name, now=f"2026-11-{now}:00+01:00", **more)


@pytest.mark.parametrize(
    ("name", "title", "begun"),
    [
        ("resolve", "resolve", "16T09:00"),
        ("clock.resolve", "resolve", "16T09:00"),
        ("deadline.resolve", "resolve at L1", "17T09:00"),
        ("L1.resolve", "resolve at L1", "17T09:00"),
        ("deadline:L1:resolve", "resolve at L1", "17T09:00"),
        ("acknowledge", "acknowledge at L1", "17T09:00"),
        ("L2.respond", "respond at L2", "16T14:00"),
        ("next-reply", "next-reply", "17T11:00"),
    ],
)
def test_what_a_name_stands_for(name: str, title: str, begun: str) -> None:
    seen = told(name)
    assert seen.title == title
    assert seen.to_json()["begun"] == f"2026-11-{begun}:00+01:00"


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("resolv", {}, "did you mean `resolve`?"),
        ("xyz", {}, "there are `resolve`, `next-reply`, `talk`, `L1.acknowledge`"),
        ("respond", {}, "`L1` has no deadline `respond`; did you mean `L2.respond`?"),
        ("L2.resolve", {}, "`L2` has no deadline `resolve`; did you mean `L1.resolve`?"),
        ("L3.resolve", {}, "did you mean `L1.resolve`?"),
        ("deadline:L1", {}, "there is no clock or deadline `deadline:L1`"),
        ("next-reply", {"cycle": 3}, "has no cycle 3; the last is 2"),
        ("L1.resolve", {"cycle": 3}, "no stay 3; the last is 2"),
        ("talk", {"cycle": 1, "now": "16T09:30"}, "no cycle 1; there is none"),
        ("L2.respond", {"now": "16T09:30", "cycle": 1}, "no stay 1; there is none"),
    ],
)
def test_names_that_stand_for_nothing(name: str, more: Any, said: str) -> None:
    with pytest.raises(ClockNameError) as raised:
        told(name, **more)
    assert said in str(raised.value)


def test_a_deadline_whose_level_was_left() -> None:
    seen = told("L1.resolve", cycle=1)
    assert (seen.state, seen.cycle, seen.cycles) == ("breached", 1, 2)
    said = seen.to_json()
    assert (said["due"], said["left"]) == (at("16T13:00"), at("16T14:00"))
    assert (said["overdue"], said["late"], said["ended"]) == ("PT1H", "PT1H", None)
    assert said["warnings"] == [
        {"point": "50%", "at": at("16T11:00"), "sent": True, "sent_at": at("16T11:00")}
    ]
    assert said["effects"] == [{"trigger": "deadline:L1:resolve", "at": at("16T14:00")}]
    assert "The ticket left the level at 2026-11-16 14:00." in seen.sentence


def test_an_acknowledgement_begun_anew_by_a_transfer() -> None:
    seen = told("L1.acknowledge", cycle=1)
    assert (seen.to_json()["begun"], seen.begun_by) == (at("16T10:00"), "transferred")


def test_an_earlier_cycle_is_judged_as_the_ticket_was() -> None:
    first = told("next-reply", cycle=1)
    assert first.target == ("4h", "otherwise")
    assert (first.state, first.ended_by) == ("breached", "agent-reply")
    assert [effect.trigger for effect in first.effects] == ["late"]
    assert told("next-reply").target == ("1h", "severity: high")
    assert told("next-reply").effects == ()


VENDORS = """owners:
  maker: {kind: vendor, agreed: {resolve: 3h}}
  other: {kind: vendor, agreed: {resolve: 5h}}
  front: team
  boss: person"""


def test_what_a_vendor_has_agreed_to() -> None:
    text = POLICY.replace("owners: {front: team, boss: person}", VENDORS)
    policy = load_text(text.replace("{id: L2, owner: boss", "{id: L2, owner: maker")).policy
    assert policy is not None
    engine = Engine(policy)
    moved = [
        {**event("16T14:00", "escalated", to="L2", owner="maker"), "from": "L1"},
        event("16T15:00", "transferred", owner="other"),
        {**event("17T09:00", "returned", to="L1", owner="front"), "from": "L2"},
    ]
    ticket = {"id": "T-1", "created_at": MONDAY, "level": "L1", "owner": "front"}
    ticket |= {"events": [HISTORY[0], *moved]}
    seen = engine.explain_clock(ticket, "L2.resolve", now=at("17T12:00"))
    assert (seen.target, seen.begun_by) == (("5h", "owner: other"), "transferred")
    assert seen.to_json()["due"] == at("17T12:00")
    with_front = {
        **ticket,
        "events": [HISTORY[0], *moved[:1], event("16T15:00", "transferred", owner="boss")],
    }
    with pytest.raises(ClockNameError, match=r"agreed with `maker`, `other`.* stands with `boss`"):
        engine.explain_clock(with_front, "L2.resolve", now=at("16T16:00"))
    assert engine.explain_clock(NEW, "L2.resolve", now=MONDAY).state == "not-started"
    other = load_text(text.replace("{id: L1, owner: front", "{id: L1, owner: maker")).policy
    assert other is not None
    with pytest.raises(
        ClockNameError, match=r"agreed with `maker`, `other`.* would stand with `boss`"
    ):
        Engine(other).explain_clock(NEW, "L2.resolve", now=MONDAY)


def test_days_that_were_not_as_usual() -> None:
    seen = told("resolve", "19T13:00")
    assert [tuple(day) for day in seen.skipped[:2]] == [
        ("2026-11-18", "Closed", ()),
        ("2026-11-19", "short day", (("09:00", "12:00"),)),
    ]


def test_what_has_not_begun_and_what_has_no_target() -> None:
    assert told("talk", "16T10:00").sentence == "It has not begun: it waits for `customer-reply`."
    assert told("talk").sentence == "It has no target and is never due: 30m counted."
    assert told("talk").target == ("none", None)
    assert told("talk", "16T08:00").state == "not-started"


NEW = {"id": "T-1", "created_at": MONDAY, "events": []}


@pytest.mark.parametrize(
    ("ticket", "name", "desk", "level"),
    [
        (NEW, "resolve", {}, "L1"),
        (NEW, "L1.resolve", {}, "L1"),
        (NEW, "respond", {"away": ["front"]}, "L2"),
        (NEW, "L2.respond", {}, "L2"),
        (NEW | {"events": HISTORY[:1]}, "L2.respond", {}, "L2"),
        (NEW | {"level": "L9"}, "acknowledge", {}, "L1"),
        ({"id": "T-1", "created_at": MONDAY}, "acknowledge", {}, "L1"),
        (NEW | {"level": "L1", "created_at": "2026-11-18T09:00:00+01:00"}, "resolve", {}, "L1"),
    ],
)
def test_a_deadline_begins_when_the_ticket_enters(
    ticket: dict[str, Any], name: str, desk: dict[str, Any], level: str
) -> None:
    policy = load_text(POLICY.replace("  resolve: {from: created", "  all: {from: created")).policy
    assert policy is not None
    seen = Engine(policy).explain_clock(ticket, name, now=at("17T11:30"), desk=desk)
    assert (seen.level, seen.state, seen.cycles, seen.missing) == (level, "not-started", 0, ())
    assert seen.sentence == f"It has not begun: it begins when the ticket enters `{level}`."


def test_what_is_over_and_was_nowhere_has_no_deadline() -> None:
    policy = load_text(POLICY).policy
    assert policy is not None
    with pytest.raises(ClockNameError, match="stands at no level, so it has no deadline"):
        Engine(policy).explain_clock(NEW | {"status": "closed"}, "respond", now=at("17T11:30"))


def test_without_events_it_is_not_known() -> None:
    loaded = load_text(POLICY)
    assert loaded.policy is not None
    seen = Engine(loaded.policy).explain_clock(
        {"id": "T-1", "created_at": MONDAY}, "next-reply", now=MONDAY
    )
    assert (seen.state, seen.rows) == ("unknown", ())
    assert seen.sentence == "It is not known how it stands, for want of `events`."


def test_long_accounts_are_summed_up_within_bounds() -> None:
    loaded = load_text(POLICY)
    assert loaded.policy is not None
    engine = Engine(loaded.policy)
    ticket = {"id": "T-1", "created_at": MONDAY, "status": "open", "events": HISTORY}
    whole = 0
    for limit, unit in ((3_000, "interval"), (600, "week"), (200, "month"), (20, "year")):
        seen = engine.explain_clock(ticket, "resolve", now="2036-11-16T09:00:00+01:00", limit=limit)
        assert (seen.unit, len(seen.rows) <= limit) == (unit, True)
        adds_up(seen)
        reaches_its_target(seen)
        assert whole in (0, seen.elapsed_us)
        whole = seen.elapsed_us or 0
        assert len(seen.skipped) <= 20


def test_a_set_explains_by_the_policy_that_decides(tmp_path: Path) -> None:
    (tmp_path / "one.escalation.yaml").write_text(POLICY + "applies_to: {severity: high}\n")
    engine = SetEngine(load_policies(tmp_path))
    ticket = {"id": "T-1", "created_at": MONDAY, "events": [], "severity": "high"}
    assert engine.explain_clock(ticket, "next-reply", now=MONDAY).target_us == 3_600_000_000
    assert set(engine.clocks(ticket, now=MONDAY)) == {"resolve", "next-reply", "talk"}
    with pytest.raises(ClockNameError, match="no policy of the set applies"):
        engine.explain_clock({**ticket, "severity": "low"}, "next-reply", now=MONDAY)
    assert engine.clocks({**ticket, "severity": "low"}, now=MONDAY) == {}


def at(text: str) -> str:
    return f"2026-11-{text}:00+01:00"


@pytest.mark.parametrize("row", rows(), ids=str)
def test_the_tables(row: Row) -> None:
    ticket = row.read()
    told = row.engine.explain_clock(ticket, row.deadline or "c", now=row.now)
    for name in ("state", "cycle", "elapsed", "remaining", "overdue", "paused_by", "outside"):
        if name in row.expected:
            end = "" if name in ("state", "cycle", "paused_by", "outside") else "_us"
            assert getattr(told, name + end) == row.expected[name], (name, row.why)
    if row.expected.get("due") != "ended" and "due" in row.expected:
        assert told.due_us == row.expected["due"], row.why
    points = {warning.point: warning.at_us for warning in told.warnings}
    for point, at in row.warns.items():
        assert points[point] == int(at.timestamp() * 1_000_000)
    adds_up(told)
    reaches_its_target(told)
