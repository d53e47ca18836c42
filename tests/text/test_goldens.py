"""What the author sees. `UPDATE_GOLDENS=1` writes the goldens anew; review the difference."""

import os
from pathlib import Path

import pytest

from escalate.policy.render import concise, render
from escalate.policy.source import read_source

FOLDER = Path(__file__).parents[1] / "golden" / "text"
CASES = sorted(FOLDER.glob("*.yaml"))


def seen(case):
    source = read_source(case.read_bytes(), case.name)
    parts = [render(d, {case.name: source.text}.get) for d in source.diagnostics]
    parts.append("\n".join(concise(d) for d in source.diagnostics))
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case):
    golden = case.with_suffix(".txt")
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_bytes(seen(case).encode())
    assert seen(case) == golden.read_bytes().decode()


def test_every_golden_has_its_case():
    assert {g.stem for g in FOLDER.glob("*.txt")} == {c.stem for c in CASES}
    assert len(CASES) >= 10
