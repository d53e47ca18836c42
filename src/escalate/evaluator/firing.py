"""Which triggers and missed deadlines fire, and what each of them wants.

Language: "Triggers", "Deadlines"; finer points 21 to 33.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from escalate.decision import Fired
from escalate.evaluator.causes import base_key, deadline_key, next_free, problem_key
from escalate.evaluator.compiled import CompiledDeadline, CompiledEffects, CompiledTrigger
from escalate.evaluator.context import Context
from escalate.evaluator.nudge import Nudge
from escalate.evaluator.readings import Reading
from escalate.evaluator.standing import Move, Standing, Unclear, Wait
from escalate.evaluator.truth import Truth
from escalate.worktime import Timeline
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.program import Program

__all__ = ["Cause", "Firing", "Lacking"]


class Cause(NamedTuple):
    """Something that fires, with what its movement comes to."""

    name: str
    key: str
    effects: CompiledEffects
    wants: Move | Unclear | None = None
    requests: tuple[int, ...] = ()
    spent: bool = False

    @property
    def fired(self) -> Fired:
        """The cause as a decision tells of it."""
        return tuple.__new__(Fired, (self[0], self[1], self[4], self[5]))


class Lacking(NamedTuple):
    """A cause that waits for what its hand-over must document."""

    name: str
    level: str
    goal: str
    items: tuple[str, ...]


class Firing:
    """Gathers what fires, what waits and what is asked for.

    ``reminders`` are those that deadlines without a way up send once; ``verdicts`` tells
    why each trigger looked at fired or not, for the trace.
    """

    __slots__ = (
        "causes",
        "lacking",
        "program",
        "reminders",
        "verdicts",
        "waiting",
    )

    def __init__(self, program: Program) -> None:
        self.program = program
        self.verdicts: dict[str, str] = {}
        self.causes: list[Cause] = []
        self.lacking: list[Lacking] = []
        self.waiting: list[tuple[str, Wait]] = []
        self.reminders: list[Nudge] = []

    def trigger(
        self, ctx: Context, trigger: CompiledTrigger, standing: Standing | None, known: Truth | None
    ) -> None:
        """Look at one trigger that could hold; ``known`` is what is known of it already."""
        key: str | None = None
        if trigger.simple:
            key = f"{trigger.prefix}{ctx.hist.cycle}"
            if key in ctx.hist.keys:
                self.verdicts[trigger.id] = "has fired for this cause"
                return
        elif not trigger.requests or trigger.once is not None:
            key = self._unspent(ctx, trigger, ())
            if key is None:
                return
        holds, horizon, missing = trigger.when(ctx) if known is None else known
        if not holds:
            ctx.note(horizon, missing)
            self.verdicts[trigger.id] = "unknown" if holds is None else "does not hold"
            return
        matched: tuple[int, ...] = ()
        if trigger.requests:
            matched = tuple(sorted({n for match in trigger.matching for n in match(ctx)}))
        if key is None:
            key = self._unspent(ctx, trigger, matched)
            if key is None:
                # It was looked at before it was known to be spent, and once it no longer
                # holds, what it lacks is missing.
                ctx.note(horizon)
                return
        if ctx.hist.acted.get(trigger.id) == ctx.now:
            self.verdicts[trigger.id] = "has acted at this instant"
            self.causes.append(Cause(trigger.id, key, trigger.effects, None, matched, True))
            return
        effects = trigger.effects
        wants = None
        if effects.moves and standing is not None and trigger.may_move:
            found = self.program.ladder.wanted(ctx, standing, effects, matched)
            if isinstance(found, Wait):
                ctx.note(horizon)
                self._wait(ctx, trigger.id, found)
                return
            wants = found
        if effects.requires and self._lacks(ctx, trigger.id, effects, standing, wants):
            ctx.note(horizon)
            return
        self.causes.append(tuple.__new__(Cause, (trigger.id, key, effects, wants, matched, False)))
        self.verdicts[trigger.id] = "fired"

    def _unspent(
        self, ctx: Context, trigger: CompiledTrigger, matched: tuple[int, ...]
    ) -> str | None:
        """The key of the trigger's cause, unless it has fired for it."""
        if trigger.once == "problem":
            key = problem_key(ctx, trigger, self.program.similar, self.program.zone)
            spent = key in ctx.hist.keys or key in ctx.desk.fired
        else:
            key = base_key(ctx, trigger, matched)
            spent = key in ctx.hist.keys
        if not spent:
            return key
        self.verdicts[trigger.id] = "has fired for this cause"
        if trigger.repeat is None:
            return None
        count, last = next_free(ctx, key)
        times = trigger.repeat.times
        at = ctx.hist.keys.get(last or "")
        if at is None or (times is not None and count > times):
            return None
        due = _later(
            self.program.calendar, at, trigger.repeat.every.us, trigger.repeat.every.workdays
        )
        if ctx.now < due:
            ctx.note(due)
            return None
        return f"{key}:{count}"

    def _wait(self, ctx: Context, name: str, wait: Wait) -> None:
        self.waiting.append((name, wait))
        self.verdicts[name] = f"waits: {wait.why}"
        if not wait.quiet:
            ctx.warn("ESC938", f"`{name}` cannot move the ticket: {wait.why}")

    def _lacks(
        self,
        ctx: Context,
        name: str,
        effects: CompiledEffects,
        standing: Standing | None,
        wants: Move | Unclear | None,
    ) -> bool:
        """Whether the hand-over lacks something that the cause requires."""
        if standing is None:
            return False
        if effects.moves and not isinstance(wants, Move):
            return False
        items = tuple(i for i in effects.requires if i not in ctx.hist.documented)
        if not items:
            return False
        if standing.entering:
            # Whoever has it then is asked once it has entered.
            self.verdicts[name] = "waits: the ticket enters first"
            return True
        goal = "-"
        if isinstance(wants, Move):
            goal = wants.level.id if wants.step == "escalate" else str(wants.owner)
        self.lacking.append(Lacking(name, standing.level.id, goal, items))
        self.verdicts[name] = "waits for " + ", ".join(f"`{item}`" for item in items)
        return True

    def deadline(
        self, ctx: Context, deadline: CompiledDeadline, reading: Reading, standing: Standing
    ) -> None:
        """Look at one deadline of the present level."""
        if reading.state != "breached" or not reading.running:
            return
        key, name = deadline_key(ctx.hist, deadline), deadline.cause
        if key in ctx.hist.keys:
            self.verdicts[name] = "has fired for this cause"
            return
        if ctx.hist.acted.get(name) == ctx.now:
            self.causes.append(Cause(name, key, deadline.effects, spent=True))
            return
        found = (
            self.program.ladder.wanted(ctx, standing, deadline.effects, ())
            if deadline.effects.moves
            else None
        )
        if isinstance(found, Wait):
            self._wait(ctx, name, found)
            if f"{key}/waiting" not in ctx.hist.keys:
                self.reminders.append(Nudge("remind", f"{key}/waiting", name))
            return
        effects = deadline.effects
        if effects.requires and self._lacks(ctx, name, effects, standing, found):
            return
        if found is None and deadline.effects.escalate == "next":
            # It comes with the cause, which does not come again.
            self.reminders.append(Nudge("remind", f"{key}/remind", name, waits=False))
        self.causes.append(Cause(name, key, deadline.effects, found))
        self.verdicts[name] = "fired"

    def farthest(self) -> Cause | None:
        """The cause whose movement is made: the highest escalation, else a transfer."""
        best: Cause | None = None
        farthest = -2
        for cause in self.causes:  # as written, triggers before deadlines: the first wins
            move = cause.wants
            if isinstance(move, Move) and not cause.spent:
                rank = move.level.rank if move.step == "escalate" else -1
                if rank > farthest:
                    best, farthest = cause, rank
        return best


def _later(timeline: Timeline, us: int, amount: int, workdays: int) -> int:
    return timeline.add_workdays(us, workdays) if workdays else timeline.add(us, amount)


def after(timeline: Timeline, us: int, amount: int, workdays: int, times: int = 1) -> int:
    """The instant a duration, taken so many times, after another."""
    if amount == 0 and not workdays:
        return NEVER
    return _later(timeline, us, amount * times, workdays * times)
