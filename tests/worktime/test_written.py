"""A calendar says itself in the words that make it, and is read back from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from escalate.worktime import Calendar

HOLIDAYS: dict[str, dict[str, Any]] = {
    "a date": {"date": "2026-12-24", "hours": ["09:00-12:00"], "beats_holidays": True},
    "a yearly date": {"date": "12-25", "name": "Christmas"},
    "a range": {"from": "2026-08-03", "to": "2026-08-14", "name": "Summer"},
    "a rule": {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "starts": "2026-11-06"},
    "easter": {"easter": "orthodox", "offset": 1},
    "a country": {"country": "DE", "subdivision": "BY"},
    "a file": {"ical": "closed.ics", "name": "Closed"},
}
FILE = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261116
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed.ics").write_text(FILE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def calendar_of(*names: str) -> Calendar:
    return Calendar.model_validate(
        {
            "timezone": "Europe/Berlin",
            "hours": {"mon-thu": ["09:00-12:00", "13:00-17:00"], "fri": "09:00-24:00"},
            "holidays": [HOLIDAYS[name] for name in names],
        }
    )


@pytest.mark.parametrize("name", HOLIDAYS)
@pytest.mark.usefixtures("closed")
def test_what_it_says_of_itself_makes_it(name: str) -> None:
    calendar = calendar_of(name)
    assert eval(repr(calendar)) == calendar
    assert calendar.holidays[0].written() == HOLIDAYS[name]
    for dumped in (
        calendar.model_dump(by_alias=True),
        calendar.model_dump(by_alias=True, mode="json"),
        calendar.model_dump(by_alias=True, exclude_none=True),
    ):
        assert Calendar.model_validate(dumped) == calendar
    assert Calendar.model_validate_json(calendar.model_dump_json(by_alias=True)) == calendar


def test_it_says_no_more_than_its_author() -> None:
    assert repr(calendar_of("a yearly date")) == (
        "Calendar(timezone='Europe/Berlin', hours={'mon-thu': ['09:00-12:00', '13:00-17:00'], "
        "'fri': ['09:00-24:00']}, holidays=[{'date': '12-25', 'name': 'Christmas'}])"
    )
    assert repr(Calendar.always()) == "Calendar(hours='always')"


def test_combined_calendars_say_both() -> None:
    both = Calendar.always("UTC") | Calendar(hours={"sun-mon": "22:00-06:00"})
    assert repr(both) == (
        "Combined(how='or', one=Calendar(timezone='UTC', hours='always'), "
        "other=Calendar(hours={'mon': ['22:00-06:00'], 'sun': ['22:00-06:00']}))"
    )
