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
from escalate.evaluator.status import ACTIVE, DONE
from escalate.ticket import EPOCH, Ticket

if TYPE_CHECKING:
    from escalate.decision import Stand
    from escalate.evaluator.compiled import CompiledLevel
    from escalate.evaluator.looking import Look
    from escalate.evaluator.program import Program
    from escalate.evaluator.settled import Settled
    from escalate.evaluator.standing import Standing

__all__ = ["Prepared", "prepared"]

_US = EPOCH.resolution


class Prepared:
    """A ticket as a program sees it from ``since`` on."""

    __slots__ = (
        "asked",
        "before",
        "hist",
        "look",
        "missing",
        "other",
        "path",
        "path_id",
        "phased",
        "program",
        "row",
        "settled",
        "since",
        "standing",
        "ticket",
        "values",
        "view",
    )

    def __init__(self, program: Program, ticket: Ticket, since: int) -> None:
        self.ticket = ticket
        self.since = since
        self.program = program
        self.other: Prepared | None = None
        """As another program sees it."""
        self.hist = hist = History(ticket, since, program.plan)
        self.values: dict[str, Any] = program.values(ticket, hist)
        self.path_id: str | None = None
        self.path: tuple[CompiledLevel, ...] = program.levels
        self.missing: tuple[str, ...] = ()
        if program.derive or program.paths:
            self._complete(program)
        self.settled: Settled | None = None
        """What more is settled of one that stands; kept by ``quick``."""
        self.standing: Standing | None = None
        """Where it stands, if that is the same whatever the desk; else ``None``."""
        if hist.phase in ACTIVE and not hist.reentry:
            level, owner, assignee = hist.level, hist.owner, hist.assignee
            self.standing = program.standing(level, owner, assignee, self.path_id)
            if self.standing is not None:
                self.before: Stand = program.stand(level, owner, assignee)
        self.look: Look | None = None
        """What tells of its ``row`` which triggers hold; ``None`` if more than the instant and
        the desk has a say in that."""
        if _is_plain(program, self):
            triggers = program.triggers
            self.view = view = triggers.view(self.values, hist.since())
            # Apart as well: every decision reads these three.
            self.look, self.row, self.asked, _ = view
            self.phased = triggers.for_phase[hist.phase]
            """The triggers that look at tickets in its phase."""

    def _complete(self, program: Program) -> None:
        """What the policy derives from the snapshot, and the path that is chosen by it."""
        ctx = Context(self.ticket, EMPTY, self.since, self.hist, self.values, program.read_clock)
        program.complete(ctx)
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
    known: Prepared | None = ticket.memo
    while known is not None and known.program is not program:
        known = known.other
    if known is None:
        known = Prepared(program, ticket, _complete_at(ticket))
        known.other = ticket.memo
        ticket.keep(known)
    return known if now >= known.since else Prepared(program, ticket, now)


def _is_plain(program: Program, known: Prepared) -> bool:
    """Whether nothing but the instant, the triggers and the desk has a say from now on."""
    hist, standing = known.hist, known.standing
    if known.since < hist.created:  # it is not there yet
        return False
    if hist.next_unseen is not None or not program.fixed:
        return False
    if standing is None:
        return hist.phase in DONE and (hist.owner is not None or hist.level is None)
    return standing.level.fixed


def _complete_at(ticket: Ticket) -> int:
    """The first instant at which nothing that the ticket tells lies ahead."""
    latest = (ticket.created_at - EPOCH) // _US
    if ticket.events:
        latest = max(latest, max([event.us for event in ticket.events]))
    for instant in (ticket.level_entered_at, ticket.first_reply_at, ticket.resolved_at):
        if isinstance(instant, datetime):
            latest = max(latest, (instant - EPOCH) // _US)
    return latest
