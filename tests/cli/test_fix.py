"""`check --fix` writes what `check --diff` shows, and nothing else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

WRONG = (
    b"\xef\xbb\xbfescalate: 1\r\nname: desk   # ours\r\n"
    b"owners: {a: teem}\r\nlevels: [{id: L1, ownr: a, remind: {every: 4h}}]\r\n"
)
RIGHT = (
    b"\xef\xbb\xbfescalate: 1\r\nname: desk   # ours\r\n"
    b"owners: {a: team}\r\nlevels: [{id: L1, owner: a, remind: {every: 4h}}]\r\n"
)
LEFT = b"escalate: 1\nname: other\nowners: {a: team}\nlevels: [{id: L1, owner: b}]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    (tmp_path / "a.escalation.yaml").write_bytes(WRONG)
    (tmp_path / "b.escalation.yaml").write_bytes(LEFT)
    (tmp_path / "a.escalation.yaml").chmod(0o640)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_has_one_answer_is_mended_and_the_rest_is_told(run, folder) -> None:
    result = run("check", "--fix", ".", "--output-format", "concise")
    assert (folder / "a.escalation.yaml").read_bytes() == RIGHT
    assert (folder / "b.escalation.yaml").read_bytes() == LEFT
    assert result.stdout.splitlines() == [
        "mended: 2 findings in 1 file",
        "b.escalation.yaml:4:26: error[ESC302]: there is no owner `b` (known: `a`)",
        "2 files: 1 error",
    ]
    assert result.exit_code == 1
    assert sorted(entry.name for entry in folder.iterdir()) == [
        "a.escalation.yaml",
        "b.escalation.yaml",
    ]
    if os.name == "posix":
        assert stat.S_IMODE((folder / "a.escalation.yaml").stat().st_mode) == 0o640


def test_nothing_else_is_said_where_programs_read(run, folder) -> None:
    result = run("check", "--fix", "a.escalation.yaml", "--output-format", "json")
    assert result.stdout == "[]\n"
    assert result.exit_code == 0
    assert run("check", "--fix", "a.escalation.yaml").stdout == "1 file: no findings\n"


def test_a_difference_changes_nothing(run, folder) -> None:
    result = run("check", "--diff", ".")
    assert (folder / "a.escalation.yaml").read_bytes() == WRONG
    assert result.exit_code == 1
    assert "+owners: {a: team}\n" in result.stdout
    assert "-owners: {a: teem}\n" in result.stdout
    assert result.stdout.endswith("to be mended: 2 findings in 1 file\n")
    assert run("check", "--fix", "--diff", ".").stdout == result.stdout
    assert (folder / "a.escalation.yaml").read_bytes() == WRONG
    clean = run("check", "--diff", "b.escalation.yaml")
    assert (clean.stdout, clean.exit_code) == ("", 0)


def test_standard_input(run, folder) -> None:
    result = run("check", "--diff", "-", stdin=WRONG.decode("utf-8-sig"))
    assert "+levels: [{id: L1, owner: a, remind: {every: 4h}}]\n" in result.stdout
    assert run("check", "--fix", "-", stdin="").exit_code == 2
    assert run("check", "--fix", "--watch", ".").exit_code == 2


def test_what_a_terminal_would_obey_is_shown(run, folder) -> None:
    (folder / "c.escalation.yaml").write_bytes(LEFT.replace(b"owner: b", b"owner: a # \x1b[31m"))
    result = run("check", "--diff", "c.escalation.yaml")
    assert "\x1b" not in result.stdout
    assert "-levels: [{id: L1, owner: a # <U+001B>[31m}]" in result.stdout


def test_what_cannot_be_read_is_left_alone(run, folder) -> None:
    (folder / "c.escalation.yaml").write_bytes(WRONG.replace(b"ours", b"\xff"))
    before = (folder / "c.escalation.yaml").read_bytes()
    assert run("check", "--fix", "c.escalation.yaml", "none.escalation.yaml").exit_code == 2
    assert (folder / "c.escalation.yaml").read_bytes() == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs rights to be lacking")
def test_a_folder_that_cannot_be_written(run, folder) -> None:
    folder.chmod(0o500)
    try:
        result = run("check", "--fix", "a.escalation.yaml")
    finally:
        folder.chmod(0o700)
    assert result.exit_code == 2
    assert (folder / "a.escalation.yaml").read_bytes() == WRONG
