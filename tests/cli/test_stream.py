"""Of N inputs come N results, in order, errors among them, by however many processes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

NOW = ("--now", "2026-11-12T10:30:00+01:00")
POLICY = "desk.escalation.yaml"


def tickets(number: int) -> str:
    """Tickets, every tenth broken in one of several ways."""
    broken = ['{"id": "cut', '"text"', '{"id": 5}', "", '{"id": "x", "created_at": "today"}']
    lines = []
    for i in range(number):
        ticket = {
            "id": f"T-{i}",
            "subject": "x" * (i % 700),
            "severity": "high" if i % 3 else "low",
            "created_at": f"2026-11-{i % 9 + 1:02}T09:00:00Z",
            "events": [],
        }
        lines.append(broken[i // 10 % 5] if i % 10 == 9 else json.dumps(ticket))
    return "\n".join(lines) + "\n"


def test_results_stand_in_the_order_of_inputs(run) -> None:
    result = run("decide", POLICY, "-", *NOW, "--output-format", "jsonl", stdin=tickets(200))
    said = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(said) == 200
    for i, one in enumerate(said):
        if i % 10 == 9:
            assert one["line"] == i + 1
            assert one["error"]["code"].startswith("ESC9")
        else:
            assert one["ticket"] == f"T-{i}"
    assert "180 decided, 20 errors" in result.stderr
    assert result.exit_code == 1


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_processes_say_what_one_says(run, tmp_path: Path, form: str) -> None:
    source = tmp_path / "tickets.jsonl"
    source.write_text(tickets(4000))  # enough for other processes to be started
    assert source.stat().st_size > 1_500_000
    seen = []
    for jobs in ("1", "2"):
        out = tmp_path / f"out-{jobs}"
        options = ("--output-format", form, "-o", str(out), "--jobs", jobs)
        result = run("decide", POLICY, str(source), *NOW, *options)
        assert "3,600 decided, 400 errors" in result.stderr
        seen.append(out.read_bytes())
    assert seen[0] == seen[1]
    if form == "jsonl":
        assert len(seen[0].splitlines()) == 4000


def test_a_long_table_comes_in_pages(run) -> None:
    result = run("decide", POLICY, "-", *NOW, stdin=tickets(600))
    heads = [line for line in result.stdout.splitlines() if line.startswith(" ticket")]
    rows = [
        line
        for line in result.stdout.splitlines()
        if line.startswith((" T-", " line", " 5 ", " x "))
    ]
    assert (len(heads), len(rows)) == (2, 600)


def test_a_table_tells_each_warning_once_and_not_without_end(run) -> None:
    stdin = "".join(
        json.dumps({"id": f"T-{i}", "status": f"s{i % 13}", "created_at": "2026-11-12T09:00:00Z"})
        + "\n"
        for i in range(600)
    )
    result = run("decide", POLICY, "-", *NOW, stdin=stdin)
    notes = [line for line in result.stdout.splitlines() if line.startswith("* ")]
    assert notes[:-1] == [
        f"* ESC935: no phase is named for the status `s{i}` ({47 if i < 2 else 46} tickets)"
        for i in range(10)
    ]
    assert notes[-1] == "* 138 tickets warn of other things; `explain` tells of what"
    assert "600 decided (600 with warnings), 0 errors" in result.stderr
    assert sum(" enter *" in line for line in result.stdout.splitlines()) == 600


def test_stop_at_the_first_error(run, tmp_path: Path) -> None:
    source = tmp_path / "tickets.jsonl"
    source.write_text(tickets(4000))
    options = ("--on-error", "stop", "--output-format", "jsonl", "--jobs", "2")
    result = run("decide", POLICY, str(source), *NOW, *options)
    lines = result.stdout.splitlines()
    assert len(lines) == 10
    assert "error" in json.loads(lines[-1])
    assert "9 decided, 1 error, stopped" in result.stderr
    assert result.exit_code == 1


def test_every_form_of_input_gives_the_same_decisions(run, tmp_path: Path) -> None:
    good = [json.loads(line) for line in tickets(9).splitlines()]
    rows = io.StringIO()
    table = csv.DictWriter(rows, ["id", "subject", "severity", "created_at", "events"])
    table.writeheader()
    table.writerows({**t, "events": "[]"} for t in good)
    files = {
        "t.jsonl": "".join(json.dumps(t) + "\n" for t in good),
        "t.json": json.dumps(good, indent=1),
        "t.yaml": json.dumps(good),  # JSON is YAML
        "t.csv": rows.getvalue(),
    }
    said = set()
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        result = run("decide", POLICY, str(tmp_path / name), *NOW, "--output-format", "jsonl")
        assert result.exit_code == 0, result.stderr
        said.add(result.stdout)
    assert len(said) == 1


def test_the_ending_of_the_output_says_its_form(run, tmp_path: Path) -> None:
    for name, begin in {"o.jsonl": '{"ticket"', "o.csv": "line,", "o.txt": "\n"}.items():
        assert run("decide", POLICY, "one.yaml", *NOW, "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_text("utf-8").startswith(begin)


def test_csv_can_be_read_again(run) -> None:
    result = run("decide", POLICY, "tickets.jsonl", *NOW, "--output-format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["ticket"] for row in rows] == ["T-1", "T-2", "", "T-4", "", "T-6"]
    assert rows[0]["to_level"] == "L2"
    assert "ESC911" in rows[1]["error"]


def test_trace_is_in_json_lines(run) -> None:
    options = ("--output-format", "jsonl", "--trace")
    said = json.loads(run("decide", POLICY, "one.yaml", *NOW, *options).stdout)
    assert [t["id"] for t in said["trace"]["triggers"]] == ["high-and-old", "many-alike"]


def test_json_lines_obey_no_terminal(run) -> None:
    ticket = {"id": "\x9b31m\u202e\x7f", "created_at": "2026-11-12T09:00:00Z", "events": []}
    result = run("decide", POLICY, "-", *NOW, "--output-format", "jsonl", stdin=json.dumps(ticket))
    assert "\\u009b31m\\u202e\\u007f" in result.stdout
    assert json.loads(result.stdout)["ticket"] == ticket["id"]


def test_nothing_comes_of_nothing(run) -> None:
    result = run("decide", POLICY, "-", *NOW, stdin="")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 decided, 0 errors" in result.stderr


def test_a_fault_of_ours_is_told_and_the_next_ticket_decided(run, monkeypatch) -> None:
    from escalate.evaluator.deciding import Deciding

    fine = Deciding.run

    def sometimes(self: Deciding):
        if self.known.ticket.id == "T-3":
            raise ZeroDivisionError("of all things")
        return fine(self)

    monkeypatch.setattr(Deciding, "run", sometimes)
    result = run("decide", POLICY, "-", *NOW, "--output-format", "jsonl", stdin=tickets(6))
    said = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["ticket"] for one in said] == [f"T-{i}" for i in range(6)]
    assert said[3]["error"]["code"] == "ESC900"
    assert result.exit_code == 2


def test_a_folder_of_policies(run, tmp_path: Path) -> None:
    text = Path(POLICY).read_text("utf-8")
    high = text.replace("small-desk", "high-desk") + "applies_to: {severity: high}\n"
    low = text.replace("small-desk", "low-desk") + "applies_to: {severity: low}\nprecedence: 1\n"
    (tmp_path / "high.escalation.yaml").write_text(high)
    (tmp_path / "low.escalation.yaml").write_text(low)
    lines = [
        {"id": "1", "severity": "high", "created_at": "2026-11-12T09:00:00Z"},
        {"id": "2", "severity": "low", "created_at": "2026-11-12T09:00:00Z"},
        {"id": "3", "created_at": "2026-11-12T09:00:00Z"},
    ]
    stdin = "".join(json.dumps(line) + "\n" for line in lines)
    options = ("--output-format", "jsonl")
    result = run("decide", str(tmp_path), "-", *NOW, *options, stdin=stdin)
    said = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["policy"]["name"] for one in said] == ["high-desk", "low-desk", ""]
    assert (said[2]["step"], said[2]["missing"]) == ("hold", ["severity"])
    assert said[2]["reason"].startswith("No policy of the set applies")


@pytest.mark.slow
def test_a_long_log_takes_little_memory(tmp_path: Path) -> None:
    source = tmp_path / "tickets.jsonl"
    with source.open("w") as out:
        for _ in range(5):
            out.write(tickets(10_000))
    command = [sys.executable, "-m", "escalate", "decide", POLICY, str(source), *NOW]
    command += ["-o", str(tmp_path / "out.jsonl"), "--jobs", "2"]
    # Asked from a small process: a child's peak begins with that of who starts it.
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], check=True, capture_output=True, text=True
    )
    assert "45,000 decided, 5,000 errors" in done.stderr
    with (tmp_path / "out.jsonl").open("rb") as out:
        assert sum(1 for _ in out) == 50_000
    assert int(done.stdout) < 100_000  # kilobytes, of the largest of three processes
