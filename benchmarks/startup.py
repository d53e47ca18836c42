"""`escalate check` from the shell, against a Python that only imports pydantic and yaml.

A text that was checked before and is unchanged is not checked again, so three are timed: the
check that keeps no result, the first check, with an empty cache folder each time, and the
next one.

``python benchmarks/startup.py [--rounds 15] [--write]``
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from report import Table, publish, times

GOAL = 2.0
_EXAMPLES = Path(__file__).parent.parent / "examples" / "policies"
BARE, IMPORTS = "`python -c ''`", "`python -c 'import pydantic, yaml'`"
UNKEPT = "`escalate check --no-cache`"
FIRST, AGAIN = "`escalate check`, the first time", "`escalate check`, unchanged since"


def command() -> list[str]:
    """How the program is called: as it is installed beside this Python, else as a module."""
    beside = Path(sys.executable).parent / "escalate"
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "escalate"]


def _timed(words: list[str], cache: Path) -> float:
    # With bytecode, as everything has it that pip has installed.
    around = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    around["XDG_CACHE_HOME"] = str(cache)
    begun = perf_counter()
    subprocess.run(words, check=True, capture_output=True, env=around)
    return perf_counter() - begun


def measure(rounds: int) -> Table:
    """All in turn, each in a process of its own, after one round that warms the disk."""
    largest = max(_EXAMPLES.glob("*.escalation.yaml"), key=lambda path: path.stat().st_size)
    check = [*command(), "check", str(largest)]
    taken: dict[str, list[float]] = {name: [] for name in (BARE, IMPORTS, UNKEPT, FIRST, AGAIN)}
    for turn in range(rounds + 1):
        with TemporaryDirectory() as folder:
            cache = Path(folder)
            seconds = {
                BARE: _timed([sys.executable, "-c", ""], cache),
                IMPORTS: _timed([sys.executable, "-c", "import pydantic, yaml"], cache),
                UNKEPT: _timed([*check, "--no-cache"], cache),
                FIRST: _timed(check, cache),
                AGAIN: _timed(check, cache),
            }
        if turn:
            for name, one in seconds.items():
                taken[name].append(one)
    found = {name: median(seconds) for name, seconds in taken.items()}
    base, check_alone = found[IMPORTS], found[UNKEPT]
    rows = [(name, f"{s * 1000:.0f}", times(s, base)) for name, s in found.items()]
    goal = f"checking {largest.name} takes less than {GOAL:.0f} times the imports alone"
    told = f"{goal}, even where no result is kept ({check_alone / base:.2f})"
    goals = [(told, check_alone < GOAL * base)]
    head = ("what", "ms", "times the imports")
    return Table("startup", "Starting from the shell", head, rows, goals)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--write", action="store_true", help="into README.md")
    given = parser.parse_args()
    table = measure(given.rounds)
    publish(table, given.write)
    return 0 if table.met else 1


if __name__ == "__main__":
    sys.exit(main())
