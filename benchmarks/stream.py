"""A million tickets as JSON Lines through `escalate decide`: speed, memory, cores.

Memory is the sum over the process and its children, looked at ten times a second where
``/proc`` tells it. ``python benchmarks/stream.py [--tickets 1000000] [--write]``
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from report import Table
from script import benchmark
from startup import command
from tickets import NOW, flat_tickets, policy_ticket
from workload import helpdesk

MEMORY_MB = 300
_DISTINCT = 20_000


def write_tickets(path: Path, count: int) -> None:
    """So many tickets, each with an id of its own; their content recurs."""
    whole = [json.dumps(policy_ticket(flat)) for flat in flat_tickets(min(count, _DISTINCT))]
    rests = [text.partition(", ")[2] for text in whole]
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            file.write(f'{{"id": "T-{n:08}", {rests[n % len(rests)]}\n')


def children(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def megabytes(pid: int) -> float:
    """What the process and all below it hold; pages that they share are counted once for
    each."""
    pages = 0
    for one in children(pid):
        try:
            pages += int(Path(f"/proc/{one}/statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def idle_seconds() -> float:
    """What all cores together have stood idle since the machine started."""
    try:
        words = Path("/proc/stat").read_text().split(None, 6)
        return (int(words[4]) + int(words[5])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):
        return 0.0


def measure(count: int) -> Table:
    """One run through the shell."""
    work = helpdesk(20)
    with TemporaryDirectory() as folder:
        policy, tickets, out = (
            Path(folder) / name
            for name in ("work.escalation.yaml", "tickets.jsonl", "decisions.jsonl")
        )
        policy.write_text(work.text, encoding="utf-8")
        write_tickets(tickets, count)
        size = tickets.stat().st_size
        words = [*command(), "decide", str(policy), str(tickets), "--now", NOW.isoformat()]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun, peak, most, idle = perf_counter(), 0.0, 1, idle_seconds()
        with subprocess.Popen([*words, "-o", str(out)], stderr=subprocess.PIPE) as run:
            while run.poll() is None:
                peak = max(peak, megabytes(run.pid))
                most = max(most, len(children(run.pid)))
                sleep(0.1)
            said = run.stderr.read().decode() if run.stderr is not None else ""
        seconds = perf_counter() - begun
        idle = (idle_seconds() - idle) / seconds
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if run.returncode:
            raise SystemExit(f"escalate decide ended with {run.returncode}:\n{said}")
        with out.open("rb") as lines:
            found = sum(1 for _ in lines)
    busy = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / seconds
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    rows = [
        ("tickets in", f"{count:,}"),
        ("results out", f"{found:,}"),
        ("input, MB", f"{size / 1e6:,.0f}"),
        ("seconds", f"{seconds:,.0f}"),
        ("tickets/s", f"{count / seconds:,.0f}"),
        ("peak memory of all processes, MB", f"{peak:,.0f}"),
        ("processes", f"{most}"),
        ("cores kept busy", f"{busy:.1f} of {cores}, {idle:.1f} idle"),
    ]
    goals = [
        ("of N tickets come N results", found == count),
        (f"less than {MEMORY_MB} MB ({peak:.0f})", 0 < peak < MEMORY_MB),
        # What other programs take, it cannot have.
        ("all cores are at work", busy + idle > 0 and idle < 0.25 * (cores or 1)),
    ]
    return Table("stream", "A log through `escalate decide`", ("", ""), rows, goals)


if __name__ == "__main__":
    benchmark(__doc__, measure, tickets=1_000_000)
