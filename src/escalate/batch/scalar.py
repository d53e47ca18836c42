"""Rows decided one by one, by the scalar engine: what columns cannot do, and their twin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from escalate.batch.decided import Refused
from escalate.batch.rows import rows_of
from escalate.batch.taken import Taken
from escalate.decision import Decision
from escalate.desk import Desk
from escalate.errors import TicketError
from escalate.evaluator.choosing import SetEngine
from escalate.evaluator.engine import Engine

__all__ = ["decide_rows"]


def decide_rows(
    engine: Engine | SetEngine,
    given: Taken,
    numbers: Sequence[int] | None,
    now: datetime,
    desk: Desk,
) -> list[Decision | Refused]:
    """The decisions of these rows (of all, for ``None``), in order; a row that is no ticket
    says why."""
    found: list[Decision | Refused] = []
    for row in rows_of(given, numbers):
        found.append(decide_row(engine, row, now, desk))
    return found


def decide_row(
    engine: Engine | SetEngine, row: dict[str, Any], now: datetime, desk: Desk
) -> Decision | Refused:
    """The decision of one ticket as JSON holds it, or why there is none."""
    try:
        return engine.decide(row, now=now, desk=desk)
    except TicketError as error:
        return Refused.of(row.get("id"), error)
