"""What engines keep with a ticket: each its own, and nothing of it shows."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

from escalate import Engine, load_policy
from escalate.evaluator.prepared import prepared
from escalate.reading import read_instant
from escalate.worktime.epoch import microseconds

EXAMPLES = Path(__file__).parents[2] / "examples"
INSTANTS = [f"2026-11-{day}T{hour:02}:30:00+02:00" for day in (18, 19, 20) for hour in (8, 13, 22)]


def _engine(name: str) -> Engine:
    return Engine(load_policy(EXAMPLES / "policies" / f"{name}.escalation.yaml"))


def _texts(name: str) -> list[str]:
    lines = (EXAMPLES / "tickets" / f"{name}.jsonl").read_text().splitlines()
    return [line for line in lines if line.strip()]


def test_engines_that_ask_in_turn_each_keep_what_they_know() -> None:
    first, second = _engine("customer-support"), _engine("customer-support")
    later = microseconds(read_instant("2027-06-01T00:00:00Z"))
    for text in _texts("customer-support"):
        ticket = first.ticket(text)
        known = None
        for now in INSTANTS:
            alone = first.decide(first.ticket(text), now=now).to_json_text()
            assert first.decide(ticket, now=now).to_json_text() == alone
            assert second.decide(ticket, now=now).to_json_text() == alone
            assert second.holding(ticket, now=now) == first.holding(ticket, now=now)
        for engine in (first, second, first, second):
            found = prepared(engine.program, ticket, later)
            assert found.program is engine.program
            if engine is first:
                assert known is None or found is known
                known = found


def test_an_earlier_decision_stays_as_it_was() -> None:
    engine = _engine("customer-support")
    for text in _texts("customer-support"):
        ticket = engine.ticket(text)
        made = [engine.decide(ticket, now=now) for now in INSTANTS]
        said = [one.to_json_text() for one in made]
        for now in reversed(INSTANTS):
            engine.decide(ticket, now=now)
        assert [one.to_json_text() for one in made] == said


def test_what_is_kept_is_no_part_of_the_ticket() -> None:
    engine = _engine("four-levels")
    for text in _texts("four-levels"):
        ticket, fresh = engine.ticket(text), engine.ticket(json.loads(text))
        engine.decide(ticket, now=INSTANTS[0])
        assert ticket.memo is not None
        assert ticket == fresh
        assert repr(ticket) == repr(fresh)
        again = pickle.loads(pickle.dumps(ticket))
        assert again == ticket
        assert again.memo is None
        ticket.keep(None)
        assert ticket.memo is None
