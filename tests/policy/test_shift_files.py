"""Shifts of rotations from iCalendar files: what is read, from where, what is said of the rest."""

from __future__ import annotations

import pickle
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from escalate import check, load_policy
from escalate.policy.loader import load_text
from escalate.policy.rotations import rotation_of
from escalate.worktime import ical_text

POLICY = """escalate: 1
name: small-desk
timezone: Europe/Chisinau
owners:
  front-line: team
  watch:
    kind: rotation
    layers:
      - {members: [olga, dan, dan popa, "C. (night)"], ical: rota/duty.ics}
levels:
  - {id: L1, owner: front-line, deadlines: {resolve: 4h}}
  - {id: L2, owner: watch, remind: {every: 4h}}
"""
FILE = "rota/duty.ics"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rota").mkdir()
    (tmp_path / "main.escalation.yaml").write_text(POLICY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def event(
    name: str, *more: str, start: str = "20261005T090000", lasts: str = "DURATION:P7D"
) -> str:
    lines = ("BEGIN:VEVENT", f"DTSTART:{start}", lasts, f"SUMMARY:{name}", *more, "END:VEVENT")
    return "\r\n".join(lines)


def write(folder: Path, *events: str) -> None:
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//EN", *events, "END:VCALENDAR", "")
    (folder / FILE).write_bytes("\r\n".join(lines).encode())


def found() -> list[tuple[str, str]]:
    """Mistakes; a schedule that ends leaves a gap, of which another test tells."""
    return [(d.code, d.message) for d in check("main.escalation.yaml") if d.code != "ESC615"]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("olga", "olga"),
        ("On call: OLGA, until Monday", "olga"),
        ("  Dan   Popa ", "dan popa"),
        ("(dan)", "dan"),
        ("dan-dan", "dan"),
        ("C. (NIGHT) has duty", "C. (night)"),
    ],
)
def test_whose_shift_it_is(folder: Path, name: str, who: str) -> None:
    write(folder, event(name))
    assert found() == []
    rotation = rotation_of(load_policy("main.escalation.yaml"), "watch")
    assert rotation.on_duty(datetime(2026, 10, 6, tzinfo=UTC)) == who


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Olgas birthday", "names no member"),
        ("", "an event without a name in it names no member"),
        ("danpopa", "names no member"),
        ("olga and dan", "names `olga` and `dan`"),
        ("x\u202e olga \u202d dan", "names `olga` and `dan`"),
    ],
)
def test_whose_shift_it_is_not(folder: Path, name: str, said: str) -> None:
    write(folder, event("olga"), event(name))
    ((code, message),) = found()
    assert code == "ESC625"
    assert said in message


def test_who_is_near_is_told(folder: Path) -> None:
    write(folder, event("ogla"))
    [finding] = check("main.escalation.yaml")
    assert finding.help == "did you mean `olga`?"
    assert (finding.line, finding.column) == (9, 62)


WRONG = [
    (event("olga", start="20269905T090000"), "has no beginning that can be read"),
    (event("olga", lasts="DTEND:soon"), "has no end that can be read"),
    (event("olga", lasts="X-NOTHING:1"), "has no end that can be read"),
    (event("olga", lasts="DTEND;VALUE=DATE:20261007"), "has no end that can be read"),
    (event("olga", lasts="DTEND:20261005T090000"), "ends before it has begun"),
    (event("olga", lasts="DTEND:20261004T090000"), "ends before it has begun"),
    (event("olga", lasts="DURATION:P201D"), "lasts longer than 200 days"),
    (event("olga", lasts="DURATION:P999999999D"), "lasts longer than 200 days"),
    (event("olga", "RRULE:FREQ=HOURLY"), "must say `FREQ=`"),
    (event("olga", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "never falls on any day"),
    (event("olga", "RRULE:FREQ=DAILY;UNTIL=20269999T000000Z"), ""),
    (event("olga", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY"), "recurs by several rules"),
    (event("olga", "RRULE:FREQ=DAILY", start="18000101T090000"), "recurs from before 1900"),
    (event("olga", "STATUS:CANCELLED"), "it holds no event"),
    (event("olga", start="18500101T090000"), "it holds no event"),
    ("", "it holds no event"),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_with_it(folder: Path, text: str, said: str) -> None:
    write(folder, text)
    ((code, message),) = found()
    assert code == "ESC523", message
    assert message.startswith("`rota/duty.ics`: ")
    assert said in message


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"BEGIN:VEVENT\nEND:VEVENT", b"<html>"])
def test_what_is_no_calendar(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    assert found() == [("ESC523", "`rota/duty.ics`: it is no iCalendar file")]


def test_files_that_cannot_be_read(folder: Path) -> None:
    assert found() == [("ESC521", "`rota/duty.ics` cannot be read: there is no such file")]
    (folder / FILE).write_bytes(b" " * (ical_text.MOST_BYTES + 1))
    assert found() == [("ESC522", "`rota/duty.ics`: it is longer than 1,048,576 bytes")]
    text = POLICY.replace("rota/duty.ics", "../duty.ics")
    (folder / "main.escalation.yaml").write_text(text)
    assert [code for code, _ in found()] == ["ESC230"]
    assert [d.code for d in load_text(POLICY).diagnostics] == ["ESC521"]


def test_without_the_extra_it_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, event("olga", "UID:without"))
    monkeypatch.setitem(sys.modules, "icalendar", None)
    message = "`ical` in a rotation needs an extra: pip install 'escalate[ical]'"
    assert found() == [("ESC516", message)]


def test_a_schedule_that_ends_leaves_a_gap(folder: Path) -> None:
    write(folder, event("olga"))
    [gap] = check("main.escalation.yaml")
    assert (gap.code, gap.message) == (
        "ESC615",
        "nobody has duty from 2026-10-12 09:00 to 2027-10-06 09:00",
    )
    write(folder, event("olga", "RRULE:FREQ=WEEKLY"))
    assert check("main.escalation.yaml") == []


def test_a_layer_is_closed_and_goes_by_its_file_alone(folder: Path) -> None:
    write(folder, event("olga"))
    for more, code in (("starts: 2026-01-01", "ESC201"), ("hands_over: {}", "ESC201")):
        text = POLICY.replace("ical: rota", f"{more}, ical: rota")
        (folder / "main.escalation.yaml").write_text(text)
        assert [c for c, _ in found()] == [code]


def test_the_content_is_part_of_the_policy(folder: Path) -> None:
    write(folder, event("olga"))
    first, again = load_policy("main.escalation.yaml"), load_policy("main.escalation.yaml")
    assert first.digest == again.digest
    write(folder, event("dan"))
    other = load_policy("main.escalation.yaml")
    assert other.digest != first.digest
    kept = pickle.loads(pickle.dumps(first))
    (folder / FILE).unlink()
    at = datetime(2026, 10, 6, tzinfo=UTC)
    assert rotation_of(kept, "watch").on_duty(at) == "olga"
    assert rotation_of(other, "watch").on_duty(at) == "dan"


def test_it_may_be_included_from_a_folder_below(folder: Path) -> None:
    (folder / "people" / "rota").mkdir(parents=True)
    shared = POLICY.partition("owners:")[2].partition("levels:")[0]
    (folder / "people/shared.escalation.yaml").write_text(f"owners:{shared}")
    head, levels = POLICY.partition("owners:")[0], POLICY.partition("levels:")[2]
    text = f"{head}include: [people/shared.escalation.yaml]\nlevels:{levels}"
    (folder / "main.escalation.yaml").write_text(text)
    [(code, message)] = found()
    assert (code, message) == ("ESC521", "`rota/duty.ics` cannot be read: there is no such file")
    write(folder / "people", event("olga"))
    assert found() == []
