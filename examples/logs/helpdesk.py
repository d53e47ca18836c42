"""The help desk of an Italian software house, as tickets whose status is what was last done.

    python examples/logs/helpdesk.py helpdesk.csv.gz > tickets.jsonl
    escalate decide examples/logs/helpdesk.escalation.yaml tickets.jsonl \\
        --now 2012-06-01T10:00:00+02:00

It reads the "help desk log of an Italian Company" (Polato 2017), in which each row is one
thing that was done to a ticket. The times are what clocks in Rome showed.

* What is done is the status: a ticket waits from `Wait` until something else is done.
* `Take in charge ticket` gives it to whoever did it, and `Require upgrade` asks for more than
  the desk can do, which is a request.
* The log knows no levels: every ticket is said to have entered L1 when it came.
* Values are coded by its publishers, so nobody knows which seriousness is the gravest.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import wallclock
from logfile import Event, Row, Ticket, change, histories, rows, run

ROME = ZoneInfo("Europe/Rome")
FIELDS = {
    "product": "product",
    "seriousness": "seriousness_2",
    "service_level": "service_level",
    "service_type": "service_type",
    "workgroup": "workgroup",
}
"""The fields of tickets, and the columns that change them; `seriousness` itself never does."""


def instant(row: Row) -> str:
    """When something was done."""
    shown = datetime.strptime(row["Complete Timestamp"], "%Y/%m/%d %H:%M:%S.%f")  # noqa: DTZ007
    return wallclock.instant(shown, ROME).isoformat()


def ticket(history: list[Row]) -> Ticket:
    """One ticket as it stands after what was last done, with everything before."""
    first, last = history[0], history[-1]
    created, who = instant(first), None
    events: list[Event] = [{"at": created, "type": "entered", "to": "L1", "owner": "support"}]
    for before, after in pairwise([first, *history]):
        at, by = instant(after), after["Resource"]
        events += change(at, "status", before["Activity"], after["Activity"])
        for name, column in FIELDS.items():
            events += change(at, name, before[column], after[column])
        if after["Activity"] == "Take in charge ticket":
            who = by
            events.append({"at": at, "type": "assigned", "to": by, "by": by})
        elif after["Activity"] == "Require upgrade":
            events.append({"at": at, "type": "requested", "by": "agent", "to": "specialists"})
    said: Ticket = {"id": last["Case ID"], "status": last["Activity"], "created_at": created}
    said |= {"level": "L1", "owner": "support", "customer": {"id": last["customer"]}}
    if who is not None:
        said["assignee"] = who
    return said | {name: last[column] for name, column in FIELDS.items()} | {"events": events}


def tickets(path: Path) -> Iterator[Ticket]:
    """Every ticket of the log."""
    return (ticket(history) for history in histories(rows(path), "Case ID"))


if __name__ == "__main__":
    run(tickets, "An Italian help desk's log", "helpdesk.csv or helpdesk.csv.gz")
