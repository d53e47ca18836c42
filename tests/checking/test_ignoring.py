"""Comments that have findings ignored: what they cover, what is wrong with them, and that
every way to a finding goes by them. `UPDATE_GOLDENS=1` writes the goldens anew."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate import check
from escalate.analysis.catalogue import severity
from escalate.checking.check import check_text, checked_text
from escalate.checking.codes import ABOUT_COMMENTS
from escalate.errors import Severity
from escalate.policy.fixing import fix_text
from escalate.policy.ignoring import ignores_in, leaves_covered
from escalate.policy.layout import format_text
from escalate.policy.source import read_source
from escalate.rules import page
from support.effort import at_most
from support.goldens import golden, rendered
from support.policy_data import EXAMPLES, examples

FOLDER = Path(__file__).parents[1] / "golden" / "ignoring"
CODES = sorted(ABOUT_COMMENTS)
BLOCKS = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
POLICY = """\
escalate: 1
name: small-desk
owners: {front-line: team, manager: person}
levels:
  - {id: L1, owner: front-line, deadlines: {resolve: 4h}}
  - {id: L2, owner: manager, remind: {every: 4h}}
calendars:
  office:
    hours: {mon-fri: "09:00-17:00"}
  night: {hours: {mon-sun: "22:00-06:00"}}
"""


def codes(text: str, file: str = "desk.escalation.yaml") -> list[str]:
    return [d.code for d in check_text(text, file)]


def test_every_code_has_its_cases() -> None:
    wanted = {f"{code}{end}" for code in CODES for end in (".yaml", ".txt", ".clean.yaml")}
    assert {file.name for file in FOLDER.iterdir()} == wanted


@pytest.mark.parametrize("code", CODES)
def test_what_the_author_sees(code: str) -> None:
    file = FOLDER / f"{code}.yaml"
    text = file.read_text("utf-8")
    found = check_text(text, file.name)
    assert {d.code for d in found} - {"ESC323"} == {code}
    assert all(d.severity is severity(code) is Severity.WARNING for d in found)
    golden(file.with_suffix(".txt"), rendered(found, {file.name: text}.get))


@pytest.mark.parametrize("code", CODES)
def test_what_is_let_alone(code: str) -> None:
    assert [str(d) for d in check_text((FOLDER / f"{code}.clean.yaml").read_bytes())] == []


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_its_page(code: str) -> None:
    example, instead = BLOCKS.findall(page(code) or "")
    assert set(codes(example)) == {code}
    assert codes(instead) == []


def test_findings_come_back_without_the_comment() -> None:
    for code in CODES:
        text = (FOLDER / f"{code}.clean.yaml").read_text("utf-8")
        assert codes(re.sub("#.*", "", text)) != []


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("calendars:", ["ESC323", "ESC323", "ESC812"]),  # the line of the key alone
        ("  office:", ["ESC323"]),
        ('    hours: {mon-fri: "09:00-17:00"}', ["ESC323", "ESC323", "ESC812"]),
        ('  night: {hours: {mon-sun: "22:00-06:00"}}', ["ESC323"]),
    ],
)
def test_behind_something_the_line_is_covered(line: str, left: list[str]) -> None:
    text = POLICY.replace(f"{line}\n", f"{line} # escalate: ignore[ESC323] why\n")
    assert sorted(codes(text)) == left


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("calendars:", []),  # with all that is in it
        ("  office:", ["ESC323"]),
        ('    hours: {mon-fri: "09:00-17:00"}', ["ESC323", "ESC323", "ESC812"]),
        ('  night: {hours: {mon-sun: "22:00-06:00"}}', ["ESC323"]),
        ("levels:", ["ESC323", "ESC323", "ESC812"]),
    ],
)
def test_alone_the_next_piece_is_covered(line: str, left: list[str]) -> None:
    comment = "# escalate: ignore[ESC323] why\n# another comment\n\n"
    assert sorted(codes(POLICY.replace(f"{line}\n", f"{comment}{line}\n"))) == left


def test_an_error_stays_and_then_nothing_is_known_of_the_rest() -> None:
    text = POLICY.replace("owner: manager", "owner: nobody") + "calendar: office\n"
    comment = "# escalate: ignore[ESC302, ESC323] why\n"
    assert codes(text) == ["ESC302"]
    assert codes(comment + text) == ["ESC813", "ESC302"]


def test_warnings_of_the_loader_are_ignored_too() -> None:
    text = POLICY.replace('"22:00-06:00"', '"22:00-18:00"')
    assert sorted(codes(text)) == ["ESC323", "ESC323", "ESC520"]
    covered = text.replace("  night:", "  # escalate: ignore[ESC323, ESC520] why\n  night:")
    assert codes(covered) == ["ESC323"]


def test_what_is_ignored_makes_room_for_others() -> None:
    more = "".join(f"  c{i}: {{hours: {{mon: 09:00-10:00}}}}\n" for i in range(60))
    text = f"{POLICY}{more}"
    assert codes(text).count("ESC323") == 50
    some = text.replace("  c", "  # escalate: ignore[ESC323] why\n  c", 20)
    assert codes(some).count("ESC323") == 42
    assert "ESC218" not in codes(some)
    assert "ESC812" not in codes(some)


def test_a_day_that_is_not_known_makes_nothing_unneeded() -> None:
    days = 'calendar: office\n# escalate: ignore[ESC556] why\nversion: "1"\n'
    text = POLICY.replace("  night", "  # escalate: ignore[ESC323] why\n  night") + days
    assert codes(text) == []
    found = check_text(text, "x", date(2026, 11, 20))
    assert [d.code for d in found] == ["ESC812"]


def test_what_is_included(tmp_path: Path) -> None:
    shared = tmp_path / "shared.escalation.yaml"
    shared.write_text(
        "calendars:\n"
        "  # escalate: ignore[ESC520] nights are worked through\n"
        '  night: {hours: {mon-fri: "22:00-18:00"}}\n'
        "  # escalate: ignore[ESC520, ESC1] who knows\n"
        '  day: {hours: {mon-fri: "09:00-17:00"}}\n'
    )
    policy = tmp_path / "desk.escalation.yaml"
    policy.write_text(
        "escalate: 1\nname: desk\ninclude: [shared.escalation.yaml]\n"
        "owners: {manager: person}\n"
        "levels: [{id: L1, owner: manager, remind: {every: 4h}}]\ncalendar: night\n"
    )
    # Whether the other includers need a comment is not known here.
    assert [d.code for d in check(policy)] == ["ESC811"]
    assert [d.code for d in check(tmp_path)] == ["ESC811"]
    without = shared.read_text().replace("# escalate: ignore[ESC520] nights", "# nights")
    shared.write_text(without)
    assert "ESC520" in {d.code for d in check(policy)}


def test_ignored_findings_are_at_hand_with_their_reasons() -> None:
    text = POLICY.replace("  office:", "  office: # escalate: ignore[ESC323] for Lyon")
    checked = checked_text(text)
    (one,) = checked.ignored
    assert (one.finding.code, one.by, one.reason) == ("ESC323", "text", "for Lyon")


# Mending.


def mended(text: str) -> str:
    return fix_text(text, "x", lambda one: check_text(one, "x")).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("calendar: night  # escalate: ignore[ESC720] why\n", "calendar: night\n"),
        ("  # escalate: ignore[ESC720] why  \ncalendar: night\n", "calendar: night\n"),
        ("calendar: night\r\n# escalate: ignore[ESC720] why\r\n", "calendar: night\r\n"),
        ("calendar: night\n# escalate: ignore[ESC720] why", "calendar: night\n"),
        ("# escalate: ignore[ESC720, ESC721] why\ncalendar: night\n", "calendar: night\n"),
        ("# kept\n# escalate: ignore[ESC720]\n# too\ncalendar: night\n",
         "# kept\n# too\ncalendar: night\n"),
        ("# escalate: ingore[ESC720] why\ncalendar: night\n", "calendar: night\n"),
    ],
)  # fmt: skip
def test_what_is_not_needed_is_removed(before: str, after: str) -> None:
    head = POLICY.replace("  office:", "  # escalate: ignore[ESC323] why\n  office:")
    assert mended(head + before) == head + after


def test_what_is_needed_stays() -> None:
    text = (FOLDER / "ESC812.yaml").read_text("utf-8")
    after = mended(text)
    assert after.count("escalate: ignore") == 2
    assert "# escalate: ignore[ESC323] one of two\n" in after
    assert "# escalate: ignore[ESC323] said twice\n" in after
    assert codes(after) == []
    slip = (FOLDER / "ESC811.yaml").read_text("utf-8").replace("unused, ", "")
    assert "ignore[ESC323] for the desk" in mended(slip)


# Layout.


def test_the_layout_keeps_them_with_their_piece() -> None:
    wide = f"{{front-line: {{kind: team, name: '{'x' * 90}'}}, spare: team, manager: person}}"
    text = (
        "# escalate: ignore[ESC723] of the name\n\nname: x\n"
        f"owners: {wide}  # escalate: ignore[ESC322] kept for May\nescalate: 1\n"
        "levels:\n- # escalate: ignore[ESC733] why\n  owner: manager\n  id: L1\n"
    )
    laid_out = format_text(text)
    assert laid_out.wrong == ()
    assert laid_out.text.startswith("escalate: 1\n# escalate: ignore[ESC723] of the name\nname: x")
    assert "# escalate: ignore[ESC322] kept for May\nowners:\n" in laid_out.text
    assert "  # escalate: ignore[ESC733] why\n  - id: L1\n" in laid_out.text
    assert format_text(laid_out.text).text == laid_out.text


def test_a_layout_that_would_cover_something_else_is_not_made() -> None:
    text = "name: x\nowners: {a: team,\n  b: team,  # escalate: ignore[ESC322] why\n"
    text += "  c: team}  # escalate: ignore[ESC322] why\nescalate: 1\n"
    laid_out = format_text(text)
    if laid_out.wrong:
        assert [d.code for d in laid_out.wrong] == ["ESC859"]
        assert laid_out.text == text
    assert leaves_covered(read_source(laid_out.text)) == leaves_covered(read_source(text))


@st.composite
def commented(draw) -> str:
    """An example with such comments put in anywhere."""
    text = (EXAMPLES / draw(st.sampled_from(examples()))).read_text("utf-8")
    data = read_source(text).data
    lines = text.splitlines()
    for number in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(lines) - 1))
        comment = f"# escalate: ignore[ESC{720 + number}] because {number}"
        if draw(st.booleans()) and "#" not in lines[at]:
            changed = [*lines[:at], f"{lines[at]} {comment}", *lines[at + 1 :]]
        else:
            blanks = " " * draw(st.integers(0, 8))
            changed = [*lines[:at], blanks + comment, *lines[at:]]
        source = read_source("\n".join(changed))
        if source.data == data and not source.diagnostics:
            lines = changed
    return "\n".join(lines) + "\n"


@settings(max_examples=25, deadline=None)
@given(commented())
def test_whatever_is_covered_stays_so(text: str) -> None:
    before = leaves_covered(read_source(text))
    after = format_text(text)
    assert {d.code for d in after.wrong} <= {"ESC859"}
    assert leaves_covered(read_source(after.text)) == before
    found = ignores_in(read_source(text))
    assert len(found) == text.count("# escalate: ignore[")
    for one in found:
        assert text[one.comment.start : one.comment.end] == one.comment.text
        for code, (first, last) in one.codes or ():
            assert text[first:last] == code


@settings(max_examples=30, deadline=None)
@given(commented())
def test_mending_takes_away_what_is_not_needed_and_nothing_else(text: str) -> None:
    after = mended(text)
    assert read_source(after).data == read_source(text).data
    assert "ESC812" not in codes(after)
    left = [d for d in check_text(text, "x") if d.code != "ESC812"]
    told = [(d.code, d.message) for d in check_text(after, "x")]
    assert told == [(d.code, d.message) for d in left]


@given(st.text(st.sampled_from("#escalat: ignore[ESC720], \n\"'{}|>-ax"), max_size=60))
def test_any_text_does_no_harm(text: str) -> None:
    for one in ignores_in(read_source(text)):
        assert text[one.comment.start : one.comment.end] == one.comment.text
    check_text(text)
    check_text(f"a: # escalate: ignore{text}")


def test_a_text_that_is_nested_too_deep() -> None:
    deep = "# escalate: ignore[ESC720] why\na: " + "[" * 500 + "]" * 500
    assert codes(deep) == ["ESC105"]
    with at_most(calls=1_000_000):
        codes(deep.replace("[", "[" * 100))
