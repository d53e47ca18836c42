"""CSV with a column mapping."""

from __future__ import annotations

import io

import pytest

from escalate.errors import PolicyError, TicketError
from escalate.intake import Record, read_columns
from escalate.intake.columns import plain_columns
from escalate.intake.csv_rows import CsvRows


def read(raw: str | bytes, columns: str = "{}", **types: str) -> list[Record]:
    form = CsvRows("t.csv", read_columns(columns, "map.yaml"), types)
    content = raw if isinstance(raw, bytes) else raw.encode()
    return [r for c in form.chunks(io.BytesIO(content)) for r in form.records(c)]


def test_columns_by_their_own_name_and_by_mapping() -> None:
    records = read("id,Prio,customer.tier\n1,high,gold\n2,,\n", "severity: Prio")
    assert [r.value for r in records] == [
        {"id": "1", "customer": {"tier": "gold"}, "severity": "high"},
        {"id": "2"},
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_mark_that_the_headings_use(mark: str) -> None:
    (record,) = read(f"id{mark}status{mark}x\n1{mark}open{mark}\n")
    assert record.value == {"id": "1", "status": "open"}


def test_what_cells_mean() -> None:
    columns = """
    id: Number
    status: {value: open}
    severity: {column: Prio, values: {"1 - High": high}}
    tags: {column: Labels, split: "|"}
    created_at: {column: Opened, format: "%d/%m/%Y %H:%M", timezone: Europe/Paris}
    first_reply_at: {column: Answered, timezone: Europe/Paris}
    """
    raw = "Number,Prio,Labels,Opened,Answered\n7,1 - High,a | b|,20/07/2026 09:12,\n"
    (record,) = read(raw, columns)
    assert record.value == {
        "id": "7",
        "status": "open",
        "severity": "high",
        "tags": ["a", "b"],
        "created_at": "2026-07-20T09:12:00+02:00",
        "first_reply_at": None,
    }


def test_types_of_the_policy() -> None:
    raw = 'id,n,x,yes,l,events\n1,3,2.5,no,"[1]","[{""at"": 1}]"\n'
    (record,) = read(raw, n="integer", x="number", yes="boolean", l="array")
    assert record.value == {
        "id": "1",
        "fields": {"n": 3, "x": 2.5, "yes": False, "l": [1]},
        "events": [{"at": 1}],
    }


WRONG = {
    "2\n": ("ESC952", 2),
    "2,3,4\n": ("ESC952", 2),
    "2,x\n": ("ESC953", 2),
    "2,1e999\n": ("ESC953", 2),
    '"a\nb",x\n': ("ESC953", 2),
    '2,"x': ("ESC955", 2),
    '2,"x"y\n': ("ESC955", 2),
}


@pytest.mark.parametrize("row", WRONG)
def test_a_wrong_row_leaves_those_before_and_after(row: str) -> None:
    code, line = WRONG[row]
    good = "" if row.endswith("x") else "3,4\n"
    found = read(f"id,n\n{row}{good}", n="number")
    assert (found[0].wrong[0].code, found[0].line) == (code, line)
    assert [r.value for r in found[1:]] == [{"id": "3", "fields": {"n": 4}}][: bool(good)]


def test_bytes_that_are_no_text() -> None:
    assert [r.wrong[0].code if r.wrong else "" for r in read(b"id,n\n\xff,1\n2,2\n")] == [
        "ESC901",
        "",
    ]


def test_a_heading_that_is_not_there() -> None:
    with pytest.raises(TicketError, match="did you mean `Priority`"):
        read("id,Priority\n1,2\n", "severity: Priorty")


def test_columns_that_nothing_is_read_from_are_named() -> None:
    form = CsvRows("t.csv")
    list(form.chunks(io.BytesIO(b"id,Colour,status\n1,2,3\n")))
    assert form.unused == ("Colour",)


def test_no_rows() -> None:
    assert read("") == []
    assert read("id,n\n") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "columns are a mapping"),
        ("severity: 3", "needs a heading"),
        ("severity: {colum: Prio}", "did you mean `column`"),
        ("severity: {column: Prio, value: 3}", "either `column` or `value`"),
        ("severity: {column: Prio, values: [1]}", "`values` is a mapping"),
        ("at: {column: At, timezone: Europe/Pari}", "Europe/Paris"),
        ("a: [", "never closed"),
    ],
)
def test_a_wrong_mapping_is_located(text: str, message: str) -> None:
    with pytest.raises(PolicyError, match=r"map\.yaml:1:") as told:
        read_columns(text, "map.yaml")
    assert message in str(told.value)


def test_pairs_of_the_command_line() -> None:
    columns = plain_columns(["severity=Prio", "id=Number of case"])
    assert {n: c.column for n, c in columns.items()} == {"severity": "Prio", "id": "Number of case"}
    with pytest.raises(ValueError, match="is not `field=Heading`"):
        plain_columns(["severity"])
