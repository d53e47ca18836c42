"""Boston's 311 service requests, as tickets with the city's own due date.

    python examples/logs/boston311.py boston_311_2015.csv.gz > tickets.jsonl
    escalate decide examples/logs/boston-311.escalation.yaml tickets.jsonl \\
        --now 2016-01-13T00:00:00-05:00

Each row is a case: when it was opened, when it should be closed, when it was. The times are
what Boston's clocks showed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import wallclock
from logfile import Row, Ticket, change, rows, run

BOSTON = ZoneInfo("America/New_York")
FORMS = ("%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p")
TEXTS = {"subject": "case_title", "category": "type", "channel": "source"}
FIELDS = {"department": "department", "queue": "queue", "neighborhood": "neighborhood"}


def wall_clock(text: str) -> datetime:
    """What Boston's clocks showed, in either of the two forms."""
    form = FORMS[1] if text.endswith("M") else FORMS[0]
    return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is put on afterwards


def instant(shown: datetime) -> datetime:
    """The instant at which Boston's clocks showed this."""
    return wallclock.instant(shown, BOSTON)


def ticket(row: Row) -> Ticket:
    """One case as it stood when the file was made."""
    opened = instant(wall_clock(row["open_dt"]))
    said: Ticket = {
        "id": row["case_enquiry_id"],
        "status": row["case_status"].lower(),
        "created_at": opened.isoformat(),
    }
    for name, column in {**TEXTS, **FIELDS}.items():
        if row[column]:
            said[name] = row[column]
    if row["target_dt"]:
        said["due_at"] = instant(wall_clock(row["target_dt"])).isoformat()
    said["events"] = []
    if row["closed_dt"]:
        at = instant(wall_clock(row["closed_dt"])).isoformat()
        said["events"] += change(at, "status", "open", "closed")
    return said


def tickets(path: Path) -> Iterator[Ticket]:
    """Every case of a file as a ticket."""
    return (ticket(row) for row in rows(path))


if __name__ == "__main__":
    run(tickets, "Boston 311 cases", "a CSV file of service requests, or .csv.gz")
