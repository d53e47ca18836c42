"""Zendesk's tickets from the tables that a warehouse keeps of them.

    python examples/logs/zendesk_tables.py zendesk_sla_seed > tickets.jsonl
    escalate decide examples/logs/zendesk-tables.escalation.yaml tickets.jsonl \\
        --now 2020-11-03T12:00:00Z

It reads a folder with the tables of tickets, of their history and of the SLA policies that
were applied to them, as Fivetran's connector names them. The times are UTC.

* The first value that the history has of a field is the one it began with; each later one is
  a change. A ticket without any row there has no events: nobody knows what happened to it.
* An SLA policy has versions. The one that counts is the last before it was applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from logfile import Event, Row, Ticket, change, rows, run

TEXTS = {
    "status": "status",
    "subject": "subject",
    "description": "description",
    "priority": "priority",
    "assignee": "assignee_id",
    "group": "group_id",
    "channel": "via_channel",
}


def table(folder: Path, name: str) -> list[Row]:
    """The rows of a table, plain or gzipped."""
    plain = folder / f"{name}_data.csv"
    return list(rows(plain if plain.exists() else plain.with_name(f"{plain.name}.gz")))


def instant(text: str) -> str:
    """`2020-02-19 01:54:52`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).isoformat()


def ticket(row: Row, sla: str | None, history: Iterable[Row]) -> Ticket:
    """One ticket as it stood when the tables were made."""
    said: Ticket = {"id": row["id"], "created_at": instant(row["created_at"])}
    said |= {name: row[column] for name, column in TEXTS.items() if row[column]}
    said["customer"] = {"id": row["requester_id"]}
    if sla is not None:
        said["sla"] = sla
    if events := list(happened(history)):
        said["events"] = events
    return said


def happened(history: Iterable[Row]) -> Iterator[Event]:
    """What a ticket's rows in the history tell, in order."""
    held: Row = {}
    for row in sorted(history, key=lambda row: row["updated"]):
        at, name, value = instant(row["updated"]), row["field_name"], row["value"]
        if name == "assignee_id":
            yield {"at": at, "type": "assigned", "to": value, "by": row["user_id"] or "unknown"}
        elif name in ("status", "priority"):
            yield from change(at, name, held.get(name, value), value)
            held[name] = value


def slas(folder: Path) -> Iterator[tuple[str, str]]:
    """The SLA policy of each ticket, with the date of its version: `1001/2020-06-01`."""
    versions = {
        (row["sla_policy_id"], row["sla_policy_updated_at"])
        for row in table(folder, "sla_policy_metric_history")
    }
    for row in table(folder, "ticket_sla_policy"):
        policy, applied = row["sla_policy_id"], row["policy_applied_at"]
        version = max(since for one, since in versions if one == policy and since <= applied)
        yield row["ticket_id"], f"{policy}/{version[:10]}"


def tickets(folder: Path) -> Iterator[Ticket]:
    """Every ticket of the tables."""
    of, history = dict(slas(folder)), table(folder, "ticket_field_history")
    for row in table(folder, "ticket"):
        told = [past for past in history if past["ticket_id"] == row["id"]]
        yield ticket(row, of.get(row["id"]), told)


if __name__ == "__main__":
    run(tickets, "Zendesk's tables", "the folder with ticket_data.csv and the others, or .csv.gz")
