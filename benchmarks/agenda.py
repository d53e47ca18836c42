"""Ten million open tickets, a thousand due each minute: what a minute costs.

``python benchmarks/agenda.py [--open 10000000] [--due 1000] [--minutes 10] [--write]``
"""

from __future__ import annotations

from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pyarrow as pa
from report import Table
from script import benchmark
from tickets import NOW, NOW_US, flat_tickets, policy_ticket
from workload import engine, helpdesk

from escalate import Agenda
from escalate.batch import AgendaTable
from escalate.worktime.epoch import EPOCH, US

MINUTE_US = 60_000_000


def open_tickets(count: int, due: int) -> Any:
    """So many tickets, of which about so many come due each minute."""
    following = NOW_US + np.random.default_rng(1).integers(0, count * MINUTE_US // due, count)
    ids = np.char.add("T-", np.char.zfill(np.arange(count).astype("U9"), 9))
    return pa.table(
        {
            "ticket": pa.array(ids),
            "now": pa.array(np.full(count, NOW_US), pa.timestamp("us", "UTC")),
            "next_check_at": pa.array(following, pa.timestamp("us", "UTC")),
        }
    )


class Minute:
    """The desk's work of a minute, apart from the agenda: each ticket that is due is decided
    anew, and is to be asked about again some time."""

    def __init__(self, count: int, due: int) -> None:
        self.engine = engine(helpdesk(20))
        raw = [policy_ticket(flat) for flat in flat_tickets(4 * due)]
        self.tickets = [self.engine.ticket(one) for one in raw]
        for ticket in self.tickets:
            self.engine.decide(ticket, now=NOW)
        self.later = count * MINUTE_US // due

    def decide(self, ids: list[str]) -> float:
        """Processor time of deciding so many tickets."""
        begun = process_time()
        for n in range(len(ids)):
            self.engine.decide(self.tickets[n % len(self.tickets)], now=NOW)
        return process_time() - begun


def in_columns(table: Any, work: Minute, minutes: int) -> list[tuple[float, float, int]]:
    """Of each minute: the agenda's time, that of the decisions, and how many they were."""
    agenda, found = AgendaTable(table), []
    for minute in range(1, minutes + 1):
        now_us = NOW_US + minute * MINUTE_US
        begun = process_time()
        due = agenda.due(EPOCH + now_us * US)
        taken = process_time() - begun
        deciding = work.decide(due["ticket"].to_pylist())
        begun = process_time()
        again = np.full(len(due), now_us + work.later)
        now = pa.array(np.full(len(due), now_us), pa.timestamp("us", "UTC"))
        following = pa.array(again, pa.timestamp("us", "UTC"))
        agenda.update(pa.table({"ticket": due["ticket"], "now": now, "next_check_at": following}))
        found.append((taken + process_time() - begun, deciding, len(due)))
    return found


def in_memory(table: Any, work: Minute, minutes: int) -> list[tuple[float, float, int]]:
    """The same with the agenda of the core."""
    agenda, found = Agenda(), []
    following = table["next_check_at"].cast(pa.int64()).to_pylist()
    for ticket, us in zip(table["ticket"].to_pylist(), following, strict=True):
        agenda.put(ticket, us, NOW_US)
    for minute in range(1, minutes + 1):
        now_us = NOW_US + minute * MINUTE_US
        begun = process_time()
        due = agenda.due(EPOCH + now_us * US)
        taken = process_time() - begun
        deciding = work.decide(due)
        begun = process_time()
        for ticket in due:
            agenda.put(ticket, now_us + work.later, now_us)
        found.append((taken + process_time() - begun, deciding, len(due)))
    return found


def measure(count: int, due: int, minutes: int) -> Table:
    work, table = Minute(count, due), open_tickets(count, due)
    rows, goals = [], []
    for name, run in (("in columns", in_columns), ("in memory", in_memory)):
        found = run(table, work, minutes)
        agenda, deciding = median(f[0] for f in found), median(f[1] for f in found)
        number = sum(f[2] for f in found) / minutes
        every = deciding / number * count
        peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
        taken = (f"{number:,.0f}", f"{deciding * 1000:.1f}", f"{agenda * 1000:.1f}")
        rows.append((name, *taken, f"{every * 1000:,.0f}", f"{peak:,.0f}"))
        minute = agenda + deciding
        goal = f"{name}, a minute costs at most a thousandth of deciding all that are open"
        goals.append((f"{goal} ({every / minute:,.0f})", minute < every / 1000))
    head = (
        "agenda",
        "due a minute",
        "their decisions, ms",
        "the agenda, ms",
        "deciding all, ms",
        "peak memory, MB",
    )
    return Table("agenda", f"{count:,} open tickets, minute by minute", head, rows, goals)


if __name__ == "__main__":
    benchmark(__doc__, measure, open=10_000_000, due=1_000, minutes=10)
