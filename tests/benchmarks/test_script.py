"""How a benchmark is run: its options, and what it ends with."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import report
from report import Table
from script import benchmark


@pytest.mark.parametrize(
    ("words", "given", "met", "code"),
    [
        ([], (3, [1.0, 2.0]), True, 0),
        (["--rounds", "5", "--millions", "10", "0.5"], (5, [10.0, 0.5]), False, 1),
        (["--millions", "7"], (3, [7.0]), True, 0),
    ],
)
def test_options_are_of_the_defaults_types(
    words: list[str],
    given: tuple[int, list[float]],
    met: bool,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def measure(*values: object) -> Table:
        assert values == given
        return Table("t", "What it is", ("a", "b"), [("1", "2")], [("a goal", met)])

    monkeypatch.setattr(sys, "argv", ["it.py", *words])
    with pytest.raises(SystemExit) as ended:
        benchmark("About it.", measure, rounds=3, millions=[1.0, 2.0])
    assert ended.value.code == code
    assert f"- a goal: **{'met' if met else 'not met'}**" in capsys.readouterr().out


def test_write_puts_the_table_into_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "README.md"
    page.write_text("before\n<!-- t -->\nold\n<!-- /t -->\nafter\n")
    monkeypatch.setattr(report, "README", page)
    monkeypatch.setattr(sys, "argv", ["it.py", "--write"])
    with pytest.raises(SystemExit):
        benchmark(None, lambda: Table("t", "What it is", ("a", "b"), [("1", "2")]))
    text = page.read_text()
    assert text.startswith("before\n<!-- t -->\n\n**What it is**")
    assert text.endswith("| 1 | 2 |\n\n<!-- /t -->\nafter\n")
    assert "old" not in text
