"""`escalate fmt`: writes the layout, or says what it would write."""

from __future__ import annotations

from pathlib import Path

import pytest

MESSY = "\ufeffname: x  # ours\r\nescalate: 1\r\n"
TIDY = "\ufeffescalate: 1\r\nname: x  # ours\r\n"
TEST = "policy:   a.escalation.yaml\nnow: 9:00\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "a.escalation.yaml").write_bytes(MESSY.encode())
    (inner / "a.test.yaml").write_text(TEST)
    (tmp_path / "b.escalation.yaml").write_bytes(TIDY.encode())
    (tmp_path / "other.yaml").write_text("x:   1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_everything_below_a_folder(run, folder) -> None:
    checked = run("fmt", "--check", ".")
    assert checked.stdout.splitlines() == [
        "would be laid out anew: inner/a.escalation.yaml",
        "would be laid out anew: inner/a.test.yaml",
        "2 files to be laid out, 1 as it should be",
    ]
    assert checked.exit_code == 1
    shown = run("fmt", "--diff", ".")
    assert shown.exit_code == 1
    assert '+now: "9:00"\n' in shown.stdout
    assert (folder / "inner/a.escalation.yaml").read_bytes() == MESSY.encode()
    done = run("fmt", ".")
    assert (done.stdout, done.exit_code) == ("2 files laid out, 1 as it should be\n", 0)
    assert (folder / "inner/a.escalation.yaml").read_bytes() == TIDY.encode()
    assert (folder / "inner/a.test.yaml").read_text() == 'policy: a.escalation.yaml\nnow: "9:00"\n'
    assert (folder / "other.yaml").read_text() == "x:   1\n"
    again = run("fmt", "--check", ".")
    assert (again.stdout, again.exit_code) == ("0 files to be laid out, 3 as they should be\n", 0)


def test_standard_input_to_standard_output(run) -> None:
    done = run("fmt", "-", stdin="name: x\nescalate: 1\n")
    assert (done.stdout, done.exit_code) == ("escalate: 1\nname: x\n", 0)
    checked = run("fmt", "-", "--check", stdin="name: x\nescalate: 1\n")
    assert checked.exit_code == 1
    assert checked.stdout.startswith("would be laid out anew: <stdin>\n")


def test_what_cannot_be_read_stays(run, folder) -> None:
    (folder / "c.escalation.yaml").write_bytes(b"a: [\n")
    (folder / "d.escalation.yaml").write_bytes(b"a: \xff\n")
    result = run("fmt", "c.escalation.yaml", "d.escalation.yaml", "inner/a.escalation.yaml")
    assert result.exit_code == 2
    assert "error[ESC124]" in result.stderr
    assert "error[ESC101]" in result.stderr
    assert result.stdout == "1 file laid out, 0 as they should be\n"
    assert (folder / "c.escalation.yaml").read_bytes() == b"a: [\n"
    assert (folder / "d.escalation.yaml").read_bytes() == b"a: \xff\n"
    assert (folder / "inner/a.escalation.yaml").read_bytes() == TIDY.encode()
    gone = run("fmt", "none.escalation.yaml")
    assert gone.exit_code == 2
    assert "there is no such file" in gone.stderr
    assert run("fmt", "-", stdin="a: \x1b[31m[").stdout == ""
