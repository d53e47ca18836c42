"""Tickets into columns and back; what is wrong with a table, a column, a row."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from escalate import Engine, Policy, TicketError
from escalate.batch import TableError, decide_columns, flatten, ticket_schema, unflatten
from escalate.reading import read_ticket
from support.generators import case_of

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
POLICY = Policy.model_validate(
    {
        "escalate": 1,
        "name": "desk",
        "fields": {
            "severity": {"ordered": ["low", "high"]},
            "customer.tier": {"enum": ["basic", "gold"]},
            "floor": {"type": "integer"},
            "weight": {"type": "number"},
            "paid": {"type": "boolean"},
            "places": {"type": "array", "items": {"type": "integer"}},
            "form": {"type": "object"},
        },
        "owners": {"front": "team", "boss": "person"},
        "levels": [{"id": "L1", "owner": "front", "deadlines": {"resolve": "4h"}},
                   {"id": "L2", "owner": "boss"}],
        "triggers": [{"id": "grave", "when": {"severity": "high"}, "escalate": "L2"}],
    }
)  # fmt: skip
ENGINE = Engine(POLICY)
FULL: dict[str, Any] = {
    "id": "T-1",
    "created_at": "2026-11-20T09:00:00+02:00",
    "severity": "high",
    "status": "open",
    "level": "L1",
    "owner": "front",
    "tags": ["vip", "fibre"],
    "customer": {"id": "C-1", "tier": "gold"},
    "floor": 3,
    "weight": 1.5,
    "paid": False,
    "places": [1, 2],
    "form": {"a": [1, None, {"b": "c"}]},
    "events": [
        {"at": "2026-11-20T09:00:00+02:00", "type": "entered", "to": "L1", "owner": "front",
         "key": "enter:0"},
        {"at": "2026-11-20T09:05:00+02:00", "type": "reply", "by": "agent", "public": False,
         "text": "x"},
        {"at": "2026-11-20T09:06:00+02:00", "type": "field", "name": "floor", "from": 2, "to": 3},
        {"at": "2026-11-20T09:06:00+02:00", "type": "field", "name": "severity", "to": "high"},
        {"at": "2026-11-20T09:07:00+02:00", "type": "promised", "due": "2026-11-20T10:00:00+02:00"},
        {"at": "2026-11-20T09:07:00+02:00", "type": "action", "action": "notify", "to": "boss",
         "message": "late", "hold_until": "2026-11-21T09:00:00+02:00", "key": "t:0/notify/0"},
        {"at": "2026-11-20T09:08:00+02:00", "type": "requested", "by": "customer", "to": "boss"},
        {"at": "2026-11-20T09:09:00+02:00", "type": "fired", "trigger": "grave", "requests": [0]},
    ],
}  # fmt: skip
BARE = {
    "id": "T-2",
    "created_at": "2026-11-20T09:00:00Z",
    "status": "open",
    "level": "L1",
    "owner": "front",
}


def test_everything_comes_back() -> None:
    tickets = [FULL, BARE, {**BARE, "first_reply_at": None}, {**BARE, "done": ["enter:0"]}]
    table = flatten(tickets, POLICY)
    assert unflatten(table, POLICY) == [ENGINE.ticket(ticket) for ticket in tickets]
    assert unflatten(flatten(tickets)) == [read_ticket(ticket) for ticket in tickets]
    assert table["created_at"].type == pa.timestamp("us", "UTC")
    assert set(table.schema.names) <= set(ticket_schema(POLICY).names)
    for field in table.schema:
        assert ticket_schema(POLICY).field(field.name) == field


@pytest.mark.parametrize("part", range(4))
def test_generated_tickets_come_back(part: int) -> None:
    for seed in range(part * 100, (part + 1) * 100):
        policy, ticket, _, _ = case_of(seed).read()
        assert unflatten(flatten([ticket], policy), policy) == [ticket]
        assert unflatten(flatten([ticket])) == [ticket]


def test_tickets_as_text() -> None:
    table = flatten([json.dumps(FULL)], POLICY)
    assert unflatten(table, POLICY) == [ENGINE.ticket(FULL)]
    with pytest.raises(TicketError, match="ESC913"):
        flatten(["{}"], POLICY)


@pytest.mark.parametrize("field", [{"severity": [1, "x"]}, {"floor": [2**70]}, {"floor": [1, "x"]}])
def test_what_no_column_holds(field: dict[str, list[Any]]) -> None:
    ((name, values),) = field.items()
    tickets = [{**BARE, "id": str(i), name: value} for i, value in enumerate(values)]
    if name == "floor" and len(values) == 1:
        with pytest.raises(TableError, match=r"ESC984.*`floor`"):
            flatten(tickets)
    else:  # without a word on the type, what is mixed is written as JSON
        assert unflatten(flatten(tickets)) == [read_ticket(ticket) for ticket in tickets]


def test_none_at_all() -> None:
    table = flatten([], POLICY)
    assert table.num_rows == 0
    decided = decide_columns(POLICY, table, NOW)
    assert decided.num_rows == 0
    assert decided.schema.metadata[b"escalate.rows"] == b"0"
    batch = pa.RecordBatch.from_pylist([], table.schema)
    assert isinstance(decide_columns(POLICY, batch, NOW), pa.RecordBatch)


# What is wrong with the table.


def codes(error: pytest.ExceptionInfo[TableError]) -> list[tuple[str, str]]:
    return [(d.code, d.path) for d in error.value.diagnostics]


def test_columns_missing() -> None:
    table = flatten([FULL], POLICY).drop_columns(["id", "created_at", "severity"])
    with pytest.raises(TableError) as error:
        decide_columns(POLICY, table, NOW)
    assert codes(error) == [("ESC981", "created_at"), ("ESC981", "id"), ("ESC981", "severity")]
    assert "the policy `desk` reads it" in str(error.value)


def test_a_column_misspelt() -> None:
    table = flatten([FULL], POLICY)
    names = ["severty" if name == "severity" else name for name in table.schema.names]
    with pytest.raises(TableError, match="is `severty` meant"):
        decide_columns(POLICY, table.rename_columns(names), NOW)


def test_nothing_tells_where_tickets_stand() -> None:
    table = flatten([FULL], POLICY).drop_columns(["events", "level", "owner", "status"])
    with pytest.raises(TableError) as error:
        decide_columns(POLICY, table, NOW)
    assert codes(error) == [("ESC981", "level"), ("ESC981", "owner"), ("ESC981", "status")]


@pytest.mark.parametrize(
    ("name", "array", "code"),
    [
        ("created_at", pa.array(["2026-11-20T09:00:00Z"]), "ESC982"),
        ("created_at", pa.array([0], pa.timestamp("us")), "ESC983"),
        ("severity", pa.array([1]), "ESC982"),
        ("floor", pa.array(["1"]), "ESC982"),
        ("floor", pa.array([1.5]), "ESC982"),
        ("paid", pa.array([1]), "ESC982"),
        ("tags", pa.array(["vip"]), "ESC982"),
        ("places", pa.array([["a"]]), "ESC982"),
        ("events", pa.array(["[]"]), "ESC982"),
        ("events", pa.array([[{"at": "2026-11-20T09:00:00Z", "type": "reply"}]]), "ESC982"),
        ("events", pa.array([[{"type": "reply"}]]), "ESC982"),
        ("resolved_at", pa.array([0], pa.timestamp("ms")), "ESC983"),
    ],
)
def test_columns_of_other_types(name: str, array: Any, code: str) -> None:
    table = flatten([FULL], POLICY)
    if name in table.schema.names:
        table = table.drop_columns([name])
    with pytest.raises(TableError) as error:
        decide_columns(POLICY, table.append_column(name, array), NOW)
    assert codes(error) == [(code, name)]


@pytest.mark.parametrize(
    ("name", "array", "beyond"),
    [
        ("floor", pa.array([1 << 63], pa.uint64()), "numbers above 9,223,372,036,854,775,807"),
        ("weight", pa.array([1 << 63], pa.uint64()), "numbers above 9,223,372,036,854,775,807"),
        ("places", pa.array([[1, 1 << 63]], pa.list_(pa.uint64())), "numbers above"),
        ("created_at", pa.array([1 << 60], pa.timestamp("s", "UTC")), "instants beyond"),
        ("resolved_at", pa.array([-1 << 60], pa.timestamp("ms", "UTC")), "instants beyond"),
    ],
)
def test_values_beyond_what_columns_hold(name: str, array: Any, beyond: str) -> None:
    table = flatten([FULL], POLICY)
    if name in table.schema.names:
        table = table.drop_columns([name])
    with pytest.raises(TableError, match=f"`{name}` is of type .* and holds {beyond}") as error:
        decide_columns(POLICY, table.append_column(name, array), NOW)
    assert codes(error) == [("ESC982", name)]


def test_a_column_twice() -> None:
    table = flatten([FULL], POLICY)
    twice = pa.table([*table.columns, table["severity"]], [*table.schema.names, "severity"])
    with pytest.raises(TableError, match=r"ESC982.*several columns `severity`"):
        decide_columns(POLICY, twice, NOW)


# What is as good.


def changed(table: pa.Table, name: str, array: Any) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, array)


def test_other_forms_of_the_same() -> None:
    table = flatten([FULL, BARE], POLICY)
    usual = decide_columns(POLICY, table, NOW)
    created = table["created_at"]
    events = table["events"].combine_chunks()
    events = events.chunk(0) if isinstance(events, pa.ChunkedArray) else events
    large = events.cast(pa.large_list(events.type.value_type))
    same = [
        changed(table, "created_at", created.cast(pa.timestamp("us", "Asia/Kathmandu"))),
        changed(table, "created_at", created.cast(pa.timestamp("ns", "UTC"))),
        changed(table, "created_at", created.cast(pa.timestamp("s", "America/New_York"))),
        changed(table, "severity", table["severity"].dictionary_encode()),
        changed(table, "severity", table["severity"].cast(pa.large_string())),
        changed(table, "floor", table["floor"].cast(pa.int8())),
        changed(table, "floor", table["floor"].cast(pa.float64())),
        changed(table, "floor", table["floor"].cast(pa.uint64())),
        changed(table, "floor", table["floor"].dictionary_encode()),
        changed(table, "tags", table["tags"].cast(pa.large_list(pa.large_string()))),
        changed(table, "events", large),
        table.append_column("resolved_at", pa.nulls(2)).append_column("mood", pa.array([1, 2])),
        pa.concat_tables([table.slice(0, 1), table.slice(1, 1)]),
        table.to_batches()[0],
    ]
    for other in same:
        decided = decide_columns(POLICY, other, NOW)
        if isinstance(decided, pa.RecordBatch):
            decided = pa.Table.from_batches([decided])
        assert decided.to_pylist() == usual.to_pylist()


def test_slices_are_tables() -> None:
    table = flatten([BARE, FULL, FULL, BARE], POLICY)
    every = decide_columns(POLICY, table, NOW).to_pylist()
    assert decide_columns(POLICY, table.slice(1, 2), NOW).to_pylist() == every[1:3]
    batch = table.to_batches()[0].slice(2)
    assert decide_columns(POLICY, batch, NOW).to_pylist() == every[2:]


def test_numbers_for_ids() -> None:
    table = flatten([BARE, BARE], POLICY)
    decided = decide_columns(POLICY, changed(table, "id", pa.array([17, 18])), NOW)
    assert decided["ticket"].to_pylist() == ["17", "18"]


# What is wrong with a row.


def test_a_row_that_cannot_be_decided() -> None:
    rows = [FULL, BARE, FULL, FULL]
    table = flatten(rows, POLICY)
    table = changed(table, "severity", pa.array(["high", None, "tremendous", "low"]))
    table = changed(table, "id", pa.array(["T-1", None, "T-3", "T-4"]))
    decided = decide_columns(POLICY, table, NOW, full="all")
    assert decided["step"].to_pylist() == ["escalate", None, None, "hold"]
    assert decided["error_code"].to_pylist() == [None, "ESC913", "ESC919", None]
    assert decided["ticket"].to_pylist() == ["T-1", None, "T-3", "T-4"]
    assert decided["error"][2].as_py() == (
        "`severity` is `tremendous`, which is not among its values"
    )
    assert decided.schema.metadata[b"escalate.errors"] == b"2"
    assert [text is None for text in decided["decision"].to_pylist()] == [False, True, True, False]


def test_an_instant_that_cannot_be() -> None:
    table = flatten([BARE], POLICY)
    for us in (None, -(1 << 62), 1 << 62, 0):
        array = pa.array([us], pa.timestamp("us", "UTC"))
        (row,) = decide_columns(POLICY, changed(table, "created_at", array), NOW).to_pylist()
        assert row["error_code"] in ("ESC913", "ESC916", "ESC918")


def test_the_whole_decision_on_demand() -> None:
    table = flatten([FULL, {**BARE, "severity": "low"}], POLICY)
    decided = decide_columns(POLICY, table, NOW, full="acting")
    texts = decided["decision"].to_pylist()
    assert decided["step"].to_pylist() == ["escalate", "hold"]
    assert texts[1] is None
    assert json.loads(texts[0])["actions"][0]["action"] == "assign"
