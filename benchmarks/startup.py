"""`escalate` from the shell, against a Python that only imports pydantic and yaml.

A text that was checked before and is unchanged is not checked again, so three are timed: the
check that keeps no result, the first check, with an empty cache folder each time, and the
next one. Nothing else is kept between runs but Python's bytecode. One more check has models
of pydantic, as programs that import the library have them, instead of the command line's
light ones. Time is the processor's: these processes wait for nothing.

``python benchmarks/startup.py [--rounds 15] [--write]``
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory

from report import Table, times
from script import benchmark

GOAL = 2.0
_EXAMPLES = Path(__file__).parent.parent / "examples"
BARE, IMPORTS = "`python -c ''`", "`python -c 'import pydantic, yaml'`"
UNKEPT = "`escalate check --no-cache`"
HEAVY = "the same with models of pydantic"
FIRST, AGAIN = "`escalate check`, the first time", "`escalate check`, unchanged since"
DECIDE, EXPLAIN, TEST = "`escalate decide`", "`escalate explain`", "`escalate test`"
_NOT_LIGHT = """
import escalate.modelling
escalate.modelling.prefer_light = lambda: None
from escalate.cli import main
main()
"""


def command() -> list[str]:
    """How the program is called: as it is installed beside this Python, else as a module."""
    beside = Path(sys.executable).parent / "escalate"
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "escalate"]


def calls(policy: Path) -> dict[str, list[str]]:
    """What is run, in turn."""
    name = policy.name.removesuffix(".escalation.yaml")
    tickets = str(_EXAMPLES / "tickets" / f"{name}.jsonl")
    python, escalate = [sys.executable, "-c"], command()
    check, now = ["check", str(policy)], ["--now", "2026-11-20T10:30:00+02:00"]
    return {
        BARE: [*python, ""],
        IMPORTS: [*python, "import pydantic, yaml"],
        UNKEPT: [*escalate, *check, "--no-cache"],
        HEAVY: [*python, _NOT_LIGHT, *check, "--no-cache"],
        FIRST: [*escalate, *check],
        AGAIN: [*escalate, *check],
        DECIDE: [*escalate, "decide", str(policy), tickets, *now],
        EXPLAIN: [*escalate, "explain", str(policy), tickets, "--id", "CS-4", *now],
        TEST: [*escalate, "test", str(policy.with_name(f"{name}.test.yaml"))],
    }


def _timed(words: list[str], cache: Path) -> float:
    """Seconds of the processor."""
    # With bytecode, as everything has it that pip has installed.
    around = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    around["XDG_CACHE_HOME"] = str(cache)
    begun = getrusage(RUSAGE_CHILDREN)
    subprocess.run(words, check=True, capture_output=True, env=around)
    ended = getrusage(RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime


def measure(rounds: int) -> Table:
    """All in turn, each in a process of its own, after one round that warms the disk."""
    policies = (_EXAMPLES / "policies").glob("*.escalation.yaml")
    largest = max(policies, key=lambda path: path.stat().st_size)
    asked = calls(largest)
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(rounds + 1):
        with TemporaryDirectory() as folder:
            for name, words in asked.items():
                seconds = _timed(words, Path(folder))
                if turn:
                    taken[name].append(seconds)
    found = {name: median(seconds) for name, seconds in taken.items()}
    base, check_alone = found[IMPORTS], found[UNKEPT]
    rows = [(name, f"{s * 1000:.0f}", times(s, base)) for name, s in found.items()]
    goal = f"checking {largest.name} takes less than {GOAL:.0f} times the imports alone"
    told = f"{goal}, also where no result is kept ({check_alone / base:.2f})"
    goals = [(told, check_alone < GOAL * base)]
    head = ("what", "ms", "times the imports")
    return Table("startup", "Starting from the shell", head, rows, goals)


if __name__ == "__main__":
    benchmark(__doc__, measure, rounds=15)
