"""Calendars drawn at random, each with the slow twin that walks its minutes."""

# ruff: noqa: DTZ001 - a clock on the wall has no zone

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from escalate.worktime import Calendar, Timeline
from support.slow_calendar import MINUTE, SlowCalendar, Spans, read_clock

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = (
    "Europe/Chisinau",
    "Europe/Dublin",  # its winter time is the one that is "saving"
    "Europe/Istanbul",  # went over to summer time for good
    "Europe/Moscow",  # changed its offset and its mind
    "America/New_York",  # new rules in 1987 and 2007
    "America/Sao_Paulo",  # southern, at midnight, given up in 2019
    "America/Havana",  # midnight occurs twice
    "America/St_Johns",  # half an hour, and for years at a minute past midnight
    "America/Juneau",  # two hours back in 1983
    "America/Caracas",  # by half an hour and back
    "Africa/Casablanca",  # four times a year, around Ramadan
    "Africa/Cairo",  # given up and taken up again
    "Antarctica/Troll",  # by two hours
    "Asia/Tehran",  # half an hour, by another calendar, given up in 2022
    "Asia/Kathmandu",  # by a quarter of an hour, for good
    "Asia/Pyongyang",  # by half an hour and back
    "Asia/Gaza",  # at many times of day
    "Australia/Lord_Howe",  # changes by half an hour
    "Pacific/Chatham",  # 45-minute offset, southern
    "Pacific/Apia",  # skipped 30 December 2011
    "Pacific/Kwajalein",  # skipped 21 August 1993
    "Pacific/Norfolk",  # took summer time up in 2019
)


@lru_cache(maxsize=32)
def changes(zone: str) -> tuple[date, ...]:
    """The days, of UTC, on which the clocks of a zone changed or will, 1970 to 2030."""
    tz, found = ZoneInfo(zone), []
    at = datetime(1970, 1, 1, tzinfo=UTC)
    before = at.astimezone(tz).utcoffset()
    while at.year <= 2030:
        at += timedelta(days=1)
        after = at.astimezone(tz).utcoffset()
        if after != before:
            found.append(at.date() - timedelta(days=1))
        before = after
    return tuple(found)


@lru_cache(maxsize=64)
def clock(zone: str, start: date) -> tuple[int, list[int]]:
    """The minutes of six days."""
    return read_clock(zone, datetime(start.year, start.month, start.day), 6)


@st.composite
def day_spans(draw: st.DrawFn) -> Spans:
    """The hours of a day, in quarters; more of them where clocks change."""
    marks = draw(st.lists(st.integers(0, 96), max_size=6, unique=True).map(sorted))
    near = draw(st.lists(st.integers(0, 16), max_size=2, unique=True).map(sorted))
    marks = sorted({*marks, *near})
    return [(a * 15, b * 15) for a, b in zip(marks[::2], marks[1::2], strict=False)]


@st.composite
def weeks(draw: st.DrawFn) -> list[Spans]:
    """The hours of a week, some of them into the next day."""
    week = [draw(day_spans()) for _ in DAYS]
    for i, spans in enumerate(week):
        following = week[(i + 1) % 7]
        until = following[0][0] if following else 1440
        if spans and draw(st.booleans()):
            end = 1440 + draw(st.integers(0, until // 15)) * 15
            spans[-1] = (spans[-1][0], min(end, spans[-1][0] + 1440))
    if not any(week):
        week[6] = [(0, 15)]
    return week


def text(span: tuple[int, int]) -> str:
    """An interval as authors write it."""
    start, end = span
    shown = "24:00" if end == 1440 else f"{end // 60 % 24:02}:{end % 60:02}"
    return f"{start // 60:02}:{start % 60:02}-{shown}"


Twins = tuple[Calendar, SlowCalendar]


@st.composite
def twins_around(draw: st.DrawFn, zone: str, change: date) -> Twins:
    """A calendar and its twin, which knows the days around a change of the clocks."""
    week = draw(weeks())
    days = st.integers(-2, 2).map(lambda n: change + timedelta(days=n))
    special = draw(st.dictionaries(days, day_spans(), max_size=2))
    hours = {day: [text(s) for s in spans] for day, spans in zip(DAYS, week, strict=True)}
    holidays = [
        {"date": str(day), "hours": [text(s) for s in spans]} for day, spans in special.items()
    ]
    fast = Calendar.model_validate({"timezone": zone, "hours": hours, "holidays": holidays})
    return fast, SlowCalendar(clock(zone, change - timedelta(days=3)), week, special)


@st.composite
def twins(draw: st.DrawFn) -> Twins:
    """The same around any change of any of the zones."""
    zone = draw(st.sampled_from(ZONES))
    return draw(twins_around(zone, draw(st.sampled_from(changes(zone)))))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Twins, Twins]:
    """Two calendars around the same change."""
    zone = draw(st.sampled_from(ZONES))
    change = draw(st.sampled_from(changes(zone)))
    return draw(twins_around(zone, change)), draw(twins_around(zone, change))


def compare(fast: Timeline, slow: SlowCalendar, draw: Any, beyond: bool = True) -> None:
    """Questions at random instants near openings and closings, to both; ``beyond`` also
    those whose answer lies where the twin cannot see."""
    begin, end = slow.window
    assert fast.between(begin, end) == slow.between(begin, end)
    edges = [begin, *(edge for pair in fast.intervals(begin, end) for edge in pair)]
    for _ in range(6):
        near = draw(st.sampled_from(edges)) + draw(st.integers(-90, 90)) * MINUTE
        us = min(max(near + draw(st.sampled_from([-1, 0, 0, 1])), begin), end - 1)
        other = draw(st.integers(us, end - 1))
        amount = draw(st.integers(0, 40 * 60)) * MINUTE + draw(st.integers(0, 1))
        assert fast.is_open(us) == slow.is_open(us)
        assert fast.between(us, other) == slow.between(us, other)
        for ask, expected, given in (
            (fast.add, slow.add(us, amount), (us, amount)),
            (fast.next_open, slow.next_open(us), (us,)),
            (fast.next_change, slow.next_change(us), (us,)),
        ):
            if expected is not None:
                assert ask(*given) == expected
            elif beyond:
                assert ask(*given) >= end
        closed = slow.previous_close(us)
        assert fast.previous_close(us) == closed if closed is not None else True
