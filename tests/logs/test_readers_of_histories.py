"""The readers of histories and tables, on a few invented rows: what becomes an event, and when."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from escalate import Engine, load_policy
from support.logs import EXAMPLES, reader

Rows = list[dict[str, str]]

INCIDENT = {
    "case_id": "1-7",
    "support_team": "A1",
    "owner": "Ada",
    "status": "Accepted",
    "sub_status": "In Progress",
    "impact": "Low",
    "product": "P1",
    "org_country": "se",
}
PROBLEM = {
    "case:concept:name": "1-8",
    "org:group": "Org line A",
    "organization involved": "B2 2nd",
    "org:resource": "Ada",
    "concept:name": "Accepted",
    "lifecycle:transition": "In Progress",
    "impact": "Low",
    "product": "P1",
    "organization country": "se",
}
DONE = {
    "Case ID": "Case 1",
    "Resource": "Value 2",
    "customer": "Value 9",
    "product": "Value 1",
    "seriousness_2": "Value 1",
    "service_level": "Value 2",
    "service_type": "Value 1",
    "workgroup": "Value 1",
}


def written(path: Path, rows: Rows) -> Path:
    """The rows as a file, like the log's."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(script: str, path: Path) -> list[dict[str, Any]]:
    """The tickets that a reader makes of it, each such that its policy reads it, too."""
    engine = Engine(load_policy(EXAMPLES / "logs" / f"{script.replace('_', '-')}.escalation.yaml"))
    found = list(reader(script).tickets(path))
    for raw in found:
        engine.ticket(raw)
    return found


def kinds(ticket: dict[str, Any]) -> list[str]:
    return [event["type"] for event in ticket["events"]]


def test_lines_of_support(tmp_path: Path) -> None:
    nine, ten, eleven, noon = (
        f"2012-05-02T{hour}:00:00.000+02:00" for hour in ("09", "10", "11", "12")
    )
    queued = {"status": "Queued", "sub_status": "Awaiting Assignment"}
    rows = [
        INCIDENT | {"timestamp": nine},
        # Who queues it is still named; it is nobody's until somebody accepts it.
        INCIDENT | queued | {"timestamp": ten, "support_team": "B2 2nd"},
        INCIDENT | {"timestamp": eleven, "support_team": "B2 2nd", "owner": "Bob"},
        INCIDENT | {"timestamp": noon, "support_team": "C3", "owner": "Cem"},
    ]
    (ticket,) = read("volvo", written(tmp_path / "incidents.csv", rows))
    assert {k: v for k, v in ticket.items() if k != "events"} == {
        "id": "1-7",
        "status": "In Progress",
        "created_at": "2012-05-02T09:00:00+02:00",
        "level": "L1",
        "owner": "first-line",
        "assignee": "Cem",
        "team": "C3",
        "country": "se",
        "product": "P1",
        "impact": "Low",
    }
    up, down = (event for event in ticket["events"] if event["type"] in ("escalated", "returned"))
    assert (up["from"], up["to"], up["owner"]) == ("L1", "L2", "second-line")
    assert (down["type"], down["to"]) == ("returned", "L1")
    assert [e["to"] for e in ticket["events"] if e["type"] == "assigned"] == ["Ada", "Bob", "Cem"]


def test_problems_name_their_columns_otherwise(tmp_path: Path) -> None:
    rows = [
        PROBLEM | {"time:timestamp": "2012-05-02 09:00:00+00:00"},
        PROBLEM
        | {"time:timestamp": "2012-05-02 10:00:00+00:00", "organization involved": "B9 2nd"},
    ]
    (ticket,) = read("volvo", written(tmp_path / "problems.csv", rows))
    assert (ticket["level"], ticket["team"]) == ("L2", "B9 2nd")
    assert kinds(ticket) == ["entered", "assigned", "field", "transferred", "assigned"]


def test_what_was_done_is_the_status(tmp_path: Path) -> None:
    did = [
        ("Assign seriousness", "2012/03/25 01:59:00.000"),
        ("Take in charge ticket", "2012/03/25 02:30:00.000"),  # never: the clocks jump
        ("Require upgrade", "2012/03/25 03:00:00.000"),
        ("Wait", "2012/03/26 09:00:00.000"),
    ]
    rows = [DONE | {"Activity": what, "Complete Timestamp": at} for what, at in did]
    rows[-1]["service_level"] = "Value 3"
    (ticket,) = read("helpdesk", written(tmp_path / "helpdesk.csv", rows))
    assert ticket["status"] == "Wait"
    assert ticket["created_at"] == "2012-03-25T01:59:00+01:00"
    assert kinds(ticket) == [
        "entered", "status", "assigned", "status", "requested", "status", "field",
    ]  # fmt: skip
    assert {e["at"] for e in ticket["events"][1:5]} == {"2012-03-25T03:00:00+02:00"}


@pytest.mark.parametrize("resolved", ["", "20/Jul/22 20:51"])
def test_an_issue_has_no_history(tmp_path: Path, resolved: str) -> None:
    text = 'It says "no",\r\n{code}\nat a.b(C.java:1)\n{code}'
    row = {
        "Summary": "It says no",
        "Issue id": "12",
        "Status": "Resolved" if resolved else "Open",
        "Priority": "Major",
        "Created": "30/Sep/21 17:20",
        "Resolved": resolved,
        "Affects Version/s": "",
        "Description": text,
    }
    (ticket,) = read("hadoop", written(tmp_path / "issues.csv", [row]))
    assert ticket["description"] == text
    assert "events" not in ticket
    assert "versions" not in ticket
    assert ticket["resolved_at"] == ("2022-07-20T20:51:00+00:00" if resolved else None)


def test_tables_of_zendesk(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    ticket = {
        "id": "5", "created_at": "2020-07-01 10:00:00", "status": "open", "subject": "Hm",
        "description": "", "priority": "high", "assignee_id": "", "group_id": "",
        "via_channel": "web", "requester_id": "9",
    }  # fmt: skip
    written(folder / "ticket_data.csv", [ticket])
    past = {"ticket_id": "5", "field_name": "priority", "user_id": ""}
    history = [
        past | {"updated": "2020-07-03 10:00:00", "value": "high"},
        past | {"updated": "2020-07-01 10:00:00", "value": "low"},
        past | {"updated": "2020-07-02 10:00:00", "value": "7", "field_name": "assignee_id"},
    ]
    written(folder / "ticket_field_history_data.csv", history)
    applied = {"ticket_id": "5", "sla_policy_id": "1001"}
    written(
        folder / "ticket_sla_policy_data.csv",
        [applied | {"policy_applied_at": "2020-07-01 10:00:00"}],
    )
    versions = [
        {"sla_policy_id": "1001", "sla_policy_updated_at": f"{day} 00:00:00"}
        for day in ("2020-01-01", "2020-06-01", "2020-08-01")
    ]
    written(folder / "sla_policy_metric_history_data.csv", versions)
    (read_as,) = read("zendesk_tables", folder)
    assert read_as["sla"] == "1001/2020-06-01"
    assert kinds(read_as) == ["assigned", "field"]
    assert read_as["events"][1] == {
        "at": "2020-07-03T10:00:00+00:00",
        "type": "field",
        "name": "priority",
        "from": "low",
        "to": "high",
    }


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2016-05-18T04:36:04Z", "2016-05-18T04:36:04+00:00"),
        ("2024-07-04T05:40:59.251-0700", "2024-07-04T05:40:59.251000-07:00"),
        ("2014-12-31T12:27:09+10:00", "2014-12-31T12:27:09+10:00"),
        ("2016-12-12 15:19:57", "2016-12-12T15:19:57+00:00"),
        ("", None),
        (None, None),
    ],
)
def test_instants_of_payloads(text: str | None, meant: str | None) -> None:
    assert reader("payloads").instant(text) == meant
