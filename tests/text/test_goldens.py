"""What the author sees."""

from pathlib import Path

import pytest

from escalate.policy.source import read_source
from support.goldens import golden, rendered

FOLDER = Path(__file__).parents[1] / "golden" / "text"
CASES = sorted(FOLDER.glob("*.yaml"))


def seen(case):
    source = read_source(case.read_bytes(), case.name)
    return rendered(source.diagnostics, {case.name: source.text}.get)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case):
    golden(case.with_suffix(".txt"), seen(case))


def test_every_golden_has_its_case():
    assert {g.stem for g in FOLDER.glob("*.txt")} == {c.stem for c in CASES}
    assert len(CASES) >= 10
