"""An Italian help desk: what was done to its tickets, and when, is what the engine sees.

The rows are read here once more, as they stood at some instants; what came later is hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from escalate import Engine, Ticket
from support.logs import (
    counting,
    engine_of,
    probe,
    ran,
    raw_tickets,
    rows_of,
    ticking,
    told,
)

EXAMPLE = "logs/helpdesk"
FILE = "italian_helpdesk/helpdesk.csv.gz"
CASES = 2_257
ROME = ZoneInfo("Europe/Rome")
DONE = {"Resolve ticket", "RESOLVED", "INVALID", "VERIFIED", "Closed"}
CHANGED = {
    "seriousness": "seriousness_2",
    "service_level": "service_level",
    "workgroup": "workgroup",
}
INSTANTS = [
    datetime.fromisoformat(at)
    for at in (
        "2010-09-15T11:00:00+02:00",
        "2012-06-01T10:00:00+02:00",
        "2014-02-01T09:00:00+01:00",
    )
]

some_or_all = pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)])


class Row(NamedTuple):
    """One thing that was done."""

    at: datetime
    what: str
    said: dict[str, str]

    @property
    def phase(self) -> str:
        return "done" if self.what in DONE else "waiting" if self.what == "Wait" else "open"


def row_of(said: dict[str, str]) -> Row:
    # None of its times falls into an hour that occurs twice, or never.
    shown = datetime.fromisoformat(said["Complete Timestamp"].replace("/", "-"))
    return Row(shown.replace(tzinfo=ROME).astimezone(UTC), said["Activity"], said)


def lives(engine: Engine, whole: bool) -> Iterator[tuple[Ticket, list[Row]]]:
    """Some cases as tickets, each with its rows."""
    written = rows_of(FILE, "Case ID")
    assert len(written) == CASES
    for raw in raw_tickets("helpdesk", FILE)[:: 1 if whole else 10]:
        yield engine.ticket(raw), [row_of(row) for row in written[raw["id"]]]


def moments(rows: list[Row]) -> list[datetime]:
    """When something was done, and the instants at which all are asked."""
    return sorted({*(row.at for row in rows), *(at for at in INSTANTS if at >= rows[0].at)})


def cycle_of(rows: list[Row]) -> list[Row]:
    """What was done since the ticket was last taken up again after it was solved."""
    again = [i for i, (a, b) in enumerate(pairwise(rows), 1) if a.phase == "done" != b.phase]
    return rows[again[-1] :] if again else rows


@some_or_all
def test_waiting_stops_the_clock(whole: bool) -> None:
    engine, seen = ticking(EXAMPLE, "solving"), Counter[str]()
    for ticket, rows in lives(engine, whole):
        for now in moments(rows):
            past = [row for row in rows if row.at <= now]
            reading = engine.decide(ticket.as_of(now), now=now).clocks["solving"]
            elapsed = timedelta(microseconds=reading.elapsed_us or 0)
            assert elapsed == ran([(row.at, row.phase) for row in past], now), (ticket.id, now)
            state = {"done": "met", "waiting": "paused", "open": "running"}[past[-1].phase]
            assert reading.state == state, (ticket.id, now)
            assert reading.paused_by == ("Wait" if state == "paused" else None)
            seen[state] += 1
    assert min(seen.values()) > 20


@some_or_all
def test_an_upgrade_that_is_required_escalates(whole: bool) -> None:
    """From the moment at which it is required until the ticket is solved, and no other."""
    engine, seen = engine_of(EXAMPLE), Counter[str]()
    for ticket, rows in lives(engine, True):
        upgraded = any(row.what == "Require upgrade" for row in rows)
        seen["upgraded"] += upgraded
        for now in moments(rows) if upgraded else INSTANTS if whole else INSTANTS[:1]:
            past = cycle_of([row for row in rows if row.at <= now])
            decision = engine.decide(ticket.as_of(now), now=now)
            active = bool(past) and past[-1].phase != "done"
            wanted = active and any(row.what == "Require upgrade" for row in past)
            assert ("upgrade-required" in told(decision)) == wanted, (ticket.id, now)
            if wanted:
                assert (decision.step, decision.to.owner) == ("escalate", "specialists")
                seen["escalated"] += 1
    assert seen["upgraded"] == 50
    assert seen["escalated"] > 50


@some_or_all
def test_how_long_until_it_is_taken_in_charge(whole: bool) -> None:
    long = {"from": "created", "until": "assigned", "target": "24h", "calendar": "always"}
    engine = probe(EXAMPLE, clocks={"taking-charge": long}, triggers=[])
    seen = Counter[str]()
    for ticket, rows in lives(engine, whole):
        now = INSTANTS[-1]
        # What is solved without having been taken in charge ends the clock as well.
        ends = [
            row.at for row in rows if row.what == "Take in charge ticket" or row.phase == "done"
        ]
        reading = engine.decide(ticket, now=now).clocks["taking-charge"]
        took = (ends[0] if ends else now) - rows[0].at
        assert timedelta(microseconds=reading.elapsed_us or 0) == took, ticket.id
        late = took >= timedelta(hours=24) if not ends else took > timedelta(hours=24)
        assert reading.state == ("breached" if late else "met" if ends else "running"), ticket.id
        seen[reading.state] += 1
    assert min(seen["met"], seen["breached"]) > 20


@some_or_all
def test_how_often_it_came_back(whole: bool) -> None:
    engine, most = probe(EXAMPLE, triggers=counting("reopens", 9)), 0
    for ticket, rows in lives(engine, whole):
        back = sum(a.phase == "done" != b.phase for a, b in pairwise(rows))
        assert len(told(engine.decide(ticket, now=INSTANTS[-1]))) == back, ticket.id
        most = max(most, back)
    assert most >= 1


def test_fields_are_as_they_were() -> None:
    """Every value that changed, as of everything that was done."""
    changed = Counter[str]()
    for ticket, rows in lives(engine_of(EXAMPLE), True):
        for name, column in CHANGED.items():
            if len({row.said[column] for row in rows}) == 1:
                continue
            changed[name] += 1
            held = {row.at: row.said[column] for row in rows}
            for at, value in held.items():
                assert ticket.as_of(at).get(name) == value, (ticket.id, name, at)
    assert changed == {"seriousness": 42, "service_level": 23, "workgroup": 3}


def test_what_is_over_is_not_looked_at_again() -> None:
    engine, seen = engine_of(EXAMPLE), Counter[str]()
    for ticket, rows in lives(engine, True):
        decision = engine.decide(ticket, now=INSTANTS[-1])
        assert (decision.next_check_at is None) == (rows[-1].phase == "done"), ticket.id
        seen[rows[-1].what] += 1
    assert CASES - seen["Closed"] == 7
