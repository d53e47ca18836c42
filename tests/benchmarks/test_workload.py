"""What the benchmarks time is the same work: engine and hand-written Python agree."""

from __future__ import annotations

import random
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from long_tickets import POLICY, long_ticket
from tickets import NOW, NOW_US, flat_tickets, policy_ticket
from workload import differences, engine, helpdesk
from worktime_peers import MONTH, contestants, disagreements, instants

from escalate import Desk, Engine, load_policy
from escalate.desk import EMPTY
from escalate.reading import microseconds
from support.slow import slow_decide
from support.ways import both_ways


@pytest.mark.parametrize(("triggers", "tickets"), [(20, 1_500), (150, 200)])
def test_the_triggers_that_fire_are_those_that_hold(triggers: int, tickets: int) -> None:
    work = helpdesk(triggers)
    drawn = list(islice(flat_tickets(tickets), tickets))
    assert differences(work, engine(work), drawn) == []
    held = [len(work.all_that_hold(flat, NOW_US)) for flat in drawn]
    assert 0 in held or triggers > 20
    assert max(held) > 1


def test_the_work_is_the_same_every_time() -> None:
    assert helpdesk(20).text == helpdesk(20).text
    assert list(flat_tickets(50)) == list(flat_tickets(50))


def test_every_kind_of_condition_occurs() -> None:
    def kinds(node: tuple) -> set[str]:
        kind, *rest = node
        inner = rest[0] if kind in ("all", "any") else rest if kind == "not" else ()
        return {kind}.union(*map(kinds, inner))

    found = set().union(*(kinds(rule.when) for rule in helpdesk(20).rules))
    words = {"all", "any", "not", "eq", "in", "gte", "contains", "elapsed", "requested"}
    assert found == words


def test_the_decisions_differ() -> None:
    decides = engine(helpdesk(20))
    steps = [decides.decide(policy_ticket(flat), now=NOW).step for flat in flat_tickets(300)]
    assert {"hold", "act", "escalate"} <= set(steps)


def test_many_triggers_looked_up_at_once_are_decided_as_if_all_were_asked() -> None:
    work = helpdesk(150)
    decides, twin = engine(work), engine(work)
    index = twin.program.triggers.index
    twin.program.triggers.view = lambda values, since: index.odd(values)
    draw = random.Random("thinned")
    fired = 0
    for flat in flat_tickets(250):
        raw = policy_ticket(flat)
        for name in draw.sample(
            ("queue", "category", "severity", "channel", "tags", "sentiment"), 2
        ):
            if draw.random() < 0.4:
                raw.pop(name)
        decision = decides.decide(raw, now=NOW)
        assert decision.to_json_text() == twin.decide(raw, now=NOW).to_json_text()
        ticket = decides.ticket(raw)
        assert decides.decide(ticket, now=NOW) == decision == decides.decide(ticket, now=NOW)
        fired += bool(decision.fired)
    assert fired > 20
    assert decides.source().startswith("# Told apart by queue and category.\n")


def test_the_clocks_of_long_tickets_are_those_of_the_slow_evaluator() -> None:
    decides = Engine(load_policy(str(POLICY)))
    states = set()
    for seed in range(4):
        raw, now = long_ticket(seed, 60)
        ticket = decides.ticket(raw)
        assert len(ticket.events or ()) == 60
        found = decides.clocks(ticket, now=now)
        slow = slow_decide(decides.policy, ticket, EMPTY, microseconds(now))["clocks"]
        for name, state in found.items():
            seen = (state.state, state.due_us, state.elapsed_us, state.remaining_us, state.cycle)
            parts = ("state", "due", "elapsed", "remaining", "cycle")
            assert seen == tuple(slow[name][part] for part in parts)
            states.add(state.state)
        assert found == decides.decide(raw, now=now).clocks
    assert len(states) > 2


def test_the_short_way_is_gone_and_comes_to_the_same() -> None:
    seen = Counter[str | None]()
    decides = engine(helpdesk(20))
    for flat in flat_tickets(600):
        seen[both_ways(decides, decides.ticket(policy_ticket(flat)), Desk(), NOW_US)] += 1
    assert {"hold", "act", "escalate"} <= set(seen)
    assert seen[None] < 200


def test_working_time_is_the_same_for_all_who_are_compared() -> None:
    peers, _ = contestants()
    assert len(peers) >= 2
    assert disagreements(peers, [(at, at + MONTH) for at in instants(60)]) == []
