"""The short way to a decision.

Most tickets of a desk stand where they stood: at a level, with an owner, no deadline missed
yet. Of these most hold, and for most of the others something plain is to be done: they move
up, owners are told. What such a decision comes to is settled when the ticket is prepared, up
to the instant and the triggers (`settled`); what firing comes to is the same for every
ticket that stands the same, and remembered (`repeating`). Whatever is not plain is left to
`deciding`, the whole way, which knows nothing of this one; tests hold the two to the same
bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from escalate.decision import ClockState, Decision, Warned
from escalate.desk import Desk
from escalate.evaluator.context import Context
from escalate.evaluator.firing import Firing
from escalate.evaluator.outcome import clock_states
from escalate.evaluator.prepared import Prepared
from escalate.evaluator.repeating import repeat
from escalate.evaluator.settled import Settled, undisturbed
from escalate.evaluator.truth import TRUE
from escalate.worktime.epoch import DAY
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.program import Program

__all__ = ["quick"]

# A named tuple's own constructor costs twice this, which takes the fields in their order.
_new = tuple.__new__
_NO_CLOCKS: Final[Mapping[str, ClockState]] = {}


def quick(program: Program, known: Prepared, desk: Desk, now: int) -> Decision | None:
    """The decision, if it is a plain one."""
    look = known.look
    if look is None or desk.away:
        return None
    settled = known.settled
    if settled is None or not settled.begun <= now < settled.until:
        settled = known.settled = Settled(program, known, now)
    ctx, rests = None, 0
    since, until, waiting = settled.rested
    if not since <= now < until:
        held, waiting = look(known.row, now)
        firing = held & settled.looking
        if firing & settled.asking:
            ctx = settled.context(program, known, desk, now)
            found = _asked(program, known, settled, ctx, firing)
            if found is None:
                return None
            firing = found
        if firing or settled.missed:
            return repeat(program, known, settled, desk, now, ctx, firing)
        waiting &= settled.looking
        rests = held & settled.spent
    since, horizon = settled.steady
    if not since <= now < horizon or ctx is not None:
        horizon = settled.horizon
        first, asked = program.triggers.index.first_due(waiting, known.view)
        if asked:
            ctx = ctx or settled.context(program, known, desk, now)
            if not _waits(program, known, ctx, asked):
                return None
        if first < horizon:
            horizon = first
        if rests and ctx is None:
            settled.rested = (now, horizon, waiting)
        since, until = settled.calm
        if not since <= now < until:
            horizon = undisturbed(program, known, settled, now, horizon)
        elif until < horizon:
            horizon = until
        if horizon <= now:
            return None
        if ctx is None:
            settled.steady = (now, horizon)
    clocks, missing, warned = _NO_CLOCKS, settled.missing, settled.warned
    if program.clock_names and ctx is None:
        ctx = settled.context(program, known, desk, now)
    if ctx is not None:
        clocks = clock_states(program, ctx)
        missing = tuple(sorted(ctx.missing))
        warned = tuple(Warned(*w) for w in ctx.warnings)
        if ctx.horizon < horizon:
            horizon = ctx.horizon
    following: int | None = horizon
    if horizon >= NEVER:
        following = now + DAY if settled.active else None
    before = settled.before
    sentence = settled.sentence or settled.to_hold(program, known, now)
    parts = (
        known.ticket.id, now, program.zone, "hold", None, (), None, known.path_id, before, before,
        settled.due, clocks, (), missing, warned, sentence, following, program.id, None, None, None,
    )  # fmt: skip
    return _new(Decision, parts)


def _asked(
    program: Program, known: Prepared, settled: Settled, ctx: Context, possible: int
) -> int | None:
    """Of the triggers that are possible, those that fire, once those that cannot be looked
    up are asked; ``None`` if one fires that needs the whole way."""
    triggers, view = program.triggers, known.view
    in_words = view.asking | triggers.index.ending
    firing = Firing(program)
    for place in triggers.index.places(possible & settled.asking):
        trigger = triggers.asked(place, view)
        if trigger.simple:
            holds, horizon, missing = trigger.when(ctx)
            if holds:
                continue
            ctx.note(horizon, missing)
        else:
            firing.trigger(ctx, trigger, known.standing, None if in_words >> place & 1 else TRUE)
            if firing.causes or firing.lacking or firing.waiting:
                return None
        possible ^= 1 << place
    return possible


def _waits(program: Program, known: Prepared, ctx: Context, asked: int) -> bool:
    """Note when triggers that do not hold yet can; no if one of them is not plain."""
    triggers = program.triggers
    for place in triggers.index.places(asked):
        trigger = triggers.asked(place, known.view)
        if not trigger.simple:
            return False
        _, horizon, missing = trigger.when(ctx)
        ctx.note(horizon, missing)
    return True
