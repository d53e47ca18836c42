"""A ticket's life by jumps from check to check, against a desk that asks every minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from escalate import Engine, Ticket, apply, load_policy
from escalate.desk import EMPTY
from escalate.event import Event
from escalate.simulation.happened import happened, in_order
from escalate.simulation.life import Life
from escalate.worktime.zone import to_us
from support.policy_data import EXAMPLES

START = datetime.fromisoformat("2026-11-19T15:00:00+00:00")
MINUTE = timedelta(minutes=1)
DESK = Path(__file__).parent / "files" / "desk.escalation.yaml"

POLICIES = [
    DESK,
    EXAMPLES / "four-levels.escalation.yaml",
    EXAMPLES / "it-incidents.escalation.yaml",
]


def new_ticket(engine: Engine) -> Ticket:
    return engine.ticket({"id": "T-1", "created_at": START.isoformat(), "events": []})


def reply(at: datetime) -> Event:
    return Event(at, to_us(at), "reply", by="agent")


def polled(engine: Engine, replies: list[datetime], minutes: int) -> Ticket:
    """The slow, plain way: ask every minute, whatever the policy wants."""
    ticket = new_ticket(engine)
    for n in range(minutes + 1):
        now = START + n * MINUTE
        if now in replies:
            ticket = happened(ticket, [reply(now)])
        while (decision := engine.decide(ticket, now=now)).step != "hold":
            ticket = apply(ticket, decision)
    return ticket


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name.split(".")[0])
def test_a_desk_that_sleeps_does_what_one_does_that_never_sleeps(path: Path) -> None:
    engine = Engine(load_policy(path))
    replies = [START + 47 * MINUTE, START + 1300 * MINUTE]
    minutes = 26 * 60
    life = Life(engine, new_ticket(engine))
    life.at(to_us(START))
    for at in [*replies, START + minutes * MINUTE]:
        for _ in life.until(to_us(at)):
            pass
        if at in replies:
            life.happens([reply(at)])
        life.at(to_us(at))
    slow = polled(engine, replies, minutes)
    assert life.ticket.events == slow.events
    assert len(life.ticket.events or ()) > 5
    assert life.ticket.values == slow.values


def test_nothing_is_asked_before_the_first_moment() -> None:
    life = Life(Engine(load_policy(DESK)), new_ticket(Engine(load_policy(DESK))), EMPTY)
    assert list(life.until(to_us(START + timedelta(days=9)))) == []


def test_what_is_done_stands_before_what_the_list_knows_of_later() -> None:
    engine = Engine(load_policy(DESK))
    later = happened(new_ticket(engine), [reply(START + timedelta(hours=2))])
    life = Life(engine, later)
    (decision, hold) = life.at(to_us(START))
    assert (decision.step, hold.step) == ("enter", "hold")
    assert [event.us for event in life.ticket.events or ()] == sorted(
        event.us for event in life.ticket.events or ()
    )
    assert hold.warnings == ()
    assert hold.next_us is not None
    assert hold.next_us <= to_us(START + timedelta(hours=2))
    assert in_order(life.ticket) is life.ticket


def test_the_snapshot_follows_what_happens() -> None:
    engine = Engine(load_policy(DESK))

    def event(kind: str, **more: object) -> Event:
        return Event(START, to_us(START), kind, **more)  # type: ignore[arg-type]

    ticket = happened(
        new_ticket(engine),
        [
            event("status", to="open"),
            event("entered", to="L2", owner="manager"),
            event("transferred", owner="press"),
            event("assigned", to="ana"),
            event("field", name="severity", to="high"),
            event("field", name="product", to=None),
        ],
    )
    known = {k: v for k, v in ticket.values.items() if k != "id"}
    assert known == {
        "status": "open",
        "level": "L2",
        "owner": "press",
        "assignee": "ana",
        "severity": "high",
    }
