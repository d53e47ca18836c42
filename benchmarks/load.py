"""From policy text to a ready engine, against the C parser of YAML alone.

Each in processes of its own, after a policy of two triggers was loaded, so that imports and
what they put off are done; and also in turn in one process; the collector as it is by
default; processor time. Memory is the peak of a process that loads, less that of one that
only imports.

``python benchmarks/load.py [--triggers 1000] [--rounds 7] [--write]``
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from report import Table, times
from script import benchmark
from workload import helpdesk

MEMORY_MB = 60
_HERE = Path(__file__).parent

_CHILD = """
import sys
from time import process_time
text = open(sys.argv[2], encoding="utf-8").read()
import yaml
from escalate.evaluator.engine import Engine
from escalate.policy.loader import load_text

def parse():
    assert yaml.load(text, yaml.CSafeLoader)

def ready():
    loaded = load_text(text, "helpdesk.escalation.yaml")
    assert loaded.policy is not None and not loaded.diagnostics, loaded.diagnostics[:3]
    Engine(loaded.policy)

def imported():
    small = open(sys.argv[3], encoding="utf-8").read()
    Engine(load_text(small, "small.escalation.yaml").policy)

def peak():
    # What getrusage tells counts, on Linux, what the parent held when it started this.
    try:
        status = open("/proc/self/status").read()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except OSError:
        import resource
        kilo = 1024 if sys.platform != "darwin" else 1024 * 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / kilo

def timed(call):
    begun = process_time()
    call()
    return process_time() - begun

what = sys.argv[1]
if what != "import":
    imported()
if what == "turns":
    for _ in range(int(sys.argv[4])):
        print(timed(parse), timed(ready))
elif what == "import":
    print(0.0, peak())
else:
    print(timed(parse if what == "parse" else ready), peak())
"""


def _child(what: str, text: Path, small: Path, *more: str) -> list[tuple[float, float]]:
    """What a process of its own prints: pairs of numbers."""
    command = [sys.executable, "-c", _CHILD, what, str(text), str(small), *more]
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=_HERE)
    lines = (line.split() for line in said.stdout.splitlines())
    return [(float(a), float(b)) for a, b in lines]


def measure(triggers: int, rounds: int) -> Table:
    """One run of all of it."""
    work = helpdesk(triggers)
    with TemporaryDirectory() as folder:
        text = Path(folder) / "helpdesk.escalation.yaml"
        text.write_text(work.text, encoding="utf-8")
        small = Path(folder) / "small.escalation.yaml"
        small.write_text(helpdesk(2).text, encoding="utf-8")
        alone: dict[str, list[tuple[float, float]]] = {"parse": [], "ready": [], "import": []}
        for _ in range(rounds):
            for what, found in alone.items():
                found += _child(what, text, small)
        turns = _child("turns", text, small, str(rounds))
    parse, ready = (median(t for t, _ in alone[what]) for what in ("parse", "ready"))
    parse_, ready_ = (median(pair[i] for pair in turns) for i in (0, 1))
    idle, loaded, parsed = (
        median(mb for _, mb in alone[what]) for what in ("import", "ready", "parse")
    )
    rows = [
        ("yaml.load with CSafeLoader", _ms(parse), _ms(parse_), "1.0", f"{parsed - idle:.0f}"),
        (
            "escalate: text to a ready engine",
            _ms(ready),
            _ms(ready_),
            f"{times(ready, parse)} / {times(ready_, parse_)}",
            f"{loaded - idle:.0f}",
        ),
    ]
    goals = [
        (
            "text to engine, positions and all checks included, is no slower than the C "
            f"parser alone ({ready / parse:.2f} in fresh processes, {ready_ / parse_:.2f} in turn)",
            ready <= parse and ready_ <= parse_,
        ),
        (
            f"it takes less than {MEMORY_MB} MB more memory ({loaded - idle:.0f})",
            loaded - idle < MEMORY_MB,
        ),
    ]
    head = ("what", "fresh process, ms", "in turn, ms", "times the parser", "memory, MB")
    size = len(work.text.encode()) // 1024
    title = f"A policy of {triggers:,} triggers ({size} KiB)"
    return Table("load", title, head, rows, goals)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f}"


if __name__ == "__main__":
    benchmark(__doc__, measure, triggers=1_000, rounds=7)
