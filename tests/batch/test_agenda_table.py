"""The agenda in columns comes to what the one in memory does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate import Agenda
from escalate.batch import AgendaTable
from escalate.batch import agenda as module
from escalate.batch.schema import INSTANT

START = 1_800_000_000_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ROW = st.tuples(
    st.sampled_from(["a", "b", "bb", "ä", "c-1", "c-10", "z"]),
    st.one_of(st.none(), st.integers(START, START + 12)),
    st.integers(START, START + 12),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("update"), st.lists(ROW, max_size=7, unique_by=lambda row: row[0])),
        st.tuples(st.just("remove"), st.lists(st.sampled_from(["a", "bb", "q"]), max_size=3)),
        st.tuples(st.just("due"), st.integers(START, START + 12)),
        st.tuples(st.just("stored"), st.none()),
    ),
    max_size=25,
)


def decisions(rows: list[tuple]) -> pa.Table:
    return pa.table(
        {
            "ticket": pa.array([row[0] for row in rows], pa.string()),
            "now": pa.array([row[2] for row in rows], pa.int64()).cast(INSTANT),
            "next_check_at": pa.array([row[1] for row in rows], pa.int64()).cast(INSTANT),
        }
    )


@pytest.mark.parametrize("few", [0, 3, 1000])
def test_columns_and_memory_agree(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FEW", few)

    @given(STEPS)
    def agree(steps: list[tuple]) -> None:
        table, agenda = AgendaTable(), Agenda()
        for what, value in steps:
            if what == "update":
                table.update(decisions(value))
                for ticket, us, decided in value:
                    agenda.put(ticket, us, decided)
            elif what == "remove":
                assert table.remove(value) == sum(map(agenda.remove, dict.fromkeys(value)))
            elif what == "due":
                now = EPOCH + timedelta(microseconds=value)
                assert table.due(now)["ticket"].to_pylist() == agenda.due(now)
            else:
                table = AgendaTable(table.to_table())
            assert table.next_at == agenda.next_at
            assert len(table) == len(agenda)
            held = table.to_table().to_pylist()
            assert [row["ticket"] for row in held] == sorted(agenda)

    agree()


def test_rows_that_could_not_be_decided_change_nothing() -> None:
    table = AgendaTable(decisions([("a", 5, 1), ("b", 6, 1)]))
    wrong = decisions([("a", None, 2), ("b", 9, 2)])
    table.update(wrong.append_column("error_code", pa.array(["ESC913", None])))
    assert table.to_table()["next_check_at"].cast(pa.int64()).to_pylist() == [5, 9]


def test_what_is_no_table_of_decisions_is_refused() -> None:
    with pytest.raises(ValueError, match="next_check_at"):
        AgendaTable(pa.table({"ticket": ["a"], "now": [1]}))
    with pytest.raises(ValueError, match="nulls"):
        AgendaTable(decisions([(None, 1, 1)]))
    with pytest.raises(ValueError, match="character 0"):
        AgendaTable(decisions([("a\0", 1, 1)]))
