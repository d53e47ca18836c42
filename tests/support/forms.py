"""A log's tickets decided in all three forms, which must come to the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from escalate import Desk, Engine, Ticket
from escalate.batch import flatten
from escalate.worktime.epoch import microseconds
from support.columns import Sides, unlike
from support.twins import differences

__all__ = ["compare_forms"]

ROWS = 5_000
"""So many tickets are held at once."""


def compare_forms(
    engine: Engine, raw: Iterable[dict[str, Any]], instants: Sequence[str], every: bool
) -> Counter[str]:
    """Tickets as they stood at some instants, in columns, by the scalar engine and by the slow
    evaluator: each ticket at ``every`` instant, or at one of them, turn by turn.

    Answers how many decisions there were, and how many of them in columns.
    """
    sides, seen, source = Sides(engine.policy), Counter[str](), iter(raw)
    while some := [engine.ticket(one) for one in islice(source, ROWS)]:
        for turn, now in enumerate(map(datetime.fromisoformat, instants)):
            asked = some if every else some[turn :: len(instants)]
            seen += _compared(sides, [ticket.as_of(now) for ticket in asked], now)
    return seen


def _compared(sides: Sides, tickets: list[Ticket], now: datetime) -> Counter[str]:
    policy, desk = sides.policy, Desk()
    lines, columns = sides.unlike(flatten(tickets, policy), now, desk)
    assert not lines, f"{now}, in columns\n{unlike(lines)}"
    for ticket in tickets:
        lines = differences(policy, ticket, desk, microseconds(now))
        assert not lines, f"{now}, {ticket.id}, by the slow evaluator\n{unlike(lines)}"
    return Counter(decisions=len(tickets), columns=columns)
