"""The ends of time, threads, copies."""

# ruff: noqa: DTZ001 - a clock on the wall has no zone

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest

from escalate.worktime import NEVER, Calendar, OutOfYearsError, to_us

HOUR = 3_600_000_000
OFFICE = {"mon-fri": "09:00-17:00"}


def office(**more: object) -> Calendar:
    return Calendar.model_validate({"timezone": "Europe/Chisinau", "hours": OFFICE, **more})


def us(text: str) -> int:
    return to_us(datetime.fromisoformat(text).replace(tzinfo=UTC))


def test_past_the_years_is_never() -> None:
    line = office().timeline()
    late = us("2199-12-31T20:00")
    assert line.add(late, HOUR) == NEVER
    assert line.add(us("2026-01-01"), 3000 * 365 * 24 * HOUR) == NEVER
    assert line.next_open(late) == line.next_close(late) == line.next_change(late) == NEVER
    assert line.add_workdays(us("2199-12-31T10:00"), 1) == NEVER
    assert line.position(NEVER) == line.position(late)
    assert line.add(NEVER, HOUR) == NEVER
    assert not line.is_open(NEVER)
    assert line.previous_close(us("1970-01-01T00:00")) == -NEVER
    assert line.position(-NEVER) == line.position(0)
    assert line.add(us("1970-01-05T12:00"), -1000 * HOUR) == -NEVER
    assert line.add_workdays(us("1970-01-02T10:00"), -5) == -NEVER


def test_open_through_the_last_second_never_closes() -> None:
    line = Calendar.model_validate({"hours": {"mon-sun": "00:00-24:00"}}).timeline()
    assert line.next_close(us("2199-06-01")) == NEVER
    assert line.next_change(us("2026-06-01")) == NEVER
    assert not line.always


def test_always() -> None:
    line = Calendar.always().timeline("Asia/Tokyo")
    assert line.always
    assert line.zone == "Asia/Tokyo"
    assert line.position(5) == line.instant(5) == line.next_open(5) == line.add(5, 0) == 5
    assert line.between(5, 9) == 4
    assert line.next_close(5) == line.next_change(5) == NEVER
    assert line.is_open(5)
    assert line.intervals(5, 9) == ((5, 9),)
    assert line.skipped(5, 9) == ()
    assert line.add(us("2199-12-31"), 48 * HOUR) == NEVER
    with pytest.raises(ValueError, match="never closes"):
        line.add_workdays(5, 1)


def test_threads_see_one_and_the_same_time() -> None:
    instants = [us(f"{year}-06-0{day}T12:00") for year in range(1990, 2080, 5) for day in (1, 5)]
    expected = office().timeline()
    base = expected.position(us("2026-01-01"))
    known = [expected.position(at) - base for at in instants]
    for _ in range(3):
        line = office().timeline()
        start = line.position(us("2026-01-01"))
        with ThreadPoolExecutor(8) as pool:
            orders = [instants[i::8] + instants[:i] for i in range(8)]
            answers = pool.map(lambda order, line=line: [line.position(a) for a in order], orders)
        for order, positions in zip(orders, answers, strict=True):
            wanted = [known[instants.index(at)] for at in order]
            assert [p - start for p in positions] == wanted


def test_only_the_years_needed_are_built() -> None:
    line = office().timeline()
    line.position(us("2026-06-01"))
    assert line._last - line._first == 0
    line.position(us("2030-06-01"))
    assert (line._first, line._last) == (2026, 2030)


def test_one_timeline_for_a_zone() -> None:
    calendar = Calendar.model_validate({"hours": OFFICE})
    assert calendar.timeline("Europe/Berlin") is calendar.timeline("Europe/Berlin")
    assert calendar.timeline("Europe/Berlin").zone == "Europe/Berlin"
    assert office().timeline("Europe/Berlin").zone == "Europe/Chisinau"


def test_copies_and_pickles() -> None:
    calendar = office(holidays=[{"date": "12-25"}, {"rrule": "FREQ=YEARLY;BYYEARDAY=1"}])
    start = datetime(2026, 12, 24, 16, tzinfo=UTC)
    due = calendar.add(start, timedelta(hours=3))
    for other in (pickle.loads(pickle.dumps(calendar)), copy.copy(calendar)):
        assert other == calendar
        assert hash(other) == hash(calendar)
        assert other.add(start, timedelta(hours=3)) == due
    moved = calendar.model_copy(update={"timezone": "Asia/Tokyo"})
    assert moved.timeline().zone == "Asia/Tokyo"
    written = calendar.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert Calendar.model_validate(written) == calendar
    line = pickle.loads(pickle.dumps(calendar.timeline()))
    assert line.add(to_us(start), HOUR) == calendar.timeline().add(to_us(start), HOUR)


def test_the_door_takes_aware_instants_alone() -> None:
    calendar = office()
    with pytest.raises(ValueError, match="has no offset from UTC"):
        calendar.add(datetime(2026, 1, 5), timedelta(hours=1))
    for year in (1969, 2200):
        with pytest.raises(OutOfYearsError, match="does not lie between 1970 and 2199"):
            calendar.is_open(datetime(year, 6, 1, tzinfo=UTC))
    with pytest.raises(OutOfYearsError, match="the answer does not lie between 1970 and 2199"):
        calendar.add(datetime(2199, 12, 30, tzinfo=UTC), timedelta(days=300))


def test_results_are_in_the_calendar_s_zone() -> None:
    calendar = office()
    start = datetime(2026, 1, 5, 3, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert calendar.add(start, timedelta(hours=1)).isoformat() == "2026-01-05T11:00:00+02:00"
    assert calendar.add(start, timedelta(hours=-1)).isoformat() == "2026-01-05T09:00:00+02:00"
    (only,) = calendar.intervals(start, start + timedelta(hours=1))
    assert [at.isoformat() for at in only] == [
        "2026-01-05T10:00:00+02:00",
        "2026-01-05T11:00:00+02:00",
    ]
    assert calendar.between(start + timedelta(hours=2), start) == timedelta(hours=-2)
    assert calendar.next_close(start) == datetime(2026, 1, 5, 15, tzinfo=UTC)
    assert Calendar.always().next_close(start) is None
    assert Calendar.always().previous_close(start) is None
