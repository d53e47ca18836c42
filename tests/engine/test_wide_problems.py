"""A wide problem is told of once, however many tickets speak of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from escalate import Desk, Engine, Policy, Ticket, apply
from escalate.evaluator.surveying import desk_of

POLICY = {
    "escalate": 1,
    "name": "wide",
    "timezone": "Pacific/Auckland",
    "similar": ["product", "category"],
    "fields": {"product": {"type": "string"}},
    "owners": {"front": "team", "press": "team", "all": {"kind": "group", "of": ["front"]}},
    "levels": [{"id": "L1", "owner": "front"}],
    "triggers": [
        {
            "id": "wide",
            "when": {"desk.similar": {"gte": 2}},
            "once": "problem",
            "notify": [{"owner": "press", "message": "many"}, "all"],
        }
    ],
    "messages": {"many": "{desk.similar|Several} more."},
}
ZONE = ZoneInfo("Pacific/Auckland")
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)  # midnight there
VALUES = {"product": ["tv", "a,b", "a%2Cb", None], "category": ["x", "b:c", None]}


def tickets_of(rng: Random, engine: Engine) -> list[Ticket]:
    made = []
    for number in range(rng.randrange(3, 16)):
        created = NOON + timedelta(minutes=rng.choice([-90, -1, 0, 45, 600]))
        raw: dict[str, Any] = {"id": f"T-{number}", "created_at": created.isoformat()}
        raw |= {name: rng.choice(values) for name, values in VALUES.items()}
        raw["status"] = rng.choice(["open", "open", "pending", "solved"])
        made.append(engine.ticket(raw | {"events": []}))
    return made


def problem(ticket: Ticket) -> Hashable | None:
    """What the ticket is about, and on which local day; nothing where it lacks a field."""
    values = tuple(ticket.get(name) for name in VALUES)
    return None if None in values else (values, ticket.created_at.astimezone(ZONE).date())


def broadcast(decision: Any) -> list[str]:
    return [action.key for action in decision.actions if action.to in ("press", "all")]


@pytest.mark.parametrize("seed", range(60))
def test_once_for_a_problem_and_not_for_a_ticket(seed: int) -> None:
    rng, engine = Random(seed), Engine(Policy.model_validate(POLICY))
    tickets = tickets_of(rng, engine)
    now = NOON + timedelta(hours=11)
    alone = {
        t.id: engine.decide(t, now=now, desk=desk_of(engine, tickets, now=now)) for t in tickets
    }
    expected: dict[Hashable, set[str]] = {}
    for ticket in tickets:
        about, keys = problem(ticket), broadcast(alone[ticket.id])
        alike = [t for t in tickets if t is not ticket and about and similar(t, ticket)]
        assert bool(keys) is (active(ticket) and len(alike) >= 2)
        if keys:
            expected.setdefault(about, set()).update(keys)
    # Asked all at once, the tickets of a problem say the same keys, two of them.
    assert all(len(keys) == 2 for keys in expected.values())
    assert len(set().union(*expected.values())) == 2 * len(expected)
    # One after the other, with the desk as it then shows itself, only the first says them.
    said = Counter[str]()
    for i, ticket in enumerate(tickets):
        while True:
            decision = engine.decide(ticket, now=now, desk=desk_of(engine, tickets, now=now))
            said.update(broadcast(decision))
            if decision.step == "hold":
                break
            tickets[i] = ticket = apply(ticket, decision)
    assert said == Counter(key for keys in expected.values() for key in keys)
    fired = desk_of(engine, tickets, now=now).fired
    assert fired == {key.partition("/")[0] for key in said}


def active(ticket: Ticket) -> bool:
    return ticket.get("status") != "solved"


def similar(one: Ticket, other: Ticket) -> bool:
    """Alike are active tickets, of whatever day."""
    return active(one) and all(one.get(name) == other.get(name) for name in VALUES)


def test_a_ticket_that_lacks_a_field_is_its_own_problem() -> None:
    """Where the desk's own count says that there are others."""
    engine = Engine(Policy.model_validate(POLICY))
    keys = set()
    for number in range(2):
        raw = {"id": f"T-{number}", "created_at": NOON.isoformat(), "product": "tv", "events": []}
        decision = engine.decide(raw, now=NOON, desk=Desk(similar={f"T-{number}": 9}))
        assert "category" in decision.missing
        keys |= set(broadcast(decision))
    assert keys == {f"trigger:wide:ticket=T-{n}/notify/{i}" for n in range(2) for i in range(2)}
