"""What four help desks' APIs answer, as tickets: what the systems say themselves is so.

The answers are read here once more. Freshdesk's own flags tell what is escalated, ServiceNow
how long a solution took, Jira's change logs what was when.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from escalate import Decision
from support.logs import engine_of, log, probe, raw_tickets, reader, ticking, told

EXAMPLE = "logs/payloads"
FLAGGED = "payloads/freshdesk/airbyte_tickets_with_escalation_flags.json"
ROWS = "payloads/servicenow/ibm_incident_table_rows.json"
SECOND = timedelta(seconds=1)


def answer(name: str) -> Any:
    return json.loads(log(name).read_text(encoding="utf-8"))


def ticket(name: str) -> dict[str, Any]:
    (raw, *_) = [raw for raw in raw_tickets("payloads", "payloads") if raw["id"] == name]
    return raw


def flagged() -> list[dict[str, Any]]:
    return answer(FLAGGED)


def asked(said: dict[str, Any], now: datetime) -> Decision:
    return engine_of(EXAMPLE).decide(ticket(f"freshdesk-{said['id']}"), now=now)


def test_there_are_tickets_of_all_four() -> None:
    systems = Counter(raw["id"].partition("-")[0] for raw in raw_tickets("payloads", "payloads"))
    assert systems == {"freshdesk": 11, "jira": 4, "servicenow": 68, "zendesk": 93}


def test_freshdesk_escalates_what_is_overdue() -> None:
    """Exactly three: what waits or is solved is not, though its date has passed."""
    after = max(datetime.fromisoformat(said["due_by"]) for said in flagged()) + SECOND
    escalated = set()
    for said in flagged():
        decision = asked(said, after)
        overdue = "overdue" in told(decision)
        assert overdue == said["is_escalated"], said["id"]
        assert (decision.to.owner == "lead") == overdue
        assert (decision.clocks["answer"].state == "breached") == said["fr_escalated"], said["id"]
        escalated |= {said["id"]} if overdue else set()
    assert escalated == {18, 19, 20}
    assert asked(flagged()[4], after).clocks["solution"].paused_by == "pending"


def test_from_the_second_of_its_date_on() -> None:
    """As of the second before, nothing is overdue: what came later is hidden."""
    for said in flagged():
        for name, date in (("solution", said["due_by"]), ("answer", said["fr_due_by"])):
            due = datetime.fromisoformat(date)
            states = [asked(said, at).clocks[name].state for at in (due - SECOND, due)]
            late = said["is_escalated"] if name == "solution" else said["fr_escalated"]
            assert ("breached" in states) == late, (said["id"], name)
            if late:
                assert states == ["running", "breached"]


@pytest.mark.parametrize("name", ["v1_ticket_1", "v2_ticket_1", "v2_search_tickets"])
def test_other_answers_of_freshdesk_say_so_too(name: str) -> None:
    """As of their latest update, in both versions of the interface."""
    read = reader("payloads")
    keys, _ = read.SYSTEMS["freshdesk"]
    some = list(read.found(answer(f"payloads/freshdesk/{name}.json"), keys))
    assert some
    for said in some:
        raw = {"resolved_at": None, **read.freshdesk(said)}  # none of them was, by then
        clock = engine_of(EXAMPLE).decide(raw, now=said["updated_at"]).clocks["solution"]
        wanted = said.get("is_escalated", said.get("isescalated"))
        assert (clock.state == "breached") == wanted


def test_how_long_servicenow_says_it_took() -> None:
    """`calendar_stc`, to the second, but for one incident that it has two hours less of."""
    engine, off, exact = ticking(EXAMPLE, "solution"), [], 0
    for said in answer(ROWS):
        if not (said["resolved_at"] and said["calendar_stc"]):
            continue
        clock = engine.decide(ticket(f"servicenow-{said['number']}"), now="2024-01-01T00:00:00Z")
        took = timedelta(microseconds=clock.clocks["solution"].elapsed_us or 0)
        if took == int(said["calendar_stc"]) * SECOND:
            exact += 1
        else:
            off.append((said["number"], took - int(said["calendar_stc"]) * SECOND))
    assert exact == 26
    assert off == [("INC0000060", timedelta(hours=2))]


def test_what_is_active_at_servicenow_is_looked_at_again() -> None:
    engine, seen = engine_of(EXAMPLE), Counter[str]()
    for said in answer(ROWS):
        raw = ticket(f"servicenow-{said['number']}")
        decision = engine.decide(raw, now="2024-01-01T00:00:00Z")
        assert (decision.next_check_at is not None) == (said["active"] == "true"), said["number"]
        # Before it was resolved, it was open.
        if said["resolved_at"]:
            earlier = datetime.fromisoformat(said["resolved_at"]).replace(tzinfo=UTC) - SECOND
            assert engine.decide(raw, now=earlier).next_check_at is not None
        seen[said["active"]] += 1
    assert min(seen.values()) > 20


def test_jira_tells_what_was_when() -> None:
    """The status before each change and after it; the latest change comes first in the log."""
    engine, changes = engine_of(EXAMPLE), 0
    for number in range(1, 5):
        said = answer(f"payloads/jira/faros_issue_with_changelog_{number}.json")
        whole = engine.ticket(ticket(f"jira-{said['key']}"))
        assert whole.get("status") == said["fields"]["status"]["name"]
        for past in said["changelog"]["histories"]:
            at = datetime.fromisoformat(past["created"])
            for item in past["items"]:
                if item["field"] == "status":
                    assert whole.as_of(at).get("status") == item["toString"]
                    assert whole.as_of(at - SECOND / 1000).get("status") == item["fromString"]
                    changes += 1
    assert changes == 3


def test_the_phase_of_zendesks_tickets() -> None:
    phases = {phase: {"phase": phase} for phase in ("open", "waiting", "resolved", "closed")}
    triggers = [{"id": name, "for": "any", "when": when} for name, when in phases.items()]
    engine, seen = probe(EXAMPLE, triggers=triggers), Counter[str]()
    for said in answer("payloads/zendesk/recorded_tickets.json")["tickets"]:
        decision = engine.decide(ticket(f"zendesk-{said['id']}"), now="2024-06-01T00:00:00Z")
        (phase,) = told(decision)
        assert phase == ("waiting" if said["status"] == "pending" else "open")
        assert "due_at" in decision.missing  # none of them has a date
        seen[phase] += 1
    assert seen == {"open": 83, "waiting": 8}
