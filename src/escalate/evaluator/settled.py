"""What a decision will come to for a ticket, as far as that is the same for a while.

Worked out by the whole way (`deciding`) when a ticket is first asked about, and kept with
it: the state of its level's deadlines until the next of them is due, and what has been
missing or odd so far. The short way (`quick`) starts from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalate.decision import Warned
from escalate.desk import EMPTY, Desk
from escalate.evaluator.causes import deadline_key
from escalate.evaluator.context import Context
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.goals import deadlines_of, plainly_due
from escalate.evaluator.reason import plain_reason
from escalate.evaluator.reminders import plain_review_due, review_due
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escalate.evaluator.compiled import CompiledDeadline, CompiledLevel
    from escalate.evaluator.history import History
    from escalate.evaluator.prepared import Prepared
    from escalate.evaluator.program import Program
    from escalate.evaluator.repeating import Outcome
    from escalate.evaluator.triggers import Triggers

__all__ = ["Settled", "undisturbed"]

_EVER = -NEVER
_NOT_YET = (NEVER, NEVER)


class Settled:
    """A ticket to which the short way is open, from ``begun`` on, and before ``until``:
    meanwhile no deadline comes due.

    What is filled in later is one value each time, since threads may share a ticket.
    """

    __slots__ = (
        "acted",
        "active",
        "asking",
        "before",
        "begun",
        "calm",
        "due",
        "horizon",
        "looking",
        "missed",
        "missing",
        "noted",
        "outcomes",
        "quiet",
        "rested",
        "review",
        "sentence",
        "spent",
        "steady",
        "until",
        "warned",
    )

    def __init__(self, program: Program, known: Prepared, now: int) -> None:
        self.begun, self.until = _EVER, NEVER
        hist, standing, triggers = known.hist, known.standing, program.triggers
        self.missing: tuple[str, ...] = known.missing
        self.noted: Sequence[tuple[str, str]] = hist.notes
        self.missed: Sequence[tuple[CompiledDeadline, str]] = ()
        """The deadlines that fire, each with its key."""
        self.horizon = NEVER
        """When the first of the deadlines that run is due."""
        self.active = standing is not None
        if standing is None:
            self.before = program.stand(hist.level, hist.owner, hist.assignee)
            self.due: dict[str, int | None] = {}
        else:
            self.before = known.before
            plain = plainly_due(hist, standing.level)
            if plain is None:
                self._read_deadlines(program, known, standing.level, now)
            else:
                self._take_deadlines(hist, standing.level, plain, now)
        self.warned = tuple([Warned(*noted) for noted in self.noted]) if self.noted else ()
        self.asking = known.asked | triggers.unusual
        """The triggers that cannot be looked up, or go by more than the ticket's cycle."""
        self.looking = known.phased
        self.spent = spent = _spent(triggers, hist) if hist.keys else 0
        """The triggers that have fired for their only cause."""
        if spent:
            self.looking &= ~spent
        self.acted = max(hist.acted.values()) if hist.acted else _EVER
        self.rested = (NEVER, NEVER, 0)
        """From when until when no trigger but those that are spent can hold, and those that wait
        for time alone meanwhile."""
        self.steady = _NOT_YET
        """From when until when nothing is to be done, unless a trigger asked in words has a say."""
        self.review: int | None = None
        """When the owner is reminded that it lies untouched, once that is worked out."""
        self.calm = _NOT_YET
        """From when until when the owner is neither warned nor reminded of anything, as far as
        it was asked. Until the later instant the triggers, and so the horizon, stay the same."""
        self.quiet = _NOT_YET
        """From when until when the owner is neither warned nor reminded."""
        self.sentence: tuple[str, int | None] | None = None
        """Why nothing is to be done, once that was asked."""
        self.outcomes: dict[int, Outcome | None] | None = None

    def _take_deadlines(
        self, hist: History, level: CompiledLevel, due: dict[str, int | None], now: int
    ) -> None:
        """The deadlines of a level, where all that run are due at a plain instant."""
        self.due = due
        for deadline in level.deadlines:
            at = due.get(deadline.name)
            if at is None:
                continue
            if at > now:
                if at < self.until:
                    self.until = self.horizon = at
                continue
            self.begun = max(self.begun, at)
            self._miss(hist, deadline)

    def _read_deadlines(
        self, program: Program, known: Prepared, level: CompiledLevel, now: int
    ) -> None:
        """The same of any others."""
        ctx = self.context(program, known, EMPTY, now)
        readings, self.due = deadlines_of(ctx, level)
        for read in readings.values():
            due = read.tally.due
            if due is not None and due > now:
                self.until = min(self.until, due)
            elif due is not None:
                self.begun = max(self.begun, due)
        for deadline in level.deadlines:
            missed = readings.get(deadline.name)
            if missed is not None and missed.state == "breached" and missed.running:
                self._miss(known.hist, deadline)
        self.horizon = ctx.horizon
        self.missing, self.noted = tuple(sorted(ctx.missing)), tuple(ctx.warnings)

    def _miss(self, hist: History, deadline: CompiledDeadline) -> None:
        key = deadline_key(hist, deadline)
        if key not in hist.keys:
            self.missed = (*self.missed, (deadline, key))

    def to_hold(self, program: Program, known: Prepared, now: int) -> tuple[str, int | None]:
        """Why nothing is to be done; kept as ``sentence``."""
        self.sentence = said = plain_reason(program, known.hist.phase, self.before, self.due, now)
        return said

    def fired(self, program: Program, known: Prepared) -> dict[int, Outcome | None]:
        """What came of firing for tickets that stand the same; kept as ``outcomes``."""
        hist = known.hist
        keys = tuple([key for _, key in self.missed]) if self.missed else ()
        place = (known.path_id, self.before, hist.phase, hist.cycle, hist.moves, keys)
        self.outcomes = outcomes = program.outcomes_at(place)
        return outcomes

    def context(self, program: Program, known: Prepared, desk: Desk, now: int) -> Context:
        """A context that knows what is settled."""
        ctx = Context(known.ticket, desk, now, known.hist, known.values, program.read_clock)
        ctx.missing.update(self.missing)
        ctx.warnings = list(self.noted)
        return ctx


def _spent(triggers: Triggers, hist: History) -> int:
    cycle, spent = str(hist.cycle), 0
    for key in hist.keys:
        if key.startswith("trigger:"):
            name, _, of = key[8:].rpartition(":")
            if of == cycle:
                spent |= triggers.by_id.get(name, 0)
    return spent


def undisturbed(program: Program, known: Prepared, settled: Settled, now: int, horizon: int) -> int:
    """Until when, within the horizon, the owner is neither warned nor reminded of anything;
    ``now`` if that is to be done."""
    until = _undisturbed(program, known, settled, now, horizon)
    settled.calm = (now, until)
    return until


def _undisturbed(
    program: Program, known: Prepared, settled: Settled, now: int, horizon: int
) -> int:
    standing, hist = known.standing, known.hist
    if standing is None:
        return horizon
    if standing.level.nudges:
        begun, until = settled.quiet
        if not begun <= now < until:
            if not _quiet(program, known, settled, now):
                return now
            until = settled.quiet[1]
        if until < horizon:
            horizon = until
    surely_not_before = hist.desk_acted + program.review_grace
    if now < surely_not_before and horizon <= surely_not_before:
        return horizon
    due = settled.review
    if due is None:
        due = plain_review_due(program, hist)
        if due is None:
            ctx = settled.context(program, known, EMPTY, now)
            chosen = None if program.review is None else program.review.choose(ctx)
            due = review_due(ctx, chosen, program.usual_review, program.calendar)
            if not ctx.missing.issubset(settled.missing):
                return now
            due = NEVER if due is None else due
        if hist.known:
            settled.review = due
    if due >= horizon:
        return horizon
    return due if due > now else now


def _quiet(program: Program, known: Prepared, settled: Settled, now: int) -> bool:
    """Whether the owner is neither warned nor reminded of the level's deadlines now."""
    standing = known.standing
    deciding = Deciding(program, known, EMPTY, now)
    deciding.look_at_deadlines()
    ctx = deciding.ctx
    if standing is None or deciding.nudges(standing.level):
        return False
    if not ctx.missing.issubset(settled.missing):
        return False
    settled.quiet = (now, ctx.horizon)
    return True
