"""The audit log of a ServiceNow desk, as tickets with events.

    python examples/logs/servicenow.py incident_event_log.csv.gz > tickets.jsonl
    escalate decide examples/policies/it-incidents.escalation.yaml tickets.jsonl \\
        --now 2016-06-01T12:00:00Z

It reads the "Incident management process enriched event log" (UCI data set 498), in which
each row is an incident as it stood after one update. Two rows next to each other tell what
an update changed, and that is an event. Three things need care:

* `resolved_at`, `closed_at`, `resolved_by` and `closed_code` were written back into every
  row, also the first. They are left out: nobody could have known them then.
* Updates of one minute are in the order of `sys_mod_count`.
* The times have no zone. Say which one it was, or they are taken as UTC.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import logfile
from logfile import Event, Row, Ticket, change

MISSING = "?"
RANK = {"1": "high", "2": "medium", "3": "low"}
PRIORITY = {"1": "critical", "2": "high", "3": "moderate", "4": "low"}
"""The log's priority in the policy's words: what `derive` must come to."""

FIELDS = {"impact": RANK, "urgency": RANK}
HIDDEN = frozenset({"resolved_at", "closed_at", "resolved_by", "closed_code"})
FIRST_STATE = "New"


def rows(path: Path) -> Iterator[Row]:
    """The rows of a log without what was written back later."""
    for row in logfile.rows(path):
        yield {name: value for name, value in row.items() if name not in HIDDEN}


def incidents(log: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows of each incident, in the order in which they were written."""
    for history in logfile.histories(log, "number"):
        yield sorted(history, key=lambda row: int(row["sys_mod_count"]))


def instant(text: str, zone: ZoneInfo) -> str:
    """`29/2/2016 01:16` in a zone, with its offset."""
    day, clock = text.split(" ")
    d, m, y = (int(part) for part in day.split("/"))
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(y, m, d, hour, minute, tzinfo=zone).isoformat()


def known(value: str, prefix: str) -> str | None:
    """The log's bare numbers with what they number: `group-56`."""
    return None if value == MISSING else f"{prefix}-{value}"


def ticket(history: list[Row], zone: ZoneInfo, level: str = "L1") -> Ticket:
    """One incident as it stands after its last row, with everything that led there.

    The log knows no levels: every incident is said to have entered `level` when it was
    opened, with the group that had it first.
    """
    first, last = history[0], history[-1]
    opened = instant(first["opened_at"], zone)
    entered = {"at": opened, "type": "entered", "to": level}
    if group := known(first["assignment_group"], "group"):
        entered["owner"] = group
    events: list[Event] = [entered]
    before = {**first, "incident_state": FIRST_STATE, "assigned_to": MISSING}
    for row in history:
        events += changes(before, row, instant(row["sys_updated_at"], zone))
        before = row
    said: Ticket = {
        "id": f"INC{last['number']}",
        "status": last["incident_state"],
        "created_at": opened,
        "channel": last["contact_type"],
        "level": level,
    }
    for name, words in FIELDS.items():
        said[name] = words[last[name]]
    if caller := known(last["caller_id"], "caller"):
        said["customer"] = {"id": caller}
    if owner := known(last["assignment_group"], "group"):
        said["owner"] = owner
    if person := known(last["assigned_to"], "person"):
        said["assignee"] = person
    return {**said, "events": events}


def changes(before: Row, after: Row, at: str) -> Iterator[Event]:
    """What one update changed."""
    yield from change(at, "status", before["incident_state"], after["incident_state"])
    for name, words in FIELDS.items():
        yield from change(at, name, words[before[name]], words[after[name]])
    if before["assignment_group"] != after["assignment_group"]:
        move = {"at": at, "type": "transferred"}
        if group := known(after["assignment_group"], "group"):
            move["owner"] = group
        if person := known(after["assigned_to"], "person"):
            move["assignee"] = person
        yield move
    if before["assigned_to"] != after["assigned_to"] and after["assigned_to"] != MISSING:
        by = known(after["sys_updated_by"], "user") or "user"
        yield {"at": at, "type": "assigned", "to": f"person-{after['assigned_to']}", "by": by}


def tickets(path: Path, zone: str = "UTC", level: str = "L1") -> Iterator[Ticket]:
    """Every incident of a log as a ticket."""
    where = ZoneInfo(zone)
    return (ticket(history, where, level) for history in incidents(rows(path)))


def main() -> None:
    parser = argparse.ArgumentParser(description="A ServiceNow audit log as tickets, one a line.")
    parser.add_argument("file", type=Path, help="incident_event_log.csv or .csv.gz")
    parser.add_argument("--zone", default="UTC", help="the zone of the log's times (UTC)")
    parser.add_argument("--level", default="L1", help="where every incident enters (L1)")
    given = parser.parse_args()
    logfile.write(tickets(given.file, given.zone, given.level))


if __name__ == "__main__":
    main()
