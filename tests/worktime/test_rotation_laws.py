"""What holds of every rotation, and that it agrees with one that walks every minute."""

# ruff: noqa: DTZ001 - a clock on the wall has no zone

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.worktime import Calendar, Layer, Override, Rotation, Swap
from escalate.worktime.watch import watches
from support.slow_calendar import MINUTE, SlowCalendar, Spans, read_clock
from support.slow_rotation import SlowLayer, SlowRotation, Wall

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHANGES = [  # a zone, a day, and a time of it that does not exist or occurs twice
    ("Europe/Chisinau", "2026-03-29", time(2, 30)),
    ("Europe/Chisinau", "2026-10-25", time(3, 30)),
    ("America/Sao_Paulo", "2018-11-04", time(0, 30)),
    ("America/Havana", "2026-11-01", time(0, 30)),
    ("Australia/Lord_Howe", "2026-04-05", time(1, 45)),
    ("Pacific/Apia", "2011-12-30", time(12)),  # a date that was skipped
    ("America/Juneau", "1983-10-30", time(0, 30)),
    ("Antarctica/Troll", "2026-10-25", time(2)),
]
WINDOW = 9  # days
MOMENT = timedelta(microseconds=1)
PEOPLE = "abcd"
AT = (time(0), time(2), time(9), time(17, 30))
HOURS: list[tuple[str, Spans]] = [
    ("09:00-17:00", [(540, 1020)]),
    ("22:00-06:00", [(1320, 1800)]),
    ("00:00-12:00", [(0, 720)]),
]


@dataclass
class Twins:
    fast: Rotation
    slow: SlowRotation
    start: datetime
    end: datetime


@lru_cache(maxsize=32)
def wall(zone: str, start: date) -> Wall:
    return Wall(read_clock(zone, datetime(start.year, start.month, start.day), WINDOW))


@st.composite
def calendars(draw: st.DrawFn, zone: str, shown: Wall) -> tuple[Calendar, SlowCalendar]:
    text, spans = draw(st.sampled_from(HOURS))
    on = [draw(st.booleans()) or day == "wed" for day in DAYS]
    week = {day: text for day, is_on in zip(DAYS, on, strict=True) if is_on}
    slow = [spans if is_on else [] for is_on in on]
    fast = Calendar.model_validate({"timezone": zone, "hours": week})
    return fast, SlowCalendar((shown.begin, shown.shown), slow, {})


@st.composite
def twins(draw: st.DrawFn, gapless: bool = False) -> Twins:
    zone, change, odd = draw(st.sampled_from(CHANGES))
    begins = date.fromisoformat(change) - timedelta(days=4)
    shown = wall(zone, begins)
    first = datetime(begins.year, begins.month, begins.day)
    half_hours = st.integers(0, WINDOW * 48).map(lambda n: first + timedelta(minutes=30 * n))
    names = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4).map(tuple)
    layers, slow = [], []
    count = draw(st.integers(1, 3))
    for i in range(count):
        ground = gapless and i == count - 1
        starts = first - timedelta(days=1) if ground else draw(half_hours)
        members, at = draw(names), draw(st.sampled_from((odd, odd, *AT)))
        calendar, hours = None, None
        if not ground and draw(st.booleans()):
            calendar, hours = draw(calendars(zone, shown))
        kind = draw(st.sampled_from(["day", "day", "week", "days", "hours"]))
        weekday = draw(st.none() | st.integers(0, 6)) if kind == "week" else None
        days = {"day": 1, "week": 7, "hours": 0}.get(kind, draw(st.integers(2, 5)))
        length = draw(st.sampled_from([1, 2, 3, 7, 8, 12])) if kind == "hours" else 0
        layers.append(Layer(members, starts, days, length, at, weekday, calendar))
        step = timedelta(days=days, hours=length)
        over = datetime.combine(starts.date(), at)
        if kind == "hours":
            while over > starts:
                over -= step
            while over + step <= starts:
                over += step
        elif over > starts:
            over -= timedelta(days=1)
        while weekday is not None and over.weekday() != weekday:
            over -= timedelta(days=1)
        counted = 60 * length if calendar is not None else 0
        slow.append(SlowLayer(members, starts, step, over, hours, counted))
    overrides, swaps, changes = [], [], []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(half_hours)
        until = start + timedelta(minutes=30 * draw(st.integers(1, 150)))
        if draw(st.booleans()):
            who = draw(st.sampled_from(PEOPLE + "x"))
            overrides.append((who, start, until))
            changes.append(Override(who, start, until))
        else:
            one, other = draw(st.permutations(PEOPLE))[:2]
            swaps.append((one, other, start, until))
            changes.append(Swap(one, other, start, until))
    bounds, hours = None, None
    if not gapless and draw(st.integers(0, 3)) == 0:
        bounds, hours = draw(calendars(zone, shown))
    rotation = Rotation(tuple(layers), zone, tuple(changes), bounds)
    twin = SlowRotation(shown, tuple(slow), tuple(overrides), tuple(swaps), hours)
    window = twin.window
    return Twins(rotation, twin, instant(window.start), instant(window.stop))


def instant(minute: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)


ROUGH = [HealthCheck.too_slow, HealthCheck.data_too_large]


def compare(twins: Twins, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, 2))
    away = data.draw(st.frozensets(st.sampled_from(PEOPLE), max_size=2))
    seen = twins.fast.shifts(twins.start, twins.end)
    edges = [int(shift.start.timestamp()) // 60 for shift in seen]
    window = twins.slow.window
    middle = (window.start + window.stop) // 2
    asked = [edge - before for edge in near(edges, middle, 8) for before in (0, 1)]
    asked += data.draw(st.lists(st.sampled_from(window), min_size=4, max_size=4))
    for minute in asked:
        if minute not in window:
            continue
        assert twins.fast.on_duty(instant(minute)) == twins.slow.on_duty(minute)
        assert twins.fast.on_duty(instant(minute), offset) == twins.slow.on_duty(minute, offset)
        found = twins.fast.roster.on_duty(minute * MINUTE, offset, away)
        assert found == twins.slow.on_duty(minute, offset, away)


def near(edges: list[int], middle: int, count: int) -> list[int]:
    """Those around the change of the clocks."""
    return sorted(edges, key=lambda edge: abs(edge - middle))[:count]


@settings(max_examples=60, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins(), data=st.data())
def test_twins_agree(twins: Twins, data: st.DataObject) -> None:
    compare(twins, data)


@pytest.mark.slow
@settings(max_examples=700, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins(), data=st.data())
def test_twins_agree_at_length(twins: Twins, data: st.DataObject) -> None:
    compare(twins, data)


@settings(max_examples=60, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins(), data=st.data(), offset=st.integers(0, 1))
def test_shifts_tile_time(twins: Twins, data: st.DataObject, offset: int) -> None:
    """Each begins where the one before ends, none is empty, and inside it nobody else has
    duty."""
    length = (twins.end - twins.start) // timedelta(minutes=1)
    a, b = sorted(data.draw(st.tuples(*[st.integers(0, length)] * 2)))
    start, end = twins.start + timedelta(minutes=a), twins.start + timedelta(minutes=b)
    seen = twins.fast.shifts(start, end, offset)
    if start == end:
        assert seen == ()
        return
    assert (seen[0].start, seen[-1].end) == (start, end)
    assert all(one.end == other.start for one, other in pairwise(seen))
    assert all(one.member != other.member for one, other in pairwise(seen))
    for who, begins, ends in seen:
        first, last = begins.astimezone(UTC), ends.astimezone(UTC) - timedelta(microseconds=1)
        assert first <= last
        within = first + data.draw(st.floats(0, 1)) * (last - first)
        for at in (first, within, last):
            assert twins.fast.on_duty(at, offset) == who


@settings(max_examples=60, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins(), offset=st.integers(0, 2))
def test_watches_tile_time_and_tell_gaps_from_closed_hours(twins: Twins, offset: int) -> None:
    found = list(watches(twins.fast, twins.start, twins.end, offset))
    assert (found[0].start, found[-1].end) == (twins.start, twins.end)
    assert all(one.start < one.end for one in found)
    assert all(before.end == after.start for before, after in pairwise(found))
    for one in found:
        assert (one.kind == "duty") is (one.member is not None)
        start, end = one.start.astimezone(UTC), one.end.astimezone(UTC)
        for at in (start, start + (end - start) / 2, end - MOMENT):
            assert one.member == twins.fast.on_duty(at, offset)
            if one.member is None:
                bounds = twins.fast.calendar
                assert (one.kind == "gap") is (bounds is None or bounds.is_open(at))


@settings(max_examples=60, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins(gapless=True))
def test_without_a_gap_somebody_has_duty_at_any_instant(twins: Twins) -> None:
    assert twins.fast.first_gap(twins.start, twins.end) is None
    assert all(who is not None for who, _, _ in twins.fast.shifts(twins.start, twins.end))


@settings(max_examples=60, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins())
def test_the_first_gap_is_the_first_shift_of_nobody(twins: Twins) -> None:
    seen = twins.fast.shifts(twins.start, twins.end)
    nobody = next(((a, b) for who, a, b in seen if who is None), None)
    if twins.fast.calendar is not None:  # closed hours are no gap
        hours = twins.fast.calendar.intervals(twins.start, twins.end)
        free = [(a, b) for who, a, b in seen if who is None]
        begins = [max(a, o) for a, b in free for o, c in hours if max(a, o) < min(b, c)]
        gap = twins.fast.first_gap(twins.start, twins.end)
        assert (gap and gap[0]) == min(begins, default=None)
        return
    assert twins.fast.first_gap(twins.start, twins.end) == nobody


@settings(max_examples=60, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins(), data=st.data())
def test_nothing_changes_before_the_next_moment(twins: Twins, data: st.DataObject) -> None:
    roster, window = twins.fast.roster, twins.slow.window
    us = data.draw(st.integers(window.start, window.stop - 1)) * MINUTE
    until = roster.next_moment(us)
    assert until > us
    line = roster.in_turn(us)
    for at in range(us, min(until, us + 2 * 86_400_000_000), 30 * MINUTE):
        assert roster.in_turn(at) == line
    assert roster.in_turn(until - 1) == line or until > us + 2 * 86_400_000_000
