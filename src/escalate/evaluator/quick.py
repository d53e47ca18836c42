"""The short way to a decision.

Most tickets of a desk stand where they stood: at a level, with an owner, no deadline missed
yet. Of these most hold, and for most of the others something plain is to be done: they move
up, owners are told. What such a decision comes to is settled when the ticket is prepared, up
to the instant and the triggers. Whatever is not plain is left to `deciding`, the whole way,
which knows nothing of this one; tests hold the two to the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalate.decision import ClockState, Decision, Warned
from escalate.desk import Desk
from escalate.evaluator.context import Context
from escalate.evaluator.firing import Cause, Firing
from escalate.evaluator.outcome import clock_states
from escalate.evaluator.plainly import act
from escalate.evaluator.prepared import Prepared
from escalate.evaluator.settled import settle, undisturbed
from escalate.evaluator.truth import TRUE
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.program import Program

__all__ = ["quick"]

_DAY = 86_400_000_000
_NO_CLOCKS: dict[str, ClockState] = {}
# A named tuple's own constructor costs twice this, which takes the fields in their order.
_new = tuple.__new__


def quick(program: Program, known: Prepared, desk: Desk, now: int) -> Decision | None:
    """The decision, if it is a plain one."""
    settled = known.settled
    if settled is None or not settled.begun <= now < settled.until:
        settled = settle(program, known, now)
    if not settled.plain or desk.away:
        return None
    hist, triggers = known.hist, program.triggers
    keys, cycle, phase = hist.keys, hist.cycle, hist.phase
    found, later = settled.look(
        settled.row, known.values, now, hist.created, settled.entered, settled.idle, settled.asked
    )
    horizon = settled.horizon
    ctx: Context | None = None
    firing: Firing | None = None
    causes: list[Cause] = []
    sure, made = triggers.sure, triggers.made
    for number in found:
        trigger = made[number] or triggers[number]
        if phase not in trigger.phases:
            continue
        if number >= sure and trigger.simple:
            key = f"{trigger.prefix}{cycle}"
            if key not in keys:
                if hist.acted.get(trigger.id) == now:
                    return None
                causes.append(_new(Cause, (trigger.id, key, trigger.effects, None, (), False)))
            continue
        if firing is None or ctx is None:
            firing, ctx = Firing(program), settled.context(program, known, desk, now)
        firing.trigger(ctx, trigger, known.standing, TRUE if number >= sure else None)
        if firing.lacking or firing.waiting:
            return None
        causes += firing.causes
        firing.causes.clear()
    if causes or settled.missed:
        return act(program, known, settled, desk, now, ctx, causes)
    if ctx is not None and ctx.horizon < horizon:
        horizon = ctx.horizon
    for number, due in later:
        if due < horizon:
            trigger = triggers[number]
            if phase in trigger.phases:
                if not trigger.simple:
                    return None
                if f"{trigger.prefix}{cycle}" not in keys:
                    horizon = due
    horizon = undisturbed(program, known, settled, now, horizon)
    if horizon <= now:
        return None
    clocks, missing, warned = _NO_CLOCKS, settled.missing, settled.warned
    if program.clock_names and ctx is None:
        ctx = settled.context(program, known, desk, now)
    if ctx is not None:
        clocks = clock_states(program, ctx)
        horizon = min(horizon, ctx.horizon)
        missing, warned = tuple(sorted(ctx.missing)), tuple(Warned(*w) for w in ctx.warnings)
    before = settled.before
    following: int | None = horizon
    if horizon >= NEVER:
        following = now + _DAY if settled.active else None
    return _new(
        Decision,
        (
            known.ticket.id,
            now,
            program.zone,
            "hold",
            None,
            (),
            None,
            known.path_id,
            before,
            before,
            settled.due.copy(),
            clocks,
            (),
            missing,
            warned,
            settled.hold,
            following,
            program.id,
            None,
            None,
            None,
        ),
    )
