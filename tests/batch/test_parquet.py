"""Files of tickets into files of decisions: nothing lost, nothing twice, nothing half."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from escalate import EscalateError, Policy
from escalate.batch import TableError, decide_columns, flatten
from escalate.batch.parquet import Summary, begun_at, decide_parquet, run, source
from escalate.batch.parquet.source import File, pieces_of

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 11, tzinfo=UTC)
RAW = {
    "escalate": 1,
    "name": "desk",
    "fields": {"severity": {"ordered": ["low", "high"]}, "floor": {"type": "integer"}},
    "owners": {"front": "team", "boss": "person"},
    "levels": [
        {"id": "L1", "owner": "front", "deadlines": {"resolve": "4h"}},
        {"id": "L2", "owner": "boss"},
    ],
    "triggers": [{"id": "grave", "when": {"severity": "high"}, "escalate": "L2"}],
}
POLICY = Policy.model_validate(RAW)


def tickets(count: int, start: int = 0, wrong: frozenset[int] = frozenset()) -> Any:
    """A table; the severities of some rows are none."""
    rows = [
        {
            "id": f"T-{n}",
            "created_at": f"2026-11-20T0{n % 8}:{n % 60:02}:00Z",
            "status": "open",
            "level": "L1",
            "owner": "front",
            "severity": "high" if n % 3 == 0 else "low",
            "floor": n,
        }
        for n in range(start, start + count)
    ]
    table = flatten(rows, POLICY)
    severity = ["dire" if n in wrong else row["severity"] for n, row in enumerate(rows)]
    position = table.schema.get_field_index("severity")
    return table.set_column(position, "severity", pa.array(severity))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of some tens of rows, and processes for them."""
    monkeypatch.setattr(source, "_SMALLEST", 16)
    monkeypatch.setattr(run, "_WORTH_A_POOL", 50)


def written(path: Path, table: Any, group: int = 1 << 20) -> Path:
    pq.write_table(table, path, row_group_size=group)
    return path


def plain(path: Path) -> list[dict[str, Any]]:
    return pq.read_table(path).to_pylist()


def content(path: Path) -> list[bytes]:
    """The bytes of a file, or of all in a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file.read_bytes() for file in files]


def left_over(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if "unfinished" in str(p))


# What comes of it.


@pytest.mark.parametrize("group", [7, 40, 1000])
def test_it_is_what_the_table_gives(tmp_path: Path, small: None, group: int) -> None:
    table = tickets(300)
    given = written(tmp_path / "t.parquet", table, group)
    out = tmp_path / "d.parquet"
    told: list[tuple[int, ...]] = []

    def begun(total: int, done: int) -> Any:
        told.append((total, done))
        return lambda more: told.append((more,))

    found = decide_parquet(POLICY, given, out, NOW, begun=begun)
    whole = decide_columns(POLICY, table, NOW)
    assert pq.read_table(out).to_pylist() == whole.to_pylist()
    assert pq.read_schema(out).remove_metadata() == whole.schema.remove_metadata()
    assert (found.rows, found.errors, found.by_columns + found.by_engine) == (300, 0, 300)
    said = pq.read_metadata(out).metadata
    assert {k: said[k] for k in whole.schema.metadata} == whole.schema.metadata
    assert told[0] == (300, 0)
    assert sum(more for (more,) in told[1:]) == 300
    assert left_over(tmp_path) == []


def test_processes_write_the_same_bytes(tmp_path: Path, small: None) -> None:
    given = written(tmp_path / "t.parquet", tickets(200, wrong=frozenset({150})), 20)
    seen = set()
    for jobs in (1, 2):
        out = tmp_path / f"d{jobs}.parquet"
        found = decide_parquet(POLICY, given, out, NOW, jobs=jobs)
        assert found.first_error is not None
        assert found.first_error.startswith(f"{given}: row 151: error[ESC919]: `severity`")
        seen.add(out.read_bytes())
    assert len(seen) == 1


def test_errors_in_single_rows(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    written(tmp_path / "in" / "a.parquet", tickets(10))
    written(tmp_path / "in" / "b.parquet", tickets(10, 10, wrong=frozenset({3, 5})))
    out = tmp_path / "d.parquet"
    found = decide_parquet(POLICY, tmp_path / "in", out, NOW)
    assert (found.rows, found.errors) == (20, 2)
    assert "b.parquet: row 4: error[ESC919]: `severity` is `dire`" in str(found.first_error)
    rows = plain(out)
    assert [row["ticket"] for row in rows] == [f"T-{n}" for n in range(20)]
    assert [n for n, row in enumerate(rows) if row["error_code"]] == [13, 15]


def test_many_files(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "day=1"
    folder.mkdir(parents=True)
    for n in (3, 1, 2):
        written(folder / f"{n}.parquet", tickets(4, 4 * n))
    (folder / "_log.parquet").write_bytes(b"of an engine's own")
    for given in (tmp_path / "in", tmp_path / "in" / "*" / "[0-9].parquet"):
        out = tmp_path / "d.parquet"
        decide_parquet(POLICY, given, out, NOW)
        assert [row["ticket"] for row in plain(out)] == [f"T-{n}" for n in range(4, 16)]


def test_a_folder_keeps_the_parts(tmp_path: Path, small: None) -> None:
    table = tickets(100)
    given = written(tmp_path / "t.parquet", table, 20)
    found = decide_parquet(POLICY, given, f"{tmp_path}/decisions/", NOW)
    assert found.rows == 100
    assert len(list((tmp_path / "decisions").glob("part-*.parquet"))) > 2
    assert plain(tmp_path / "decisions") == decide_columns(POLICY, table, NOW).to_pylist()
    with pytest.raises(EscalateError, match="the folder is not empty"):
        decide_parquet(POLICY, given, tmp_path / "decisions", NOW)


@pytest.mark.parametrize("groups", [0, 1])
@pytest.mark.parametrize("ending", ["", "/"])
def test_no_rows_at_all(tmp_path: Path, groups: int, ending: str) -> None:
    table = tickets(1).slice(0, 0)
    with pq.ParquetWriter(tmp_path / "t.parquet", table.schema) as out:
        if groups:
            out.write_table(table)
    target = f"{tmp_path}/d{ending or '.parquet'}"
    assert decide_parquet(POLICY, tmp_path / "t.parquet", target, NOW) == Summary()
    assert pq.read_table(target).num_rows == 0
    assert "next_check_at" in pq.read_table(target).schema.names


def test_the_whole_decision_and_a_set_of_policies(tmp_path: Path) -> None:
    from escalate import load_policies

    (tmp_path / "p").mkdir()
    for name in ("high", "low"):
        text = json.dumps({**RAW, "name": name, "applies_to": {"severity": name}})
        (tmp_path / "p" / f"{name}.escalation.yaml").write_text(text)
    policies = load_policies(tmp_path / "p")
    table = tickets(9)
    given = written(tmp_path / "t.parquet", table)
    decide_parquet(policies, given, tmp_path / "d.parquet", NOW, full="acting")
    whole = decide_columns(policies, table, NOW, full="acting")
    assert plain(tmp_path / "d.parquet") == whole.to_pylist()


@drawn(st.lists(st.lists(st.integers(0, 900), max_size=12), max_size=4))
def test_every_row_stands_in_one_piece(groups: list[list[int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "_SMALLEST", 50)
        files = [File(str(n), str(n), tuple(rows), "") for n, rows in enumerate(groups)]
        pieces = pieces_of(files)
    for file in files:
        mine = [piece for piece in pieces if piece.path == file.path]
        rows: list[tuple[int, int]] = []  # row group and number in it
        for piece in mine:
            inside = [(g, n) for g in piece.groups for n in range(file.groups[g])]
            assert piece.first == len(rows) + 1
            rows += inside[piece.skip : piece.skip + piece.count]
        assert rows == [(g, n) for g, count in enumerate(file.groups) for n in range(count)]
    assert all(piece.count > 0 for piece in pieces)


# What is wrong with the files.


def code(error: pytest.ExceptionInfo[TableError]) -> list[tuple[str, str]]:
    return [(d.code, os.path.basename(d.path)) for d in error.value.diagnostics]


@pytest.mark.parametrize(
    "content",
    [b"", b"id,created_at\n", b"PAR1", "cut", "head"],
    ids=["0", "csv", "4", "cut", "head"],
)
def test_files_that_are_not_whole(tmp_path: Path, content: bytes | str) -> None:
    given = written(tmp_path / "t.parquet", tickets(50))
    if isinstance(content, str):
        whole = given.read_bytes()
        content = whole[: len(whole) // 2] if content == "cut" else whole[200:]
    given.write_bytes(content)
    out = tmp_path / "d.parquet"
    with pytest.raises(TableError, match="is no whole Parquet file") as error:
        decide_parquet(POLICY, given, out, NOW)
    assert code(error) == [("ESC985", "t.parquet")]
    assert not out.exists()


def test_a_file_damaged_in_the_middle(tmp_path: Path, small: None) -> None:
    given = written(tmp_path / "t.parquet", tickets(400), 40)
    chunk = pq.read_metadata(given).row_group(5).column(0)
    content = bytearray(given.read_bytes())
    at = chunk.dictionary_page_offset or chunk.data_page_offset
    content[at : at + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    given.write_bytes(content)
    out = tmp_path / "d.parquet"
    for jobs in (1, 2):
        with pytest.raises(TableError) as error:
            decide_parquet(POLICY, given, out, NOW, jobs=jobs)
        assert code(error) == [("ESC985", "t.parquet")]
        assert not out.exists()


def test_columns_that_do_not_fit(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    written(tmp_path / "in" / "a.parquet", tickets(3).drop_columns(["severity"]))
    table = tickets(3)
    naive = table["created_at"].cast(pa.timestamp("us"))
    position = table.schema.get_field_index("created_at")
    written(tmp_path / "in" / "b.parquet", table.set_column(position, "created_at", naive))
    with pytest.raises(TableError) as error:
        decide_parquet(POLICY, tmp_path / "in", tmp_path / "d.parquet", NOW)
    assert code(error) == [
        ("ESC981", "a.parquet: severity"),
        ("ESC983", "b.parquet: created_at"),
    ]


def test_no_such_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, why in {
        "no.parquet": "there is no such file",
        "in": "the folder holds no file",
        "*.parquet": "no file fits this pattern",
    }.items():
        with pytest.raises(EscalateError, match=why):
            decide_parquet(POLICY, tmp_path / name, tmp_path / "d.parquet", NOW)
    given = written(tmp_path / "t.parquet", tickets(1))
    with pytest.raises(EscalateError, match="there is no such folder"):
        decide_parquet(POLICY, given, tmp_path / "no" / "d.parquet", NOW)


# What is begun and not finished.


def stopped(tmp_path: Path, at: int) -> Path:
    """A run that ended when the part of that number was to be written."""
    given = tmp_path / "t.parquet"
    if not given.exists():
        written(given, tickets(160), 20)

    def begun(total: int, done: int) -> Any:
        left = [at]

        def advance(more: int) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt

        return advance

    with pytest.raises(KeyboardInterrupt):
        decide_parquet(POLICY, given, tmp_path / "d.parquet", NOW, begun=begun)
    assert not (tmp_path / "d.parquet").exists()
    return given


def test_going_on(tmp_path: Path, small: None) -> None:
    given = stopped(tmp_path, 3)
    unfinished = tmp_path / "d.parquet.unfinished"
    parts = sorted(unfinished.glob("part-*.parquet"))
    assert len(parts) == 3
    assert begun_at(tmp_path / "d.parquet") == NOW.isoformat()
    found = decide_parquet(POLICY, given, tmp_path / "d.parquet", NOW)
    assert (found.rows, found.resumed) == (160, 60)
    decide_parquet(POLICY, given, tmp_path / "whole.parquet", NOW)
    assert (tmp_path / "d.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert begun_at(tmp_path / "d.parquet") is None
    assert left_over(tmp_path) == []


def test_a_part_is_taken_only_if_it_is_whole_and_of_this_run(tmp_path: Path, small: None) -> None:
    given = stopped(tmp_path, 5)
    parts = sorted((tmp_path / "d.parquet.unfinished").glob("part-*.parquet"))
    parts[0].write_bytes(parts[0].read_bytes()[:-9])
    parts[1].write_bytes(b"")
    pq.write_table(pq.read_table(parts[2]), parts[2])  # without a word of whose it is
    shutil.copy(parts[3], parts[3].with_name(f".{parts[3].name}.77.writing"))
    found = decide_parquet(POLICY, given, tmp_path / "d.parquet", NOW)
    assert (found.rows, found.resumed) == (160, 40)
    assert plain(tmp_path / "d.parquet") == decide_columns(POLICY, tickets(160), NOW).to_pylist()


def test_a_part_damaged_inside_is_decided_again(tmp_path: Path, small: None) -> None:
    given = stopped(tmp_path, 5)
    part = sorted((tmp_path / "d.parquet.unfinished").glob("part-*.parquet"))[1]
    content = bytearray(part.read_bytes())
    chunk = pq.read_metadata(part).row_group(0).column(0)
    content[chunk.data_page_offset + chunk.total_compressed_size - 3] ^= 0xFF
    part.write_bytes(content)
    out = tmp_path / "d.parquet"
    with pytest.raises(EscalateError, match="has been damaged since it was written"):
        decide_parquet(POLICY, given, out, NOW)
    assert not out.exists()
    decide_parquet(POLICY, given, out, NOW)
    assert plain(out) == decide_columns(POLICY, tickets(160), NOW).to_pylist()


def test_a_run_of_something_else_is_not_mixed_in(tmp_path: Path, small: None) -> None:
    given = stopped(tmp_path, 3)
    out = tmp_path / "d.parquet"
    other = Policy.model_validate({**RAW, "triggers": []})
    everything: dict[str, Any] = {"policy": POLICY, "tickets": given, "output": out, "now": NOW}
    for changed, called in (
        ({"policy": other}, "policy"),
        ({"now": LATER}, "instant"),
        ({"desk": {"open": {"front": 3}}}, "desk"),
        ({"tickets": written(tmp_path / "u.parquet", tickets(160, 1), 20)}, "input"),
        ({"full": "all"}, "choice of whole decisions"),
        ({"columns": False}, "way of deciding"),
    ):
        with pytest.raises(EscalateError, match=f"an unfinished run with another {called}"):
            decide_parquet(**{**everything, **changed})
    written(given, tickets(160, 2), 20)  # under the same name
    with pytest.raises(EscalateError, match="another input"):
        decide_parquet(**everything)
    shutil.rmtree(tmp_path / "d.parquet.unfinished")
    assert decide_parquet(**everything).resumed == 0


def test_stopped_at_any_step_it_comes_to_the_same(
    tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = written(tmp_path / "t.parquet", tickets(90), 20)
    for target in ("d.parquet", "d/"):
        decide_parquet(POLICY, given, f"{tmp_path}/whole{target[1:]}", NOW)
        step, out = 0, f"{tmp_path}/{target}"
        while True:
            step += 1
            left = [step]
            replaced = os.replace

            def replacing(a: Any, b: Any, left: list[int] = left, how: Any = replaced) -> None:
                left[0] -= 1
                if left[0] == 0:
                    raise KeyboardInterrupt
                how(a, b)

            with monkeypatch.context() as patch:
                patch.setattr(os, "replace", replacing)
                try:
                    decide_parquet(POLICY, given, out, NOW)
                    break
                except KeyboardInterrupt:
                    assert not os.path.exists(out)
            decide_parquet(POLICY, given, out, NOW)
            assert content(Path(out)) == content(tmp_path / f"whole{target[1:]}")
            shutil.rmtree(out) if target.endswith("/") else os.unlink(out)
        assert step > 5


SLOW = """
import sys
from datetime import UTC, datetime
from escalate import load_policy
from escalate.batch.parquet import decide_parquet, run

def begun(total, done):
    return lambda more: print(more, flush=True)

if __name__ == "__main__":
    policy, tickets, out = sys.argv[1:]
    now = datetime(2026, 11, 20, 10, tzinfo=UTC)
    run._WORTH_A_POOL = 1
    decide_parquet(load_policy(policy), tickets, out, now, columns=False, jobs=2, begun=begun)
"""


@pytest.fixture
def long(tmp_path: Path) -> list[str]:
    """A command for two processes that tells of each of 24 pieces when it is done."""
    (tmp_path / "in").mkdir()
    table = tickets(24 * 200)
    for n in range(24):
        written(tmp_path / "in" / f"{n:02}.parquet", table.slice(n * 200, 200))
    (tmp_path / "desk.escalation.yaml").write_text(json.dumps(RAW))
    (tmp_path / "slow.py").write_text(SLOW)
    names = ("slow.py", "desk.escalation.yaml", "in", "d.parquet")
    return [sys.executable, *(str(tmp_path / name) for name in names)]


def below(pid: int) -> list[int]:
    """The processes that another has begun."""
    words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(word) for word in words]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill so")
def test_killed_half_way_and_gone_on(tmp_path: Path, long: list[str]) -> None:
    folder, out = tmp_path / "d.parquet.unfinished", tmp_path / "d.parquet"
    with subprocess.Popen(long, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(signal.SIGKILL)
        running.stdout.read()  # which ends when the processes have gone that it had begun
    assert running.returncode == -signal.SIGKILL
    assert not out.exists()
    done = len(list(folder.glob("part-*")))
    assert 0 < done < 24
    found = decide_parquet(POLICY, tmp_path / "in", out, NOW, columns=False)
    assert (found.rows, found.resumed) == (4_800, 200 * done)
    assert [row["ticket"] for row in plain(out)] == [f"T-{n}" for n in range(4_800)]
    decide_parquet(POLICY, tmp_path / "in", tmp_path / "whole.parquet", NOW, columns=False)
    assert out.read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert left_over(tmp_path) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system tells no processes")
def test_one_of_the_processes_killed(tmp_path: Path, long: list[str]) -> None:
    with subprocess.Popen(
        long, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        for pid in below(running.pid):
            os.kill(pid, signal.SIGKILL)
        _, said = running.communicate(timeout=120)
    assert running.returncode == 1
    assert "EscalateError: one of the processes ended before its work was done" in said
    assert not (tmp_path / "d.parquet").exists()


def test_two_at_once(tmp_path: Path, small: None) -> None:
    pytest.importorskip("fcntl")
    given = written(tmp_path / "t.parquet", tickets(60), 20)
    out = tmp_path / "d.parquet"

    def begun(total: int, done: int) -> Any:
        with pytest.raises(EscalateError, match="another process is at this run"):
            decide_parquet(POLICY, given, out, NOW)
        return lambda more: None

    assert decide_parquet(POLICY, given, out, NOW, begun=begun).rows == 60


# A disk that is full.


def escalate(
    folder: Path, *args: str, limit: int | None = None
) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        import resource

        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "escalate", "decide", "desk.escalation.yaml", *args]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, preexec_fn=limited
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "desk.escalation.yaml").write_text(json.dumps(RAW))
    (tmp_path / "in").mkdir()
    for n in range(8):
        written(tmp_path / "in" / f"{n}.parquet", tickets(300, 300 * n))
    return tmp_path


NOW_OPTION = ("--now", NOW.isoformat())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_files_that_may_not_grow(desk: Path) -> None:
    args = ("in", "-o", "d.parquet", *NOW_OPTION)
    # Parts fit under the limit, and all of them together do not.
    parts = escalate(desk, "in", "-o", "apart/", *NOW_OPTION)
    assert parts.returncode == 0, parts.stderr
    largest = max(path.stat().st_size for path in (desk / "apart").iterdir())
    for limit, done in ((1000, 0), (largest + 100, 8)):
        full = escalate(desk, *args, limit=limit)
        assert full.returncode == 2
        assert "`d.parquet`: file too large; what is done stays in" in full.stderr
        assert "Traceback" not in full.stderr
        assert "Exception" not in full.stderr
        assert not (desk / "d.parquet").exists()
        assert len(list((desk / "d.parquet.unfinished").glob("part-*"))) == done
        assert not list((desk / "d.parquet.unfinished").glob(".*"))
    again = escalate(desk, *args)
    assert again.returncode == 0
    assert again.stderr.startswith("2,400 had been decided before\n2,400 decided")
    assert plain(desk / "d.parquet") == plain(desk / "apart")


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, with room for very little."""
    place = tmp_path / "tiny"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.slow
def test_a_full_disk(desk: Path, tiny: Path) -> None:
    args = ("in", "-o", str(tiny / "d.parquet"), *NOW_OPTION)
    full = escalate(desk, *args)
    assert full.returncode == 2, full.stderr
    assert "d.parquet`: no space left on device; what is done stays in" in full.stderr
    assert not (tiny / "d.parquet").exists()
    done = len(list((tiny / "d.parquet.unfinished").glob("part-*")))
    assert done > 0
    subprocess.run(["mount", "-o", "remount,size=10m", str(tiny)], check=True)
    again = escalate(desk, *args)
    assert again.stderr.startswith(f"{300 * done:,} had been decided before\n2,400 decided")
    assert len(plain(tiny / "d.parquet")) == 2400
    assert escalate(desk, "in", "-o", "whole.parquet", *NOW_OPTION).returncode == 0
    assert (tiny / "d.parquet").read_bytes() == (desk / "whole.parquet").read_bytes()
