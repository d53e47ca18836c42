"""What firing comes to, remembered for the next ticket that stands the same.

The end of the short way (`quick`). Where a ticket only moves up, or owners are told, or both,
all of the decision but the instants is the same for every ticket that stands at the same
level with the same owner and has moved as often, if the same fires: it is decided once by
the whole way and repeated from then on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from escalate.decision import Decision, Warned
from escalate.desk import Desk
from escalate.evaluator.context import Context
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.goals import GoalSpec
from escalate.evaluator.outcome import clock_states
from escalate.evaluator.readings import due_from
from escalate.evaluator.settled import Settled, undisturbed
from escalate.evaluator.standing import Move
from escalate.worktime.timeline import NEVER, Timeline

if TYPE_CHECKING:
    from escalate.evaluator.prepared import Prepared
    from escalate.evaluator.program import Program

__all__ = ["Outcome", "repeat"]

# A named tuple's own constructor costs twice this, which takes the fields in their order.
_new = tuple.__new__
_TICKET, _NOW, _DEADLINES, _CLOCKS, _MISSING, _WARNINGS, _NEXT = map(
    Decision._fields.index,
    ("ticket", "now_us", "deadlines", "clocks", "missing", "warnings", "next_us"),
)


class Outcome(NamedTuple):
    """What came of it: a decision's fields, in their order. ``begun`` are the deadlines that
    begin with the movement, each with the statuses in which it stands still, its target, and
    that in working time where it is the same for every ticket; ``None`` where the ticket
    stays. It is so within the ``hours`` of those who are told."""

    parts: list[Any]
    hours: tuple[Timeline, ...]
    begun: tuple[tuple[str, frozenset[str], GoalSpec, int | None], ...] | None


_NEW = Outcome([], (), None)


def repeat(
    program: Program,
    known: Prepared,
    settled: Settled,
    desk: Desk,
    now: int,
    ctx: Context | None,
    firing: int,
) -> Decision | None:
    """The decision where these triggers fire; ``None`` if it is not the same every time."""
    if not settled.active or now <= settled.acted:
        return None
    outcomes = settled.outcomes
    if outcomes is None:
        outcomes = settled.fired(program, known)
    outcome = outcomes.get(firing, _NEW)
    if outcome is _NEW:
        deciding = Deciding(program, known, desk, now)
        decided = deciding.run()
        made = _outcome(deciding, decided, settled, firing)
        if made is None or all(hours.is_open(now) for hours in made.hours):
            program.remember(outcomes, firing, made)
        return decided
    if outcome is None:
        return None
    for hours in outcome.hours:
        if not hours.is_open(now):
            return None  # what they are told is held
    due: dict[str, int | None]
    if outcome.begun is not None:
        due = {}
        status = known.hist.status
        for name, pauses, goals, amount in outcome.begun:
            if not (name == "resolve" or known.hist.known):
                ctx = ctx or settled.context(program, known, desk, now)
                if not ctx.knows("agent-reply"):
                    return None
            if amount is not None and goals.always is not None:
                us = NEVER if status in pauses else goals.always.timeline.add(now, amount)
                due[name] = us if us < NEVER else None
                continue
            if ctx is None:
                ctx = settled.context(program, known, desk, now)
            # Asked also where it stands still: what its cases lack is missing.
            goal = goals.goal(ctx)
            due[name] = None if status in pauses else due_from(now, goal)
    elif not (
        settled.calm[0] <= now < settled.calm[1]
        or undisturbed(program, known, settled, now, now + 1) > now
    ):
        return None
    else:
        due = settled.due
    parts = outcome.parts.copy()
    if program.clock_names and ctx is None:
        ctx = settled.context(program, known, desk, now)
    if ctx is None:
        parts[_MISSING], parts[_WARNINGS] = settled.missing, settled.warned
    else:
        parts[_CLOCKS] = clock_states(program, ctx)
        parts[_MISSING] = tuple(sorted(ctx.missing))
        parts[_WARNINGS] = tuple(Warned(*w) for w in ctx.warnings)
    parts[_TICKET], parts[_DEADLINES] = known.ticket.id, due
    parts[_NOW] = parts[_NEXT] = now
    return _new(Decision, parts)


def _outcome(
    deciding: Deciding, decided: Decision, settled: Settled, firing: int
) -> Outcome | None:
    """What is the same of this decision for every ticket that stands the same, if all but
    the instants is."""
    program, people, causes = deciding.program, deciding.program.people, deciding.firing.causes
    places = program.triggers.index.places(firing)
    fired = [program.policy.triggers[place].id for place in places]
    fired += [deadline.cause for deadline, _ in settled.missed]
    if [cause.name for cause in causes] != fired:
        return None
    if deciding.firing.waiting or deciding.firing.lacking or deciding.firing.reminders:
        return None
    standing, mover = deciding.standing, deciding.firing.farthest()
    owners = [] if mover is None else [decided.to.owner]
    for cause in causes:
        if cause.effects.plain is None:
            return None
        owners += cause.effects.plain
    told = [None if owner is None else people.plain(owner) for owner in owners]
    if program.urgency is not None or None in told:
        return None
    if standing is None or not all(level.same_for_all for level in standing.path):
        return None
    begun = None
    if mover is None:
        # Where a deadline is missed and nobody is above, the owner may have to be reminded.
        if settled.missed or any(action.action != "notify" for action in decided.actions):
            return None
    else:
        level = mover.wants.level if isinstance(mover.wants, Move) else None
        if level is None or not level.silent:
            return None
        counted = [
            (deadline, timer.pauses)
            for deadline, timer in zip(level.deadlines, level.timers, strict=False)
            if deadline.counts(decided.to.owner)
        ]
        if not all(deadline.goal.fixed and not deadline.by_owner for deadline, _ in counted):
            return None
        begun = tuple((d.name, pauses, d.goal, _amount(d.goal)) for d, pauses in counted)
    hours = {id(one.calendar): one.calendar for one in told if one is not None}
    return Outcome([*decided], tuple(h for h in hours.values() if h is not None), begun)


def _amount(goals: GoalSpec) -> int | None:
    """A target in working time, the same for every ticket."""
    return None if goals.always is None else goals.always.us
