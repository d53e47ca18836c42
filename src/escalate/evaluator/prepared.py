"""What a ticket says by itself, whatever the instant and the desk.

Its history once all its events are seen, the fields that the policy derives, its path:
worked out once for a ticket and kept with it, since a desk asks about the same ticket
again and again. Before its latest event a ticket says something else at every instant,
and nothing is kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from escalate.desk import EMPTY
from escalate.evaluator.context import Context
from escalate.evaluator.history import History
from escalate.ticket import EPOCH, Ticket

if TYPE_CHECKING:
    from escalate.evaluator.compiled import CompiledLevel
    from escalate.evaluator.program import Program

__all__ = ["Prepared", "prepared"]

_US = EPOCH.resolution


class Prepared:
    """A ticket as a program sees it from ``since`` on."""

    __slots__ = ("hist", "missing", "path", "path_id", "since", "ticket", "values")

    def __init__(self, program: Program, ticket: Ticket, since: int) -> None:
        self.ticket = ticket
        self.since = since
        self.hist = History(ticket, since, program.plan)
        self.values: dict[str, Any] = program.values(ticket, self.hist)
        ctx = Context(ticket, EMPTY, since, self.hist, self.values, program.read_clock)
        program.complete(ctx)
        self.path_id: str | None = None
        self.path: tuple[CompiledLevel, ...] = program.levels
        for path_id, when, levels in program.paths:
            if when is not None:
                holds, _, missing = when(ctx)
                ctx.missing.update(missing)
                if not holds:
                    continue
            self.path_id, self.path = path_id, levels
            break
        self.missing = tuple(sorted(ctx.missing))


def prepared(program: Program, ticket: Ticket, now: int) -> Prepared:
    """The ticket as the program sees it at ``now``."""
    known = ticket.memo.get(program)
    if known is None:
        known = Prepared(program, ticket, _complete_at(ticket))
        ticket.memo[program] = known
    return known if now >= known.since else Prepared(program, ticket, now)


def _complete_at(ticket: Ticket) -> int:
    """The first instant at which nothing that the ticket tells lies ahead."""
    latest = (ticket.created_at - EPOCH) // _US
    for event in ticket.events or ():
        if event.us > latest:
            latest = event.us
    for instant in (ticket.level_entered_at, ticket.first_reply_at, ticket.resolved_at):
        if isinstance(instant, datetime):
            latest = max(latest, (instant - EPOCH) // _US)
    return latest
