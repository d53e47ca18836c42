"""Spark's `mapInArrow` with decisions, against one that only passes the same batches through.

Both read the same Parquet and write the same columns; the one that passes writes decisions
made before, a batch of them over and over. Wall time, in turn, the median: Spark's processes
are not ours to count. ``python benchmarks/spark.py [--millions 2] [--rounds 3] [--write]``
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import pyarrow as pa
from parquet import write_tickets
from report import Table, times
from script import benchmark
from table import BLOCK, ticket_table
from tickets import NOW
from workload import engine, helpdesk

from escalate.batch import BatchFunction
from escalate.batch.spark import decide

GOAL = 1.3
BATCH = 1 << 16


def passes(made: pa.RecordBatch) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Answers each batch with as many rows of decisions that are made already."""

    def passing(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            for start in range(0, batch.num_rows, made.num_rows):
                yield made.slice(0, min(made.num_rows, batch.num_rows - start))

    return passing


def measure(millions: float, rounds: int) -> Table:
    """Both in turn, in one session."""
    from pyspark.sql import SparkSession

    rows = int(millions * 1_000_000)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", str(BATCH))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    policy = engine(helpdesk(20)).policy
    made = BatchFunction(policy, NOW)(ticket_table(BATCH, coded=False))
    taken: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        source = Path(folder) / "t.parquet"
        write_tickets(source, rows, BLOCK)  # so that both cores have some
        frame = session.read.parquet(str(source))
        decided = decide(frame, policy, NOW)
        names = [f"`{name}`" for name in frame.columns]
        plain = frame.select(*names).toDF(*map(str, range(len(names))))
        passed = plain.mapInArrow(passes(made.combine_chunks().to_batches()[0]), decided.schema)
        ways = {"passes batches through": passed, "decides": decided}
        for n in range(rounds + 1):
            for name, way in ways.items():
                begun = perf_counter()
                way.write.mode("overwrite").parquet(str(Path(folder) / "out"))
                if n:  # the first of each starts processes and compiles
                    taken.setdefault(name, []).append(perf_counter() - begun)
        if session.read.parquet(str(Path(folder) / "out")).count() != rows:
            raise SystemExit("rows are missing")
    session.stop()
    seconds = {name: median(found) for name, found in taken.items()}
    least = seconds["passes batches through"]
    shown = [
        (name, f"{took:,.1f}", f"{rows / took:,.0f}", times(took, least))
        for name, took in seconds.items()
    ]
    ratio = seconds["decides"] / least
    goals = [
        (f"at most {GOAL} times as long as passing batches through ({ratio:.2f})", ratio <= GOAL)
    ]
    title = f"{rows:,} rows through Spark, local[2], helpdesk-20"
    return Table("spark", title, ("mapInArrow that", "s", "rows/s", "times"), shown, goals)


if __name__ == "__main__":
    benchmark(__doc__, measure, millions=2.0, rounds=3)
