"""`escalate decide` from Parquet into Parquet, as a user sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from escalate import load_policy
from escalate.batch import decide_columns, flatten

NOW = ("--now", "2026-11-12T10:30:00+01:00")
POLICY = "desk.escalation.yaml"


def tickets(path: Path, count: int = 6, wrong: int | None = None) -> Path:
    rows = [
        {
            "id": f"T-{n}",
            "severity": "high" if n % 2 else "low",
            "created_at": "2026-11-12T06:00:00Z",
            "events": [],
        }
        for n in range(count)
    ]
    table = flatten(rows, load_policy(POLICY))
    if wrong is not None:
        severity = [None if n == wrong else row["severity"] for n, row in enumerate(rows)]
        severity[wrong] = "dire"
        position = table.schema.get_field_index("severity")
        table = table.set_column(position, "severity", pa.array(severity))
    pq.write_table(table, path)
    return path


def test_decisions_in_parquet(run: Any, tmp_path: Path) -> None:
    given, out = tickets(tmp_path / "t.parquet"), tmp_path / "d.parquet"
    result = run("decide", POLICY, str(given), "-o", str(out), *NOW)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "6 decided, 0 errors\n"
    whole = decide_columns(load_policy(POLICY), pq.read_table(given), NOW[1])
    assert pq.read_table(out).to_pylist() == whole.to_pylist()
    folder = tmp_path / "decisions"
    assert run("decide", POLICY, str(given), "-o", f"{folder}/", *NOW).exit_code == 0
    assert pq.read_table(folder).to_pylist() == whole.to_pylist()


def test_errors_in_rows(run: Any, tmp_path: Path) -> None:
    given = tickets(tmp_path / "t.parquet", wrong=3)
    result = run("decide", POLICY, str(given), "-o", str(tmp_path / "d.parquet"), *NOW)
    assert result.exit_code == 1
    assert result.stderr == (
        "5 decided, 1 error\n"
        f"first error: {given}: row 4: error[ESC919]: "
        "`severity` is `dire`, which is not among its values\n"
    )


def test_files_that_are_none(run: Any, tmp_path: Path) -> None:
    given, out = tickets(tmp_path / "t.parquet"), str(tmp_path / "d.parquet")
    given.write_bytes(given.read_bytes()[:-20])
    result = run("decide", POLICY, str(given), "-o", out, *NOW)
    assert result.exit_code == 2
    assert f"error[ESC985]: `{given}` is no whole Parquet file" in result.stderr
    pq.write_table(pa.table({"id": ["1"]}), given)
    result = run("decide", POLICY, str(given), "-o", out, *NOW)
    assert result.exit_code == 2
    assert f"{given}: created_at: error[ESC981]: the table has no column" in result.stderr
    result = run("decide", POLICY, str(tmp_path / "no.parquet"), "-o", out, *NOW)
    assert result.exit_code == 2
    assert "no.parquet`: there is no such file" in result.stderr
    assert not Path(out).exists()


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("t.parquet", "--output-format", "parquet"), "add `-o decisions.parquet`"),
        (("tickets.jsonl", "-o", "d.parquet"), "made of tickets in Parquet"),
        (("t.parquet", "-o", "d.parquet", "--trace"), "`--trace`"),
        (("t.parquet", "-o", "d.parquet", "--handover"), "`--handover`"),
        (("t.parquet", "-o", "d.parquet", "--on-error", "stop"), "`--on-error` does not go with"),
        (("t.parquet", "-o", "d.parquet", "--column", "id=Id"), "`--column` does not go with"),
    ],
)
def test_what_does_not_go_together(run: Any, args: tuple[str, ...], why: str) -> None:
    result = run("decide", POLICY, *args, *NOW)
    assert result.exit_code == 2
    assert why in result.stderr


def test_without_an_instant_the_one_that_was_begun_with(run: Any, tmp_path: Path) -> None:
    given, out = tickets(tmp_path / "t.parquet"), tmp_path / "d.parquet"
    out.mkdir()  # a folder is in the way, so that the file cannot get its name
    (out / "x").touch()
    taken = run("decide", POLICY, str(given), "-o", str(out), *NOW)
    assert "the folder is not empty" in taken.stderr
    (out / "x").unlink()
    out.rmdir()
    from escalate.batch.parquet import decide_parquet

    def begun(total: int, done: int) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        decide_parquet(load_policy(POLICY), given, out, NOW[1], begun=begun)
    other = run("decide", POLICY, str(given), "-o", str(out), "--now", "2026-11-12T12:00:00Z")
    assert other.exit_code == 2
    assert "holds an unfinished run with another instant (`now`)" in other.stderr
    result = run("decide", POLICY, str(given), "-o", str(out))
    assert result.exit_code == 0
    assert "going on with what was begun as of 2026-11-12T10:30:00+01:00" in result.stderr
    whole = decide_columns(load_policy(POLICY), pq.read_table(given), NOW[1])
    assert pq.read_table(out).to_pylist() == whole.to_pylist()


def test_without_the_extra(tmp_path: Path) -> None:
    given = tickets(tmp_path / "t.parquet")
    (tmp_path / "pyarrow.py").write_text("raise ImportError\n")
    args = ["decide", POLICY, str(given), "-o", str(tmp_path / "d.parquet")]
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "escalate", *args], env=env, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr == (
        "escalate: deciding in columns needs an extra: pip install 'escalate[batch]'\n"
    )


# Row by row: for people, for lines of JSON, for one ticket.


def database(tmp_path: Path) -> str:
    duckdb = pytest.importorskip("duckdb")
    tickets(tmp_path / "t.parquet", wrong=3)
    path = tmp_path / "desk.db"
    with duckdb.connect(path) as connection:
        connection.execute(f"create table tickets as from '{tmp_path}/t.parquet'")
    return f"duckdb:{path}::"


def test_rows_as_lines(run: Any, tmp_path: Path) -> None:
    query = database(tmp_path) + "from tickets"
    seen = []
    for given in (query, str(tmp_path / "t.parquet")):
        result = run("decide", POLICY, given, *NOW, "--output-format", "jsonl")
        assert result.exit_code == 1
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        assert [line["ticket"] for line in lines] == [f"T-{n}" for n in range(6)]
        assert (lines[3]["line"], lines[3]["error"]["code"]) == (4, "ESC919")
        assert f"first error: {given}: row 4: severity: error[ESC919]" in result.stderr
        seen.append([line for line in lines if "error" not in line])
    assert seen[0] == seen[1]
    shown = run("decide", POLICY, query, *NOW)
    assert "5 decided, 1 error" in shown.stderr
    assert " T-5 " in shown.stdout
    told = run("explain", POLICY, query, "--id", "T-5", *NOW)
    assert (told.exit_code, "T-5" in told.stdout) == (0, True)


def test_a_query_into_parquet(run: Any, tmp_path: Path) -> None:
    given, out = database(tmp_path) + "from tickets order by id", tmp_path / "d.parquet"
    result = run("decide", POLICY, given, "-o", str(out), *NOW)
    assert result.exit_code == 1
    assert "5 decided, 1 error" in result.stderr
    assert pq.read_table(out)["ticket"].to_pylist() == [f"T-{n}" for n in range(6)]


def test_a_query_that_fails(run: Any, tmp_path: Path) -> None:
    given = database(tmp_path)
    for more in (("-o", str(tmp_path / "d.parquet")), ()):
        result = run("decide", POLICY, f"{given}select id\n  from tikets", *more, *NOW)
        assert result.exit_code == 2
        assert "error[ESC986]" in result.stderr
        assert "tikets does not exist" in result.stderr
        assert "Traceback" not in result.stderr
        missing = run("decide", POLICY, f"{given[:-2]}.no::from tickets", *more, *NOW)
        assert missing.exit_code == 2
        assert "database does not exist" in missing.stderr
        none = run("decide", POLICY, "duckdb:desk.db", *more, *NOW)
        assert none.exit_code == 2
        assert "a query is written" in none.stderr


@pytest.mark.parametrize("name", ["duckdb", "pyarrow"])
def test_a_query_without_the_extra(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.py").write_text("raise ImportError\n")
    for more in (("-o", str(tmp_path / "d.parquet")), ()):
        done = subprocess.run(
            [sys.executable, "-m", "escalate", "decide", POLICY, "duckdb:x.db::from t", *more],
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        extra = "duckdb" if name == "duckdb" else "batch"
        assert done.returncode == 2
        assert f"pip install 'escalate[{extra}]'" in done.stderr
