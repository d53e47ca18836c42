"""The short way to a decision beside the whole way."""

from __future__ import annotations

from escalate import Desk, Engine
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.prepared import prepared
from escalate.evaluator.quick import quick
from escalate.ticket import Ticket


def both_ways(engine: Engine, ticket: Ticket, desk: Desk, us: int) -> str | None:
    """The step if the short way goes through; it must come to what the whole way does."""
    known = prepared(engine.program, ticket, us)
    whole = Deciding(engine.program, known, desk, us).run()
    short = quick(engine.program, known, desk, us)
    if short is None:
        return None
    assert short.to_json_text() == whole.to_json_text()
    assert short == whole
    return short.step
