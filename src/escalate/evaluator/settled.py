"""What a decision will come to for a ticket, as far as that is the same for a while.

Worked out by the whole way (`deciding`) when a ticket is first asked about, and kept with
it: the state of its level's deadlines until the next of them is due, and what has been
missing or odd so far. The short way (`quick`) starts from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from escalate.decision import Warned
from escalate.desk import EMPTY, Desk
from escalate.evaluator.causes import deadline_key
from escalate.evaluator.context import Context
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.goals import deadlines_of
from escalate.evaluator.readings import Reading
from escalate.evaluator.reason import plain_reason
from escalate.evaluator.reminders import review_due
from escalate.evaluator.status import DONE
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.compiled import CompiledDeadline
    from escalate.evaluator.history import History
    from escalate.evaluator.prepared import Prepared
    from escalate.evaluator.program import Program
    from escalate.evaluator.triggers import Triggers

__all__ = ["Settled", "settle", "undisturbed"]


class Settled:
    """A ticket from ``begun`` on, and before ``until``: meanwhile no deadline comes due.

    ``plain`` tells whether the short way is open to it at all; only then is the rest there.
    What is filled in later is one value each time, since threads may share a ticket.
    """

    __slots__ = (
        "acted",
        "active",
        "answered",
        "asking",
        "before",
        "begun",
        "calm",
        "due",
        "hold",
        "horizon",
        "look",
        "looking",
        "missed",
        "missing",
        "noted",
        "outcomes",
        "parts",
        "phased",
        "plain",
        "quiet",
        "rested",
        "review",
        "row",
        "spent",
        "until",
        "view",
        "warned",
    )

    def __init__(self, program: Program, known: Prepared, now: int) -> None:
        self.begun, self.until, self.plain = -NEVER, NEVER, _is_plain(program, known)
        if not self.plain:
            return
        hist, standing = known.hist, known.standing
        ctx = Context(known.ticket, EMPTY, now, hist, known.values, program.read_clock)
        ctx.missing.update(known.missing)
        self.active = standing is not None
        readings: dict[str, Reading] = {}
        self.due: dict[str, int | None] = {}
        if standing is None:
            self.before = program.stand(hist.level, hist.owner, hist.assignee)
        else:
            self.before = known.before
            readings, self.due = deadlines_of(ctx, standing.level)
        for read in readings.values():
            due = read.tally.due
            if due is not None and due > now:
                self.until = min(self.until, due)
            elif due is not None:
                self.begun = max(self.begun, due)
        self.missed: list[tuple[CompiledDeadline, str]] = []
        """The deadlines that fire, each with its key."""
        for deadline in () if standing is None else standing.level.deadlines:
            missed = readings.get(deadline.name)
            if missed is not None and missed.state == "breached" and missed.running:
                key = deadline_key(ctx, deadline)
                if key not in hist.keys:
                    self.missed.append((deadline, key))
        self.horizon = ctx.horizon
        """When the first of the deadlines that run is due."""
        self.missing = tuple(sorted(ctx.missing))
        self.noted = tuple(ctx.warnings)
        self.warned = tuple([Warned(*noted) for noted in ctx.warnings])
        triggers = program.triggers
        self.view = triggers.view(known.values, ctx.since())
        self.look, self.row = self.view.look, self.view.row
        self.asking = self.view.asking | triggers.unusual
        """The triggers that cannot be looked up, or go by more than the ticket's cycle."""
        self.spent = _spent(triggers, hist)
        """The triggers that have fired for their only cause."""
        self.phased = triggers.for_phase[hist.phase]
        self.looking = self.phased & ~self.spent
        self.acted = max(hist.acted.values(), default=-NEVER)
        self.rested = (NEVER, NEVER)
        """From when until when no trigger but those that are spent can hold."""
        self.answered = ctx.knows("agent-reply")
        self.hold = plain_reason(program, hist.phase, self.before, self.due, now)
        self.review: int | None = None
        """When the owner is reminded that it lies untouched, once that is worked out."""
        self.calm = (NEVER, NEVER)
        """From when until when the owner is neither warned nor reminded of anything, as far as
        it was asked. Until the later instant the triggers, and so the horizon, stay the same."""
        self.parts = _to_hold(program, known, self)
        """A decision's fields, in their order, where nothing is to be done."""
        self.quiet = (NEVER, 0)
        """From when until when the owner is neither warned nor reminded."""
        keys = tuple([key for _, key in self.missed])
        place = (known.path_id, self.before, hist.phase, hist.cycle, hist.moves, keys)
        self.outcomes = program.outcomes_at(place)
        """What came of firing for tickets that stand the same."""

    def context(self, program: Program, known: Prepared, desk: Desk, now: int) -> Context:
        """A context that knows what is settled."""
        ctx = Context(known.ticket, desk, now, known.hist, known.values, program.read_clock)
        ctx.missing.update(self.missing)
        ctx.warnings = list(self.noted)
        return ctx


def _to_hold(program: Program, known: Prepared, settled: Settled) -> list[Any]:
    return [
        known.ticket.id,
        0,
        program.zone,
        "hold",
        None,
        (),
        None,
        known.path_id,
        settled.before,
        settled.before,
        settled.due,
        {},
        (),
        settled.missing,
        settled.warned,
        settled.hold,
        None,
        program.id,
        None,
        None,
        None,
    ]


def _spent(triggers: Triggers, hist: History) -> int:
    cycle, spent = str(hist.cycle), 0
    for key in hist.keys:
        if key.startswith("trigger:"):
            name, _, of = key[8:].rpartition(":")
            if of == cycle:
                spent |= triggers.by_id.get(name, 0)
    return spent


def settle(program: Program, known: Prepared, now: int) -> Settled:
    """What is settled of a ticket, worked out anew once a deadline has come due."""
    settled = known.settled
    if settled is None or not settled.begun <= now < settled.until:
        settled = known.settled = Settled(program, known, now)
    return settled


def _is_plain(program: Program, known: Prepared) -> bool:
    """Whether nothing but the instant, the triggers and the desk has a say from now on."""
    hist, standing, review = known.hist, known.standing, program.review
    if known.since < hist.created:  # it is not there yet
        return False
    if hist.next_unseen is not None or (review is not None and not review.fixed):
        return False
    if program.urgency is not None and not program.urgency.fixed:
        return False
    if standing is None:
        return hist.phase in DONE and (hist.owner is not None or hist.level is None)
    return all(deadline.goal.fixed for deadline in standing.level.deadlines)


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
