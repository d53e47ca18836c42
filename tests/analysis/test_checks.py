"""Each check: what the author sees, a policy that is let alone, and its page.

`UPDATE_GOLDENS=1` writes the goldens anew; review the difference.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from escalate.analysis.catalogue import catalogue, severity
from escalate.analysis.check import MOST
from escalate.analysis.checks import CHECKS
from escalate.checking.check import check_text
from escalate.errors import Diagnostic, Severity
from escalate.rules import codes, page
from support.goldens import for_authors, golden, rendered

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "golden" / "checks"
TODAY = date(2026, 11, 20)
CODES = [check.code for check in CHECKS]
EXAMPLES = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def found_in(file: Path) -> list[Diagnostic]:
    return check_text(file.read_bytes(), file.name, TODAY)


def test_every_check_has_its_cases() -> None:
    wanted = {f"{code}{end}" for code in CODES for end in (".yaml", ".txt", ".clean.yaml")}
    assert {file.name for file in FOLDER.iterdir()} == wanted


def test_the_table_is_in_order_and_each_code_is_there_once() -> None:
    assert sorted(set(CODES)) == CODES
    assert all(check.severity is not Severity.ERROR for check in CHECKS)
    names = [check.finds.__module__ for check in CHECKS]
    assert len(set(names)) == len(names)
    folder = ROOT / "src" / "escalate" / "analysis" / "checks"
    files = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert {name.rpartition(".")[2] for name in names} == files


@pytest.mark.parametrize("code", CODES)
def test_what_the_author_sees(code: str) -> None:
    file = FOLDER / f"{code}.yaml"
    found = found_in(file)
    assert {d.code for d in found} == {code}
    text_of = {file.name: file.read_text("utf-8")}.get
    golden(file.with_suffix(".txt"), rendered(found, text_of))


@pytest.mark.parametrize("code", CODES)
def test_what_is_let_alone(code: str) -> None:
    assert [str(d) for d in found_in(FOLDER / f"{code}.clean.yaml")] == []


@pytest.mark.parametrize("code", CODES)
def test_messages_are_for_authors(code: str) -> None:
    for d in found_in(FOLDER / f"{code}.yaml"):
        assert d.severity is severity(code)
        for_authors(d)


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_its_page(code: str) -> None:
    example, instead = EXAMPLES.findall(page(code) or "")
    found = check_text(example, f"{code}.escalation.yaml", TODAY)
    assert {d.code for d in found} == {code}, [str(d) for d in found]
    assert [str(d) for d in check_text(instead, "instead.escalation.yaml", TODAY)] == []


def test_the_catalogue_is_that_of_the_pages() -> None:
    said = catalogue()
    golden(ROOT / "docs" / "checks.md", said)
    assert re.findall(r"^### (ESC\d+):", said, re.MULTILINE) == codes()


#: Codes whose page shows them in one text; two files say one thing twice (ESC223).
SHOWN = [
    code
    for code in codes()
    if "ESC110" < code < "ESC900" and code != "ESC223" and EXAMPLES.search(page(code) or "")
]


@pytest.mark.parametrize("code", SHOWN)
def test_how_grave_a_finding_is(code: str) -> None:
    """As the catalogue says, for every code whose page shows it."""
    example = EXAMPLES.findall(page(code) or "")[0]
    found = check_text(example, f"{code}.escalation.yaml", TODAY)
    assert {d.severity for d in found if d.code == code} == {severity(code)}


def test_what_is_too_much_is_counted() -> None:
    text = (FOLDER / "ESC320.clean.yaml").read_text("utf-8")
    more = "".join(f"  c{i}: {{severity: high}}\n" for i in range(MOST + 3))
    found = check_text(text.replace("conditions:\n", f"conditions:\n{more}"), "x", TODAY)
    assert [d.code for d in found].count("ESC320") == MOST
    (more_said,) = [d for d in found if d.code == "ESC218"]
    assert more_said.message == "3 more findings of `ESC320` are not shown"
    assert more_said.severity is Severity.WARNING


def test_only_what_has_no_mistakes_is_looked_at_closely() -> None:
    text = (FOLDER / "ESC722.yaml").read_text("utf-8")
    assert "ESC722" in {d.code for d in check_text(text, "x", TODAY)}
    assert {d.code for d in check_text(text + "calendar: ofice\n", "x", TODAY)} == {"ESC304"}


def test_without_a_day_nothing_ends() -> None:
    text = (FOLDER / "ESC556.yaml").read_bytes()
    assert check_text(text, "x") == []
    assert [d.code for d in check_text(text, "x", date(2025, 12, 31))] == ["ESC556"]
    assert [d.code for d in check_text(text, "x", date(2027, 1, 1))] == ["ESC556", "ESC556"]


def test_what_is_included_serves_others_too(tmp_path: Path) -> None:
    from escalate import check

    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "all.escalation.yaml").write_text(
        "owners: {manager: person, elsewhere: team}\nmessages: {hello: {en: hello}}\n"
        "conditions: {odd: {reopens: 9}}\nclocks: {unread: {from: created, until: resolved}}\n"
        'calendars: {office: {hours: {mon: "09:00-17:00"}}}\nactions: {page: {}}\n'
    )
    policy = tmp_path / "desk.escalation.yaml"
    policy.write_text(
        "escalate: 1\nname: desk\ninclude: [shared/all.escalation.yaml]\n"
        "levels: [{id: L1, owner: manager, remind: {every: 4h}, tell_customer: hello}]\n"
    )
    assert [str(d) for d in check(policy, today=TODAY)] == []


def test_the_smallest_policy_is_as_it_should_be() -> None:
    said = (ROOT / "docs" / "language.md").read_text("utf-8")
    smallest = said.partition("## The smallest policy")[2]
    assert check_text(EXAMPLES.findall(smallest)[0], "x", TODAY) == []
