"""What a decision looks at, in order. Language: "The decision", "Triggers", "Deadlines".

What it learns stays readable afterwards, for the sentence and the trace; what comes of
it is ``outcome``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from escalate.decision import Decision, Stand
from escalate.desk import Desk
from escalate.evaluator.actions import winning_sets
from escalate.evaluator.compiled import CompiledLevel
from escalate.evaluator.context import Context
from escalate.evaluator.firing import Firing
from escalate.evaluator.goals import deadlines_of, reading
from escalate.evaluator.nudge import Nudge
from escalate.evaluator.outcome import hold, not_yet, outcome
from escalate.evaluator.prepared import Prepared
from escalate.evaluator.quiet import is_urgent
from escalate.evaluator.readings import Reading
from escalate.evaluator.reminders import asks, reminder, review, review_due, warning
from escalate.evaluator.standing import Standing
from escalate.evaluator.status import ACTIVE
from escalate.evaluator.timers import Run
from escalate.evaluator.truth import TRUE
from escalate.worktime import Duration

if TYPE_CHECKING:
    from escalate.evaluator.program import Program

__all__ = ["Deciding"]


class Deciding:
    """The way from a ticket to its decision."""

    __slots__ = (
        "active",
        "before",
        "ctx",
        "due",
        "ends",
        "firing",
        "hist",
        "path_id",
        "program",
        "readings",
        "standing",
    )

    def __init__(self, program: Program, known: Prepared, desk: Desk, now: int) -> None:
        self.program = program
        self.hist = hist = known.hist
        self.ctx = ctx = Context(known.ticket, desk, now, hist, known.values, program.read_clock)
        if known.missing:
            ctx.missing.update(known.missing)
        self.path_id = known.path_id
        self.active = hist.phase in ACTIVE
        self.firing = Firing(program)
        self.readings: dict[str, Reading] = {}
        self.due: dict[str, int | None] = {}
        self.ends = False
        self.standing: Standing | None = known.standing
        if known.standing is not None:
            self.before = known.before
            return
        if self.active:
            standing = self.standing = program.ladder.stand(ctx, known.path)
            if standing.entering or standing.owner != hist.owner:
                ctx.fresh = standing.fresh
                ctx.values = {**ctx.values, "level": standing.level.id}
                if not standing.fresh:  # else it is still whose it was, if anybody's
                    ctx.values |= {"owner": standing.owner, "assignee": standing.assignee}
        self.before = self._before(self.standing)

    def _before(self, standing: Standing | None) -> Stand:
        """Where the ticket stands before the step."""
        program, hist = self.program, self.hist
        if standing is not None and not standing.fresh:
            return program.stand(standing.level.id, standing.owner, standing.assignee)
        owner = hist.owner
        if standing is None and owner is None and hist.level is not None:
            level = program.ladder.by_id.get(hist.level)
            if level is not None:
                owner = program.ladder.named_owner(self.ctx, level)
                self.ctx.values = {**self.ctx.values, "owner": owner}
        return program.stand(hist.level, owner, hist.assignee)

    def run(self) -> Decision:
        """Everything that a decision needs, in order."""
        if self.ctx.now < self.hist.created:
            return not_yet(self)
        standing = self.standing
        self.look_at_deadlines()
        self._fire()
        firing = self.firing
        causes = firing.causes
        won = winning_sets(causes) if causes and self.program.sets else {}
        ends = self.ends = bool(won) and self._ends(won)
        mover = firing.farthest() if causes and not ends else None
        entering = standing is not None and standing.entering and not ends
        nudges: list[Nudge] = []
        if standing is not None and mover is None and not entering and not ends:
            if standing.level.nudges or firing.lacking or firing.reminders:
                nudges = self.nudges(standing.level)
            self._review(nudges)
        if ends:
            self.due = {}
        if causes or nudges or entering:
            return outcome(self, won, mover, entering, nudges)
        return hold(self)

    # What is looked at.

    def look_at_deadlines(self) -> None:
        """How the present level's deadlines stand."""
        if self.standing is not None and not self.standing.entering:
            self.readings, self.due = deadlines_of(self.ctx, self.standing.level)

    def _fire(self) -> None:
        program, ctx, standing, firing = self.program, self.ctx, self.standing, self.firing
        triggers = program.triggers
        index, looking = triggers.index, triggers.for_phase[self.hist.phase]
        view = triggers.view(ctx.values, ctx.since())
        held, waiting = view.look(view.row, ctx.now)
        asking = view.asking
        for place in index.places(held & looking):
            asked = (asking | index.ending) >> place & 1
            trigger = triggers.asked(place, view) if asked else triggers.full(place)
            firing.trigger(ctx, trigger, standing, None if asked else TRUE)
        for place in index.places(waiting & looking):
            due = index.due(place, view)
            known = None if due is None else (False, due, ())
            firing.trigger(ctx, triggers.asked(place, view), standing, known)
        if standing is not None and self.readings:
            for deadline in standing.level.deadlines:
                read = self.readings.get(deadline.name)
                if read is not None and read.state == "breached":
                    firing.deadline(ctx, deadline, read, standing)

    def _ends(self, won: dict[str, tuple[str, Any]]) -> bool:
        """Whether what is set resolves or closes an active ticket; a `set` that would
        reopen one is dropped. Finer point 25."""
        if "status" not in won:
            return False
        phase = self.program.statuses.phase(str(won["status"][1]))
        if self.active:
            return phase not in ACTIVE
        if phase in ACTIVE:
            self.ctx.warn("ESC940", f"a ticket is not reopened by setting `{won['status'][1]}`")
            del won["status"]
        return False

    def nudges(self, level: CompiledLevel) -> list[Nudge]:
        """What the present owner is asked, warned and reminded of."""
        ctx, firing, nudges = self.ctx, self.firing, list[Nudge]()
        if firing.lacking:
            nudges += asks(ctx, firing.lacking, self._review_duration(), self.program.calendar)
        nudges += firing.reminders
        for deadline in level.deadlines:
            if deadline.warn and deadline.name in self.readings:
                found = warning(ctx, deadline, self.readings[deadline.name])
                if found is not None:
                    nudges.append(found)
        if level.remind is not None and level.remind_goal is not None:
            run: Run | None = self.hist.deadlines[-1] if self.hist.deadlines else None
            if run is not None and run.live and not ctx.knows("agent-reply"):
                ctx.missing.add("events")
            elif run is not None and run.live:
                read = reading(ctx, run, level.remind_goal)
                found = reminder(ctx, level.id, level.remind, read, run.begun)
                if found is not None:
                    nudges.append(found)
        return self._in_hours(nudges)

    def _in_hours(self, nudges: list[Nudge]) -> list[Nudge]:
        """Those whose hour it is. In the owner's quiet hours what may wait comes due only at
        their end, unless the ticket is urgent; so of several only the latest is sent."""
        if self.standing is None or not any(nudge.waits for nudge in nudges):
            return nudges
        until = self.program.people.quiet_until(self.standing.owner, self.ctx.now)
        if until is None or is_urgent(self.program, self.ctx):
            return nudges
        self.ctx.note(until)
        return [nudge for nudge in nudges if not nudge.waits]

    def _review_duration(self) -> Duration | None:
        review_ = self.program.review
        if review_ is None:
            return self.program.usual_review
        chosen = review_.choose(self.ctx)
        self.ctx.note(chosen.horizon, chosen.missing)
        return chosen.value

    def review_at(self) -> int | None:
        """When the next review is due; for the trace."""
        program, ctx = self.program, self.ctx
        if self.standing is None or self.standing.entering:
            return None
        chosen = None if program.review is None else program.review.choose(ctx)
        return review_due(ctx, chosen, program.usual_review, program.calendar)

    def _review(self, nudges: list[Nudge]) -> None:
        """The reminder that the ticket lies untouched, unless another reaches the owner."""
        program, ctx = self.program, self.ctx
        # Nearly always something else comes first, or is to be done anyway.
        surely_not_before = self.hist.desk_acted + program.review_grace
        until = ctx.now if self.firing.causes else ctx.horizon
        if ctx.now < surely_not_before and until <= surely_not_before:
            return
        chosen = None if program.review is None else program.review.choose(ctx)
        until = ctx.now if self.firing.causes else ctx.horizon
        due = review_due(ctx, chosen, program.usual_review, program.calendar)
        if due is None:
            return
        if ctx.now < due:
            ctx.note(due)
        elif all(nudge.action == "ask" for nudge in nudges):
            due_now = review(ctx, chosen, program.usual_review, program.calendar)
            nudges += self._in_hours([due_now])
