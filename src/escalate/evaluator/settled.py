"""What a decision will come to for a ticket that stands where it stood, up to the instant.

Worked out by the whole way (`deciding`) when such a ticket is first asked about, and kept
with it: the state of its level's deadlines until the first of them is missed, and what has
been missing or odd so far. The short way (`quick`) starts from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from escalate.decision import Warned
from escalate.desk import EMPTY, Desk
from escalate.evaluator.context import Context
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.reason import reason_to_hold
from escalate.evaluator.reminders import review_due
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.prepared import Prepared
    from escalate.evaluator.program import Program

__all__ = ["Settled", "settle", "undisturbed"]


class Settled:
    """A ticket at its level before any of its deadlines is missed."""

    __slots__ = (
        "answered",
        "asked",
        "due",
        "entered",
        "hold",
        "horizon",
        "idle",
        "look",
        "missing",
        "noted",
        "quiet",
        "row",
        "until",
        "warned",
    )

    until: int
    """From this instant on a deadline is missed, and the whole way has to be gone."""

    def __init__(self, program: Program, known: Prepared) -> None:
        deciding = Deciding(program, known, EMPTY, known.since)
        ctx = deciding.ctx
        deciding.look_at_deadlines()
        dues = [read.tally.due for read in deciding.readings.values()]
        self.until = min([due for due in dues if due is not None], default=NEVER)
        self.due: dict[str, int | None] = deciding.due
        self.horizon = ctx.horizon
        """When the first of the deadlines that run is due."""
        self.missing = tuple(sorted(ctx.missing))
        self.noted = tuple(ctx.warnings)
        self.warned = tuple(Warned(*noted) for noted in ctx.warnings)
        self.look, self.row = program.triggers.way(known.values)
        _, self.entered, self.idle, self.asked = ctx.since()
        self.answered = ctx.knows("agent-reply")
        self.hold = reason_to_hold(deciding)
        self.quiet = (NEVER, 0)
        """From when until when the owner is neither warned nor reminded."""

    def context(self, program: Program, known: Prepared, desk: Desk, now: int) -> Context:
        """A context that knows what is settled."""
        ctx = Context(known.ticket, desk, now, known.hist, known.values, program.read_clock)
        ctx.missing.update(self.missing)
        ctx.warnings = list(self.noted)
        return ctx


_UNSETTLED: Any = object.__new__(Settled)
"""In place of what is not settled."""
_UNSETTLED.until = -NEVER


def settle(program: Program, known: Prepared) -> Settled:
    """What is settled of a ticket; :data:`_UNSETTLED` where that is too little."""
    standing, review = known.standing, program.review
    if standing is None or known.hist.next_unseen is not None:
        return _UNSETTLED  # type: ignore[no-any-return]
    if review is not None and review.plain is None:
        return _UNSETTLED  # type: ignore[no-any-return]
    if not all(deadline.goal.plain for deadline in standing.level.deadlines):
        return _UNSETTLED  # type: ignore[no-any-return]
    settled = Settled(program, known)
    return settled if known.since < settled.until else _UNSETTLED


def _quiet(program: Program, known: Prepared, settled: Settled, now: int) -> bool:
    """Whether the owner is neither warned nor reminded of the level's deadlines now."""
    standing = known.standing
    deciding = Deciding(program, known, EMPTY, now)
    deciding.look_at_deadlines()
    ctx = deciding.ctx
    if (
        standing is None
        or deciding.nudges(standing.level)
        or not ctx.missing.issubset(settled.missing)
    ):
        return False
    settled.quiet = (now, ctx.horizon)
    return True


def undisturbed(program: Program, known: Prepared, settled: Settled, now: int, horizon: int) -> int:
    """Until when, within the horizon, the owner is neither warned nor reminded of anything;
    ``now`` if that is to be done."""
    standing, hist = known.standing, known.hist
    if standing is not None and standing.level.nudges:
        begun, until = settled.quiet
        if not begun <= now < until:
            if not _quiet(program, known, settled, now):
                return now
            until = settled.quiet[1]
        horizon = min(horizon, until)
    surely_not_before = hist.desk_acted + program.review_grace
    if now < surely_not_before and horizon <= surely_not_before:
        return horizon
    chosen = None if program.review is None else program.review.plain
    ctx = settled.context(program, known, EMPTY, now)
    due = review_due(ctx, chosen, program.usual_review, program.calendar)
    return horizon if due is None else min(horizon, max(due, now))
