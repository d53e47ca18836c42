"""What questions cost, counted and not timed: the same for an hour and for ten years."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from escalate.worktime import Calendar, OutOfYearsError, years
from escalate.worktime.years import YearHours

ZONE = ZoneInfo("Europe/Chisinau")
WRITTEN = {
    "timezone": "Europe/Chisinau",
    "hours": {"mon-fri": ["09:00-13:00", "14:00-18:00"]},
    "holidays": [{"date": f"{month:02}-01"} for month in range(1, 11)],
}
START = datetime(2021, 5, 4, 10, tzinfo=ZONE)
HOUR = timedelta(hours=1)
DECADE = START + timedelta(days=3653)
Done = Counter[tuple[str, str]]


def office() -> Calendar:
    return Calendar.model_validate(WRITTEN)


def done(ask: Callable[[], object]) -> Done:
    """Every function that is called, ours and Python's own."""
    found: Done = Counter()

    def see(frame: Any, event: str, arg: Any) -> None:
        if event == "call":
            found[event, frame.f_code.co_qualname] += 1
        elif event == "c_call":
            found[event, arg.__qualname__] += 1

    sys.setprofile(see)
    try:
        ask()
    finally:
        sys.setprofile(None)
    del found["c_call", "setprofile"]
    return found


def lines(ask: Callable[[], object]) -> int:
    """How many lines are run."""
    count = 0

    def see(frame: Any, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return see

    sys.settrace(see)
    try:
        ask()
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("zone", [ZONE, UTC, ZoneInfo("Asia/Kathmandu")])
def test_a_decade_costs_what_an_hour_costs(zone: Any) -> None:
    calendar = office()
    start, near, far = (at.astimezone(zone) for at in (START, START + HOUR, DECADE))
    decade = calendar.between(start, far)
    assert calendar.add(start, decade) == DECADE
    for one, ten in (
        (lambda: calendar.add(start, HOUR), lambda: calendar.add(start, decade)),
        (lambda: calendar.between(start, near), lambda: calendar.between(start, far)),
    ):
        one(), ten()
        assert done(one) == done(ten)
        assert lines(one) == lines(ten)
        assert sum(done(ten).values()) < 15


def test_so_it_does_in_integers() -> None:
    line = office().timeline()
    hour, start = HOUR // timedelta(microseconds=1), 1_620_000_000_000_000
    decade = line.between(start, start + 3653 * 24 * hour)
    for one, ten in (
        (lambda: line.add(start, hour), lambda: line.add(start, decade)),
        (lambda: line.between(start, start + hour), lambda: line.between(start, start + decade)),
        (lambda: line.is_open(start), lambda: line.is_open(start + decade)),
    ):
        one(), ten()
        assert done(one) == done(ten)
        assert lines(one) == lines(ten)
    asked = done(lambda: line.add(start, decade))
    assert (asked["c_call", "bisect_left"], asked["c_call", "bisect_right"]) == (1, 1)


def test_each_year_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    built: Counter[int] = Counter()
    plain = years.year_hours

    def counting(source: Any, year: int) -> YearHours:
        built[year] += 1
        return plain(source, year)

    monkeypatch.setattr(years, "year_hours", counting)
    calendar = office()
    calendar.add(START, HOUR)
    assert set(built) <= {2020, 2021, 2022}
    for _ in range(3):
        for year in (2026, 2019, 2040, 1999):
            at = datetime(year, 6, 1, 12, tzinfo=ZONE)
            calendar.add(at, HOUR)
            calendar.between(START, at)
            calendar.add_workdays(at, 5)
    assert set(built.values()) == {1}
    assert sorted(built) == list(range(min(built), max(built) + 1))
    assert (min(built), max(built)) in {(1999, 2040), (1998, 2041)}


def test_fifty_years_take_less_than_five_megabytes() -> None:
    warm = office()
    warm.add(START, HOUR)
    gc.collect()
    tracemalloc.start()
    try:
        calendar = office()
        for year in range(1995, 2045):
            for month in range(1, 13):
                at = datetime(year, month, 7, 12, tzinfo=ZONE)
                calendar.add(at, HOUR)
                calendar.between(START, at)
                calendar.skipped(at, at + timedelta(days=20))
                calendar.add_workdays(at, 3)
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert calendar.timeline()._last - calendar.timeline()._first >= 49
    assert 500_000 < kept < 5_000_000


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize("hours", [{"mon-sun": "09:00-17:00"}, {"mon-sun": "00:00-24:00"}])
def test_the_edges_of_the_years(zone: str, hours: dict[str, str]) -> None:
    """The first and the last hours that there are, and an error beyond, never a wrong date."""
    calendar = Calendar.model_validate({"timezone": zone, "hours": hours})
    tz = ZoneInfo(zone)
    first = datetime(1970, 1, 1, 9, tzinfo=tz)
    last = datetime(2199, 12, 31, 16, tzinfo=tz)
    for at in (first, last):
        seen = at if datetime(1970, 1, 1, tzinfo=UTC) <= at else None
        if seen is not None and seen < datetime(2200, 1, 1, tzinfo=UTC):
            assert calendar.is_open(seen)
            assert calendar.next_open(seen) == seen
    begin = max(first, datetime(1970, 1, 1, tzinfo=UTC))
    for ask in (
        lambda: calendar.add(last - timedelta(days=1), timedelta(hours=50)),
        lambda: calendar.add(begin + HOUR, timedelta(hours=-50)),
        lambda: calendar.add_workdays(last - timedelta(days=1), 3),
        lambda: calendar.add_workdays(begin + HOUR, -3),
        lambda: calendar.next_open(datetime(2200, 1, 2, tzinfo=UTC)),
        lambda: calendar.between(begin, datetime(2200, 1, 2, tzinfo=UTC)),
        lambda: calendar.previous_close(datetime(1969, 12, 30, tzinfo=UTC)),
    ):
        with pytest.raises(OutOfYearsError, match="1970 and 2199"):
            ask()
    whole = calendar.between(begin, last)
    assert calendar.add(begin, whole) == last
    assert calendar.add(last, -whole) == calendar.next_open(begin)
