"""What docs/python.md shows of calendars and rotations is what happens."""

from __future__ import annotations

import ast
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
SECTIONS = {"Working time by itself": 10, "Rotations by themselves": 3}


def shown(value: Any) -> str:
    """A value as the page writes it."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, timedelta):
        return f"{value / timedelta(hours=1):g} hours"
    if isinstance(value, tuple):
        ends = ",)" if len(value) == 1 else ")"
        return "(" + ", ".join(map(shown, value)) + ends
    text = repr(value)
    return text.replace("'", '"')


@pytest.mark.parametrize("section", SECTIONS)
def test_the_examples_of(section: str) -> None:
    text = PAGE.read_text("utf-8").partition(f"## {section}\n")[2].partition("\n## ")[0]
    names: dict[str, Any] = {}
    compared = 0
    for block in re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        lines = block.split("\n")
        for statement in ast.parse(block).body:
            source = "\n".join(lines[statement.lineno - 1 : statement.end_lineno])
            said = source.rpartition("  # ")[2]
            if isinstance(statement, ast.Expr):
                value = eval(compile(ast.Expression(statement.value), section, "eval"), names)
                assert shown(value) == said, source
                compared += 1
            else:
                exec(compile(ast.Module([statement], []), section, "exec"), names)
    assert compared == SECTIONS[section]
