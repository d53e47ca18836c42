"""Where tests take tickets and desks from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from escalate.testing import Outcome, run

FILES = Path(__file__).parent / "files"

HEAD = """\
policy: desk.escalation.yaml
tickets_from: [tickets.jsonl, more.yaml]
ticket: {severity: low, customer: {name: Ana, language: fr}}
tickets:
  grave: {severity: high, customer: {language: en}}
desk: desk.json
tests:
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(FILES / "desk.escalation.yaml", tmp_path)
    lines = [
        {"id": "T-7", "created_at": "2026-11-10T09:00:00+01:00", "severity": "high", "events": []},
        {"id": "T-8", "created_at": "2026-11-10T09:00:00+01:00", "severity": "hihg"},
    ]
    (tmp_path / "tickets.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    (tmp_path / "more.yaml").write_text("- {id: 9, created_at: 2026-11-10T09:00:00+01:00}\n")
    (tmp_path / "desk.json").write_text('{"similar": {"T-7": 5}, "away": ["manager"]}')
    return tmp_path


def told(folder: Path, *tests: str, head: str = HEAD) -> list[Outcome]:
    text = head + "".join(
        f"  - name: test {n}\n    {test}\n".replace("; ", "\n    ") for n, test in enumerate(tests)
    )
    (folder / "it.test.yaml").write_text(text)
    report = run(folder)
    assert [str(d) for file in report.files for d in file.wrong] == []
    return list(report.tests)


NOW = "now: 2026-11-10 09:00"

GOOD = [
    f"ticket: T-7; {NOW}; expect: {{path: grave, missing: [product]}}",  # nothing is shared with it
    f"ticket: {{like: T-7, severity: low}}; {NOW}; expect: {{path: usual}}",
    "ticket: {like: T-7, level: L1}; now: +30m; expect: {warnings: ESC938}",  # away, by the desk
    f"ticket: '9'; {NOW}; expect: {{step: enter, missing: events}}",  # no history is known
    f"ticket: grave; {NOW}; expect: {{path: grave, tell_customer: {{language: en}}}}",
    f"ticket: {{like: grave, severity: }}; {NOW}; expect: {{missing: severity, path: usual}}",
    f"ticket: {{product: x}}; {NOW}; expect: {{path: usual, tell_customer: {{says: Ana}}}}",
    "ticket: {level: L1, created_at: 2026-11-10 09:00}; desk: {away: []}; now: +30m;"
    " expect: {level: L2, warnings: none}",
    "ticket: {events: unknown}; now: 2026-11-10 09:00; expect: {missing: events}",
    "ticket: {due_at: +2h, created_at: 2026-11-10 09:00}; now: +1m; expect: {step: enter}",
    "ticket: {events: [{at: +5m, agent-reply: Hi}], created_at: 2026-11-10 09:00, level: L1};"
    " now: 09:10; expect: {clocks: {answer: met}, deadlines: {acknowledge: none}}",
]


def test_tickets_from_everywhere(folder: Path) -> None:
    for outcome in told(folder, *GOOD):
        assert outcome.passed, (
            outcome.name,
            [str(d) for d in outcome.diagnostics],
            outcome.failures,
        )


def test_mistakes_in_files_stand_in_the_files(folder: Path) -> None:
    (wrong, changed) = told(
        folder,
        f"ticket: T-8; {NOW}; expect: {{level: L1}}",
        f"ticket: {{like: T-8, severity: grve}}; {NOW}; expect: {{level: L1}}",
    )
    assert [(d.code, Path(d.file or "").name, d.line) for d in wrong.wrong] == [
        ("ESC919", "tickets.jsonl", 2)
    ]
    assert [(d.code, Path(d.file or "").name) for d in changed.wrong] == [
        ("ESC919", "it.test.yaml")
    ]


def test_what_only_the_ticket_of_a_test_can_be_is_told_where_it_stands(folder: Path) -> None:
    head = HEAD.replace("tickets:\n", "tickets:\n  graver: {like: grave, subject: x}\n")
    (folder / "it.test.yaml").write_text(
        head + f"  - {{name: a, ticket: {{like: graver}}, {NOW}, expect: {{level: L1}}}}\n"
    )
    (file,) = run(folder).files
    assert [(d.code, d.path, d.line, d.column) for d in file.wrong] == [
        ("ESC201", "tickets.graver.like", 5, 12)
    ]


def test_a_key_of_a_ticket_in_a_file_is_none_of_the_test(folder: Path) -> None:
    line = {"id": "T-7", "created_at": "2026-11-10T09:00:00+01:00", "like": "x"}
    (folder / "tickets.jsonl").write_text(json.dumps(line))
    (outcome,) = told(folder, f"ticket: {{like: T-7}}; {NOW}; expect: {{level: L1}}")
    assert [(d.code, Path(d.file or "").name, d.line) for d in outcome.wrong] == [
        ("ESC914", "tickets.jsonl", 1)
    ]


@pytest.mark.parametrize(
    ("content", "code", "file"),
    [
        ('{"away": 5}', "ESC912", "desk.json"),
        ('{"awya": []}', "ESC914", "desk.json"),
        ("[1, 2]", "ESC970", "it.test.yaml"),
        ("{", "ESC902", "desk.json"),
    ],
)
def test_a_desk_that_cannot_be_read(folder: Path, content: str, code: str, file: str) -> None:
    (folder / "desk.json").write_text(content)
    (outcome,) = told(folder, f"ticket: T-7; {NOW}; expect: {{level: L1}}")
    assert outcome.status == "wrong"
    assert {Path(d.file or "").name for d in outcome.wrong} == {file}
    assert {d.code for d in outcome.wrong} == {code}


@pytest.mark.parametrize(
    ("name", "message", "help_"),
    [
        ("more.yml", "`more.yml` is not there", "did you mean `more.yaml`?"),
        (
            "last-year.jsonl",
            "`last-year.jsonl` is a folder",
            "the name is read from where the test file is",
        ),
    ],
)
def test_files_of_tickets_that_are_none(folder: Path, name: str, message: str, help_: str) -> None:
    (folder / "last-year.jsonl").mkdir()
    (folder / "it.test.yaml").write_text(
        HEAD.replace("more.yaml", name) + "  - {name: a, now: 09:00, expect: {level: L1}}\n"
    )
    (file,) = run(folder).files
    assert [(d.code, d.message, d.help) for d in file.wrong] == [("ESC970", message, help_)]


def test_two_tickets_of_one_name(folder: Path) -> None:
    (folder / "it.test.yaml").write_text(
        HEAD.replace("grave:", "T-7:")
        + "  - {name: a, ticket: T-7, now: 09:00, expect: {level: L1}}\n"
    )
    (file,) = run(folder).files
    assert [d.code for d in file.wrong] == ["ESC971"]
