"""Each code has a page, each page a code, and each example gives what its page says."""

import re
from pathlib import Path

import pytest

import escalate
from escalate.analysis.checks import CHECKS
from escalate.policy.json_text import read_json
from escalate.policy.source import read_source
from escalate.rules import codes, page, title

SOURCES = Path(escalate.__file__).parent
MENTIONED = {
    code for file in SOURCES.rglob("*.py") for code in re.findall(r"ESC\d{3}", file.read_text())
}
EXAMPLE = re.compile(r"^## Example\n(.*?)^## ", re.MULTILINE | re.DOTALL)
INSTEAD = re.compile(r"^## Instead\n(.*)", re.MULTILINE | re.DOTALL)

#: What cannot be written down in a page: raw bytes, sizes, invisible characters, several
#: files, what is installed, what only a decision sees, and the one code for what has no other.
NOT_TO_BE_SHOWN = {
    "ESC101", "ESC104", "ESC106", "ESC118", "ESC119", "ESC120",
    "ESC134", "ESC135", "ESC218", "ESC223", "ESC224", "ESC225", "ESC228", "ESC516", "ESC522",
    "ESC523", "ESC625", "ESC630", "ESC631", "ESC859", "ESC900", "ESC901",
}  # fmt: skip


#: What is found by a closer look, at policies that have no mistake: see tests/analysis.
CATALOGUE = {code for code, *_ in CHECKS}


def block(code, section, language):
    text = section.search(page(code))
    found = re.search(rf"^```{language}\n(.*?)^```$", text.group(1), re.MULTILINE | re.DOTALL)
    return found.group(1) if found else None


def family(*first):
    return [code for code in codes() if code[3] in first and code not in NOT_TO_BE_SHOWN]


def test_every_code_has_a_page_and_every_page_a_code():
    assert MENTIONED - set(codes()) == set()
    assert set(codes()) - MENTIONED == set()


@pytest.mark.parametrize("code", codes())
def test_pages_have_one_form(code):
    text = page(code)
    assert text.startswith(f"# {code}: ")
    assert title(code)
    assert title(code)[0] == title(code)[0].lower() or title(code).startswith("JSON")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Example", "Instead"]
    assert text.split("\n\n")[1].strip()
    assert not text.split("\n\n")[1].startswith("#")


@pytest.mark.parametrize("code", family("1"))
def test_examples_about_text_give_their_code(code):
    found = read_source(block(code, EXAMPLE, "yaml")).diagnostics
    assert {d.code for d in found} == {code}


@pytest.mark.parametrize("code", family("1"))
def test_what_to_write_instead_is_clean(code):
    instead = block(code, INSTEAD, "yaml")
    if instead is not None:
        assert read_source(instead).diagnostics == ()


@pytest.mark.parametrize("code", [code for code in family("9") if code < "ESC910"])
def test_examples_about_json_give_their_code(code):
    assert {d.code for d in read_json(block(code, EXAMPLE, "json"))[1]} == {code}
    assert read_json(block(code, INSTEAD, "json"))[1] == []


@pytest.mark.parametrize("code", sorted(set(family("2", "3", "4", "5", "6", "7")) - CATALOGUE))
def test_examples_about_policies_give_their_code(code):
    from escalate.policy.loader import read_text

    example = block(code, EXAMPLE, "yaml")
    assert example is not None
    found = read_text(example, f"{code}.escalation.yaml").diagnostics
    assert {d.code for d in found} == {code}, [str(d) for d in found]
    assert all(d.help for d in found), [str(d) for d in found]


DESK = """
escalate: 1
name: small-desk
owners: {front-line: team, manager: person}
levels:
  - {id: L1, owner: front-line, deadlines: {resolve: 4h}}
  - {id: L2, owner: manager, deadlines: {resolve: 2h}}
fields: {severity: {ordered: [low, high]}}
"""
#: Told of tickets; those left out are told of several tickets, desks or policies.
OF_TICKETS = ["ESC910", *(f"ESC{n}" for n in (*range(911, 917), *range(918, 921)))]
OF_TICKETS += [f"ESC{n}" for n in range(931, 938)]


@pytest.mark.parametrize("code", OF_TICKETS)
def test_examples_about_tickets_give_their_code(code):
    from escalate import Engine, TicketError
    from escalate.policy.loader import load_text

    engine = Engine(load_text(DESK).policy)

    def told(ticket):
        try:
            decision = engine.decide(ticket, now="2026-11-20T12:00:00+02:00")
        except TicketError as error:
            return {d.code for d in error.diagnostics}
        return {warning.code for warning in decision.warnings}

    assert told(block(code, EXAMPLE, "json")) == {code}
    instead = re.findall(r"^```json\n(.*?)^```$", INSTEAD.search(page(code))[1], re.M | re.S)
    assert instead or code == "ESC935"
    assert [told(ticket) for ticket in instead] == [set()] * len(instead)


def test_the_example_about_columns_gives_its_code():
    from escalate import PolicyError
    from escalate.intake.columns import read_columns

    with pytest.raises(PolicyError) as raised:
        read_columns(block("ESC956", EXAMPLE, "text"), "columns.yaml")
    found = raised.value.diagnostics
    assert {d.code for d in found} == {"ESC956"}
    assert all(d.help for d in found)
    assert read_columns(block("ESC956", INSTEAD, "text"), "columns.yaml")


def test_codes_that_do_not_exist_have_no_page():
    assert page("ESC000") is None
    assert title("ESC000") is None
    assert page("../ESC103") is None
    assert page("esc103") == page("ESC103")
