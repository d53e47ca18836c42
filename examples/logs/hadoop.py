"""Issues of the Apache Hadoop project's Jira, as tickets of which no history is known.

    python examples/logs/hadoop.py hadoop_issues.csv.gz > tickets.jsonl
    escalate decide examples/logs/hadoop.escalation.yaml tickets.jsonl --now 2024-12-31T00:00:00Z

It reads the Hadoop part of the GitBugs data set (Patil, Han, Jadon), in which each row is an
issue with its text as people wrote it: mark-up, stack traces, quotes, line ends.

* Of what happened only the resolution is known, so tickets have `resolved_at` in place of
  events. Asked as of an earlier instant, the engine takes the issue for open.
* Every issue is said to be in triage since it was created.
* The times have no zone; they are taken as UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from logfile import Row, Ticket, rows, run

TEXTS = {
    "subject": "Summary",
    "description": "Description",
    "priority": "Priority",
    "versions": "Affects Version/s",
}


def instant(text: str) -> str:
    """`30/Sep/21 17:20`."""
    return datetime.strptime(text, "%d/%b/%y %H:%M").replace(tzinfo=UTC).isoformat()


def ticket(row: Row) -> Ticket:
    """One issue as it stood when the data set was made."""
    created, resolved = instant(row["Created"]), row["Resolved"]
    said: Ticket = {"id": row["Issue id"], "status": row["Status"], "created_at": created}
    said |= {name: row[column] for name, column in TEXTS.items() if row[column]}
    said |= {"level": "triage", "level_entered_at": created}
    return said | {"resolved_at": instant(resolved) if resolved else None}


def tickets(path: Path) -> Iterator[Ticket]:
    """Every issue of the file."""
    return (ticket(row) for row in rows(path))


if __name__ == "__main__":
    run(tickets, "Hadoop's issues", "hadoop_issues.csv or hadoop_issues.csv.gz")
