"""Turns, hand-overs and overrides."""

# ruff: noqa: DTZ001 - a clock on the wall has no zone

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.worktime import NEVER, Override, Rotation, from_us, wall_to_us

ZONE = "Europe/Chisinau"
WEEKLY = Rotation(
    ("olga", "dan", "irina"),
    date(2026, 1, 5),
    7,
    ZONE,
    time(9),
    0,
    (Override("dan", datetime(2026, 12, 24, 9), datetime(2026, 12, 26, 9)),),
)


def at(text: str) -> int:
    return wall_to_us(datetime.fromisoformat(text), ZONE)


@pytest.mark.parametrize(
    ("instant", "line", "changes", "why"),
    [
        ("2026-01-05T08:59:59", (), "2026-01-05T09:00", "nobody before the start"),
        ("2026-01-05T09:00", ("olga", "dan", "irina"), "2026-01-12T09:00", "a first whole turn"),
        ("2026-01-12T08:59", ("olga", "dan", "irina"), "2026-01-12T09:00", "until its last minute"),
        ("2026-01-12T09:00", ("dan", "irina", "olga"), "2026-01-19T09:00", "the next turn"),
        ("2026-01-26T09:00", ("olga", "dan", "irina"), "2026-02-02T09:00", "round again"),
        ("2026-03-30T08:59", ("irina", "olga", "dan"), "2026-03-30T09:00", "by the wall clock"),
        ("2026-12-23T12:00", ("irina", "olga", "dan"), "2026-12-24T09:00", "until the override"),
        ("2026-12-24T09:00", ("dan", "irina", "olga"), "2026-12-26T09:00", "out of turn"),
        ("2026-12-26T09:00", ("irina", "olga", "dan"), "2026-12-28T09:00", "and back"),
    ],
)
def test_weekly(instant: str, line: tuple[str, ...], changes: str, why: str) -> None:
    us = at(instant)
    assert WEEKLY.in_turn(us) == line, why
    assert WEEKLY.on_duty(us) == (line[0] if line else None)
    assert WEEKLY.next_change(us) == at(changes)


def test_a_start_between_two_hand_overs_is_a_short_turn() -> None:
    rotation = Rotation(("a", "b"), date(2026, 1, 7), 14, ZONE, time(9), weekday=0)
    assert rotation.on_duty(at("2026-01-07T09:00")) == "a"
    assert rotation.next_change(at("2026-01-07T09:00")) == at("2026-01-19T09:00")
    assert rotation.on_duty(at("2026-01-19T09:00")) == "b"
    assert rotation.on_duty(at("2026-02-02T09:00")) == "a"


def test_every_day_from_an_instant() -> None:
    rotation = Rotation(("a", "b"), datetime(2026, 1, 5, 15), 1, ZONE, time(8))
    assert rotation.on_duty(at("2026-01-05T14:59")) is None
    assert rotation.on_duty(at("2026-01-05T15:00")) == "a"
    assert rotation.on_duty(at("2026-01-06T08:00")) == "b"
    assert rotation.on_duty(at("2026-01-07T08:00")) == "a"


def test_a_hand_over_that_the_clocks_jump_over() -> None:
    rotation = Rotation(("a", "b"), date(2026, 3, 28), 1, "Europe/Berlin", time(2, 30))
    jump = wall_to_us(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")
    assert from_us(jump).hour == 1
    assert (rotation.on_duty(jump - 1), rotation.on_duty(jump)) == ("a", "b")


def test_the_later_of_two_overrides_counts() -> None:
    one = Override("b", datetime(2026, 1, 6), datetime(2026, 1, 8))
    two = Override("stranger", datetime(2026, 1, 7), datetime(2026, 1, 9))
    rotation = Rotation(("a", "b"), date(2026, 1, 5), 7, ZONE, overrides=(one, two))
    assert rotation.in_turn(at("2026-01-07T12:00")) == ("stranger", "b", "a")
    assert rotation.in_turn(at("2026-01-08T12:00")) == ("stranger", "a", "b")


def test_a_rotation_of_one_never_changes() -> None:
    alone = Rotation(("a",), date(2026, 1, 5), 1, ZONE)
    assert alone.next_change(at("2026-01-06T00:00")) == NEVER
    later = Override("b", datetime(2027, 1, 6), datetime(2027, 1, 8))
    sometimes = Rotation(("a",), date(2026, 1, 5), 1, ZONE, overrides=(later,))
    assert sometimes.next_change(at("2026-01-06T00:00")) == at("2027-01-06T00:00")


@pytest.mark.parametrize(
    ("members", "days", "weekday"), [((), 7, None), (("a",), 0, None), (("a",), 3, 1)]
)
def test_what_makes_no_rotation(members: tuple[str, ...], days: int, weekday: int | None) -> None:
    with pytest.raises(ValueError, match=r"rotation|turn"):
        Rotation(members, date(2026, 1, 5), days, ZONE, weekday=weekday)


def test_an_override_that_hides_hand_overs_hides_none_after_it() -> None:
    out_of_turn = Override("b", datetime(2026, 3, 1), datetime(2026, 3, 3, 1))
    begins = datetime(2026, 3, 1)
    rotation = Rotation(("a", "b"), begins, 1, ZONE, time(0, 30), None, (out_of_turn,))
    start = wall_to_us(begins, ZONE)
    change = wall_to_us(datetime(2026, 3, 4, 0, 30), ZONE)
    assert rotation.next_change(start) == change
    before = range(start, change, 1_800_000_000)
    assert {rotation.in_turn(at) for at in before} == {("b", "a")}
    assert rotation.in_turn(change) == ("a", "b")


names = st.lists(st.sampled_from("abcd"), min_size=1, max_size=5).map(tuple)
moments = st.integers(0, 60 * 24).map(lambda h: datetime(2026, 3, 1) + timedelta(hours=h))


@settings(deadline=None)
@given(data=st.data(), members=names, days=st.integers(1, 9))
def test_nothing_changes_before_the_next_change(
    data: st.DataObject, members: tuple[str, ...], days: int
) -> None:
    overrides = []
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(moments)
        hours = data.draw(st.integers(1, 400))
        member = data.draw(st.sampled_from("abcx"))
        overrides.append(Override(member, start, start + timedelta(hours=hours)))
    rotation = Rotation(
        members,
        data.draw(st.one_of(moments, moments.map(datetime.date))),
        days,
        data.draw(st.sampled_from([ZONE, "America/Havana"])),
        time(data.draw(st.integers(0, 23)), 30),
        data.draw(st.integers(0, 6)) if days == 7 else None,
        tuple(overrides),
    )
    us = wall_to_us(data.draw(moments), ZONE)
    until = rotation.next_change(us)
    line = rotation.in_turn(us)
    horizon = min(until, us + 40 * 86_400_000_000)
    for at_ in range(us, horizon, 1_800_000_000):
        assert rotation.in_turn(at_) == line
    assert until > us
    if until != NEVER:
        assert rotation.in_turn(until) != line
        assert rotation.in_turn(until - 1) == line
