"""What the author sees. `UPDATE_GOLDENS=1` writes the goldens anew; review the difference."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from escalate.rules import codes
from support.goldens import PYTHON, golden, nothing_raw, printed, without_quotes

FOLDER = Path(__file__).parents[1] / "golden" / "testing"

CASES = {
    "help": "test --help",
    "passed": "test good.test.yaml",
    "verbose": "test good.test.yaml failing.test.yaml --filter goes -v",
    "failed": "test failing.test.yaml",
    "failed-concise": "test failing.test.yaml --output-format concise",
    "failed-json": "test failing.test.yaml --output-format json --filter thought",
    "failed-colour": "--color always test failing.test.yaml --filter away",
    "wrong": "test wrong.test.yaml",
    "wrong-concise": "test wrong.test.yaml --output-format concise",
    "coverage": "test good.test.yaml --coverage",
    "coverage-concise": "test good.test.yaml --coverage --output-format concise",
    "coverage-json": "test good.test.yaml --coverage --output-format json",
    "fail-under": "test good.test.yaml --fail-under 60",
    "update": "test failing.test.yaml --update",
    "no-policy": "test lost",
    "no-such": "test god.test.yaml",
    "no-tests": "test empty",
    "not-a-test": "test desk.escalation.yaml",
    "filter-none": "test good.test.yaml --filter nowhere",
    "junit-nowhere": "test good.test.yaml --junit nowhere/results.xml",
}

LOST = {
    "missing.test.yaml": "policy: nowhere.escalation.yaml\ntests: [{name: a}]\n",
    "none.test.yaml": "tests: [{name: a, now: 09:00, expect: {level: L1}}]\n",
    "broken.test.yaml": "policy: broken.escalation.yaml\ntests: [{name: a}]\n",
    "broken.escalation.yaml": "escalate: 1\nname: x\nowners: {a: team}\n"
    "levels: [{id: L1, owner: b}]\n",
    "day.test.yaml": "policy: ../desk.escalation.yaml\n"
    "tests:\n  - {name: a, now: 09:00, expect: {level: L1}}\n"
    "  - {name: b, story: [{at: +15m, expect: {level: L1}}]}\n",
    "empty.test.yaml": "# to come\n",
    "list.test.yaml": "- policy\n",
    "text.test.yaml": "policy: x\ntests: [\n",
    "files.test.yaml": "policy: ../desk.escalation.yaml\ntickets_from: [a.jsonl, b.txt]\n"
    "tests: [{name: a, ticket: T-1, now: 09:00, expect: {level: L1}}]\n",
    "desk.test.yaml": "policy: ../desk.escalation.yaml\ndate: 2026-11-10\n"
    "tests: [{name: a, desk: desk.json, now: 09:00, expect: {level: L1}}]\n",
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str, run) -> None:
    Path("empty").mkdir()
    Path("lost").mkdir()
    for file, text in LOST.items():
        Path("lost", file).write_text(text, "utf-8")
    args = CASES[name]
    golden(FOLDER / f"{name}.txt", printed(args, run(*shlex.split(args))))


def test_every_golden_has_its_case() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(CASES)


def test_nothing_from_outside_reaches_the_terminal_raw() -> None:
    nothing_raw(FOLDER)


def test_messages_are_for_authors() -> None:
    for name in ("wrong-concise", "failed-concise", "no-policy"):
        for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
            assert not PYTHON.search(without_quotes(line)), line


def test_every_code_of_tests_is_seen() -> None:
    seen = "".join(file.read_text("utf-8") for file in FOLDER.glob("*.txt"))
    of_tests = [code for code in codes() if "ESC961" <= code <= "ESC973"]
    assert [code for code in of_tests if f"error[{code}]" not in seen] == []
