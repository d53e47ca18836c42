"""Tickets of a database, and decisions as a table of it."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from escalate import EscalateError, Policy, TicketError
from escalate.batch import TableError, decide_columns
from escalate.batch.duckdb import decide
from escalate.batch.parquet import decide_parquet

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
POLICY = Policy.model_validate(
    {
        "escalate": 1,
        "name": "desk",
        "fields": {"severity": {"ordered": ["low", "high"]}},
        "owners": {"front": "team", "boss": "person"},
        "levels": [
            {"id": "L1", "owner": "front", "deadlines": {"resolve": "4h"}},
            {"id": "L2", "owner": "boss"},
        ],
        "triggers": [{"id": "grave", "when": {"severity": "high"}, "escalate": "L2"}],
    }
)
TABLE = """
create table tickets as
select range as id, 'team-' || range % 3 as team,
  case when range % 5 = 0 then 'high' when range = 7 then 'dire' else 'low' end as severity,
  timestamptz '2026-11-20 06:00:00+00' + range * interval 1 second as created_at,
  'open' as status, 'L1' as level, 'front' as owner, [team] as tags
from range(3000)
"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = str(tmp_path / "desk.db")
    with duckdb.connect(path) as connection:
        connection.execute(TABLE)
    return path


@pytest.fixture
def connection(database: str) -> Any:
    with duckdb.connect(database) as connected:
        connected.execute("SET TimeZone = 'UTC'")
        yield connected


def expected(connection: Any, query: str = "select * from tickets") -> list[dict[str, Any]]:
    return decide_columns(POLICY, connection.sql(query).to_arrow_table(), NOW).to_pylist()


def test_the_decisions_are_a_relation(connection: Any) -> None:
    decisions = decide(connection, POLICY, NOW, "select * from tickets order by id")
    rows = decisions.to_arrow_table().to_pylist()
    assert rows == expected(connection, "select * from tickets order by id")
    assert [row["error_code"] for row in rows[6:8]] == [None, "ESC919"]
    # Asked again, it is all there again; joined, both sides are read.
    joined = connection.sql(
        "select team, count(*) as n from tickets join decisions on ticket = cast(id as varchar) "
        "where step = 'escalate' group by team order by team"
    )
    assert joined.fetchall() == [("team-0", 200), ("team-1", 200), ("team-2", 200)]
    assert decisions.aggregate("count(*)").fetchall() == [(3000,)]


def test_it_outlives_what_made_it(connection: Any) -> None:
    decide(connection, POLICY, NOW, "from tickets where id < 10", name="decided")
    gc.collect()
    asked = connection.sql("select count(*), count(next_check_at), min(fired[1]) from decided")
    assert asked.fetchall() == [(10, 9, "grave")]
    connection.execute("insert into tickets select 99999, * exclude (id) from tickets where id = 1")
    more = decide(connection, POLICY, NOW, "from tickets where id = 99999 or id = 1")
    assert more.aggregate("count(*)").fetchall() == [(2,)]


def test_queries_that_fail(connection: Any) -> None:
    for query, why in {
        "selec 1": 'syntax error at or near "selec"',
        "select * from tikets": "tikets does not exist",
        "delete from tickets": "tickets come of one `SELECT`",
        "": "tickets come of one `SELECT`",
    }.items():
        with pytest.raises(TableError, match=f"ESC98.*{why}"):
            decide(connection, POLICY, NOW, query)
    with pytest.raises(TableError, match="the table has no column `severity`"):
        decide(connection, POLICY, NOW, "select * exclude (severity) from tickets")
    with pytest.raises(TableError, match="ESC983"):
        decide(connection, POLICY, NOW, "select * replace (timestamp '2026-11-20' as created_at) from tickets")  # fmt: skip # noqa: E501
    with pytest.raises(TicketError):
        decide(connection, POLICY, "today", "from tickets")
    assert connection.sql("select count(*) from tickets").fetchall() == [(3000,)]
    # Seen only while it is read, and told by DuckDB then.
    late = decide(
        connection, POLICY, NOW, "select * replace (cast(team as int) as id) from tickets"
    )
    with pytest.raises(duckdb.Error, match="team-0"):
        late.fetchall()


def test_a_query_into_a_file(database: str, tmp_path: Path, connection: Any) -> None:
    whole = expected(connection, "from tickets order by id")
    connection.close()
    given = f"duckdb:{database}::select * from tickets order by id"
    found = decide_parquet(POLICY, given, tmp_path / "d.parquet", NOW)
    assert (found.rows, found.errors) == (3000, 1)
    assert str(found.first_error).startswith(f"duckdb:{database}: row 8: error[ESC919]")
    assert pq.read_table(tmp_path / "d.parquet").to_pylist() == whole
    decide_parquet(POLICY, given, f"{tmp_path}/apart/", NOW)
    assert pq.read_table(tmp_path / "apart").to_pylist() == whole
    assert not (tmp_path / "apart" / "_tickets.parquet").exists()
    files = f"duckdb:::from read_parquet('{tmp_path}/t.parquet')"
    with duckdb.connect() as other:
        other.execute(TABLE)
        other.execute(f"copy (from tickets order by id) to '{tmp_path}/t.parquet'")
    decide_parquet(POLICY, files, tmp_path / "e.parquet", NOW)
    assert pq.read_table(tmp_path / "e.parquet").to_pylist() == whole


def test_an_interrupted_run_goes_on_with_the_rows_it_had(database: str, tmp_path: Path) -> None:
    given, out = f"duckdb:{database}::from tickets order by id", tmp_path / "d.parquet"

    def begun(total: int, done: int) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        decide_parquet(POLICY, given, out, NOW, begun=begun)
    with duckdb.connect(database) as connection:
        connection.execute("delete from tickets where id > 100")
    assert decide_parquet(POLICY, given, out, NOW).rows == 3000
    assert decide_parquet(POLICY, given, out, NOW).rows == 101


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("duckdb:{}::selec 1", 'the query fails: syntax error at or near "selec"'),
        ("duckdb:{}::select * from tikets", "did you mean \"tickets\""),
        ("duckdb:{}::drop table tickets", "tickets come of one `SELECT`"),
        ("duckdb:{}::select 1; select 2", "tickets come of one `SELECT`"),
        ("duckdb:{}::select 1 as id", "the table has no column `created_at`"),
        ("duckdb:{}::select * replace (cast(team as int) as id) from tickets", "team-0"),
        ("duckdb:{}.no::from tickets", "database does not exist"),
        ("duckdb:{}.bad::from tickets", "not a valid DuckDB database"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_it(database: str, tmp_path: Path, given: str, why: str) -> None:
    Path(f"{database}.bad").write_bytes(b"none" * 4000)
    with pytest.raises(TableError) as error:
        decide_parquet(POLICY, given.format(database), tmp_path / "d.parquet", NOW)
    assert why in str(error.value)
    assert not (tmp_path / "d.parquet").exists()
    with duckdb.connect(database) as connection:
        assert connection.sql("select count(*) from tickets").fetchall() == [(3000,)]


def test_it_is_written_so(tmp_path: Path) -> None:
    for given in ("duckdb:desk.db", "duckdb:desk.db::", "duckdb:desk.db:select 1"):
        with pytest.raises(EscalateError, match="a query is written"):
            decide_parquet(POLICY, given, tmp_path / "d.parquet", NOW)


def test_no_variable_of_python_is_taken_for_a_table(database: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="statements does not exist"):
        decide_parquet(POLICY, f"duckdb:{database}::from statements", tmp_path / "d", NOW)
