"""The agenda against a plain dictionary that is gone through from end to end."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate import Agenda, Engine, TicketError, load_policy
from escalate.agenda import Entry

START = 1_800_000_000_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
POLICY = Path(__file__).parents[2] / "examples/policies/customer-support.escalation.yaml"
TICKETS = Path(__file__).parents[2] / "examples/tickets/customer-support.jsonl"


def at(us: int) -> datetime:
    return EPOCH + timedelta(microseconds=us)


class Plain:
    """What an agenda means."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[int, int]] = {}

    def put(self, ticket: str, us: int | None, decided: int) -> None:
        if ticket in self.held and decided < self.held[ticket][1]:
            return
        self.held.pop(ticket, None)
        if us is not None:
            self.held[ticket] = (us, decided)

    def due(self, us: int) -> list[str]:
        ordered = sorted((when, ticket) for ticket, (when, _) in self.held.items())
        return [ticket for when, ticket in ordered if when <= us]


TICKET = st.sampled_from([f"T-{n}" for n in range(8)])
SMALL = st.integers(START, START + 12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), TICKET, st.one_of(st.none(), SMALL), SMALL),
        st.tuples(st.just("remove"), TICKET),
        st.tuples(st.just("due"), SMALL),
        st.tuples(st.just("stored")),
    ),
    max_size=60,
)


@given(STEPS)
def test_an_agenda_is_a_dictionary_looked_through(steps: list[tuple]) -> None:
    agenda, plain = Agenda(), Plain()
    for what, *given_ in steps:
        if what == "put":
            agenda.put(*given_)
            plain.put(*given_)
        elif what == "remove":
            (ticket,) = given_
            assert agenda.remove(ticket) == (plain.held.pop(ticket, None) is not None)
        elif what == "due":
            (us,) = given_
            assert agenda.due(at(us)) == plain.due(us)
        else:
            agenda = Agenda.from_rows(json.loads(json.dumps(agenda.to_rows())))
        first = min((when for when, _ in plain.held.values()), default=None)
        assert agenda.next_at == (None if first is None else at(first))
        assert len(agenda) == len(plain.held)
        assert list(agenda) == plain.due(START + 12)
        assert all((f"T-{n}" in agenda) == (f"T-{n}" in plain.held) for n in range(8))


def test_a_desk_asks_only_about_what_is_due() -> None:
    engine = Engine(load_policy(str(POLICY)))
    lines = TICKETS.read_text(encoding="utf-8").splitlines()
    tickets = {t.id: t for t in (engine.ticket(line) for line in lines if line.strip())}
    start = datetime(2026, 11, 20, 8, tzinfo=UTC)
    agenda = Agenda(engine.decide(ticket, now=start) for ticket in tickets.values())
    asked = 0
    for minute in range(0, 3 * 24 * 60, 30):
        now = start + timedelta(minutes=minute)
        due = set(agenda.due(now))
        for ident, ticket in tickets.items():
            decision = engine.decide(ticket, now=now)
            if ident in due:
                agenda.add(decision)
                asked += 1
            else:
                following = decision.next_check_at
                assert decision.step == "hold"
                assert following is None or agenda.at(ident) is not None
    assert 0 < asked < len(tickets) * 144


def test_what_is_due_stays_until_a_newer_decision_comes() -> None:
    agenda = Agenda.from_rows(
        [["b", START + 5, START], ["a", START + 5, START], ["c", START + 9, START]]
    )
    assert agenda.due(at(START + 5)) == agenda.due(at(START + 5)) == ["a", "b"]
    agenda.put("a", START + 8, START + 5)
    agenda.put("b", START + 20, START - 1)
    assert agenda.due(at(START + 6)) == ["b"]
    assert agenda.due(at(START + 9)) == ["b", "a", "c"]
    assert agenda.entries()[0] == Entry("b", START + 5, START)


def test_replaced_entries_do_not_pile_up() -> None:
    agenda = Agenda()
    for us in range(10_000):
        agenda.put("T", us, us)
    assert len(agenda) == 1
    assert len(agenda._heap) < 100


def test_a_row_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match="row 1 of an agenda"):
        Agenda.from_rows([["a", 1, 1], ["b", None, 1]])
    with pytest.raises(TicketError):
        Agenda().due("2026-11-20T12:00:00")
