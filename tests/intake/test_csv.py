"""CSV with a column mapping."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.errors import Diagnostic, PolicyError, TicketError
from escalate.intake import Record, read_columns
from escalate.intake.cell_places import cell_place
from escalate.intake.columns import plain_columns, unknown_fields
from escalate.intake.csv_rows import CsvRows, _rows


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


PLACES = {
    "2,x\n": "2:3-2:4",
    '"2",x\n': "2:5-2:6",
    '"2, and ""3""","x"\n': "2:16-2:19",
    '"a\nb",x\n': "3:4-3:5",
    '"a\nb","x\r\ny"\n': "3:4-4:3",
    "é😀,x\n": "2:4-2:5",
    "2,4,5\n": "2:5-2:6",
    '"2",4,\n': "2:7-2:8",
    "2\n": "2:1-2:2",
}


@pytest.mark.parametrize("row", PLACES)
def test_a_finding_points_at_its_cell(row: str) -> None:
    (record,) = read(f"id,n\n{row}", n="number")
    place = record.wrong[0].place
    assert f"{place.line}:{place.column}-{place.end_line}:{place.end_column}" == PLACES[row]


def test_a_finding_of_the_policy_points_at_the_cell_too() -> None:
    raw = 'id,"Prio, or so",status,customer.tier,impact\n"7",high,,gold,3\n'
    (record,) = read(raw, 'severity: "Prio, or so"\ncreated_at: {value: 5}', impact="integer")
    paths = {
        "severity": 5,
        "customer.tier": 11,
        "fields.impact": 16,
        "status": 10,
        "created_at": 1,
        "": 1,
    }
    found = record.located([Diagnostic("ESC912", "wrong", path=path) for path in paths])
    assert [(d.line, d.column) for d in found] == [(2, at) for at in paths.values()]


@given(
    st.lists(st.lists(st.text(',;"\n\t aé', max_size=6), min_size=2, max_size=5), min_size=1),
    st.sampled_from(",;\t"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_cells_are_found_where_they_were_written(
    rows: list[list[str]], mark: str, quoting: int
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=mark, quoting=quoting, lineterminator="\n").writerows(rows)
    lines = io.StringIO(text.getvalue(), newline="").readlines()
    read_back = list(_rows(lines, mark))
    assert [cells for _, cells, _ in read_back] == rows
    for line, cells, written in read_back:
        for at, cell in enumerate(cells):
            p = cell_place("f", line, cells, written, mark, at)
            if p.line == p.end_line:
                shown = lines[p.line - 1][p.column - 1 : p.end_column - 1]
            else:
                between = lines[p.line : p.end_line - 1]
                first, last = lines[p.line - 1], lines[p.end_line - 1]
                shown = "".join([first[p.column - 1 :], *between, last[: p.end_column - 1]])
            if cell:
                assert shown in (cell, '"' + cell.replace('"', '""') + '"')


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


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("integer", "two"),
        ("integer", "2.5"),
        ("number", "two"),
        ("number", "1e999"),
        ("boolean", "perhaps"),
        ("array", "[1"),
    ],
)
def test_what_to_do_with_a_cell(kind: str, cell: str) -> None:
    (record,) = read(f"id,n\n2,{cell}\n", n=kind)
    assert [(d.code, d.path, bool(d.help)) for d in record.wrong] == [("ESC953", "n", True)]


def test_bytes_that_are_no_text() -> None:
    assert [r.wrong[0].code if r.wrong else "" for r in read(b"id,n\n\xff,1\n2,2\n")] == [
        "ESC901",
        "",
    ]


def test_a_heading_that_is_not_there() -> None:
    with pytest.raises(TicketError, match="did you mean `Priority`"):
        read("id,Priority\n1,2\n", "severity: Priorty")


KNOWN = {
    "severity": None,
    "customer.email": None,
    "impact": None,
    "order": None,
    "severty": "did you mean `severity`?",
    "fields.impact": "did you mean `impact`?",
    "customer.mail": "did you mean `customer.email`?",
    "zzz": "declare it under `fields`",
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_field_that_the_policy_does_not_know(name: str) -> None:
    columns = read_columns(f"id: Number\n{name}: X\n", "map.yaml")
    found = unknown_fields(columns, ["impact", "order.total"])
    hint = KNOWN[name]
    assert [(d.code, d.line, d.column) for d in found] == ([("ESC957", 2, 1)] if hint else [])
    assert all(hint in d.help for d in found)


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
        ("severity: {column: Prio, value: 3}", "`column` or `value`, not both"),
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


def test_headings_in_another_encoding_end_it_before_the_first_row() -> None:
    raw = "id,Priorität\n1,hoch\n".encode("latin-1")
    for columns in ("{}", "severity: Priorität"):
        with pytest.raises(TicketError) as error:
            read(raw, columns)
        (wrong,) = error.value.diagnostics
        assert (wrong.code, wrong.line, wrong.help) == ("ESC901", 1, "save the file as UTF-8")
