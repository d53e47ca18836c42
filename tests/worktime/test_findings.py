"""What is said of calendars that are written wrongly: kind, place and words."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from escalate.worktime import Calendar
from escalate.worktime import country as country_module

OFFICE = {"mon-fri": "09:00-17:00"}


def findings(written: Any) -> list[tuple[str, tuple[Any, ...], str]]:
    with pytest.raises(ValidationError) as raised:
        Calendar.model_validate(written)
    return [(e["type"], e["loc"], e["msg"]) for e in raised.value.errors()]


HOURS = [
    ({"mond": "09:00-17:00"}, "day", ("mond",), "did you mean `mon`?"),
    ({"mon-frei": "09:00-17:00"}, "day", ("mon-frei",), "did you mean `fri`?"),
    ({"x": "09:00-17:00"}, "day", ("x",), "days are `mon` to `sun`"),
    ({"mon": "9-17"}, "hours", ("mon",), "`9-17` is no interval of hours"),
    ({"mon": "24:00-09:00"}, "hours", ("mon",), "`24:00-09:00`"),
    ({"mon": "09:00-24:30"}, "hours", ("mon",), "`09:00-24:30`"),
    ({"mon": ["09:00-10:00", 5]}, "hours", ("mon", 1), "`5` is no interval"),
    ({"mon": None}, "hours", ("mon",), "nothing is no interval"),
    (5, "hours", (), "write `always`"),
    ("sometimes", "hours", (), "`sometimes` are no hours"),
    ({"mon-wed": "09:00-10:00", "tue": "11:00-12:00"}, "day_twice", ("tue",), "`mon-wed`"),
    ({"sat-mon": "09:00-10:00", "mon": "11:00-12:00"}, "day_twice", ("mon",), "`sat-mon`"),
    (
        {"mon": ["09:00-12:00", "11:00-13:00"]},
        "hours_overlap",
        ("mon", 1),
        "mon `09:00-12:00` and mon `11:00-13:00` overlap",
    ),
    (
        {"mon": "22:00-06:00", "tue": "05:00-09:00"},
        "hours_overlap",
        ("tue",),
        "mon `22:00-06:00` and tue `05:00-09:00` overlap",
    ),
    (
        {"sun": "22:00-06:00", "mon": "05:00-09:00"},
        "hours_overlap",
        ("mon",),
        "sun `22:00-06:00` and mon `05:00-09:00` overlap",
    ),
    ({"mon-sun": ["09:00-09:00", "10:00-11:00"]}, "hours_overlap", ("mon-sun", 1), "overlap"),
    ({}, "never_open", (), "never open"),
    ({"mon": []}, "never_open", (), "never open"),
]


@pytest.mark.parametrize(("hours", "kind", "where", "said"), HOURS)
def test_hours(hours: Any, kind: str, where: tuple[Any, ...], said: str) -> None:
    found = findings({"hours": hours})
    assert found[0][:2] == (kind, ("hours", *where))
    assert said in found[0][2]


HOLIDAYS = [
    ({"date": "2026-02-30"}, "date", ("date",), "there is no date `2026-02-30`"),
    ({"date": "02-30"}, "date", ("date",), "month-day"),
    ({"date": "24.12.2026"}, "holiday", ("date",), "write it as `2026-12-24`"),
    ({"date": "1066-10-14"}, "date", ("date",), "between 1970 and 2199"),
    ({"date": 5}, "holiday", ("date",), "`5` is not a date"),
    ({"from": "2026-01-05", "to": "2026-01-04"}, "date", ("to",), "is before `2026-01-05`"),
    ({"from": "2026-01-05"}, "missing", ("to",), ""),
    ({"date": "2026-01-05", "hours": "9-12"}, "hours", ("hours",), "`9-12`"),
    (
        {"date": "2026-01-05", "hours": ["09:00-12:00", "11:00-13:00"]},
        "hours_overlap",
        ("hours", 1),
        "overlap",
    ),
    ({"easter": "late"}, "holiday", ("easter",), "write `western` or `orthodox`"),
    ({"easter": "western", "offset": 400}, "less_than_equal", ("offset",), ""),
    ({"rrule": "FREQ=HOURLY"}, "rrule", ("rrule",), "must say `FREQ=`"),
    ({"rrule": "every monday"}, "rrule", ("rrule",), "is no part of a rule"),
    ({"rrule": "FREQ=YEARLY;FREQ=DAILY"}, "rrule", ("rrule",), "written twice"),
    ({"rrule": "FREQ=YEARLY;BYMONTH=5"}, "rrule", ("rrule",), "does not say which day"),
    ({"rrule": "FREQ=DAILY;INTERVAL=3"}, "rrule", ("rrule",), "add `starts: 2026-01-01`"),
    ({"rrule": "FREQ=YEARLY;BYMONTH=x;BYDAY=MO"}, "rrule", ("rrule",), "not a rule of dates"),
    ({"rrule": "FREQ=YEARLY;BYDAY=MO;UNTIL=soon"}, "rrule", ("rrule",), "`UNTIL=20261231`"),
    ({"rrule": "FREQ=DAILY;INTERVAL=0", "starts": "2026-01-01"}, "rrule", ("rrule",), "at least 1"),
    ({"rrule": "FREQ=DAILY;INTERVAL=-1", "starts": "2026-01-01"}, "rrule", ("rrule",), "at least"),
    ({"rrule": "FREQ=DAILY;COUNT=0", "starts": "2026-01-01"}, "rrule", ("rrule",), "at least 1"),
    ({"rrule": "FREQ=DAILY;BYDAY=MO;BYSETPOS=2"}, "rrule", ("rrule",), "never falls"),
    ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rrule", ("rrule",), "never falls"),
    ({"rrule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, "rrule", ("rrule",), "never falls"),
    ({"rrule": "FREQ=YEARLY;BYMONTHDAY=1;UNTIL=19690101"}, "rrule", ("rrule",), "never falls"),
    ({"country": "md"}, "country", ("country",), "did you mean `MD`?"),
    ({"country": "Atlantis"}, "country", ("country",), "write its two letters"),
    ({"country": "DE", "subdivision": "BYY"}, "country", ("subdivision",), "did you mean `BY`?"),
    ({"name": "Nameless"}, "holiday", (), "nothing says when this holiday is"),
    ({"date": "12-25", "country": "MD"}, "holiday", (), "`date` and `country` both say when"),
    ("2026-12-25", "holiday", (), "`2026-12-25` is no holiday"),
]


@pytest.mark.parametrize(("entry", "kind", "where", "said"), HOLIDAYS)
def test_holidays(entry: Any, kind: str, where: tuple[Any, ...], said: str) -> None:
    found = findings({"hours": OFFICE, "holidays": [{"date": "12-25"}, entry]})
    assert [f[:2] for f in found] == [(kind, ("holidays", 1, *where))]
    assert said in found[0][2]


ENTRIES = [
    {"date": "12-25"},
    {"from": "2026-01-01", "to": "2026-01-02"},
    {"rrule": "FREQ=YEARLY;BYYEARDAY=1"},
    {"easter": "western"},
    {"country": "MD"},
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: next(iter(e)))
def test_every_kind_of_entry_is_closed(entry: dict[str, Any]) -> None:
    Calendar.model_validate({"hours": OFFICE, "holidays": [entry]})
    found = findings({"hours": OFFICE, "holidays": [{**entry, "additional": 1}]})
    assert [f[:2] for f in found] == [("extra_forbidden", ("holidays", 0, "additional"))]


def test_the_calendar_is_closed() -> None:
    found = findings({"hours": OFFICE, "holyday": []})
    assert found[0][:2] == ("extra_forbidden", ("holyday",))


def test_all_is_told_at_once() -> None:
    found = findings(
        {
            "timezone": "Europe/Chisinow",
            "hours": {"mond": "09:00-10:00", "tue": "x"},
            "holidays": [{"date": "2026-02-30"}, {"country": "XX"}],
        }
    )
    assert [kind for kind, _, _ in found] == ["zone", "day", "hours", "date", "country"]


def test_always_has_no_holidays() -> None:
    found = findings({"hours": "always", "holidays": [{"date": "12-25"}]})
    assert found[0][:2] == ("never_closes", ("hours",))


def test_holidays_on_every_day_are_found() -> None:
    daily = {"rrule": "FREQ=DAILY;INTERVAL=1", "starts": "1970-01-01"}
    found = findings({"hours": OFFICE, "holidays": [daily]})
    assert found[0][:2] == ("never_open", ("hours",))


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "holidays", None)
    country_module._countries.cache_clear()
    country_module.check_country.cache_clear()
    try:
        found = findings({"hours": OFFICE, "holidays": [{"country": "MD"}]})
    finally:
        country_module.check_country.cache_clear()
    assert found[0][:2] == ("extra_missing", ("holidays", 0, "country"))
    assert "pip install 'escalate[holidays]'" in found[0][2]
