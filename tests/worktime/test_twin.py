"""The fast calendar agrees with one that walks every minute, where clocks change."""

# ruff: noqa: DTZ001 - a clock on the wall has no zone

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.worktime import NEVER, Calendar
from support.slow_calendar import MINUTE, SlowCalendar, Spans, read_clock

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHANGES = [
    ("Europe/Chisinau", "2026-03-29"),
    ("Europe/Chisinau", "2026-10-25"),
    ("Europe/Dublin", "2026-03-29"),  # its winter time is the one that is "saving"
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2007-11-04"),  # the year in which the rules changed
    ("America/Sao_Paulo", "2018-11-04"),  # midnight does not exist
    ("America/Sao_Paulo", "2018-02-18"),  # 23:00 to midnight occurs twice
    ("America/Havana", "2026-11-01"),  # midnight occurs twice
    ("America/St_Johns", "2006-04-02"),  # at one minute past midnight, half-hour offset
    ("Australia/Lord_Howe", "2026-04-05"),  # by half an hour
    ("Pacific/Chatham", "2026-09-27"),  # 45-minute offset, southern
    ("Asia/Kathmandu", "1986-01-01"),  # by a quarter of an hour, for good
    ("Asia/Pyongyang", "2018-05-05"),
    ("Africa/Casablanca", "2026-02-15"),  # Ramadan
    ("Antarctica/Troll", "2026-03-29"),  # by two hours
    ("Pacific/Apia", "2011-12-30"),  # a date that was skipped
    ("Pacific/Kwajalein", "1993-08-21"),  # another
    ("America/Juneau", "1983-10-30"),  # two hours back
    ("Asia/Tehran", "2022-03-22"),
]


@lru_cache(maxsize=64)
def clock(zone: str, start: date) -> tuple[int, list[int]]:
    return read_clock(zone, datetime(start.year, start.month, start.day), 6)


@st.composite
def day_spans(draw: st.DrawFn) -> Spans:
    marks = draw(st.lists(st.integers(0, 96), max_size=6, unique=True).map(sorted))
    near = draw(st.lists(st.integers(0, 16), max_size=2, unique=True).map(sorted))
    marks = sorted({*marks, *near})
    return [(a * 15, b * 15) for a, b in zip(marks[::2], marks[1::2], strict=False)]


@st.composite
def weeks(draw: st.DrawFn) -> list[Spans]:
    week = [draw(day_spans()) for _ in DAYS]
    for i, spans in enumerate(week):
        following = week[(i + 1) % 7]
        until = following[0][0] if following else 1440
        if spans and draw(st.booleans()):
            end = 1440 + draw(st.integers(0, until // 15)) * 15
            spans[-1] = (spans[-1][0], min(end, spans[-1][0] + 1440))
    return week


def text(span: tuple[int, int]) -> str:
    start, end = span
    shown = "24:00" if end == 1440 else f"{end // 60 % 24:02}:{end % 60:02}"
    return f"{start // 60:02}:{start % 60:02}-{shown}"


@st.composite
def twins(draw: st.DrawFn) -> tuple[Calendar, SlowCalendar]:
    zone, change = draw(st.sampled_from(CHANGES))
    around = date.fromisoformat(change)
    week = draw(weeks())
    days = st.integers(-2, 2).map(lambda n: around + timedelta(days=n))
    special = draw(st.dictionaries(days, day_spans(), max_size=2))
    hours = {day: [text(s) for s in spans] for day, spans in zip(DAYS, week, strict=True)}
    holidays = [
        {"date": str(day), "hours": [text(s) for s in spans]} for day, spans in special.items()
    ]
    if not any(week):
        hours["sun"] = "00:00-00:15"
        week[6] = [(0, 15)]
    fast = Calendar.model_validate({"timezone": zone, "hours": hours, "holidays": holidays})
    return fast, SlowCalendar(clock(zone, around - timedelta(days=3)), week, special)


ROUGH = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=100, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins(), data=st.data())
def test_twins_agree(twins: tuple[Calendar, SlowCalendar], data: st.DataObject) -> None:
    compare(twins, data)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins(), data=st.data())
def test_twins_agree_at_length(twins: tuple[Calendar, SlowCalendar], data: st.DataObject) -> None:
    compare(twins, data)


def compare(twins: tuple[Calendar, SlowCalendar], data: st.DataObject) -> None:
    calendar, slow = twins
    fast = calendar.timeline()
    begin, end = slow.window
    assert fast.between(begin, end) == slow.between(begin, end)
    edges = [begin, *(edge for pair in fast.intervals(begin, end) for edge in pair)]
    for _ in range(6):
        near = data.draw(st.sampled_from(edges)) + data.draw(st.integers(-90, 90)) * MINUTE
        us = min(max(near + data.draw(st.sampled_from([-1, 0, 0, 1])), begin), end - 1)
        other = data.draw(st.integers(us, end - 1))
        amount = data.draw(st.integers(0, 40 * 60)) * MINUTE + data.draw(st.integers(0, 1))
        assert fast.is_open(us) == slow.is_open(us)
        assert fast.between(us, other) == slow.between(us, other)
        for answer, expected in (
            (fast.add(us, amount), slow.add(us, amount)),
            (fast.next_open(us), slow.next_open(us)),
            (fast.next_change(us), slow.next_change(us)),
        ):
            assert answer == expected if expected is not None else answer >= end
        closed = slow.previous_close(us)
        assert fast.previous_close(us) == closed if closed is not None else True


def test_intervals_are_the_open_minutes() -> None:
    start = date(2026, 10, 23)
    week: list[Spans] = [[(540, 780), (840, 1080)]] * 5 + [[(1320, 1800)], []]
    slow = SlowCalendar(clock("Europe/Chisinau", start), week, {})
    hours = {"mon-fri": ["09:00-13:00", "14:00-18:00"], "sat": "22:00-06:00"}
    fast = Calendar.model_validate({"timezone": "Europe/Chisinau", "hours": hours}).timeline()
    begin, end = slow.window
    walked, at = [], begin
    while (opening := slow.next_open(at)) is not None:
        at = slow.next_change(opening) or end
        walked.append((opening, at))
    assert list(fast.intervals(begin, end)) == walked
    night = next((a, b) for a, b in walked if b - a > 8 * 60 * MINUTE)
    assert night[1] - night[0] == 9 * 60 * MINUTE
    assert fast.next_change(end) != NEVER
