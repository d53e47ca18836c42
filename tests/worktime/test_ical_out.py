"""What is written as iCalendar, read back by the library and by our own reader."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.errors import MissingExtraError
from escalate.worktime import Calendar, Layer, Rotation
from escalate.worktime.ical_file import read_events
from escalate.worktime.ical_out import Entry, duty_entries, hours_entries, write_ical
from escalate.worktime.watch import watches
from support.calendar_twins import Twins, twins

CHISINAU = ZoneInfo("Europe/Chisinau")
START, END = (datetime(year, 1, 1, tzinfo=CHISINAU) for year in (2026, 2027))
OFFICE = Calendar.model_validate(
    {
        "timezone": "Europe/Chisinau",
        "hours": {"mon-fri": ["09:00-13:00", "14:00-18:00"], "sat": "22:00-06:00"},
        "holidays": [
            {"easter": "orthodox", "offset": 1, "name": "Easter Monday"},
            {"date": "2026-12-24", "hours": "09:00-13:00", "name": "Christmas Eve"},
            {"from": "2026-12-28", "to": "2027-01-02", "name": "Closed; for, good\nreason"},
        ],
    }
)


def read(content: bytes) -> list[icalendar.Event]:
    [calendar] = icalendar.Calendar.from_ical(content, multiple=True)
    assert str(calendar["version"]) == "2.0"
    assert calendar["prodid"]
    assert not [part.errors for part in calendar.walk() if part.errors]
    events = calendar.walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events)
    for event in events:
        assert event["dtstamp"].dt.tzinfo is not None
        assert str(event["transp"]) == "TRANSPARENT"
    return events


def timed(events: list[icalendar.Event]) -> list[tuple[datetime, datetime]]:
    return [
        (e["dtstart"].dt, e["dtend"].dt) for e in events if isinstance(e["dtstart"].dt, datetime)
    ]


def test_hours_are_the_intervals_of_the_calendar() -> None:
    content = write_ical("office", hours_entries(OFFICE, "office", START, END), START)
    events = read(content)
    assert timed(events) == list(OFFICE.intervals(START, END))
    short = [e for e in events if e.get("description") == "Christmas Eve"]
    assert [e["dtstart"].dt for e in short] == [datetime(2026, 12, 24, 7, tzinfo=UTC)]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_holidays_read_back_close_the_same_days() -> None:
    content = write_ical("office", hours_entries(OFFICE, "office", START, END), START)
    closed = {day for event in read_events(content) for day in event.dates(2026)}
    schedule = OFFICE.source("UTC")
    first = date(2026, 1, 1).toordinal()
    days = [day for day, _ in schedule.special_days(first, first + 364)]
    expected = {date.fromordinal(day) for day in days if not schedule.special_day(day).hours}
    assert closed == expected == {date(2026, 4, 13), *(date(2026, 12, d) for d in range(28, 32))}
    names = {event.name for event in read_events(content)}
    assert names == {"Easter Monday", "Closed; for, good reason"}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=twins(), data=st.data())
def test_any_calendar_is_read_back_around_changes_of_the_clocks(
    made: Twins, data: st.DataObject
) -> None:
    calendar, slow = made
    begin = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=slow.window[0])
    end = begin + timedelta(hours=data.draw(st.integers(1, 96)))
    entries = hours_entries(calendar, "c", begin, end)
    if not entries:
        with pytest.raises(ValueError, match="nothing to write"):
            write_ical("c", entries, begin)
        return
    assert timed(read(write_ical("c", entries, begin))) == list(calendar.intervals(begin, end))


@pytest.mark.parametrize("year", [1970, 2199])
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "UTC"])
def test_the_first_and_the_last_year(zone: str, year: int) -> None:
    calendar = Calendar(timezone=zone, hours={"mon-sun": "00:00-24:00"})
    start, end = (datetime(y, 1, 1, tzinfo=ZoneInfo(zone)) for y in (year, year + 1))
    events = read(write_ical("c", hours_entries(calendar, "c", start, end), start))
    assert timed(events) == [(start, end)]


def test_always_has_no_hours() -> None:
    with pytest.raises(ValueError, match="never closes"):
        hours_entries(Calendar.always("UTC"), "always", START, END)


def test_duty_is_read_back() -> None:
    office = Calendar(timezone="UTC", hours={"mon-fri": "09:00-17:00"})
    rotation = Rotation((Layer(("a", "b"), date(2026, 1, 7), days=1),), "UTC", (), office)
    start = datetime(2026, 1, 6, tzinfo=UTC)
    seen = list(watches(rotation, start, start + timedelta(days=3)))
    events = read(write_ical("duty", duty_entries(seen, "duty"), start))
    assert [str(e["summary"]) for e in events] == ["duty: nobody", "duty: a", "duty: b"]
    assert timed(events) == [(w.start, w.end) for w in seen if w.kind != "closed"]


def test_names_may_hold_anything() -> None:
    odd = "x\x1b[31m\x00;,:\\\n\u202e\ud800" + "é" * 200
    entry = Entry(START, END, odd, odd)
    [event] = read(write_ical(odd, [entry], START))
    shown = "x\ufffd[31m\ufffd;,:\\\n\u202e\ufffd" + "é" * 200
    assert str(event["summary"]) == str(event["description"]) == shown


WRITTEN = """
import sys
from datetime import UTC, datetime
from escalate.worktime import Calendar
from escalate.worktime.ical_out import hours_entries, write_ical

office = Calendar(timezone="Europe/Chisinau", hours={"mon-fri": "09:00-17:00"})
start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
sys.stdout.buffer.write(write_ical("office", hours_entries(office, "office", start, end), start))
"""


def test_the_same_calendar_gives_the_same_bytes() -> None:
    def written(seed: str, zone: str) -> bytes:
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        ran = subprocess.run([sys.executable, "-c", WRITTEN], capture_output=True, env=env)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    assert written("1", "UTC") == written("2", "Asia/Tokyo")


def test_an_event_keeps_its_identity_when_more_is_written() -> None:
    later = START + timedelta(days=400)
    one, more = (
        {str(e["uid"]) for e in read(write_ical("o", hours_entries(OFFICE, "o", START, e), START))}
        for e in (END, later)
    )
    assert one < more


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'escalate\[ical\]'"):
        write_ical("o", hours_entries(OFFICE, "o", START, END), START)
