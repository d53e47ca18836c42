"""The command as a process: exit codes, pipes, signals, what is installed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

POLICY = "desk.escalation.yaml"
ESCALATE = [sys.executable, "-m", "escalate"]


def escalate(*args: str, env: dict[str, str] | None = None, stdin: bytes = b""):
    return subprocess.run(
        [*ESCALATE, *args],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **(env or {})},
    )


CODES = {
    ("check", POLICY): 0,
    ("check", "wrong.escalation.yaml"): 1,
    ("check", "missing.escalation.yaml"): 2,
    ("check",): 2,
    ("decide", POLICY, "one.yaml"): 0,
    ("decide", POLICY, "tickets.jsonl"): 1,
    ("decide", "wrong.escalation.yaml", "one.yaml"): 2,
    ("explain", POLICY, "one.yaml"): 0,
    ("explain", POLICY, "tickets.jsonl", "--id", "T-2"): 1,
    ("explain", POLICY, "tickets.jsonl"): 2,
    ("schema", "ticket"): 0,
    ("rule", "ESC103"): 0,
    ("rule", "ESC000"): 2,
    ("--version",): 0,
    ("nonsense",): 2,
}


@pytest.mark.parametrize("args", CODES, ids=" ".join)
def test_exit_code(args: tuple[str, ...]) -> None:
    done = escalate(*args)
    assert done.returncode == CODES[args], done.stderr
    assert b"Traceback" not in done.stderr


def test_whoever_reads_may_stop() -> None:
    code = f"{sys.executable} -m escalate rule --all | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in ("0", "141")  # 0 where all was written before


def test_ctrl_c(tmp_path: Path) -> None:
    line = json.dumps({"id": "T", "created_at": "2026-11-12T09:00:00Z", "subject": "x" * 3000})
    source = tmp_path / "long.jsonl"
    source.write_text(f"{line}\n" * 30_000)
    running = subprocess.Popen(
        [*ESCALATE, "decide", POLICY, str(source), "--output-format", "jsonl", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert running.stdout is not None
    running.stdout.readline()  # it is at work
    os.killpg(running.pid, signal.SIGINT)
    _, complaint = running.communicate(timeout=60)
    assert (running.returncode, complaint) == (130, b"")


def test_ctrl_c_while_another_process_begins(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "if '--multiprocessing-fork' in sys.orig_argv:\n"
        "    print('begun', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    file = tmp_path / "long.test.yaml"
    file.write_text(
        f"policy: {os.path.relpath(POLICY, tmp_path)}\n"
        "tests:\n  - name: a long one\n    date: 2026-11-10\n    ticket: {created_at: 09:00}\n"
        "    story:\n" + "      - {at: +1m, expect: {level: none}}\n" * 1000
    )
    running = subprocess.Popen(
        [*ESCALATE, "test", str(file), "--jobs", "2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}"},
    )
    assert running.stdout is not None
    assert running.stdout.readline() == b"begun\n"
    os.killpg(running.pid, signal.SIGINT)
    _, complaint = running.communicate(timeout=60)
    assert (running.returncode, complaint) == (130, b"")


@pytest.mark.parametrize("name", ["click", "rich"])
def test_without_the_extra(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.py").write_text("raise ImportError\n")
    done = escalate("decide", POLICY, "one.yaml", env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2
    assert b"pip install 'escalate[cli]'" in done.stderr
    assert b"Traceback" not in done.stderr


def test_json_lines_need_no_rich(tmp_path: Path) -> None:
    (tmp_path / "rich.py").write_text("raise ImportError\n")
    args = ("decide", POLICY, "one.yaml", "--output-format", "jsonl")
    assert escalate(*args, env={"PYTHONPATH": str(tmp_path)}).returncode == 0


EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = (
    str(EXAMPLES / "policies" / "customer-support.escalation.yaml"),  # rotation, holidays
    str(EXAMPLES / "tickets" / "customer-support.jsonl"),
)
NOW = ("--now", "2026-11-12T10:30:00+01:00")
LATER = ("--now", "2026-11-20T10:30:00+02:00")
DESK = (str(EXAMPLES / "desk"), str(EXAMPLES / "desk" / "tickets.jsonl"), *LATER)
AROUND = [
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "77", "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "5", "TZ": "America/New_York", "PYTHONIOENCODING": "utf-8"},
]
SAME = {
    "jsonl": ("decide", POLICY, "tickets.jsonl", *NOW, "--output-format", "jsonl"),
    "csv": ("decide", POLICY, "tickets.jsonl", *NOW, "--output-format", "csv"),
    "trace": ("decide", POLICY, "tickets.jsonl", *NOW, "--output-format", "jsonl", "--trace"),
    "table": ("decide", POLICY, "warned.jsonl", *NOW),
    "explain": ("explain", POLICY, "one.yaml", *NOW),
    "example": ("decide", *EXAMPLE, *LATER, "--output-format", "jsonl", "--trace"),
    "example explained": ("explain", *EXAMPLE, *LATER, "--id", "CS-4"),
    "example as JSON": ("explain", *EXAMPLE, *LATER, "--id", "CS-4", "--json"),
    "a set of policies": ("decide", *DESK, "--output-format", "jsonl", "--trace"),
    "check": ("check", "wrong.escalation.yaml"),
    "check as SARIF": ("check", "wrong.escalation.yaml", "--output-format", "sarif"),
}


@pytest.mark.parametrize("name", SAME)
def test_it_is_the_same_bytes_everywhere(name: str) -> None:
    done = [escalate(*SAME[name], env=env) for env in AROUND]
    assert len({one.stdout for one in done}) == 1
    assert done[0].stdout
    assert len({one.returncode for one in done}) == 1


def test_lines_are_utf_8_whatever_the_terminal_takes() -> None:
    for form in ("jsonl", "csv", "table"):
        args = ("decide", *EXAMPLE, *LATER, "--output-format", form)
        encodings = [{"PYTHONIOENCODING": name} for name in ("utf-8", "latin-1")]
        assert len({escalate(*args, env=env).stdout for env in encodings}) == 1


def test_importing_is_cheap() -> None:
    code = "import sys, escalate; escalate.Ticket; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


def test_colour_is_for_terminals_alone() -> None:
    plain = escalate("check", "wrong.escalation.yaml").stdout
    always = escalate("--color", "always", "check", "wrong.escalation.yaml").stdout
    never = escalate("--color", "never", "check", "wrong.escalation.yaml").stdout
    assert b"\x1b[" not in plain + never
    assert b"\x1b[" in always


def test_no_color_on_a_terminal() -> None:
    pty = pytest.importorskip("pty")

    def on_terminal(env: dict[str, str]) -> bytes:
        master, slave = pty.openpty()
        subprocess.run(
            [*ESCALATE, "check", "wrong.escalation.yaml"],
            stdout=slave,
            check=False,
            env={**os.environ, "TERM": "xterm", **env},
        )
        os.close(slave)
        seen = b""
        try:
            while block := os.read(master, 4096):
                seen += block
        except OSError:  # all has been read, and nobody writes
            pass
        os.close(master)
        return seen

    assert b"\x1b[" in on_terminal({})
    assert b"\x1b[" not in on_terminal({"NO_COLOR": "1"})


def test_a_fault_of_ours_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import escalate.rules as rules\ndef codes(): raise ZeroDivisionError('odd')\n"
        "rules.codes = codes\n"
    )
    env = {"PYTHONPATH": str(tmp_path)}
    done = escalate("rule", "--all", env=env)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "escalate: internal error: ZeroDivisionError: odd",
        "escalate: this is a fault of escalate; ESCALATE_DEBUG=1 shows where it happened",
    ]
    assert b"Traceback" in escalate("rule", "--all", env={**env, "ESCALATE_DEBUG": "1"}).stderr
