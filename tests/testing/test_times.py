"""Times as people write them, read and written back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.testing.times import TimeError, Times, looks_like_a_time
from escalate.worktime.zone import from_us, to_us

PARIS = Times("Europe/Paris", date(2026, 11, 10))  # a Tuesday
BASE = "2026-11-10T09:00:00+01:00"


def us(iso: str) -> int:
    return to_us(datetime.fromisoformat(iso))


READ = [
    # What is written, what it is told from, and the instant.
    ("09:15", BASE, "2026-11-10T09:15:00+01:00"),
    ("9:15", BASE, "2026-11-10T09:15:00+01:00"),
    ("09:15:30", BASE, "2026-11-10T09:15:30+01:00"),
    ("08:00", BASE, "2026-11-10T08:00:00+01:00"),
    ("09:15", "2026-11-12T16:00:00+01:00", "2026-11-12T09:15:00+01:00"),
    ("09:15", None, "2026-11-10T09:15:00+01:00"),
    ("now", BASE, BASE),
    ("+15m", BASE, "2026-11-10T09:15:00+01:00"),
    ("+1h30m", BASE, "2026-11-10T10:30:00+01:00"),
    ("+2d", BASE, "2026-11-12T09:00:00+01:00"),
    ("+1d 09:00", BASE, "2026-11-11T09:00:00+01:00"),
    ("+0d 17:00", BASE, "2026-11-10T17:00:00+01:00"),
    ("tue 09:30", BASE, "2026-11-10T09:30:00+01:00"),
    ("tue 09:00", BASE, "2026-11-17T09:00:00+01:00"),
    ("tue 08:00", BASE, "2026-11-17T08:00:00+01:00"),
    ("mon 09:00", BASE, "2026-11-16T09:00:00+01:00"),
    ("tue 09:00", None, "2026-11-10T09:00:00+01:00"),
    ("2026-11-20 09:15", BASE, "2026-11-20T09:15:00+01:00"),
    ("2026-11-20T09:15", BASE, "2026-11-20T09:15:00+01:00"),
    ("2026-07-20 9:15", BASE, "2026-07-20T09:15:00+02:00"),
    ("2026-11-20T09:15:00+05:30", BASE, "2026-11-20T09:15:00+05:30"),
    ("2026-11-20T09:15:00Z", None, "2026-11-20T09:15:00+00:00"),
    # A day of clocks being set: +1d is a day of 24 hours, +1d 09:00 is tomorrow's nine.
    ("+1d", "2026-10-24T09:00:00+02:00", "2026-10-25T08:00:00+01:00"),
    ("+1d 09:00", "2026-10-24T09:00:00+02:00", "2026-10-25T09:00:00+01:00"),
    ("02:30", "2026-03-29T09:00:00+02:00", "2026-03-29T03:00:00+02:00"),  # does not exist
    ("02:30", "2026-10-25T09:00:00+01:00", "2026-10-25T02:30:00+02:00"),  # twice: the first
]


@pytest.mark.parametrize(("written", "base", "instant"), READ)
def test_read(written: str, base: str | None, instant: str) -> None:
    assert PARIS.read(written, None if base is None else us(base)) == us(instant)


def test_a_weekday_may_be_at_once_where_that_is_meant() -> None:
    assert PARIS.read("tue 09:00", us(BASE), at_once=True) == us(BASE)


WRONG = {
    "": "ESC966",
    "9": "ESC966",
    "9 o'clock": "ESC966",
    "24:00": "ESC966",
    "09:60": "ESC966",
    "9.15": "ESC966",
    "+15": "ESC966",
    "+15m30h": "ESC966",
    "-15m": "ESC966",
    "+2 workdays": "ESC966",
    "tuesday 09:00": "ESC966",
    "2026-11-10": "ESC966",
    "2026-02-30 09:00": "ESC966",
    "2026-11-10T09:00:00+25:00": "ESC966",
    "1969-11-10 09:00": "ESC966",
    "+99999999999d 09:00": "ESC966",
    "+199y": "ESC966",
}


@pytest.mark.parametrize("written", WRONG)
def test_no_time(written: str) -> None:
    with pytest.raises(TimeError) as wrong:
        PARIS.read(written, us(BASE))
    assert wrong.value.code == WRONG[written]


@pytest.mark.parametrize("written", ["+15m", "+1d 09:00", "now"])
def test_nothing_stands_before(written: str) -> None:
    with pytest.raises(TimeError) as wrong:
        PARIS.read(written, None)
    assert wrong.value.code == "ESC967"


@pytest.mark.parametrize("written", ["09:15", "tue 09:00"])
def test_no_day(written: str) -> None:
    with pytest.raises(TimeError) as wrong:
        Times("Europe/Paris").read(written, None)
    assert wrong.value.code == "ESC967"


LIKE = [
    ("09:15", "2026-11-10T10:30:00+01:00", "10:30"),
    ("09:15", "2026-11-11T10:30:00+01:00", "2026-11-11 10:30"),
    ("09:15", "2026-11-10T10:30:05+01:00", "10:30:05"),
    ("+15m", "2026-11-10T10:30:00+01:00", "+1h30m"),
    ("+15m", "2026-11-10T08:30:00+01:00", "08:30"),  # earlier
    ("tue 10:00", "2026-11-12T10:30:00+01:00", "thu 10:30"),
    ("tue 10:00", "2026-12-12T10:30:00+01:00", "2026-12-12 10:30"),
    ("2026-11-20 09:15", "2026-11-10T10:30:00+01:00", "2026-11-10 10:30"),
    ("2026-11-20T09:15:00+01:00", "2026-11-10T10:30:00+01:00", "2026-11-10T10:30:00+01:00"),
    ("+1d 09:00", "2026-11-11T10:30:00+01:00", "2026-11-11 10:30"),
    ("now", BASE, "now"),
    ("09:15", "2026-11-10T10:30:00.500000+01:00", "2026-11-10 10:30:00.500000"),
]


@pytest.mark.parametrize(("written", "instant", "said"), LIKE)
def test_written_in_the_same_form(written: str, instant: str, said: str) -> None:
    assert PARIS.like(us(instant), written, us(BASE)) == said


ZONES = st.sampled_from(["UTC", "Europe/Paris", "America/New_York", "Asia/Kathmandu"])
INSTANTS = st.integers(us("2026-01-01T00:00:00Z") // 500_000, us("2027-12-31T00:00:00Z") // 500_000)


@given(ZONES, INSTANTS, INSTANTS, st.sampled_from([written for written, _, _ in LIKE]))
def test_what_is_written_is_read_as_what_it_was(
    zone: str, instant: int, base: int, written: str
) -> None:
    times = Times(zone)
    instant, base = instant * 500_000, base * 500_000
    said = times.like(instant, written, base)
    assert looks_like_a_time(said)
    assert times.read(said, base) == instant
    assert times.read(times.shown(instant, base), base) == instant
    assert times.read(times.shown(instant), None) == instant


def test_the_hour_that_comes_twice_is_not_mistaken() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # half past two, for the second time
    said = PARIS.shown(to_us(second), to_us(second - timedelta(hours=5)))
    assert from_us(PARIS.read(said, None)) == second
