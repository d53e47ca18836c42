"""The desk that a set of tickets shows, against plain counting by the slow evaluator."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from escalate import Desk, Engine, Ticket, TicketError, load_policy
from escalate.desk import read_desk
from escalate.evaluator.surveying import desk_of
from escalate.policy.policy import Policy
from escalate.reading import read_ticket
from support.gen_policies import policy_dict
from support.gen_tickets import ticket_dict
from support.slow_history import Past, us_of
from support.slow_world import World

CREATED = datetime(2026, 11, 23, 9, tzinfo=UTC)


def drawn(seed: int) -> tuple[Policy, list[Ticket], datetime]:
    rng = Random(seed)
    raw = policy_dict(rng, plain_weeks=False)
    policy = Policy.model_validate(raw)
    now = CREATED + timedelta(hours=rng.randrange(1, 60))
    tickets = []
    for nth in range(12):
        created = CREATED + timedelta(minutes=30 * rng.randrange(0, 30))
        said = ticket_dict(rng, raw, created, now, 60) | {"id": f"T-{nth}"}
        tickets.append(read_ticket(said, frozenset(policy.fields)))
    return policy, tickets, now


def groups(policy: Policy) -> set[str]:
    return {name for name, owner in policy.owners.items() if owner.kind == "group"}


@pytest.mark.parametrize("seed", range(40))
def test_open_counts_are_those_of_plain_counting(seed: int) -> None:
    policy, tickets, now = drawn(seed)
    counted: Counter[str] = Counter()
    for ticket in tickets:
        past = Past(policy, ticket, us_of(now))
        if ticket.created_at <= now and past.active:
            owner = World(policy, ticket, Desk(), us_of(now)).owner
            counted.update({name for name in (owner, past.assignee) if name is not None})
    seen = desk_of(policy, tickets, now=now).open
    assert seen.keys() >= policy.owners.keys() - groups(policy)
    assert {name: count for name, count in seen.items() if count} == dict(counted)


@pytest.mark.parametrize("seed", range(40))
def test_the_order_of_tickets_is_all_the_same(seed: int) -> None:
    policy, tickets, now = drawn(seed)
    engine = Engine(policy)
    shuffled = Random(seed).sample(tickets, len(tickets))
    assert desk_of(engine, tickets, now=now) == desk_of(engine, shuffled, now=now)


@pytest.mark.parametrize("seed", range(20))
def test_it_can_be_read_again(seed: int) -> None:
    policy, tickets, now = drawn(seed)
    desk = desk_of(policy, tickets, now=now)
    assert read_desk(desk.to_json()) == desk


def ticket(ident: str, **more: object) -> dict[str, object]:
    return {"id": ident, "created_at": "2026-11-23T09:00:00Z", "status": "open", **more}


def test_without_a_policy_the_usual_statuses_and_no_fields() -> None:
    desk = Desk.from_tickets(
        [
            ticket("T-1", owner="front-line", assignee="ana", category="outage"),
            ticket("T-2", owner="front-line", status="on-hold", category="outage"),
            ticket("T-3", owner="front-line", status="solved", category="outage"),
        ]
    )
    assert desk == Desk(open={"front-line": 2, "ana": 1})


def test_alike_fields_phases_and_names_as_arguments() -> None:
    desk = Desk.from_tickets(
        [
            ticket("T-1", owner="front-line", status="neu", labels=["a", "b"]),
            ticket("T-2", owner="front-line", status="erledigt", labels=["a", "b"]),
            ticket("T-3", owner="front-line", status="neu", labels=["a"]),
        ],
        similar=["labels"],
        phases={"neu": "open", "erledigt": "resolved"},
        names=["payments"],
    )
    assert desk.open == {"front-line": 2, "payments": 0}
    assert desk.similar == {"T-1": 0, "T-2": 1, "T-3": 0}


def test_a_ticket_that_cannot_be_read_is_said() -> None:
    with pytest.raises(TicketError):
        Desk.from_tickets([ticket("T-1", created_at="yesterday")])


POLICY = """
escalate: 1
name: shared-work
similar: [category]
owners:
  bot: bot
  team: {kind: team, members: [ana, ion], assign: least-loaded}
  press: team
levels: [{id: L0, owner: bot}, {id: L1, owner: team}]
triggers:
  - {id: up, at: L0, when: {phase: open}, escalate: next}
  - {id: wide, when: {desk.similar: {gte: 2}}, once: problem, notify: [press]}
"""


def test_decisions_go_by_it(tmp_path: Path) -> None:
    path = tmp_path / "shared-work.escalation.yaml"
    path.write_text(POLICY, encoding="utf-8")
    engine = Engine(load_policy(path))
    now = "2026-11-23T10:00:00Z"
    new = ticket("T-9", category="outage", events=[])
    others = [
        ticket("T-1", category="outage", level="L1", owner="team", assignee="ana", events=[]),
        ticket("T-2", category="outage", level="L1", owner="team", assignee="ana", events=[]),
    ]
    desk = desk_of(engine, [new, *others], now=now)
    decision = engine.decide(new, now=now, desk=desk)
    assert decision.to.assignee == "ion"
    assert [fired.trigger for fired in decision.fired] == ["up", "wide"]
    told = replace(desk, fired=desk.fired | {decision.fired[1].key})
    assert [f.trigger for f in engine.decide(new, now=now, desk=told).fired] == ["up"]
