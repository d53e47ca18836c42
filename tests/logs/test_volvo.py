"""Volvo IT's support lines: what the log knows of levels, waits and queues, the engine knows.

The rows are read here once more and by other means than the reader's, as they stood at some
instants; what came later is hidden from the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import pytest

from escalate import Engine, Ticket
from support.logs import counting, engine_of, probe, ran, raw_tickets, rows_of, ticking, told

EXAMPLE = "logs/volvo"
INSTANTS = [
    datetime.fromisoformat(at)
    for at in (
        "2012-03-20T16:00:00+01:00",
        "2012-05-03T14:30:00+02:00",
        "2012-05-11T09:00:00+02:00",
        "2013-01-01T00:00:00+01:00",
    )
]
LEVELS = {"1st": "L1", "2nd": "L2", "3rd": "L3"}
LONG = timedelta(hours=8)
MOST = 60


class File(NamedTuple):
    """A file, what it calls things, how many cases it has, and how far apart some of them are."""

    name: str
    case: str
    at: str
    doing: str
    status: str
    team: str
    cases: int
    step: int


FILES = {
    "incidents": File(
        "bpi2013_volvo_incidents/incidents.csv.gz",
        "case_id",
        "timestamp",
        "status",
        "sub_status",
        "support_team",
        3_849,
        15,
    ),
    "problems": File(
        "bpi2013_volvo_incidents/closed_problems.csv.gz",
        "case:concept:name",
        "time:timestamp",
        "concept:name",
        "lifecycle:transition",
        "organization involved",
        765,
        3,
    ),
}


class Row(NamedTuple):
    """What a case was from an instant on."""

    at: datetime
    done: bool
    status: str
    team: str

    @property
    def line(self) -> int:
        return {"2nd": 2, "3rd": 3}.get(self.team.split(" ")[-1], 1)

    @property
    def phase(self) -> str:
        if self.done:
            return "done"
        return "waiting" if self.status.startswith("Wait") else "open"


def lives(file: File, engine: Engine, whole: bool) -> Iterator[tuple[Ticket, list[Row]]]:
    """Some cases as tickets, each with its rows."""
    written = rows_of(file.name, file.case)
    assert len(written) == file.cases
    for raw in raw_tickets("volvo", file.name)[:: 1 if whole else file.step]:
        rows = [
            Row(
                datetime.fromisoformat(row[file.at]),
                row[file.doing] == "Completed",
                row[file.status],
                row[file.team],
            )
            for row in written[raw["id"]]
        ]
        yield engine.ticket(raw), rows


def moments(
    file: File, engine: Engine, whole: bool
) -> Iterator[tuple[Ticket, datetime, list[Row]]]:
    """Every case at every instant at which it is there, with its rows so far."""
    for ticket, rows in lives(file, engine, whole):
        for now in INSTANTS:
            past = [row for row in rows if row.at <= now]
            if past:
                yield ticket, now, past


both = pytest.mark.parametrize("name", FILES)
some_or_all = pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)])


@both
@some_or_all
def test_the_line_is_the_level(name: str, whole: bool) -> None:
    """Where a case stood at an instant, and how often it went up in its present cycle."""
    engine = probe(EXAMPLE, triggers=counting("escalations", MOST))
    seen = Counter[str]()
    for ticket, now, past in moments(FILES[name], engine, whole):
        decision = engine.decide(ticket.as_of(now), now=now)
        assert decision.from_.level == f"L{past[-1].line}", (ticket.id, now)
        steps = [(a.line, b.line) for a, b in pairwise(present_cycle(past))]
        ups = sum(a < b for a, b in steps)
        assert len(told(decision)) == ups, (ticket.id, now)
        seen[f"L{past[-1].line}"] += 1
        seen["up"] += ups > 0
        seen["down"] += any(a > b for a, b in steps)
    assert min(seen[level] for level in LEVELS.values()) > 0
    assert seen["up"] > 0
    assert seen["down"] > 0


def present_cycle(rows: list[Row]) -> list[Row]:
    """The rows since the case was last taken up again after it had been completed, and the
    one before them."""
    again = [i for i, (a, b) in enumerate(pairwise(rows)) if a.done and not b.done]
    return rows[again[-1] :] if again else rows


@both
@some_or_all
def test_waiting_stops_the_clock(name: str, whole: bool) -> None:
    """A clock that runs day and night has run as long as the case was neither waiting nor
    completed."""
    engine = ticking(EXAMPLE, "solving")
    seen = Counter[str]()
    for ticket, now, past in moments(FILES[name], engine, whole):
        reading = engine.decide(ticket.as_of(now), now=now).clocks["solving"]
        last = past[-1]
        phases = [(row.at, row.phase) for row in past]
        elapsed = timedelta(microseconds=reading.elapsed_us)
        assert elapsed == ran(phases, now), (ticket.id, now)
        state = {"done": "met", "waiting": "paused", "open": "running"}[last.phase]
        if all(row.done for row in past) and not closed_since(past):
            state = "paused"  # completed when it was written down: it has not run yet
        assert reading.state == state, (ticket.id, now)
        assert reading.paused_by == (last.status if state == "paused" else None)
        seen[state] += 1
    assert seen["met"] > 0
    assert seen["paused"] > 0


def closed_since(rows: list[Row]) -> bool:
    """Whether a case that was resolved has been closed."""
    return any(a.status == "Resolved" != b.status for a, b in pairwise(rows))


@both
@some_or_all
def test_what_lies_in_a_queue(name: str, whole: bool) -> None:
    """Queued, and not accepted for eight hours."""
    long = {"gte": "8h", "calendar": "always"}
    never = {"not": {"since.status": {"gte": "0m"}}, "age": long}  # queued when it was written down
    queued = {"status": "Awaiting Assignment", "any": [{"since.status": long}, never]}
    engine = probe(EXAMPLE, triggers=[{"id": "unclaimed", "when": queued}])
    found = 0
    for ticket, rows in lives(FILES[name], engine, whole):
        for now in INSTANTS:
            past = [row for row in rows if row.at <= now]
            since = now
            for row in reversed(past):
                if row.status != "Awaiting Assignment":
                    break
                since = row.at
            fired = told(engine.decide(ticket.as_of(now), now=now))
            assert bool(fired) == (now - since >= LONG), (ticket.id, now)
            found += bool(fired)
    assert found > 0


@both
def test_impact_never_changes(name: str) -> None:
    for raw in raw_tickets("volvo", FILES[name].name):
        assert not any(event.get("name") == "impact" for event in raw["events"])


def test_the_example_counts_what_the_first_line_solved() -> None:
    """Of all cases, those that never left the first line."""
    engine = engine_of(EXAMPLE)
    counted = Counter[str]()
    for ticket, rows in lives(FILES["incidents"], engine, True):
        decision = engine.decide(ticket, now=INSTANTS[-1])
        in_front = "solved-in-front" in told(decision)
        last = present_cycle(rows)
        stayed = all(row.line == 1 for row in last) or (
            last[-1].line == 1 and not any(a.line < b.line for a, b in pairwise(last))
        )
        resolved = engine.policy.status_phases().get(rows[-1].status) == "resolved"
        assert in_front == (stayed and resolved), ticket.id
        counted["in front"] += in_front
    assert counted["in front"] > 0
