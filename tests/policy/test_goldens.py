"""What the author sees."""

from pathlib import Path

import pytest

from escalate.analysis.checks import CHECKS
from escalate.policy.loader import load_text
from escalate.rules import codes
from support.goldens import for_authors, golden, rendered

FOLDER = Path(__file__).parents[1] / "golden" / "policy"
CASES = sorted(FOLDER.glob("*.yaml"))

#: Told of files and folders, of what is installed, or of too much: what authors see of these
#: is in tests/checking/test_files.py. The last two only decisions tell.
ELSEWHERE = {"ESC134", "ESC135", "ESC218", "ESC223", "ESC224", "ESC225", "ESC228", "ESC516"}
ELSEWHERE |= {"ESC522", "ESC523", "ESC625", "ESC630", "ESC631"}


def seen(case):
    loaded = load_text(case.read_bytes(), case.name)
    return rendered(loaded.diagnostics, {case.name: loaded.source.text}.get)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case):
    golden(case.with_suffix(".txt"), seen(case))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_messages_are_for_authors(case):
    for d in load_text(case.read_bytes(), case.name).diagnostics:
        for_authors(d)


def test_every_code_of_policies_is_seen():
    found = {d.code for case in CASES for d in load_text(case.read_bytes(), case.name).diagnostics}
    known = {code for code in codes() if "ESC200" < code < "ESC800"} - {c for c, *_ in CHECKS}
    assert known - found == ELSEWHERE & known
    assert {g.stem for g in FOLDER.glob("*.txt")} == {c.stem for c in CASES}
