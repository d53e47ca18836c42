"""One decision, step by step. Language: "The decision", "Triggers", "Levels and paths"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from escalate.decision import Action, ClockState, Decision, Stand, Step, Warned
from escalate.desk import Desk
from escalate.evaluator.actions import Actions, winning_sets
from escalate.evaluator.compiled import CompiledLevel
from escalate.evaluator.context import Context
from escalate.evaluator.firing import Cause, Firing, Lacking
from escalate.evaluator.goals import reading
from escalate.evaluator.prepared import prepared
from escalate.evaluator.readings import Reading
from escalate.evaluator.reason import reason
from escalate.evaluator.reminders import Nudge, asks, reminder, review, review_due, warning
from escalate.evaluator.standing import Move, Standing, Unclear
from escalate.evaluator.timers import Run
from escalate.evaluator.words import lookup
from escalate.ticket import Ticket
from escalate.worktime import Duration
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.program import Program

__all__ = ["Deciding"]

_DAY = 86_400_000_000
_ACTIVE = ("open", "waiting")


class Deciding:
    """The way from a ticket to its decision. What it learns stays readable for the trace."""

    def __init__(self, program: Program, ticket: Ticket, desk: Desk, now: int) -> None:
        self.program = program
        self.known = known = prepared(program, ticket, now)
        self.hist = hist = known.hist
        self.ctx = Context(ticket, desk, now, hist, known.values, program.read_clock)
        if known.missing:
            self.ctx.missing.update(known.missing)
        self.active = hist.phase in _ACTIVE
        self.firing = Firing(program.ladder, program.calendar, program.policy.similar, program.zone)
        self.standing: Standing | None = None
        self.path_id = known.path_id
        self.owner = hist.owner
        self.readings: dict[str, Reading] = {}
        self.due: dict[str, int | None] = {}
        self.review_at: int | None = None

    def run(self) -> Decision:
        """Everything that a decision needs, in order."""
        program, ctx, hist, known = self.program, self.ctx, self.hist, self.known
        if self.active:
            standing = self.standing = program.ladder.stand(ctx, known.path, known.path_id)
            if standing.entering or standing.owner != hist.owner:
                ctx.fresh = standing.fresh
                ctx.values = {
                    **ctx.values,
                    "level": standing.level.id,
                    "owner": standing.owner,
                    "assignee": standing.assignee,
                }
            if not standing.entering and hist.entry_assumed:
                ctx.warn("ESC937", "when the ticket came to its level is not known")
            self._deadlines(standing)
        elif hist.level is not None and hist.owner is None:
            level = program.ladder.by_id.get(hist.level)
            self.owner = None if level is None else program.ladder.named_owner(ctx, level)
            ctx.values = {**ctx.values, "owner": self.owner}
        self._fire()
        causes = self.firing.causes
        won = winning_sets(causes)
        ends = self._ends(won)
        mover = None if ends else self.firing.farthest()
        return self._decided(causes, won, ends, mover)

    # What is looked at.

    def _deadlines(self, standing: Standing) -> None:
        """How the present level's deadlines stand."""
        if standing.entering:
            return
        ctx, hist = self.ctx, self.hist
        runs = {run.spec.name: run for run in hist.deadlines}
        for deadline in standing.level.deadlines:
            run = runs.get(deadline.name)
            if run is None or not run.live:
                continue
            if not hist.known and deadline.name != "resolve" and not ctx.knows("agent-reply"):
                ctx.missing.add("events")
                continue
            read = reading(ctx, run, deadline.goal)
            self.readings[deadline.name] = read
            self.due[deadline.name] = read.due
            if read.state == "running" and read.due is not None:
                ctx.note(read.due)

    def _fire(self) -> None:
        program, ctx, standing = self.program, self.ctx, self.standing
        phase = self.hist.phase
        for index in program.candidates(ctx.values):
            trigger = program.triggers[index]
            if phase in trigger.phases:
                self.firing.trigger(ctx, trigger, standing)
        if standing is not None:
            for deadline in standing.level.deadlines:
                read = self.readings.get(deadline.name)
                if read is not None:
                    self.firing.deadline(ctx, deadline, read, standing)

    def _ends(self, won: dict[str, tuple[str, Any]]) -> bool:
        """Whether what is set resolves or closes an active ticket; a `set` that would
        reopen one is dropped. Finer point 25."""
        if "status" not in won:
            return False
        phase = self.program.statuses.phase(str(won["status"][1]))
        if self.active:
            return phase not in _ACTIVE
        if phase in _ACTIVE:
            self.ctx.warn("ESC940", f"a ticket is not reopened by setting `{won['status'][1]}`")
            del won["status"]
        return False

    # What comes of it.

    def _decided(
        self,
        causes: list[Cause],
        won: dict[str, tuple[str, Any]],
        ends: bool,
        mover: Cause | None,
    ) -> Decision:
        program, ctx, hist, standing = self.program, self.ctx, self.hist, self.standing
        if standing is not None and not standing.entering:
            before = Stand(standing.level.id, standing.owner, standing.assignee)
        else:
            before = Stand(hist.level, self.owner, hist.assignee)
        after, kind, key = before, None, None
        level: CompiledLevel | None = None
        step: Step = "hold"
        if mover is not None and isinstance(mover.wants, Move):
            move = mover.wants
            level, owner = move.level, move.owner
            step = "escalate" if move.step == "escalate" else "transfer"
            kind = level.kind if step == "escalate" else "functional"
        elif standing is not None and standing.entering and not ends:
            level, owner, step = standing.level, program.ladder.enter(ctx, standing), "enter"
            kind = level.kind
        else:
            owner = None
        if level is not None:
            assignee = None if owner is None else program.people.assignee(ctx, owner)
            after = Stand(level.id, owner, assignee)
            key = f"{step}:{hist.moves}"
            self._begin_deadlines(level, step, won)
        nudges: list[Nudge] = []
        if level is None and standing is not None and not ends:
            nudges = self._nudges(standing)
            self._review(nudges)
        actions = self._actions(causes, won, mover, step, level, key, before, after, nudges)
        if level is None:
            if any(nudge.action == "ask" for nudge in nudges):
                step = "ask"
            elif causes or actions:
                step = "act"
        if ends:
            self.due = {}
        clocks = self._clocks()
        trigger = mover.name if mover is not None else (causes[0].name if causes else None)
        return Decision(
            ctx.ticket.id,
            ctx.now,
            program.zone,
            step,
            trigger,
            tuple(cause.fired for cause in causes),
            kind,
            self.path_id,
            before,
            after,
            self.due,
            clocks,
            tuple(actions),
            tuple(sorted(ctx.missing)),
            tuple(Warned(code, message) for code, message in ctx.warnings),
            reason(self, step, trigger, before, after, actions),
            self._next(step),
            program.id,
            key,
        )

    def _nudges(self, standing: Standing) -> list[Nudge]:
        """What the present owner is asked, warned and reminded of."""
        ctx, program = self.ctx, self.program
        nudges: list[Nudge] = []
        lacking: list[Lacking] = self.firing.lacking
        if lacking:
            again = self._review_duration()
            nudges += asks(ctx, lacking, again, program.calendar)
        nudges += [Nudge("remind", key, about) for key, about in self.firing.reminders]
        for deadline in standing.level.deadlines:
            read = self.readings.get(deadline.name)
            if read is not None and read.running:
                found = warning(ctx, deadline, read)
                if found is not None:
                    nudges.append(found)
        level = standing.level
        if level.remind is not None and level.remind_goal is not None:
            run = next((r for r in self.hist.deadlines if r.spec.name == "remind"), None)
            known = self.hist.known or ctx.knows("agent-reply")
            if run is not None and run.live and known:
                read = reading(ctx, run, level.remind_goal)
                found = reminder(ctx, level.id, level.remind, read, run.begun)
                if found is not None:
                    nudges.append(found)
        return nudges

    def _review_duration(self) -> Duration | None:
        review_ = self.program.review
        if review_ is None:
            return self.program.usual_review
        chosen = review_.choose(self.ctx)
        self.ctx.note(chosen.horizon, chosen.missing)
        return chosen.value

    def _review(self, nudges: list[Nudge]) -> None:
        """The reminder that the ticket lies untouched, unless another reaches the owner."""
        program, ctx = self.program, self.ctx
        chosen = None if program.review is None else program.review.choose(ctx)
        due = review_due(ctx, chosen, program.usual_review, program.calendar)
        self.review_at = due
        if due is None:
            return
        if ctx.now < due:
            ctx.note(due)
        elif all(nudge.action == "ask" for nudge in nudges):
            nudges.append(review(ctx))

    def _begin_deadlines(
        self, level: CompiledLevel, step: Step, won: dict[str, tuple[str, Any]]
    ) -> None:
        """The deadlines as they stand after the step."""
        ctx, hist = self.ctx, self.hist
        status = str(won["status"][1]) if "status" in won else hist.status
        entered = {timer.name: timer for timer in level.timers}
        if step != "transfer":
            self.due = {}
        answered = hist.known or ctx.knows("agent-reply")
        for deadline in level.deadlines:
            if step == "transfer" and deadline.name != "acknowledge":
                continue
            if not answered and deadline.name != "resolve":
                ctx.missing.add("events")
                continue
            run = Run(entered[deadline.name])
            run.start(ctx.now, status, False)
            self.due[deadline.name] = reading(ctx, run, deadline.goal).due

    def _actions(
        self,
        causes: list[Cause],
        won: dict[str, tuple[str, Any]],
        mover: Cause | None,
        step: Step,
        level: CompiledLevel | None,
        key: str | None,
        before: Stand,
        after: Stand,
        nudges: list[Nudge],
    ) -> list[Action]:
        program, ctx = self.program, self.ctx
        if not causes and not nudges and level is None:
            return []
        acting = [cause for cause in causes if not cause.spent]
        made = Actions(
            ctx,
            program.people,
            program.messages,
            lambda: lookup(program, ctx, won, after, self.due),
        )
        if level is not None and key is not None:
            made.assign(key, after.owner, after.assignee)
        for cause in acting:
            made.notices(cause.key, cause.effects.notices)
        if level is not None and key is not None:
            if after.owner is not None:
                made.notify(f"{key}/notify", after.owner)
            if step != "transfer":
                made.notices(key, level.notices)
        made.flush_notices()
        decider = mover if mover is not None else (acting[0] if acting else None)
        told = decider is not None and made.tell(decider.key, decider.effects.tell)
        if not told and level is not None and key is not None and step != "transfer":
            made.tell(key, level.tell)
        made.sets(acting, won)
        for cause in acting:
            made.do(cause)
        if level is not None and key is not None and step != "transfer":
            items = [item for item in level.requires if item not in ctx.hist.documented]
            if items:
                made.ask(f"{key}/ask", before.owner or after.owner, items)
        for cause in acting:
            if isinstance(cause.wants, Unclear):
                made.ask(f"{cause.key}/ask", after.owner or before.owner, ["to"])
        owner = self.standing.owner if self.standing is not None else None
        for nudge in nudges:
            made.nudge(nudge, owner)
        return made.made

    def _clocks(self) -> dict[str, ClockState]:
        ctx, now = self.ctx, self.ctx.now
        shown = {}
        for i, name in enumerate(self.program.clock_names):
            read = ctx.clock(i)
            if read.state == "running" and read.due is not None:
                ctx.note(read.due)
            shown[name] = read.shown(now)
        return shown

    def _next(self, step: Step) -> int | None:
        """When to ask again."""
        ctx = self.ctx
        if step != "hold":
            return ctx.now
        if self.hist.next_unseen is not None:
            ctx.note(self.hist.next_unseen)
        if ctx.horizon < NEVER:
            return ctx.horizon
        return ctx.now + _DAY if self.active else None
