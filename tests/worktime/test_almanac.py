"""A year of a calendar, against what the calendar and the zone say themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from escalate.worktime import Calendar
from escalate.worktime.almanac import months_of

OFFICE = {"mon-fri": ["09:00-13:00", "14:00-18:00"], "sat": "22:00-06:00"}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUARTER, ONE_DAY = timedelta(minutes=15), timedelta(days=1)
CASES = [
    ("Europe/Chisinau", 2026, OFFICE),
    ("America/Sao_Paulo", 2018, {"sun": "00:00-08:00", "mon-fri": "09:00-17:00"}),
    ("Australia/Lord_Howe", 2026, {"mon-sun": "22:00-06:00"}),
    ("Pacific/Apia", 2011, {"mon-sun": "00:00-24:00"}),
    ("Africa/Casablanca", 2026, OFFICE),
    ("Antarctica/Troll", 2026, OFFICE),
    ("Asia/Tokyo", 1970, OFFICE),
    ("America/New_York", 2199, OFFICE),
    ("Europe/Paris", 2026, "always"),
]


def made(zone: str, hours: object) -> Calendar:
    holidays = [] if hours == "always" else [{"date": "12-25"}, {"easter": "western"}]
    return Calendar.model_validate({"timezone": zone, "hours": hours, "holidays": holidays})


@pytest.mark.parametrize(("zone", "year", "hours"), CASES)
def test_months_are_the_calendar_s_own_intervals(zone: str, year: int, hours: object) -> None:
    calendar = made(zone, hours)
    tz = ZoneInfo(zone)
    months = months_of(calendar, year)
    assert [month.first for month in months] == [date(year, n, 1) for n in range(1, 13)]
    for n, month in enumerate(months, 1):
        begin = datetime(year, n, 1, tzinfo=tz)
        end = datetime(year + n // 12, n % 12 + 1, 1, tzinfo=tz)
        if begin.astimezone(UTC).year < 1970 or end.astimezone(UTC).year > 2199:
            continue  # of which a calendar is not asked
        found = calendar.intervals(begin, end)
        lasted = sum((b.astimezone(UTC) - a.astimezone(UTC) for a, b in found), timedelta())
        assert month.open == lasted


@pytest.mark.parametrize(("zone", "year", "hours"), CASES)
def test_days_are_those_on_which_hours_begin(zone: str, year: int, hours: object) -> None:
    for month in months_of(made(zone, hours), year):
        days = (month.first + timedelta(days=n) for n in range(31))
        own = [day for day in days if day.month == month.first.month]
        special = {one.day: one.hours for one in month.special}
        skipped = {change.wall.date() for change in month.changes if change.by >= ONE_DAY}
        week = Calendar.model_validate({"hours": hours}).hours.plain()
        usual = dict.fromkeys(DAYS, True) if week == "always" else week
        opened = [day for day in own if special.get(day, usual.get(DAYS[day.weekday()]))]
        assert month.days == len(set(opened) - skipped)


@pytest.mark.parametrize(("zone", "year", "hours"), CASES)
def test_changes_of_the_clocks_are_those_of_the_zone(zone: str, year: int, hours: object) -> None:
    tz = ZoneInfo(zone)
    at, end = (datetime(y, 1, 1, tzinfo=tz).astimezone(UTC) for y in (year, year + 1))
    walked = []
    while at < end:
        before, after = at.astimezone(tz).utcoffset(), (at + QUARTER).astimezone(tz).utcoffset()
        if before != after:
            walked.append((at + QUARTER, after - before))
        at += QUARTER
    changes = [one for month in months_of(made(zone, hours), year) for one in month.changes]
    assert [(one.at.astimezone(UTC), one.by) for one in changes] == walked
    for one in changes:
        assert one.at.replace(tzinfo=None) - one.wall == one.by


def test_hours_that_a_change_falls_into() -> None:
    months = months_of(made("Europe/Chisinau", OFFICE), 2026)
    spring, autumn = months[2].changes[0], months[9].changes[0]
    for change, lasts in ((spring, 7), (autumn, 9)):
        opens, closes = change.within
        assert closes.astimezone(UTC) - opens.astimezone(UTC) == timedelta(hours=lasts)
    assert months_of(made("Europe/Chisinau", {"mon-fri": "09:00-17:00"}), 2026)[2].changes[
        0
    ].within is (None)


def test_where_a_holiday_comes_from() -> None:
    calendar = Calendar.model_validate(
        {
            "timezone": "Europe/Berlin",
            "hours": {"mon-fri": "09:00-17:00"},
            "holidays": [
                {"date": "2026-12-24", "hours": "09:00-12:00", "name": "Christmas Eve"},
                {"country": "DE", "subdivision": "BY"},
                {"from": "2026-12-24", "to": "2026-12-27", "name": "Closed"},
                {"easter": "western", "offset": -2, "name": "Good Friday"},
                {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "starts": "2026-12-04"},
            ],
        }
    )
    found = {
        str(one.day): (one.source, one.entry, one.also, one.hours, one.usual)
        for month in months_of(calendar, 2026)
        for one in month.special
    }
    country, closed = "country: DE, subdivision: BY", "from: 2026-12-24, to: 2026-12-27"
    day = ("09:00-17:00",)
    # Being closed beats other hours, and both are told.
    assert found["2026-12-24"] == (closed, 2, ("date: 2026-12-24",), (), day)
    assert found["2026-12-25"] == (country, 1, (closed,), (), day)
    assert found["2026-12-27"] == (closed, 2, (), (), ())
    assert found["2026-04-03"] == (country, 1, ("easter: western, offset: -2",), (), day)
    rule = "rrule: FREQ=WEEKLY;INTERVAL=2;BYDAY=FR, starts: 2026-12-04"
    assert found["2026-12-18"] == (rule, 4, (), (), day)
    assert "2026-12-11" not in found
