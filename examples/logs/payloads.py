"""Tickets as the APIs of four help desks give them: Freshdesk, Jira, ServiceNow, Zendesk.

    python examples/logs/payloads.py payloads > tickets.jsonl
    escalate decide examples/logs/payloads.escalation.yaml tickets.jsonl \\
        --now 2022-11-25T16:00:00Z

It reads a folder with a folder of JSON files for each system, whatever answers they are, and
takes out what is a ticket. Each system is a function from its ticket to one of ours; statuses
and priorities get the words of one policy.

* Only Jira tells what happened. Of the others a snapshot is known, with the instants at which
  it was first answered and resolved where it says them; `null` is "not yet".
* A status of Jira is a word of the site's own, so the policy has to know it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from logfile import Event, Ticket, change, run

Said = Mapping[str, Any]

FRESHDESK_STATUS = {2: "open", 3: "pending", 4: "resolved", 5: "closed"}
FRESHDESK_PRIORITY = {1: "low", 2: "normal", 3: "high", 4: "urgent"}
SERVICENOW_STATE = {
    "1": "new",
    "2": "in progress",
    "3": "on hold",
    "6": "resolved",
    "7": "closed",
    "8": "canceled",
}
SERVICENOW_PRIORITY = {"1": "urgent", "2": "high", "3": "normal", "4": "low", "5": "low"}
JIRA_PRIORITY = {
    "Lowest": "low",
    "Low": "low",
    "Medium": "normal",
    "High": "high",
    "Highest": "urgent",
}


def instant(text: str | None) -> str | None:
    """Any of the four forms of an instant; without a zone it is UTC."""
    if not text:
        return None
    read = datetime.fromisoformat(text)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).isoformat()


def freshdesk(said: Said) -> Ticket:
    """A ticket of Freshdesk's API, of its first version or the second."""
    made: Ticket = {
        "id": f"freshdesk-{said['id']}",
        "created_at": instant(said["created_at"]),
        "status": FRESHDESK_STATUS[said["status"]],
        "priority": FRESHDESK_PRIORITY[said["priority"]],
        "subject": said["subject"],
        "tags": said["tags"],
        "due_at": instant(said["due_by"]),
        "first_due_at": instant(said.get("fr_due_by") or said.get("frDueBy")),
    }
    if "stats" in said:
        stats = said["stats"]
        made["first_reply_at"] = instant(stats["first_responded_at"])
        made["resolved_at"] = instant(stats["resolved_at"] or stats["closed_at"])
    elif "notes" in said:
        notes = [one["note"] for one in said["notes"]]
        replies = [n["created_at"] for n in notes if not n["incoming"] and not n["private"]]
        made["first_reply_at"] = instant(min(replies, default=None))
    return made


def zendesk(said: Said) -> Ticket:
    """A ticket of Zendesk's API."""
    made: Ticket = {
        "id": f"zendesk-{said['id']}",
        "created_at": instant(said["created_at"]),
        "status": said["status"],
        "subject": said["subject"],
        "description": said["description"],
        "tags": said["tags"],
        "channel": said["via"]["channel"],
        "customer": {"id": str(said["requester_id"])},
    }
    if said["priority"]:
        made["priority"] = said["priority"]
    if said["due_at"]:
        made["due_at"] = instant(said["due_at"])
    return made


def servicenow(said: Said) -> Ticket:
    """A row of ServiceNow's table of incidents, where nothing is an empty text."""
    made: Ticket = {
        "id": f"servicenow-{said.get('number') or said['sys_id']}",
        "created_at": instant(said.get("opened_at") or said["sys_created_on"]),
        "status": SERVICENOW_STATE[said["incident_state"]],
        "resolved_at": instant(said["resolved_at"]),
    }
    if said.get("priority"):
        made["priority"] = SERVICENOW_PRIORITY[said["priority"]]
    for name, column in {"subject": "short_description", "category": "category"}.items():
        if said.get(column):
            made[name] = said[column]
    return made


def jira(said: Said) -> Ticket:
    """An issue of Jira with its change log, whose latest changes come first."""
    fields = said["fields"]
    made: Ticket = {
        "id": f"jira-{said['key']}",
        "created_at": instant(fields["created"]),
        "status": fields["status"]["name"],
        "subject": fields["summary"],
    }
    if fields.get("priority"):
        made["priority"] = JIRA_PRIORITY[fields["priority"]["name"]]
    if fields.get("assignee"):
        made["assignee"] = fields["assignee"]["displayName"]
    events: list[Event] = []
    for past in reversed(said["changelog"]["histories"]):
        at = instant(past["created"])
        for item in past["items"]:
            if at is not None and item["field"] == "status":
                events += change(at, "status", item["fromString"], item["toString"])
    return {**made, "events": events}


SYSTEMS: dict[str, tuple[frozenset[str], Callable[[Said], Ticket]]] = {
    "freshdesk": (frozenset({"due_by", "status", "priority"}), freshdesk),
    "jira": (frozenset({"key", "fields", "changelog"}), jira),
    "servicenow": (frozenset({"incident_state", "sys_created_on"}), servicenow),
    "zendesk": (frozenset({"requester_id", "status", "via"}), zendesk),
}
"""Of each system the keys by which a ticket is known, and how it is read."""


def found(data: Any, keys: frozenset[str]) -> Iterator[Said]:
    """Whatever has these keys, however deep it stands."""
    if isinstance(data, dict) and keys <= data.keys():
        yield data
    elif isinstance(data, dict | list):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from found(inner, keys)


def tickets(folder: Path) -> Iterator[Ticket]:
    """Every ticket that the answers of the four systems hold."""
    for system, (keys, read) in SYSTEMS.items():
        for path in sorted((folder / system).glob("*.json")):
            for said in found(json.loads(path.read_text(encoding="utf-8")), keys):
                yield read(said)


if __name__ == "__main__":
    run(tickets, "Answers of help desks' APIs", "the folder with a folder for each system")
