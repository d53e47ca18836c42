"""Every input yields a ticket or a located error, whatever the bytes."""

from __future__ import annotations

import io
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.errors import Diagnostic, EscalateError, TicketError
from escalate.intake import FORMS, Record, form_for
from escalate.intake.json_lines import LONGEST_LINE


def read(name: str, raw: bytes, **options: object) -> list[Record]:
    form = form_for(name, **options)  # type: ignore[arg-type]
    chunks = list(form.chunks(io.BytesIO(raw)))
    return [r for c in chunks for r in form.records(pickle.loads(pickle.dumps(c)))]


def told(records: list[Record]) -> list[object]:
    """The values, and in place of each that is wrong its first code and place."""
    return [
        f"{r.wrong[0].code} {r.wrong[0].line}:{r.wrong[0].column}" if r.wrong else r.value
        for r in records
    ]


CASES = {
    "lines": ("t.jsonl", b'{"id":1}\n{"id":2}\n', [{"id": 1}, {"id": 2}]),
    "lines without the last break": ("t.jsonl", b'{"id":1}\n{"id":2}', [{"id": 1}, {"id": 2}]),
    "lines of another system": ("t.jsonl", b'{"id":1}\r\n{"id":2}\r\n', [{"id": 1}, {"id": 2}]),
    "no lines": ("t.jsonl", b"", []),
    "an empty line is an input": ("t.jsonl", b'{"id":1}\n\n[2]', [{"id": 1}, "ESC902 2:1", [2]]),
    "a cut line": ("t.jsonl", b'{"id":\n{"id":2}', ["ESC902 1:6", {"id": 2}]),
    "no utf-8": ("t.jsonl", b'{"id":"\xff"}\n1', ["ESC901 1:8", 1]),
    "a key twice": ("t.jsonl", b'{"a":1,"a":2}\n1', ["ESC903 1:8", 1]),
    "one object": ("t.json", b' {"id":\n1}', [{"id": 1}]),
    "a list": ("t.json", b'[{"id":1},\n {"id":2}]\n', [{"id": 1}, {"id": 2}]),
    "an empty list": ("t.json", b"[ ]", []),
    "an empty document": ("t.json", b"", ["ESC902 1:1"]),
    "one of a list": ("t.json", b'[1, {"a":1, "a":2},\n3]', [1, "ESC903 1:13", 3]),
    "a list that breaks": ("t.json", b'[1,\n2,\n{"a" 3}]', [1, 2, "ESC902 3:6"]),
    "a list without an end": ("t.json", b"[1, 2", [1, 2, "ESC902 1:5"]),
    "a list without a comma": ("t.json", b"[1 2]", [1, "ESC902 1:4"]),
    "more than a list": ("t.json", b"[1] 2", [1, "ESC902 1:5"]),
    "deep": ("t.json", b"[1, " + b"[" * 100_000, [1, "ESC905 1:104"]),
    "not utf-8 at all": ("t.json", b'{"a": "\xe9"}', ["ESC901 1:8"]),
    "yaml": ("t.yaml", b"id: NO\nat: 2026-11-20\n", [{"id": "NO", "at": "2026-11-20"}]),
    "yaml list": ("t.yml", b"- id: 1\n- id: 2\n", [{"id": 1}, {"id": 2}]),
    "yaml that is none": ("t.yaml", b"a: [", ["ESC124 1:4"]),
    "yaml without anything": ("t.yaml", b"# none\n", ["ESC107 1:1"]),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: str) -> None:
    name, raw, expected = CASES[case]
    assert told(read(name, raw)) == expected


PATHS = {
    "t.jsonl": (b'{"id":1}\n{"customer": {"tier": 5}}', "customer.tier", "2:23"),
    "a.jsonl": (b'{"id":1}\n{"events": [{}, {"at": 5}]}', "events[1].at", "2:24"),
    "b.jsonl": (b'{"id":1}\n{"fields": {"order.total": 5}}', "fields.order.total", "2:28"),
    "t.json": (b'[{"id":1}, {"customer":\n {"tier": 5}}]', "customer.tier", "2:11"),
    "a.json": (b'[{"id":1}, {"id": 5}]', "id", "1:19"),
    "t.yaml": (b"- id: 1\n- customer:\n    tier: 5\n", "customer.tier", "3:11"),
}


@pytest.mark.parametrize("name", PATHS)
def test_a_finding_by_path_gets_its_place(name: str) -> None:
    raw, path, place = PATHS[name]
    second = read(name, raw)[1]
    (found,) = second.located([Diagnostic("ESC912", "wrong", path=path)])
    assert f"{found.line}:{found.column}" == place


def test_an_unknown_key_is_pointed_at_itself() -> None:
    (record,) = read("t.jsonl", b'{"id": 1, "sevrity": 5}')
    (found,) = record.located([Diagnostic("ESC914", "unknown", path="sevrity")])
    assert (found.line, found.column) == (1, 11)


def test_a_line_too_long_is_one_error() -> None:
    raw = b'{"id":1}\n' + b"x" * (LONGEST_LINE + 5) + b'\n{"id":3}\n' + b"y" * (LONGEST_LINE + 1)
    assert told(read("t.jsonl", raw)) == [{"id": 1}, "ESC951 2:1", {"id": 3}, "ESC951 4:1"]


def test_a_slow_pipe_is_not_waited_for() -> None:
    class Pipe(io.BytesIO):
        def read1(self, size: int | None = -1) -> bytes:
            return self.readline()

    form = form_for("-")
    chunks = form.chunks(Pipe(b'{"id":1}\n{"id":2}\n'))
    assert [r.value for r in form.records(next(chunks))] == [{"id": 1}]


def test_an_unknown_ending() -> None:
    with pytest.raises(EscalateError, match=r"`t\.xlsx` does not"):
        form_for("t.xlsx")


@given(raw=st.binary(max_size=200), ending=st.sampled_from(sorted(FORMS)))
def test_any_bytes(raw: bytes, ending: str) -> None:
    try:
        wrong = [d for record in read(f"t{ending}", raw) for d in record.wrong]
    except TicketError as error:
        wrong = list(error.diagnostics)
    assert all(d.place is not None for d in wrong)


@given(
    tickets=st.lists(
        st.dictionaries(
            st.text(max_size=4).filter(lambda s: s.isprintable()),
            st.none() | st.integers(-9, 9) | st.text(max_size=9).filter(lambda s: s.isprintable()),
            max_size=3,
        ),
        max_size=6,
    ),
    indent=st.sampled_from([None, 0, 2]),
)
def test_lines_and_list_say_the_same(tickets: list[dict[str, object]], indent: int | None) -> None:
    lines = "".join(json.dumps(t) + "\n" for t in tickets).encode()
    document = json.dumps(tickets, indent=indent).encode()
    assert told(read("t.jsonl", lines)) == told(read("t.json", document)) == tickets


def test_help_speaks_of_tickets_where_tickets_are_read() -> None:
    """The readers of policies would have an author begin with `escalate: 1`."""
    deep = b"[" * 101 + b"]" * 101
    for raw in (b"", b"---\n", deep):
        (record,) = read("t.yaml", raw)
        (wrong,) = record.wrong
        assert "polic" not in f"{wrong.message} {wrong.help}"
        assert "escalate" not in f"{wrong.help}"
