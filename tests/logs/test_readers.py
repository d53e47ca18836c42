"""The readers, on a few invented rows: what becomes an event, what stays hidden, and when."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

LOGS = Path(__file__).parents[2] / "examples" / "logs"

ROW = {
    "number": "1",
    "incident_state": "New",
    "reassignment_count": "0",
    "sys_mod_count": "0",
    "caller_id": "7",
    "opened_at": "29/2/2016 01:16",
    "sys_updated_by": "3",
    "sys_updated_at": "29/2/2016 01:23",
    "contact_type": "Phone",
    "impact": "2",
    "urgency": "2",
    "priority": "3",
    "assignment_group": "?",
    "assigned_to": "?",
    "closed_code": "5",
    "resolved_by": "9",
    "resolved_at": "1/3/2016 10:00",
    "closed_at": "6/3/2016 10:00",
}
CHANGES: list[dict[str, str]] = [
    {},
    {"sys_mod_count": "1", "sys_updated_at": "29/2/2016 02:00", "assignment_group": "56"},
    {
        "sys_mod_count": "2",
        "sys_updated_at": "29/2/2016 02:00",
        "incident_state": "Active",
        "assigned_to": "8",
        "assignment_group": "56",
    },
    {
        "sys_mod_count": "10",
        "sys_updated_at": "1/3/2016 10:00",
        "incident_state": "Resolved",
        "assigned_to": "8",
        "assignment_group": "70",
        "impact": "1",
    },
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ROW)
        writer.writeheader()
        # The order of the file is not the order of the updates.
        for change in reversed(CHANGES):
            writer.writerow({**ROW, **change})
    return path


def test_updates_become_events(servicenow: ModuleType, file: Path) -> None:
    (ticket,) = servicenow.tickets(file, "Europe/Vienna")
    assert {k: v for k, v in ticket.items() if k != "events"} == {
        "id": "INC1",
        "status": "Resolved",
        "created_at": "2016-02-29T01:16:00+01:00",
        "channel": "Phone",
        "level": "L1",
        "impact": "high",
        "urgency": "medium",
        "customer": {"id": "caller-7"},
        "owner": "group-70",
        "assignee": "person-8",
    }
    two, ten = "2016-02-29T02:00:00+01:00", "2016-03-01T10:00:00+01:00"
    assert ticket["events"] == [
        {"at": "2016-02-29T01:16:00+01:00", "type": "entered", "to": "L1"},
        {"at": two, "type": "transferred", "owner": "group-56"},
        {"at": two, "type": "status", "from": "New", "to": "Active"},
        {"at": two, "type": "assigned", "to": "person-8", "by": "user-3"},
        {"at": ten, "type": "status", "from": "Active", "to": "Resolved"},
        {"at": ten, "type": "field", "name": "impact", "from": "medium", "to": "high"},
        {"at": ten, "type": "transferred", "owner": "group-70", "assignee": "person-8"},
    ]


def test_what_was_written_back_is_hidden(servicenow: ModuleType, file: Path) -> None:
    for row in servicenow.rows(file):
        assert not servicenow.HIDDEN & row.keys()
        assert {"number", "sys_updated_at"} <= row.keys()


def test_script_writes_one_ticket_a_line(file: Path) -> None:
    command = [sys.executable, str(LOGS / "servicenow.py"), str(file), "--zone", "UTC"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["created_at"] == "2016-02-29T01:16:00+00:00"


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ((2015, 3, 8, 1, 59, 59), "2015-03-08T06:59:59+00:00"),
        ((2015, 3, 8, 2, 0, 0), "2015-03-08T07:00:00+00:00"),  # left out: the jump
        ((2015, 3, 8, 2, 30, 7), "2015-03-08T07:00:00+00:00"),
        ((2015, 3, 8, 2, 59, 59), "2015-03-08T07:00:00+00:00"),
        ((2015, 3, 8, 3, 0, 0), "2015-03-08T07:00:00+00:00"),
        ((2015, 3, 8, 3, 0, 1), "2015-03-08T07:00:01+00:00"),
        ((2015, 11, 1, 1, 30, 0), "2015-11-01T05:30:00+00:00"),  # twice: the first
        ((2015, 11, 1, 2, 0, 0), "2015-11-01T07:00:00+00:00"),
    ],
)
def test_boston_time(boston: ModuleType, shown: tuple[int, ...], meant: str) -> None:
    at = boston.instant(datetime(*shown))  # type: ignore[arg-type,misc] # noqa: DTZ001
    assert at.astimezone(UTC).isoformat() == meant


@pytest.mark.parametrize(
    ("opened", "due", "closed"),
    [
        ("2011-07-01 02:18:31", "2011-07-05 02:18:31", "2011-07-01 16:12:43"),
        ("07/01/2011 02:18:31 AM", "07/05/2011 02:18:31 AM", "07/01/2011 04:12:43 PM"),
    ],
)
def test_boston_case(boston: ModuleType, opened: str, due: str, closed: str) -> None:
    row = {
        "case_enquiry_id": "101",
        "open_dt": opened,
        "target_dt": due,
        "closed_dt": closed,
        "case_status": "Closed",
        "case_title": "Lamp is out",
        "type": "Street Light Outages",
        "queue": "Lights",
        "department": "PWDx",
        "neighborhood": "",
        "source": "Twitter",
    }
    assert boston.ticket(row) == {
        "id": "101",
        "status": "closed",
        "created_at": "2011-07-01T02:18:31-04:00",
        "subject": "Lamp is out",
        "category": "Street Light Outages",
        "channel": "Twitter",
        "department": "PWDx",
        "queue": "Lights",
        "due_at": "2011-07-05T02:18:31-04:00",
        "events": [
            {"at": "2011-07-01T16:12:43-04:00", "type": "status", "from": "open", "to": "closed"}
        ],
    }
    still = {**row, "case_status": "Open", "target_dt": "", "closed_dt": ""}
    assert boston.ticket(still)["events"] == []
    assert "due_at" not in boston.ticket(still)
