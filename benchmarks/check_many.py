"""A thousand policy files through `escalate check`: one process against all cores.

``python benchmarks/check_many.py [--files 1000] [--rounds 3] [--write]``
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from report import Table, times
from script import benchmark
from startup import command

from escalate.cores import cores

_EXAMPLES = Path(__file__).parent.parent / "examples" / "policies"
SHARE = 0.6
"""Of what so many cores could do at best."""


def write(folder: Path, files: int) -> None:
    """The examples, again and again under other names, ten folders."""
    examples = sorted(_EXAMPLES.glob("*.escalation.yaml"))
    for number in range(files):
        example = examples[number % len(examples)]
        text = example.read_text("utf-8").replace("\nname: ", f"\nname: n{number}-", 1)
        into = folder / f"desk-{number % 10}"
        into.mkdir(exist_ok=True)
        (into / f"{number:04}.escalation.yaml").write_text(text, "utf-8")


def _timed(folder: Path, *options: str) -> tuple[float, bytes]:
    words = [*command(), "check", "--no-cache", "--output-format", "json", *options, str(folder)]
    begun = perf_counter()
    done = subprocess.run(words, check=False, capture_output=True, env=dict(os.environ))
    assert done.returncode in (0, 1), done.stderr
    return perf_counter() - begun, done.stdout


def measure(files: int, rounds: int) -> Table:
    """Both in turn; their answers must be the same bytes."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, files)
        taken: dict[str, list[float]] = {"one process": [], "all cores": []}
        for _ in range(rounds):
            alone, said = _timed(folder, "--jobs", "1")
            together, same = _timed(folder)
            assert said == same, "the order of the output depends on the processes"
            taken["one process"].append(alone)
            taken["all cores"].append(together)
    found = {who: median(seconds) for who, seconds in taken.items()}
    base = found["one process"]
    rows = [
        (who, f"{seconds:.1f}", f"{files / seconds:,.0f}", times(base, seconds))
        for who, seconds in found.items()
    ]
    least = 1 if cores() == 1 else SHARE * cores()
    faster = base / found["all cores"]
    goal = f"{cores()} cores are at least {least:.1f} times as fast as one process ({faster:.2f})"
    head = ("who", "s", "files/s", "times as fast")
    return Table("check-many", f"{files:,} policy files", head, rows, [(goal, faster >= least)])


if __name__ == "__main__":
    benchmark(__doc__, measure, files=1000, rounds=3)
