"""Files of tickets through `escalate decide`, Parquet to Parquet: speed, memory, growth.

Each size is one run through the shell, on all cores, into a folder. Memory is the sum over
the process and its children. ``python benchmarks/parquet.py [--millions 1 3 10] [--write]``;
a hundred: ``--millions 10 100``, which needs 15 GB of disk.
"""

from __future__ import annotations

import os
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import pyarrow as pa
import pyarrow.parquet as pq
from report import Table
from script import benchmark
from startup import command
from stream import megabytes
from table import BLOCK, plain_schema, ticket_block
from tickets import NOW
from workload import helpdesk

MEMORY_MB = 2_000
GROWTH = 1.25
BILLION = 1_000_000_000
GROUP = 4 * BLOCK


@dataclass(frozen=True, slots=True)
class Run:
    """One size measured."""

    rows: int
    seconds: float
    processor: float
    peak: float
    read: int
    written: int


def write_tickets(path: Path, rows: int, group: int = GROUP) -> None:
    """Plain texts, as other programs write them, in row groups of half a million."""
    schema = plain_schema(ticket_block(0).schema)
    with pq.ParquetWriter(path, schema) as out:
        held: list[pa.RecordBatch] = []
        for n in range(-(-rows // BLOCK)):
            held.append(ticket_block(n).slice(0, min(BLOCK, rows - n * BLOCK)))
            if len(held) * BLOCK >= group:
                out.write_table(pa.Table.from_batches(held).cast(schema))
                held.clear()
        if held:
            out.write_table(pa.Table.from_batches(held).cast(schema))


def measure(rows: int, folder: Path) -> Run:
    """One run through the shell; what it says and what it writes is counted."""
    policy, tickets, out = folder / "work.escalation.yaml", folder / "t.parquet", folder / "d"
    policy.write_text(helpdesk(20).text, encoding="utf-8")
    write_tickets(tickets, rows)
    words = [*command(), "decide", str(policy), str(tickets), "--now", NOW.isoformat()]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun, peak = perf_counter(), 0.0
    with subprocess.Popen([*words, "-o", f"{out}/"], stderr=subprocess.PIPE) as run:
        while run.poll() is None:
            peak = max(peak, megabytes(run.pid))
            sleep(0.1)
        said = run.stderr.read().decode() if run.stderr is not None else ""
    seconds = perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode or not said.startswith(f"{rows:,} decided"):
        raise SystemExit(f"escalate decide ended with {run.returncode}:\n{said}")
    parts = list(out.glob("part-*.parquet"))
    if sum(pq.read_metadata(part).num_rows for part in parts) != rows:
        raise SystemExit("rows are missing")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    written = sum(part.stat().st_size for part in parts)
    return Run(rows, seconds, processor, peak, tickets.stat().st_size, written)


def table(runs: list[Run]) -> Table:
    """What the sizes come to, and what a billion would."""
    rows = [
        (
            f"{run.rows:,}",
            f"{run.seconds:,.1f}",
            f"{run.rows / run.seconds:,.0f}",
            f"{run.rows / run.processor:,.0f}",
            f"{run.peak:,.0f}",
            f"{run.read / 1e6:,.0f}",
            f"{run.written / 1e6:,.0f}",
        )
        for run in runs
    ]
    small, large = runs[0], runs[-1]
    growth = (large.processor / large.rows) / (small.processor / small.rows)
    core = large.rows / large.processor
    hours = BILLION / core / 3600
    bytes_a_second = core * (large.read + large.written) / large.rows
    goals = [
        (f"less than {MEMORY_MB:,} MB ({large.peak:,.0f})", 0 < large.peak < MEMORY_MB),
        (
            f"a row of the largest takes at most {GROWTH} times as long ({growth:.2f})",
            growth < GROWTH,
        ),
    ]
    notes = [
        f"a billion rows take {hours:.1f} hours of a core: {hours / 16 * 60:,.0f} minutes on a "
        f"machine of 16, {hours / 160 * 60:,.1f} on ten such",
        "what binds first is the processor: each core reads and writes "
        f"{bytes_a_second / 1e6:,.0f} MB a second, 16 of them {bytes_a_second * 16 / 1e6:,.0f}",
    ]
    head = ("rows", "s", "rows/s", "rows/s of a core", "peak MB", "read, MB", "written, MB")
    return Table(
        "parquet", "Tickets from Parquet to Parquet, helpdesk-20", head, rows, goals, notes
    )


def sizes(millions: list[float]) -> Table:
    """One size after the other."""
    runs = []
    for size in millions:
        with TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            runs.append(measure(int(size * 1_000_000), Path(folder)))
    return table(runs)


if __name__ == "__main__":
    benchmark(__doc__, sizes, millions=[1.0, 3.0, 10.0])
