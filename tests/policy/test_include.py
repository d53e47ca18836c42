"""`include`: what other files bring in, where it stands, and what goes wrong."""

import os

import pytest

from escalate import load_policy
from escalate.policy.loader import check, load_text

MAIN = """escalate: 1
name: main
include: [shared/people.escalation.yaml]
owners: {manager: person}
levels:
  - {id: L1, owner: front-line}
  - {id: L2, owner: manager}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "shared").mkdir()

    def write(name, text):
        file = tmp_path / name
        file.write_text(text)
        return file

    return write


def found(file):
    folder = str(file.parent).replace(os.sep, "/") + "/"
    return [(d.code, d.file.removeprefix(folder), d.line, d.column) for d in check(file)]


def test_every_section_may_come_from_elsewhere(folder):
    folder("shared/more.escalation.yaml", "owners: {deep: team}\n")
    folder(
        "shared/people.escalation.yaml",
        """escalate: 1
description: shared by all
include: [more.escalation.yaml]
owners: {front-line: team}
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
conditions: {grave: {severity: high}}
clocks: {answer: {from: created, until: agent-reply, target: 4h}}
messages: {hello: "Hello"}
fields: {severity: {ordered: [low, high]}}
statuses: {open: [new], resolved: [done]}
actions: {page: {}}
""",
    )
    file = folder(
        "main.escalation.yaml",
        MAIN
        + """calendar: office
statuses: {open: [open], closed: [closed]}
triggers:
  - {id: t, when: {is: grave, clock.answer: breached}, transfer: deep, tell_customer: hello,
     set: {status: done}, do: [{action: page}]}
""",
    )
    policy = load_policy(file)
    assert list(policy.owners) == ["manager", "front-line", "deep"]
    assert policy.statuses.open == ("open", "new")
    assert policy.statuses.resolved == ("done",)


def test_the_digest_covers_what_is_included(folder):
    file = folder("main.escalation.yaml", MAIN)
    folder("shared/people.escalation.yaml", "owners: {front-line: team}\n")
    first = load_policy(file).digest
    folder("shared/people.escalation.yaml", "owners: {front-line: {kind: team}}\n")
    assert load_policy(file).digest != first
    whole = MAIN.replace("include: [shared/people.escalation.yaml]\n", "")
    whole = whole.replace("manager: person", "manager: person, front-line: {kind: team}")
    assert load_text(whole).policy.digest == load_policy(file).digest


def test_mistakes_are_shown_in_the_file_that_holds_them(folder):
    folder("shared/people.escalation.yaml", "owners:\n  front-line: {kind: team, memberz: [a]}\n")
    file = folder("main.escalation.yaml", MAIN)
    assert found(file) == [("ESC201", "shared/people.escalation.yaml", 2, 28)]
    folder("shared/people.escalation.yaml", "owners: {front-line: team}\nlevels: []\n")
    assert found(file) == [("ESC201", "shared/people.escalation.yaml", 2, 1)]
    folder("shared/people.escalation.yaml", "owners: {front-line: team\n")
    assert [code for code, name, *_ in found(file) if name.startswith("shared")] == ["ESC124"]


def test_mistakes_of_meaning_too(folder):
    folder(
        "shared/people.escalation.yaml",
        "owners: {front-line: team, all: {kind: group, of: [nobody]}}\n"
        "statuses: {open: [a], closed: [a]}\nconditions:\n  c: {phase: opn}\n",
    )
    file = folder("main.escalation.yaml", MAIN)
    name = "shared/people.escalation.yaml"
    assert found(file) == [
        ("ESC302", name, 1, 52),
        ("ESC701", name, 2, 32),
        ("ESC401", name, 4, 14),
    ]


def test_a_name_defined_twice_shows_both_places(folder):
    folder("shared/people.escalation.yaml", "owners: {front-line: team, manager: team}\n")
    file = folder("main.escalation.yaml", MAIN)
    (twice,) = check(file)
    assert (twice.code, twice.line, twice.column) == ("ESC223", 1, 28)
    (other,) = twice.related
    assert (other.place.file, other.place.line, other.place.column) == (str(file), 4, 10)


def test_a_status_defined_twice_shows_both_places(folder):
    folder("shared/people.escalation.yaml", "owners: {front-line: team}\nstatuses: {open: [new]}\n")
    file = folder("main.escalation.yaml", MAIN + "statuses: {waiting: [new]}\n")
    (twice,) = check(file)
    assert twice.code == "ESC701"
    assert {twice.file, twice.related[0].place.file} == {
        str(file),
        str(file.parent / "shared/people.escalation.yaml"),
    }


def test_a_file_included_by_two_ways_is_read_once(folder):
    folder("shared/base.escalation.yaml", "owners: {front-line: team}\n")
    folder("shared/people.escalation.yaml", "include: [base.escalation.yaml]\n")
    file = folder(
        "main.escalation.yaml",
        MAIN.replace("include: [", "include: [shared/base.escalation.yaml, "),
    )
    assert check(file) == []


def test_circles(folder):
    folder(
        "shared/people.escalation.yaml",
        "include: [b.escalation.yaml]\nowners: {front-line: team}\n",
    )
    folder("shared/b.escalation.yaml", "include: [people.escalation.yaml]\n")
    assert found(folder("main.escalation.yaml", MAIN)) == [
        ("ESC222", "shared/b.escalation.yaml", 1, 11)
    ]


@pytest.mark.parametrize(
    "written",
    ["../x.yaml", "shared/../../x.yaml", "/etc/passwd", "~/x", "C:/x", "a\\\\b", "", "file:x"],
)
def test_only_beside_or_below(folder, written):
    file = folder(
        "main.escalation.yaml", MAIN.replace("shared/people.escalation.yaml", f'"{written}"')
    )
    assert found(file) == [("ESC221", "main.escalation.yaml", 3, 11)]


def test_a_link_that_leads_outside(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "people.escalation.yaml"
    outside.write_text("owners: {front-line: team}\n")
    file = folder("main.escalation.yaml", MAIN)
    (file.parent / "shared" / "people.escalation.yaml").symlink_to(outside)
    assert found(file) == [("ESC221", "main.escalation.yaml", 3, 11)]


def test_a_file_that_is_not_there(folder):
    folder("shared/poeple.escalation.yaml", "owners: {front-line: team}\n")
    (missing,) = check(folder("main.escalation.yaml", MAIN))
    assert missing.code == "ESC220"
    assert missing.help == "did you mean `poeple.escalation.yaml`?"


def test_too_many_files(folder):
    names = [f"f{i}.escalation.yaml" for i in range(102)]
    for name in names:
        folder(name, "owners: {}\n")
    text = MAIN.replace("shared/people.escalation.yaml", ", ".join(names)).replace(
        "{manager: person}", "{manager: person, front-line: team}"
    )
    assert {code for code, *_ in found(folder("main.escalation.yaml", text))} == {"ESC224"}


def test_a_text_that_is_no_file_includes_nothing():
    (only,) = load_text(MAIN.replace("owner: front-line", "owner: manager")).diagnostics
    assert only.code == "ESC220"
