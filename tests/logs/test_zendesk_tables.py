"""Zendesk's tables: targets by SLA policy, version and priority; a schedule; one ticket's history.

The tables are read here once more, and compared with what the engine's clocks say.
"""

from __future__ import annotations

import csv
import gzip
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from support.logs import engine_of, log, probe, ran, raw_tickets, told

EXAMPLE = "logs/zendesk-tables"
FOLDER = "zendesk_sla_seed"
CLOCKS = {
    "first_reply_time": "first-reply",
    "next_reply_time": "next-reply",
    "requester_wait_time": "requester-wait",
}
RISING = "11071"
SATURDAY = "2021-06-05T10:00:00Z"


def table(name: str) -> list[dict[str, str]]:
    with gzip.open(
        log(FOLDER) / f"{name}_data.csv.gz", "rt", encoding="utf-8", newline=""
    ) as lines:
        return list(csv.DictReader(lines))


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_every_target_is_that_of_its_version() -> None:
    """Of a ticket that came on a Saturday: only the clocks without business hours run on."""
    engine, rows = engine_of(EXAMPLE), table("sla_policy_metric_history")
    assert len(rows) == 22
    for row in rows:
        version = f"{row['sla_policy_id']}/{row['sla_policy_updated_at'][:10]}"
        asked = {"at": SATURDAY, "type": "reply", "by": "customer"}
        raw = {"id": "1", "created_at": SATURDAY, "status": "open", "events": [asked]}
        raw |= {"sla": version, "priority": row["priority"]}
        clock = engine.decide(raw, now="2021-06-05T10:30:00Z").clocks[CLOCKS[row["metric"]]]
        assert clock.target_us == timedelta(minutes=int(row["target"])) // timedelta(microseconds=1)
        assert clock.outside == (row["business_hours"] == "TRUE"), row
        assert clock.elapsed_us == (0 if clock.outside else 30 * 60_000_000)


def test_the_second_version_counts_from_its_day() -> None:
    tickets = {raw["id"]: raw for raw in raw_tickets("zendesk_tables", FOLDER)}
    applied = {row["ticket_id"]: row for row in table("ticket_sla_policy")}
    assert tickets.keys() == applied.keys()
    for name, row in applied.items():
        policy, _, version = tickets[name]["sla"].partition("/")
        assert policy == row["sla_policy_id"]
        later = policy == "1001" and instant(row["policy_applied_at"]) >= datetime(
            2020, 6, 1, tzinfo=UTC
        )
        assert version == ("2020-06-01" if later else "2020-01-01")


def test_the_calendar_is_the_schedule() -> None:
    """Minute by minute at its ends, as the schedule says them in UTC while it is summer."""
    engine = probe(EXAMPLE, triggers=[{"id": "open", "when": {"calendar.support": "open"}}])
    sunday = datetime(2020, 10, 4, tzinfo=UTC)
    raw = {"id": "1", "created_at": "2020-10-01T00:00:00Z", "status": "open", "events": []}
    rows = table("schedule")
    assert len(rows) == 5
    for row in rows:
        for name, change in (("start_time_utc", True), ("end_time_utc", False)):
            at = sunday + timedelta(minutes=int(row[name]))
            assert bool(told(engine.decide(raw, now=at))) == change
            assert bool(told(engine.decide(raw, now=at - timedelta(minutes=1)))) != change
    for row in table("schedule_holiday"):
        day, last = instant(row["start_date"]), instant(row["end_date"])
        while day <= last:
            assert not told(engine.decide(raw, now=day + timedelta(hours=20)))
            day += timedelta(days=1)


def history(name: str) -> list[tuple[datetime, str]]:
    """What a field of the ticket was, and from when on; before its creation nothing was."""
    found = [
        (instant(row["updated"]), row["value"])
        for row in table("ticket_field_history")
        if (row["ticket_id"], row["field_name"]) == (RISING, name)
    ]
    (created,) = [instant(row["created_at"]) for row in table("ticket") if row["id"] == RISING]
    return [(max(at, created), value) for at, value in found]


def as_of(told: list[tuple[datetime, str]], now: datetime) -> str:
    return [value for at, value in told if at <= now][-1]


def moments() -> list[datetime]:
    """Whenever something changed, and halfway to the next change."""
    changed = sorted({at for name in ("status", "priority") for at, _ in history(name)})
    return sorted([*changed, *(a + (b - a) / 2 for a, b in pairwise(changed))])


@pytest.fixture
def rising() -> dict[str, Any]:
    (raw,) = [raw for raw in raw_tickets("zendesk_tables", FOLDER) if raw["id"] == RISING]
    return raw


def test_a_priority_rises_in_two_months(rising: dict[str, Any]) -> None:
    engine, held = engine_of(EXAMPLE), history("priority")
    assert [value for _, value in held] == ["normal", "medium", "high", "urgent"]
    ticket, statuses = engine.ticket(rising), history("status")
    for now in moments():
        past = ticket.as_of(now)
        decision = engine.decide(past, now=now)
        assert past.get("priority") == as_of(held, now), now
        assert past.get("status") == as_of(statuses, now), now
        active = as_of(statuses, now) not in ("solved", "closed")
        assert ("urgent" in told(decision)) == (active and as_of(held, now) == "urgent"), now
        # Its history begins seven hours before it was created.
        assert {warned.code for warned in decision.warnings} == {"ESC931"}


def test_how_long_its_customer_waited(rising: dict[str, Any]) -> None:
    """Neither `pending` nor what came after the solution counts; the target is the present
    priority's."""
    engine = engine_of(EXAMPLE)
    targets = {
        row["priority"]: timedelta(minutes=int(row["target"]))
        for row in table("sla_policy_metric_history")
        if (row["sla_policy_id"], row["metric"]) == ("1002", "requester_wait_time")
    }
    ticket, states = engine.ticket(rising), set()
    phases = {"open": "open", "on-hold": "open"}
    spans = [(at, phases.get(status, "still")) for at, status in history("status")]
    for now in moments():
        clock = engine.decide(ticket.as_of(now), now=now).clocks["requester-wait"]
        waited = ran([span for span in spans if span[0] <= now], now)
        status = as_of(history("status"), now)
        assert timedelta(microseconds=clock.elapsed_us or 0) == waited, now
        late = waited >= targets[as_of(history("priority"), now)]
        still = "paused" if status == "pending" else "running"
        assert clock.state == ("breached" if late else still), now
        states.add(clock.state)
    assert states == {"running", "paused", "breached"}
