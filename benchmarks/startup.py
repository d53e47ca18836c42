"""`escalate check` from the shell, against a Python that only imports pydantic and yaml.

``python benchmarks/startup.py [--rounds 15] [--write]``
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from report import Table, publish, times

GOAL = 2.0
_EXAMPLES = Path(__file__).parent.parent / "examples" / "policies"
IMPORTS, CHECK, BARE = "python -c 'import pydantic, yaml'", "escalate check", "python -c ''"


def command() -> list[str]:
    """How the program is called: as it is installed beside this Python, else as a module."""
    beside = Path(sys.executable).parent / "escalate"
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "escalate"]


def _timed(words: list[str]) -> float:
    begun = perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return perf_counter() - begun


def measure(rounds: int) -> Table:
    """All in turn, each in a process of its own, after one run that warms the caches."""
    largest = max(_EXAMPLES.glob("*.escalation.yaml"), key=lambda path: path.stat().st_size)
    words = {
        BARE: [sys.executable, "-c", ""],
        IMPORTS: [sys.executable, "-c", "import pydantic, yaml"],
        CHECK: [*command(), "check", str(largest)],
    }
    taken: dict[str, list[float]] = {name: [] for name in words}
    for turn in range(rounds + 1):
        for name, line in words.items():
            seconds = _timed(line)
            if turn:
                taken[name].append(seconds)
    found = {name: median(seconds) for name, seconds in taken.items()}
    base, check = found[IMPORTS], found[CHECK]
    rows = [(f"`{name}`", f"{s * 1000:.0f}", times(s, base)) for name, s in found.items()]
    goal = f"checking {largest.name} takes less than {GOAL:.0f} times the imports alone"
    goals = [(f"{goal} ({check / base:.2f})", check < GOAL * base)]
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
