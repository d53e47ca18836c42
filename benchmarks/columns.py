"""A million rows in columns: what holds, and the whole decision, against hand-written Python,
numpy masks, and the CASE expressions of DuckDB and polars.

``python benchmarks/columns.py [--triggers 20] [--rows 1000000] [--rounds 3] [--write]``

Processor time of the process, whatever threads it uses; DuckDB and polars are held to one.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from statistics import median
from time import process_time
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import numpy as np
from coded_tickets import coded_table, flat_table, text_table
from column_peers import duckdb_cases, numpy_masks, polars_cases
from report import Table, publish, rate, times
from tickets import NOW, NOW_US, flat_tickets
from workload import Workload, engine, helpdesk

from escalate.batch import Decider
from escalate.batch.columns import Columns
from escalate.batch.taken import taken
from escalate.desk import EMPTY

HAND = "hand-written Python, all that hold, one ticket at a time"
FIND = "escalate, what holds, coded columns made ready"
WHOLE = "escalate, the whole decision, from coded columns to a table"
TEXTS = "escalate, what holds, texts and lists, conversion included"
MASKS = "numpy masks one by one, coded columns"
DUCKDB, POLARS = "DuckDB, a CASE a trigger over texts and lists", "polars, the same"
DISTINCT = 50_000

Run = Callable[[], int]


def measure(triggers: int, rows: int, rounds: int) -> Table:
    """One run: everything in turn."""
    work = helpdesk(triggers)
    flat = list(flat_tickets(min(DISTINCT, rows)))
    repeat = max(rows // len(flat), 1)
    rows = repeat * len(flat)
    texts, peers = text_table(flat, repeat), flat_table(flat, repeat)
    coded = coded_table(texts)
    runs: dict[str, tuple[Run, int]] = {HAND: (_by_hand(work, flat), len(flat))}
    runs |= {name: (run, rows) for name, run in _ours(work, coded, texts).items()}
    runs[MASKS] = (numpy_masks(work.rules, peers), rows)
    absent = []
    for name, make in ((DUCKDB, duckdb_cases), (POLARS, polars_cases)):
        if triggers > 100:
            continue
        try:
            runs[name] = (make(work.rules, peers), rows)
        except ImportError as error:
            absent.append(f"{name.split(',')[0]} is not installed ({error})")
    held = {name: run() * (rows // count) for name, (run, count) in runs.items()}
    if len({count for name, count in held.items() if name != WHOLE}) != 1:
        raise SystemExit(f"not the same work: {held}")
    taken_: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, (run, count) in runs.items():
            begun = process_time()
            run()
            taken_[name].append((process_time() - begun) / count)
    found = {name: median(seconds) for name, seconds in taken_.items()}
    return _table(work, found, rows, absent)


def _table(work: Workload, found: dict[str, float], rows: int, absent: list[str]) -> Table:
    hand = found[HAND]
    ranked = sorted(found.items(), key=lambda pair: pair[1])
    lines = [(name, rate(s), times(hand, s)) for name, s in ranked]
    if len(work.rules) > 100:
        goals = [
            (
                "with a thousand triggers, what holds is found 1.5 times as fast as by numpy "
                f"masks one by one ({found[MASKS] / found[FIND]:.1f})",
                found[MASKS] >= 1.5 * found[FIND],
            )
        ]
    else:
        goals = [
            (
                f"what holds is found 30 times as fast as by hand ({hand / found[FIND]:.0f})",
                hand >= 30 * found[FIND],
            ),
            (
                "the whole decision, with deadline and next check, is made 12 times as fast as "
                f"what holds is found by hand ({hand / found[WHOLE]:.1f})",
                hand >= 12 * found[WHOLE],
            ),
        ]
        goals += [
            (
                f"from texts and lists it is ahead of {name.split(',')[0]} "
                f"({found[name] / found[TEXTS]:.1f})",
                found[TEXTS] < found[name],
            )
            for name in (DUCKDB, POLARS)
            if name in found
        ]
    return Table(
        f"columns-{len(work.rules)}",
        f"{work.name}, {rows:,} rows in columns",
        ("who", "rows/s", "times faster than hand-written"),
        lines,
        goals,
        absent,
    )


def _by_hand(work: Workload, flat: list[dict[str, Any]]) -> Run:
    every = work.all_that_hold
    return lambda: sum(len(every(one, NOW_US)) for one in flat)


def _count(deciding: Any) -> int:
    """How many triggers hold in all rows."""
    held = 0
    for _, where in deciding.holding():
        if isinstance(where, bool):
            held += deciding.count * where
        else:
            held += int(np.count_nonzero(where)) if where.dtype == bool else len(where)
    return held


def _ours(work: Workload, coded: Any, texts: Any) -> dict[str, Run]:
    """This library: what holds, of blocks made ready and with all that goes before; and the
    whole decision, which has to be made in columns in every row."""
    decides = engine(work)
    columns, decider = Columns(decides), Decider(decides.policy)

    def prepared(table: Any) -> Iterator[Any]:
        given = taken(table, decides.policy)
        for _, _, prepare in columns.blocks(given, NOW_US, EMPTY):
            deciding = prepare()
            deciding.prepare()
            yield deciding

    ready = list(prepared(coded))

    def find() -> int:
        held = 0
        for deciding in ready:
            deciding.block.forget()
            held += _count(deciding)
        return held

    def whole() -> int:
        made = decider.decide(coded, NOW)
        if made.schema.metadata[b"escalate.by_columns"] != str(coded.num_rows).encode():
            raise SystemExit("not every row was decided in columns")
        return int(made.num_rows)

    def from_texts() -> int:
        return sum(map(_count, prepared(texts)))

    return {FIND: find, WHOLE: whole, TEXTS: from_texts}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triggers", type=int, default=20)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="into README.md")
    given = parser.parse_args()
    table = measure(given.triggers, given.rows, given.rounds)
    publish(table, given.write)
    return 0 if table.met else 1


if __name__ == "__main__":
    sys.exit(main())
