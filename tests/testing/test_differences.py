"""Every kind of expectation: met, not met, and rewritten. The data is differences.yaml."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from escalate.policy.source import read_source
from escalate.testing import Outcome, run
from escalate.testing.difference import KEPT, REMOVED
from escalate.testing.expectations import EXPECTED
from escalate.testing.rewriting import rewrite

HERE = Path(__file__).parent
DATA = read_source((HERE / "differences.yaml").read_bytes(), "differences.yaml").data
CASES = [(moment, *case) for moment, cases in DATA.items() for case in cases]

STORY = {
    "entered": {"at": "09:00"},
    "taken": {"at": "09:20", "events": {"acknowledged": "ana"}},
    "escalated": {"at": "10:00"},
    "reminded": {"at": "11:00"},
    "waiting": {"at": "11:30", "events": ["agent-reply", {"status": "pending"}]},
    "asked": {
        "at": "12:00",
        "events": [{"status": "open"}, {"requested": {"by": "agent", "to": "press"}}],
    },
    "solved": {"at": "12:30", "events": {"status": "solved"}},
}


def told(folder: Path, moment: str, expect: dict[str, Any], more: str = "") -> Outcome:
    shutil.copy(HERE / "files" / "desk.escalation.yaml", folder)
    story = []
    for name, entry in STORY.items():
        expected = {"expect": expect} if name == moment else {}
        if name == moment and "meanwhile" in expect:
            expected = expect
        story.append({**entry, **expected})
    ticket = {"severity": "high", "product": "router", "customer": {"name": "Ana"}}
    test = {"name": moment, "ticket": ticket, "desk": {"similar": {"T-1": 5}}, "story": story}
    file = {"policy": "desk.escalation.yaml", "date": "2026-11-10", "tests": [test]}
    path = folder / "it.test.yaml"
    path.write_text(json.dumps(file, indent=1) + more, "utf-8")
    return run(path).tests[0]


def unmet(outcome: Outcome) -> list[list[Any]]:
    found = []
    for failure in outcome.failures:
        for one in failure.unmet:
            becomes = {id(KEPT): "-", id(REMOVED): "x"}.get(id(one.becomes), one.becomes)
            found.append([one.about, one.expected, one.got, becomes])
    return found


@pytest.mark.parametrize(
    ("moment", "expect", "wanted"), CASES, ids=[json.dumps(c[:2]) for c in CASES]
)
def test_difference(moment: str, expect: dict[str, Any], wanted: list[Any], tmp_path: Path) -> None:
    outcome = told(tmp_path, moment, expect)
    assert outcome.wrong == ()
    assert unmet(outcome) == wanted
    for failure in outcome.failures:
        for one in failure.unmet:
            assert one.diagnostic.code == "ESC961"
            assert one.diagnostic.line is not None
    if not wanted:
        return
    # What is rewritten is met, but for what must not be.
    kept = [one for one in wanted if one[3] == "-"]
    report = run(tmp_path / "it.test.yaml")
    done = rewrite(report)
    assert sum(done.files.values()) == len(wanted) - len(kept)
    again = run(tmp_path / "it.test.yaml")
    assert [one[:3] for one in unmet(again.tests[0])] == [one[:3] for one in kept]
    assert again.tests[0].wrong == ()


def test_every_expectation_is_there() -> None:
    used = {key for _, expect, _ in CASES for key in expect}
    assert used - {"not"} == set(EXPECTED)
