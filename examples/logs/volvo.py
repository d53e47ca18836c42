"""Volvo IT's incidents and problems, as tickets that go up and down three support lines.

    python examples/logs/volvo.py incidents.csv.gz > tickets.jsonl
    escalate decide examples/logs/volvo.escalation.yaml tickets.jsonl \\
        --now 2012-05-09T12:00:00+02:00

It reads the logs of the BPI Challenge 2013 (VINST, Volvo IT Belgium), in which each row is a
case as it stood after one step. The file of incidents and the file of closed problems name
their columns differently; which one it is shows in the first row.

* The line is the end of the team's name: `G88 2nd` is a team of the second line, `D5` one of
  the first. A step to a higher line is an escalation, one to a lower line a return, and one
  to another team of the same line a transfer.
* A team is a field, its line is the owner: a policy names three lines, not 649 teams.
* Whoever puts a case into a queue is still named in that row. The case is his who accepts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from logfile import Event, Row, Ticket, change, histories, rows, run

LINES = {"1st": ("L1", "first-line"), "2nd": ("L2", "second-line"), "3rd": ("L3", "third-line")}
"""The level and the owner of each line, from the lowest up."""


class Step(NamedTuple):
    """A case as it stood from an instant on; of the columns, what each holds."""

    id: str
    at: str
    doing: str
    status: str
    team: str
    person: str
    impact: str
    product: str
    country: str

    @property
    def line(self) -> str:
        """The support line of the team."""
        end = self.team[-3:]
        return end if end in LINES else "1st"

    @property
    def accepted(self) -> bool:
        """Whether somebody works on it, and does not only pass it on."""
        return self.doing == "Accepted"


INCIDENTS = Step("case_id", "timestamp", "status", "sub_status", "support_team", "owner",
                 "impact", "product", "org_country")  # fmt: skip
PROBLEMS = Step("case:concept:name", "time:timestamp", "concept:name", "lifecycle:transition",
                "organization involved",  # swapped with `org:group` in this file
                "org:resource", "impact", "product", "organization country")  # fmt: skip

FIELDS = ("team", "country", "product", "impact")


def steps(path: Path) -> Iterator[list[Step]]:
    """The steps of each case, in order."""
    log = list(rows(path))
    columns = INCIDENTS if INCIDENTS.id in log[0] else PROBLEMS
    for history in histories(log, columns.id):
        yield [step(row, columns) for row in history]


def step(row: Row, columns: Step) -> Step:
    """One row of either file."""
    read = Step(*(row[column] for column in columns))
    return read._replace(at=datetime.fromisoformat(read.at).isoformat())


def ticket(history: list[Step]) -> Ticket:
    """One case as it stands after its last step, with everything that led there."""
    first, last = history[0], history[-1]
    level, owner = LINES[last.line]
    said: Ticket = {"id": last.id, "status": last.status, "created_at": first.at}
    said |= {"level": level, "owner": owner}
    said |= {name: getattr(last, name) for name in FIELDS if getattr(last, name)}
    level, owner = LINES[first.line]
    events: list[Event] = [{"at": first.at, "type": "entered", "to": level, "owner": owner}]
    who = None
    for before, after in pairwise([first, *history]):
        events += changes(before, after)
        if after.team != before.team:
            who = None
        if after.accepted and after.person != who:
            who = after.person
            events.append({"at": after.at, "type": "assigned", "to": who, "by": who})
    if who is not None:
        said["assignee"] = who
    return {**said, "events": events}


def changes(before: Step, after: Step) -> Iterator[Event]:
    """What a step changed, but for the person."""
    yield from change(after.at, "status", before.status, after.status)
    for name in FIELDS:
        yield from change(after.at, name, getattr(before, name), getattr(after, name))
    if after.team != before.team:
        (was, _), (level, owner) = LINES[before.line], LINES[after.line]
        if was == level:
            yield {"at": after.at, "type": "transferred", "owner": owner}
        else:
            kind = "escalated" if level > was else "returned"
            yield {"at": after.at, "type": kind, "from": was, "to": level, "owner": owner}


def tickets(path: Path) -> Iterator[Ticket]:
    """Every case of a file as a ticket."""
    return (ticket(history) for history in steps(path))


if __name__ == "__main__":
    run(tickets, "Volvo IT's incidents or problems", "incidents.csv or closed_problems.csv, or .gz")
