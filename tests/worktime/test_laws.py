"""Laws of working time over all supported years."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.worktime import NEVER, Calendar, Timeline

HOUR = 3_600_000_000
FIRST, LAST = 0, 7_258_118_400_000_000 - 1

CALENDARS = {
    name: Calendar.model_validate(written).timeline()
    for name, written in {
        "office": {
            "timezone": "Europe/Chisinau",
            "hours": {"mon-fri": ["09:00-13:00", "14:00-18:00"], "sat": "10:00-14:00"},
            "holidays": [{"date": "12-25"}, {"easter": "orthodox", "offset": 1}],
        },
        "nights": {"timezone": "America/Havana", "hours": {"fri-mon": "22:00-06:30"}},
        "rarely": {"timezone": "Australia/Lord_Howe", "hours": {"wed": "09:00-09:15"}},
        "round": {"timezone": "Pacific/Apia", "hours": {"mon-sun": "00:00-24:00"}},
    }.items()
}
lines = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)
instants = st.integers(FIRST, LAST)
amounts = st.integers(0, 20_000 * HOUR)


@settings(deadline=None)
@given(lines, instants, amounts)
def test_what_was_added_lies_between(line: Timeline, us: int, amount: int) -> None:
    due = line.add(us, amount)
    if due != NEVER:
        assert line.between(us, due) == amount
        assert due >= us
        # and at no earlier instant
        assert not amount or line.between(us, due - 1) == amount - 1


@settings(deadline=None)
@given(lines, instants, amounts, amounts)
def test_adding_twice_is_adding_the_sum(line: Timeline, us: int, a: int, b: int) -> None:
    if b and (once := line.add(us, a)) != NEVER:
        assert line.add(once, b) == line.add(us, a + b)


@settings(deadline=None)
@given(lines, instants, instants, instants)
def test_between_adds_up_and_is_in_order(line: Timeline, a: int, b: int, c: int) -> None:
    assert line.between(a, b) + line.between(b, c) == line.between(a, c)
    assert line.between(a, b) == -line.between(b, a)
    if a <= b:
        assert 0 <= line.between(a, b) <= b - a


@settings(deadline=None)
@given(lines, instants, amounts)
def test_going_back_undoes_going_on(line: Timeline, us: int, amount: int) -> None:
    start = line.next_open(us)
    if start != NEVER and (due := line.add(start, amount)) != NEVER and amount:
        assert line.add(due, -amount) == start


@settings(deadline=None)
@given(lines, instants)
def test_openings_and_closings_follow_each_other(line: Timeline, us: int) -> None:
    opening, closing, change = line.next_open(us), line.next_close(us), line.next_change(us)
    if opening != NEVER:
        assert line.is_open(opening)
        assert opening == us or not line.is_open(opening - 1)
    if closing != NEVER:
        assert closing > opening
        assert not line.is_open(closing)
        assert line.is_open(closing - 1)
        assert line.previous_close(closing) == closing
        assert line.previous_close(closing - 1) < closing
    assert change == (closing if line.is_open(us) else opening)


@settings(deadline=None)
@given(lines, instants, st.integers(0, 90 * 24))
def test_intervals_add_up(line: Timeline, us: int, hours: int) -> None:
    end = us + hours * HOUR
    found = line.intervals(us, end)
    assert sum(b - a for a, b in found) == line.between(us, end)
    edges = [edge for pair in found for edge in pair]
    assert edges == sorted(set(edges))
    assert all(us <= edge <= end for edge in edges)


@settings(deadline=None)
@given(st.lists(instants, min_size=2, max_size=6), st.sampled_from(sorted(CALENDARS)))
def test_the_order_in_which_years_are_built_is_not_seen(asked: list[int], name: str) -> None:
    seasoned = CALENDARS[name]
    fresh = type(seasoned)(seasoned._source)
    positions = [fresh.position(us) for us in asked]
    again = [fresh.position(us) for us in asked]
    assert positions == again
    for us, position in zip(asked, positions, strict=True):
        assert position - positions[0] == seasoned.between(asked[0], us)
        if (line := fresh.instant(position)) != fresh._start:
            assert fresh.position(line) == position
            assert line <= us


@pytest.mark.parametrize("name", sorted(CALENDARS))
@settings(deadline=None, max_examples=40)
@given(us=instants, n=st.integers(1, 300), m=st.integers(1, 300))
def test_workdays_follow_each_other(name: str, us: int, n: int, m: int) -> None:
    line = CALENDARS[name]
    first, second = line.add_workdays(us, n), line.add_workdays(us, n + m)
    if second != NEVER:
        assert us < first < second
        assert line.between(us, first) <= line.between(us, second)
