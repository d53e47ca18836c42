"""`calendar` and `oncall` as iCalendar and into files."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import icalendar
import pytest

from escalate import load_policy
from escalate.policy.calendars import calendar_of
from escalate.policy.rotations import rotation_of

ROTA = "people/rota.escalation.yaml"
WEEK = ("--from", "2026-10-05", "--until", "2026-10-09T12:00")


def events(content: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def test_hours_as_icalendar_are_the_intervals(run) -> None:
    result = run("calendar", ROTA, "office", "--year", "2026", "--ical")
    assert result.exit_code == 0
    calendar = calendar_of(load_policy(ROTA), "office")
    assert calendar.timezone == "Europe/Chisinau"
    start, end = (datetime(y, 1, 1, tzinfo=calendar._door.zone) for y in (2026, 2027))
    found = [
        (e["dtstart"].dt, e["dtend"].dt)
        for e in events(result.stdout_bytes)
        if isinstance(e["dtstart"].dt, datetime)
    ]
    assert found == list(calendar.intervals(start, end))
    assert b"\r\n" in result.stdout_bytes
    again = run("calendar", ROTA, "office", "--year", "2026", "--output-format", "ical")
    assert again.stdout_bytes == result.stdout_bytes


def test_the_only_calendar_needs_no_name(run) -> None:
    named = run("calendar", "desk.escalation.yaml", "office", "--year", "2026", "--ical")
    assert run("calendar", "desk.escalation.yaml", "--year", "2026", "--ical").stdout_bytes == (
        named.stdout_bytes
    )


def test_duty_as_icalendar_is_what_the_rotation_says(run) -> None:
    result = run("oncall", ROTA, "duty", "second", *WEEK, "--ical")
    assert result.exit_code == 1  # with gaps
    duty = rotation_of(load_policy(ROTA), "duty")
    told = {"duty": 0, "second": 2}
    for event in events(result.stdout_bytes):
        name, _, who = str(event["summary"]).partition(": ")
        found = duty.on_duty(event["dtstart"].dt.astimezone(UTC), told[name])
        assert (found or "nobody") == who


@pytest.mark.parametrize("form", ["text", "json", "ical"])
def test_into_a_file(run, tmp_path, form) -> None:
    file = tmp_path / "out"
    args = ("calendar", ROTA, "office", "--year", "2026", "--output-format", form)
    assert run(*args, "-o", str(file)).stdout == ""
    assert file.read_bytes() == run(*args).stdout_bytes


def test_without_a_year_it_is_the_present_one(run) -> None:
    said = json.loads(run("calendar", ROTA, "office", "--json").stdout)
    assert abs(said[0]["year"] - datetime.now(UTC).year) <= 1  # at New Year, the clock goes on
    shifts = json.loads(run("oncall", ROTA, "office-lead", "--json").stdout)[0]
    began, ended = (datetime.fromisoformat(shifts[key]) for key in ("from", "until"))
    assert (ended.astimezone(UTC) - began.astimezone(UTC)).days == 28


@pytest.mark.parametrize("args", [("calendar", ROTA, "office"), ("oncall", ROTA, *WEEK)])
def test_without_the_extra_it_says_what_to_install(run, monkeypatch, args) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    result = run(*args, "--ical")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pip install 'escalate[ical]'" in result.stderr


def test_a_folder_of_several_policies_is_too_much(run, tmp_path) -> None:
    text = "escalate: 1\nname: {}\nowners: {{a: team}}\nlevels: [{{id: L1, owner: a}}]\n"
    for name in ("one", "two"):
        (tmp_path / f"{name}.escalation.yaml").write_text(text.format(name))
    result = run("calendar", str(tmp_path))
    assert result.exit_code == 2
    assert "holds several policies; name the file of one" in result.stderr
    assert run("calendar", "-", stdin=text.format("x")).stdout == (
        "This policy has no calendar but `always`, which never closes.\n"
    )
