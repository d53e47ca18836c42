"""Which triggers hold, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalate.desk import Desk
from escalate.evaluator.context import Context
from escalate.evaluator.deciding import Deciding

if TYPE_CHECKING:
    from escalate.evaluator.prepared import Prepared
    from escalate.evaluator.program import Program

__all__ = ["holding"]


def holding(program: Program, known: Prepared, desk: Desk, now: int) -> tuple[str, ...]:
    """The ids of the triggers whose conditions hold, fired or not, as written."""
    triggers, hist = program.triggers, known.hist
    if known.look is None:
        ctx = Deciding(program, known, desk, now).ctx
        view, looking = triggers.view(ctx.values, ctx.since()), triggers.for_phase[hist.phase]
    else:
        ctx = Context(known.ticket, desk, now, hist, known.values, program.read_clock)
        view, looking = known.view, known.phased
    held = view.look(view.row, now)[0] & looking
    for place in triggers.index.places(held & view.asking):
        if not triggers.asked(place, view).when(ctx)[0]:
            held ^= 1 << place
    return triggers.named(held)
