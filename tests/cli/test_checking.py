"""Many files: the same findings by one process and by several, and again only what changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from escalate.checking.check import check
from escalate.cli.checking import Checking

FILES = Path(__file__).parent / "files"
GOOD = (FILES / "desk.escalation.yaml").read_text("utf-8")
WRONG = (FILES / "wrong.escalation.yaml").read_text("utf-8")


def _desk(folder: Path, files: int) -> None:
    """Policies in two folders, every third wrong; two of each folder have one name."""
    for number in range(files):
        inside = folder / f"desk-{number % 2}"
        inside.mkdir(exist_ok=True)
        text = WRONG if number % 3 == 2 else GOOD.replace("small-desk", f"n{number // 4}")
        (inside / f"{number:03}.escalation.yaml").write_text(text)


def test_several_processes_find_the_same_in_the_same_order(run, tmp_path, monkeypatch) -> None:
    _desk(tmp_path, 12)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("escalate.cli.checking._WORTH_A_POOL", 8)
    folders = ["desk-0", "desk-1"]
    alone = Checking(1).found(folders)
    assert Checking(2).found(folders) == alone == check(*folders)
    assert {"ESC208", "ESC225"} <= {d.code for d in alone}
    said = {
        run("check", ".", "--no-cache", "--output-format", "jsonl", "--jobs", jobs).stdout
        for jobs in ("1", "3")
    }
    assert len(said) == 1


@pytest.mark.parametrize(
    "paths", [["."], [".", "desk-0"], ["desk-0/000.escalation.yaml"], ["none"], ["empty"]]
)
def test_file_by_file_is_as_the_loader_has_it(paths, tmp_path, monkeypatch) -> None:
    _desk(tmp_path, 8)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    assert Checking(1).found(paths) == check(*paths)


def test_again_only_what_has_changed_is_looked_at(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        Path(f"{name}.escalation.yaml").write_text(GOOD.replace("small-desk", name))
    Path("c.escalation.yaml").write_text(f"{GOOD}\ninclude: [shared.yaml]\n")
    Path("shared.yaml").write_text("messages: {hello: Hello}\n")
    checking = Checking(1, keeps=True)
    assert checking.found(["."]) == []
    assert len(checking.anew) == 3
    Path("b.escalation.yaml").write_text(WRONG)
    assert [d.code for d in checking.found(["."])] == [d.code for d in check(".")] != []
    assert checking.anew == ["b.escalation.yaml", "c.escalation.yaml"]  # it depends on more
    Path("shared.yaml").write_text("messages: {hello: [}\n")
    assert checking.found(["."]) == check(".")
    Path("b.escalation.yaml").write_text(GOOD.replace("small-desk", "a"))
    assert "ESC225" in {d.code for d in checking.found(["."])}
    Path("a.escalation.yaml").unlink()
    assert checking.found(["."]) == check(".")


# `--watch`, as a process.


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    pytest.importorskip("watchfiles")
    (tmp_path / "desks").mkdir()
    (tmp_path / "desks" / "a.escalation.yaml").write_text(GOOD)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "escalate", "check", "desks", "--watch"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def _until(process: subprocess.Popen[str], words: str) -> list[str]:
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if words in line:
            return seen
    raise AssertionError("".join(seen))


def test_a_change_is_checked_at_once(watching, tmp_path: Path) -> None:
    assert _until(watching, "findings") == ["1 file: no findings\n"]
    file = tmp_path / "desks" / "b.escalation.yaml"
    file.write_text(WRONG)
    seen = "".join(_until(watching, "2 files: "))
    assert "changed: desks/b.escalation.yaml\n" in seen
    assert "desks/b.escalation.yaml:5:54: error[ESC208]" in seen
    file.unlink()
    assert "1 file: no findings\n" in _until(watching, "no findings")


def test_settings_above_what_is_watched_are_noticed(watching, tmp_path: Path) -> None:
    _until(watching, "findings")
    settings = tmp_path / ".escalate.toml"
    settings.write_text('[severity]\nESC322 = "of"\n')
    seen = "".join(_until(watching, "1 file: "))
    assert "changed: .escalate.toml\n" in seen
    assert ".escalate.toml:2:10: error[ESC822]" in seen
    settings.unlink()
    assert "1 file: no findings\n" in _until(watching, "no findings")


def test_watching_needs_an_extra_and_something_to_watch(run, tmp_path: Path) -> None:
    assert run("check", "-", "--watch", stdin="").exit_code == 2
    assert run("check", ".", "--watch", "--output-format", "sarif").exit_code == 2
    (tmp_path / "watchfiles.py").write_text("raise ImportError\n")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "escalate", "check", ".", "--watch"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install 'escalate[watch]'" in done.stderr
