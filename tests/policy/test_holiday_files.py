"""Holidays from iCalendar files: what is read, from where, and what is said of the rest."""

from __future__ import annotations

import pickle
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from escalate import Calendar, check, load_policy
from escalate.policy.loader import load_text
from escalate.worktime import ical_text

POLICY = """escalate: 1
name: small-desk
owners: {front-line: team, manager: person}
levels:
  - {id: L1, owner: front-line, deadlines: {resolve: 4h}}
  - {id: L2, owner: manager, remind: {every: 4h}}
"""
OFFICE = """calendars:
  office:
    hours: {mon-sun: "09:00-17:00"}
    holidays: [{ical: holidays/office.ics}]
"""
FILE = "holidays/office.ics"


def event(*lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def ics(*events: str) -> str:
    return "\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *events, "END:VCALENDAR", ""]
    )


def day(text: str, *more: str) -> str:
    return event(f"DTSTART;VALUE=DATE:{text}", "SUMMARY:Closed", *more)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "holidays").mkdir()
    (tmp_path / "main.escalation.yaml").write_text(POLICY + OFFICE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def closed(calendar: Calendar, first: str, last: str) -> dict[str, str]:
    """Date and name of the days without hours between two dates."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    days = dict(calendar.source("UTC").special_days(begin.toordinal(), end.toordinal()))
    return {date.fromordinal(day).isoformat(): name for day, name in days.items()}


def read(folder, *events: str) -> Calendar:
    (folder / FILE).write_text(ics(*events))
    return load_policy(folder / "main.escalation.yaml").calendars["office"]


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ([day("20260101")], ["2026-01-01"]),
        ([day("20260101", "DTEND;VALUE=DATE:20260103")], ["2026-01-01", "2026-01-02"]),
        ([day("20260101", "DTEND;VALUE=DATE:20260101")], ["2026-01-01"]),
        ([day("20260101", "DURATION:P2D")], ["2026-01-01", "2026-01-02"]),
        ([day("20251230", "DURATION:P1W")], [f"2026-01-0{n}" for n in range(1, 6)]),
        (
            [event("DTSTART:20260302T000000", "DTEND:20260304T000000", "SUMMARY:Closed")],
            ["2026-03-02", "2026-03-03"],
        ),
        ([day("20260101"), event("DTSTART:20260302T100000", "SUMMARY:Meeting")], ["2026-01-01"]),
        ([day("20260101"), day("20260202", "STATUS:CANCELLED")], ["2026-01-01"]),
        ([day("20100227", "RRULE:FREQ=YEARLY")], ["2026-02-27"]),
        ([day("16041224", "RRULE:FREQ=YEARLY")], ["2026-12-24"]),
        ([day("20100227", "RRULE:FREQ=YEARLY;UNTIL=20251231T220000Z"), day("20260101")],
         ["2026-01-01"]),
        ([day("20250227", "RRULE:FREQ=YEARLY;COUNT=2")], ["2026-02-27"]),
        ([day("20251126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "DURATION:P2D")],
         ["2026-11-26", "2026-11-27"]),
        (
            [day("20260105", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;VALUE=DATE:20260112,20260119")],
            ["2026-01-05", "2026-01-26"],
        ),
        (
            [day("20260105", "RDATE;VALUE=DATE:20260106", "RDATE;VALUE=DATE:20260701")],
            ["2026-01-05", "2026-01-06", "2026-07-01"],
        ),
        (
            [
                day("20250105", "UID:a", "RRULE:FREQ=YEARLY"),
                day("20260107", "UID:a", "RECURRENCE-ID;VALUE=DATE:20260105"),
            ],
            ["2026-01-07"],
        ),
        (
            [
                day("20250105", "UID:a", "RRULE:FREQ=YEARLY"),
                day("20260105", "UID:a", "RECURRENCE-ID;VALUE=DATE:20260105", "STATUS:CANCELLED"),
                day("20260601", "UID:b"),
            ],
            ["2026-06-01"],
        ),
    ],
)  # fmt: skip
def test_whole_days(folder, events, days):
    assert closed(read(folder, *events), "2026-01-01", "2026-12-31") == dict.fromkeys(
        days, "Closed"
    )


def test_years_go_on(folder):
    calendar = read(folder, day("20100227", "RRULE:FREQ=YEARLY"))
    assert [*closed(calendar, "2009-01-01", "2014-12-31")] == [
        f"{y}-02-27" for y in range(2010, 2015)
    ]
    assert [*closed(calendar, "2198-01-01", "2199-12-31")] == ["2198-02-27", "2199-02-27"]
    start = datetime(2026, 2, 26, 16, tzinfo=UTC)
    assert calendar.add(start, timedelta(hours=2)) == datetime(2026, 2, 28, 10, tzinfo=UTC)


def test_hours_and_names(folder):
    text = POLICY + OFFICE.replace("office.ics", 'office.ics, hours: "10:00-12:00", name: Short')
    (folder / "main.escalation.yaml").write_text(text)
    calendar = read(folder, day("20260105"))
    begin, end = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 6, tzinfo=UTC)
    assert calendar.between(begin, end) == timedelta(hours=2)
    assert calendar.skipped(begin, end) == (("2026-01-05", "Short"),)


def test_names_are_one_line(folder):
    name = "New\\nYear   " + "long" * 100
    calendar = read(
        folder, event("DTSTART;VALUE=DATE:20260101", f"SUMMARY:{name}"), day("20260201")
    )
    names = closed(calendar, "2026-01-01", "2026-02-28")
    assert names["2026-01-01"].startswith("New Year long")
    assert len(names["2026-01-01"]) == ical_text.LONGEST_NAME
    unnamed = read(folder, event("DTSTART;VALUE=DATE:20260101"))
    assert closed(unnamed, "2026-01-01", "2026-01-01") == {"2026-01-01": "holiday"}


# Where a file may lie.


def found(path="main.escalation.yaml"):
    return [(d.code, d.message) for d in check(path)]


def test_relative_to_the_file_that_names_it(folder):
    (folder / "shared").mkdir()
    (folder / "shared" / "hours.escalation.yaml").write_text(
        OFFICE.replace("holidays/office.ics", "office.ics")
    )
    (folder / "shared" / "office.ics").write_text(ics(day("20260101")))
    (folder / "main.escalation.yaml").write_text(
        POLICY + "include: [shared/hours.escalation.yaml]\n"
    )
    assert found() == []
    assert found("shared/hours.escalation.yaml") == []
    calendar = load_policy(folder / "main.escalation.yaml").calendars["office"]
    assert closed(calendar, "2026-01-01", "2026-01-02") == {"2026-01-01": "Closed"}


@pytest.mark.parametrize(
    "written", ["../x.ics", "/etc/hosts", "~/x.ics", "a/../../x.ics", "C:x.ics", "a\\\\b.ics", ""]
)
def test_nowhere_else(folder, written):
    (folder / "main.escalation.yaml").write_text(
        POLICY + OFFICE.replace("holidays/office.ics", f'"{written}"')
    )
    ((code, message),) = found()
    assert code == "ESC230"
    assert "does not lie beside or below this file" in message


def test_a_link_leads_out_as_well(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "x.ics"
    outside.write_text(ics(day("20260101")))
    (folder / FILE).symlink_to(outside)
    assert [code for code, _ in found()] == ["ESC230"]


def test_a_text_that_is_no_file_names_none():
    (finding,) = load_text(POLICY + OFFICE).diagnostics
    assert finding.code == "ESC521"
    assert finding.help == "save it as a file first"
    assert finding.line == 10


# What is no such file.

WRONG = [
    (b"", "it is no iCalendar file"),
    (b"hello", "it is no iCalendar file"),
    (b"<html></html>", "it is no iCalendar file"),
    (b"\xff\xfe\x00\x01", "it is no iCalendar file"),
    (b"BEGIN:VCALENDAR\n", "it is no iCalendar file"),
    (b"BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n", "it is no iCalendar file"),
    (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 3_000, "it is no iCalendar file"),
    (ics().encode(), "it holds no event of a whole day"),
    (ics(event("DTSTART:20260101T100000")).encode(), "it holds no event of a whole day"),
    (ics(event("SUMMARY:X")).encode(), "its event `X` has no date that can be read"),
    (ics(day("20261341")).encode(), "its event `Closed` has no date that can be read"),
    (ics(day("20260101", "DTEND:soon")).encode(), "its event `Closed` has no end that can be read"),
    (ics(day("20260101", "RRULE:FREQ=HOURLY")).encode(), "`FREQ=HOURLY` must say `FREQ=`"),
    (ics(day("20260101", "RRULE:FREQ=OFTEN")).encode(), "its event `Closed`"),
    (ics(day("20260101", "RRULE:FREQ=DAILY;INTERVAL=0")).encode(), "counts nothing"),
    (ics(day("20260230")).encode(), "has no date that can be read"),
    (
        ics(day("20260101", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")).encode(),
        "never falls on any day",
    ),
    (ics(day("16040101", "RRULE:FREQ=DAILY;INTERVAL=3")).encode(), "recurs from before 1900"),
    (
        ics(day("20260101", "RRULE:FREQ=YEARLY", "RRULE:FREQ=DAILY")).encode(),
        "recurs by several rules",
    ),
]


@pytest.mark.parametrize(("content", "said"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_with_it(folder, content, said):
    (folder / FILE).write_bytes(content)
    ((code, message),) = found()
    assert code == "ESC523", message
    assert message.startswith("`holidays/office.ics`: ")
    assert said in message


def test_files_that_cannot_be_read(folder):
    assert found() == [("ESC521", "`holidays/office.ics` cannot be read: there is no such file")]
    (folder / "holidays/offise.ics").write_text("")
    (finding,) = check("main.escalation.yaml")
    assert finding.help == "did you mean `offise.ics`?"
    assert (finding.line, finding.column) == (10, 23)
    (folder / FILE).mkdir()
    assert found() == [("ESC521", "`holidays/office.ics` cannot be read: it is a folder")]


def test_what_is_too_much(folder):
    (folder / FILE).write_bytes(b" " * (ical_text.MOST_BYTES + 1))
    assert found() == [("ESC522", "`holidays/office.ics`: it is longer than 1,048,576 bytes")]
    (folder / FILE).write_text(ics(*["BEGIN:VEVENT\nEND:VEVENT"] * (ical_text.MOST_EVENTS + 1)))
    assert found() == [("ESC522", "`holidays/office.ics`: it holds more than 5,000 events")]
    (folder / FILE).write_text("\n" * (ical_text.MOST_LINES + 1))
    assert found() == [("ESC522", "`holidays/office.ics`: it has more than 60,000 lines")]
    often = [day("20260101", "RRULE:FREQ=YEARLY")] * (ical_text.MOST_RECURRING + 1)
    (folder / FILE).write_text(ics(*often))
    assert found() == [("ESC522", "`holidays/office.ics`: more than 500 of its events recur")]


def test_without_the_extra_it_says_what_to_install(folder, monkeypatch):
    (folder / FILE).write_text(ics(day("20260101", "UID:without")))
    monkeypatch.setitem(sys.modules, "icalendar", None)
    ((code, message),) = found()
    assert code == "ESC516"
    assert message == "`ical` in a list of holidays needs an extra: pip install 'escalate[ical]'"


# What a policy with such a file is.


def test_the_content_is_part_of_the_policy(folder):
    read(folder, day("20260101"))
    first = load_policy("main.escalation.yaml")
    again = load_policy("main.escalation.yaml")
    assert first.digest == again.digest
    assert first.calendars == again.calendars
    read(folder, day("20260102"))
    other = load_policy("main.escalation.yaml")
    assert other.digest != first.digest
    assert other.calendars != first.calendars
    kept = pickle.loads(pickle.dumps(first.calendars["office"]))
    (folder / FILE).unlink()
    assert closed(kept, "2026-01-01", "2026-12-31") == {"2026-01-01": "Closed"}
    assert kept == first.calendars["office"]


def test_a_calendar_by_itself(folder, tmp_path_factory):
    (folder / FILE).write_text(ics(day("20260101")))
    written = {"hours": {"mon-sun": "09:00-17:00"}, "holidays": [{"ical": FILE}]}
    here = Calendar.model_validate(written)
    assert closed(here, "2026-01-01", "2026-12-31") == {"2026-01-01": "Closed"}
    assert Calendar.model_validate(here.model_dump(mode="json", exclude_defaults=True)) == here
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with pytest.raises(ValidationError, match="there is no such file"):
        Calendar.model_validate(written, context={"folder": elsewhere})
    (elsewhere / "holidays").mkdir()
    (elsewhere / FILE).write_text(ics(day("20260202")))
    there = Calendar.model_validate(written, context={"folder": str(elsewhere)})
    assert closed(there, "2026-01-01", "2026-12-31") == {"2026-02-02": "Closed"}
    assert here != there
