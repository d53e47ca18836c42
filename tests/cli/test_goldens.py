"""What the user sees. `UPDATE_GOLDENS=1` writes the goldens anew; review the difference."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from support.goldens import golden, nothing_raw, printed

FOLDER = Path(__file__).parents[1] / "golden" / "cli"
NOW = "--now 2026-11-12T10:30:00+01:00"
FRIDAY = "--now 2026-11-20T10:30:00+01:00"
CLOCK = "explain clocks.escalation.yaml clocks.jsonl --id T-9 --clock"

NOTES = "handover.escalation.yaml handover.jsonl"
ROTA = "people/rota.escalation.yaml"
WEEK = "--from 2026-10-05 --until 2026-10-09T12:00"
THREE = "desk.escalation.yaml wrong.escalation.yaml warned.escalation.yaml"

CASES = {
    "help": "--help",
    "no-arguments": "",
    "help-decide": "decide --help",
    "no-command": "chek x",
    "check-clean": "check desk.escalation.yaml",
    "check-wrong": "check wrong.escalation.yaml",
    "check-concise": "check wrong.escalation.yaml --output-format concise",
    "check-json": "check wrong.escalation.yaml --output-format json",
    "check-jsonl": "check wrong.escalation.yaml warned.escalation.yaml --output-format jsonl",
    "check-github": "check wrong.escalation.yaml warned.escalation.yaml --output-format github",
    "check-gitlab": "check wrong.escalation.yaml warned.escalation.yaml --output-format gitlab",
    "check-sarif": "check wrong.escalation.yaml warned.escalation.yaml --output-format sarif",
    "check-junit": f"check {THREE} --output-format junit",
    "check-auto": "check wrong.escalation.yaml --output-format auto",
    "check-odd-full": "check odd.yaml",
    "check-odd-github": "check odd.yaml --output-format github",
    "check-odd-gitlab": "check odd.yaml --output-format gitlab",
    "check-odd-junit": "check odd.yaml --output-format junit",
    "check-statistics": f"check {THREE} --statistics",
    "check-statistics-json": f"check {THREE} --statistics --output-format json",
    "check-no-statistics": f"check {THREE} --statistics --output-format sarif",
    "check-fail-level": "check warned.escalation.yaml --fail-level warning",
    "check-exit-zero": "check wrong.escalation.yaml --exit-zero --output-format concise",
    "check-exit-zero-missing": "check nothing.escalation.yaml --exit-zero",
    "check-output-nowhere": "check desk.escalation.yaml -o nowhere/found.json",
    "help-check": "check --help",
    "check-colour": "--color always check wrong.escalation.yaml",
    "check-folder": "check . --today 2026-11-12",
    "check-hints": "check doubtful.escalation.yaml --today 2026-11-12",
    "check-before": "check doubtful.escalation.yaml --today 2025-12-31 --output-format concise",
    "check-no-day": "check desk.escalation.yaml --today tomorrow",
    "check-warned": "check warned.escalation.yaml",
    "check-diff": "check --diff wrong.escalation.yaml desk.escalation.yaml",
    "check-ignored": "check ignored.escalation.yaml",
    "check-ignored-sarif": "check ignored.escalation.yaml --output-format sarif",
    "check-missing": "check desk.escalation.yml",
    "check-stdin": "check -",
    "decide-table": f"decide desk.escalation.yaml tickets.jsonl {NOW}",
    "decide-jsonl": f"decide desk.escalation.yaml tickets.jsonl {NOW} --output-format jsonl",
    "decide-csv": f"decide desk.escalation.yaml tickets.jsonl {NOW} --output-format csv",
    "decide-stop": f"decide desk.escalation.yaml tickets.jsonl {NOW} --on-error stop",
    "decide-good": f"decide desk.escalation.yaml good.json {NOW}",
    "decide-warned": f"decide desk.escalation.yaml warned.jsonl {NOW}",
    "decide-warned-colour": f"--color always decide desk.escalation.yaml warned.jsonl {NOW}",
    "decide-desk": f"decide desk.escalation.yaml one.yaml {NOW} --desk desk.json",
    "decide-from-csv": f"decide desk.escalation.yaml tickets.csv {NOW} --columns columns.yaml",
    "decide-no-column": f"decide desk.escalation.yaml tickets.csv {NOW} --column severity=Pri",
    "decide-no-field": f"decide desk.escalation.yaml tickets.csv {NOW} --column severty=Prio",
    "decide-no-field-in-file": f"decide desk.escalation.yaml tickets.csv {NOW}"
    " --columns wrong-columns.yaml",
    "decide-mistaken": f"decide desk.escalation.yaml mistaken.jsonl {NOW} --output-format jsonl",
    "decide-mistaken-csv": f"decide desk.escalation.yaml mistaken.csv {NOW}"
    " --column id=No --column created_at=Opened --column severity=Prio --output-format jsonl",
    "decide-mistaken-columns": f"decide desk.escalation.yaml mistaken.csv {NOW}"
    " --columns mistaken-columns.yaml",
    "decide-doubted": f"decide desk.escalation.yaml doubted.jsonl {NOW}",
    "decide-doubted-too": f"decide handover.escalation.yaml doubted-too.jsonl {NOW}",
    "decide-away": f"decide desk.escalation.yaml one.yaml {NOW} --desk away.json",
    "decide-not-started": f"decide {ROTA} people/new.yaml --now 2026-10-02T10:00:00+03:00",
    "decide-no-duty": f"decide {ROTA} people/new.yaml --now 2026-10-11T10:00:00+03:00",
    "explain-csv": f"explain desk.escalation.yaml tickets.csv {NOW} --id 9 --columns columns.yaml",
    "decide-columns-of-json": f"decide desk.escalation.yaml one.yaml {NOW} --column id=x",
    "decide-wrong-policy": f"decide wrong.escalation.yaml tickets.jsonl {NOW}",
    "decide-wrong-desk": f"decide desk.escalation.yaml one.yaml {NOW} --desk wrong-desk.json",
    "decide-naive-now": "decide desk.escalation.yaml one.yaml --now 2026-11-12T10:30:00",
    "decide-odd-file": f"decide desk.escalation.yaml tickets.xlsx {NOW}",
    "decide-missing": f"decide desk.escalation.yaml nothing.jsonl {NOW}",
    "decide-both-stdin": f"decide - - {NOW}",
    "decide-policy-stdin": f"decide - one.yaml {NOW}",
    "decide-wrong-stdin": f"decide - one.yaml {NOW}",
    "decide-no-folder": f"decide desk.escalation.yaml one.yaml {NOW} -o nowhere/out.jsonl",
    "decide-no-desk": f"decide desk.escalation.yaml one.yaml {NOW} --desk dask.json",
    "decide-trace": f"decide desk.escalation.yaml one.yaml {NOW} --trace",
    "explain": f"explain desk.escalation.yaml one.yaml {NOW}",
    "explain-hold": "explain desk.escalation.yaml one.yaml --now 2026-11-10T16:10:00+01:00",
    "explain-colour": f"--color always explain desk.escalation.yaml one.yaml {NOW}",
    "explain-json": f"explain desk.escalation.yaml one.yaml {NOW} --json",
    "explain-wrong": f"explain desk.escalation.yaml tickets.jsonl {NOW} --id T-2",
    "explain-odd-text": f"explain desk.escalation.yaml tickets.jsonl {NOW} --id T-6",
    "explain-which": f"explain desk.escalation.yaml good.json {NOW}",
    "explain-no-such": f"explain desk.escalation.yaml good.json {NOW} --id T-7",
    "explain-clock": f"{CLOCK} resolution {FRIDAY}",
    "explain-clock-cycle": f"{CLOCK} next-reply --cycle 1 {FRIDAY}",
    "explain-clock-left": f"{CLOCK} L1.resolve {FRIDAY}",
    "explain-clock-missed": f"{CLOCK} next-reply {FRIDAY}",
    "explain-clock-long": f"{CLOCK} resolution --now 2036-11-20T10:30:00+01:00",
    "explain-clock-weeks": f"{CLOCK} resolution --rows 20 --now 2027-02-20T10:30:00+01:00",
    "explain-clock-json": f"{CLOCK} next-reply --json --now 2026-11-17T10:30:00+01:00",
    "explain-clock-colour": f"--color always {CLOCK} L1.resolve {FRIDAY}",
    "explain-clock-odd-text": f"{CLOCK} resolution {FRIDAY}".replace("T-9", "T-10"),
    "explain-clock-no-such": f"{CLOCK} resolve {FRIDAY}",
    "explain-clock-not-entered": f"explain desk.escalation.yaml good.json {NOW} --id T-6"
    " --clock resolve",
    "explain-clock-no-clock": f"explain desk.escalation.yaml one.yaml {NOW} --cycle 2",
    "explain-handover": f"explain {NOTES} --handover --id T-1 {FRIDAY}",
    "explain-handover-odd": f"explain {NOTES} --handover --id T-2 {FRIDAY}",
    "explain-handover-json": f"explain {NOTES} --handover --id T-1 --json {FRIDAY}",
    "explain-handover-clock": f"explain desk.escalation.yaml one.yaml --handover --clock x {NOW}",
    "decide-handover": f"decide {NOTES} --handover {FRIDAY}",
    "decide-handover-jsonl": f"decide {NOTES} --handover --output-format jsonl {FRIDAY}",
    "help-calendar": "calendar --help",
    "calendar": f"calendar {ROTA} office --year 2026",
    "calendar-two": f"calendar {ROTA} nights always --year 2027",
    "calendar-colour": f"--color always calendar {ROTA} nights --year 2027",
    "calendar-json": f"calendar {ROTA} office nights --json --year 2026",
    "calendar-list": f"calendar {ROTA}",
    "calendar-list-json": f"calendar {ROTA} --json",
    "calendar-none": "calendar warned.escalation.yaml",
    "calendar-no-such": f"calendar {ROTA} offise",
    "calendar-no-year": f"calendar {ROTA} office --year 1969",
    "calendar-forms": f"calendar {ROTA} office --json --ical",
    "calendar-which": f"calendar {ROTA} --ical",
    "calendar-never-closes": f"calendar {ROTA} always --ical",
    "calendar-nowhere": f"calendar {ROTA} office --year 2026 -o nowhere/office.txt",
    "calendar-wrong": "calendar wrong.escalation.yaml",
    "calendar-folder": "calendar people",
    "help-oncall": "oncall --help",
    "oncall": f"oncall {ROTA} {WEEK}",
    "oncall-colour": f"--color always oncall {ROTA} duty {WEEK}",
    "oncall-json": f"oncall {ROTA} second office-lead --json {WEEK}",
    "oncall-team": f"oncall {ROTA} front-line duty"
    " --from 2026-10-04T22:00Z --until 2026-10-05T09:00",
    "oncall-closed": f"oncall {ROTA} office-lead --from 2026-10-09T19:00 --until 2026-10-10",
    "oncall-closed-ical": f"oncall {ROTA} office-lead --ical"
    " --from 2026-10-09T19:00 --until 2026-10-10",
    "oncall-no-duty": f"oncall {ROTA} manager {WEEK}",
    "oncall-no-such": f"oncall {ROTA} dutty {WEEK}",
    "oncall-no-rotation": f"oncall desk.escalation.yaml {WEEK}",
    "oncall-no-instant": f"oncall {ROTA} --from yesterday",
    "oncall-backwards": f"oncall {ROTA} --from 2026-10-05 --until 2026-10-04",
    "oncall-too-long": f"oncall {ROTA} --from 2026-10-05 --until 2046-10-04",
    "oncall-too-late": f"oncall {ROTA} --from 2198-12-30",
    "rule": "rule esc103",
    "rule-unknown": "rule nonsense",
    "rule-which": "rule",
    "schema-unknown": "schema desk",
    "schema-near": "schema tickets",
    "schema-help": "schema --help",
    "init-there": "init desk.escalation.yaml",
}

FILES = Path(__file__).parent / "files"
STDIN = {
    "check-stdin": "escalate: 1\nname: \x1b[31mx\nlevels: []\n",
    "decide-policy-stdin": (FILES / "desk.escalation.yaml").read_text("utf-8"),
    "decide-wrong-stdin": (FILES / "wrong.escalation.yaml").read_text("utf-8"),
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str, run) -> None:
    args = CASES[name]
    result = run(*shlex.split(args), stdin=STDIN.get(name))
    golden(FOLDER / f"{name}.txt", printed(args, result))


def test_every_golden_has_its_case() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(CASES)


def test_nothing_from_outside_reaches_the_terminal_raw() -> None:
    nothing_raw(FOLDER)
