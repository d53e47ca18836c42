"""Which triggers hold, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalate.desk import Desk
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.settled import Settled

if TYPE_CHECKING:
    from escalate.evaluator.prepared import Prepared
    from escalate.evaluator.program import Program

__all__ = ["holding"]


def holding(program: Program, known: Prepared, desk: Desk, now: int) -> tuple[str, ...]:
    """The ids of the triggers whose conditions hold, fired or not, as written."""
    triggers, settled = program.triggers, known.settled
    if settled is None or not settled.begun <= now < settled.until:
        settled = known.settled = Settled(program, known, now)
    if settled.plain:
        looking = settled.phased
        held = settled.look(settled.row, now)[0] & looking
        if not held & settled.asked:
            found = triggers.names.get(held)
            return triggers.named(held) if found is None else found
        view, ctx = settled.view, settled.context(program, known, desk, now)
    else:
        ctx = Deciding(program, known, desk, now).ctx
        view, looking = triggers.view(ctx.values, ctx.since()), triggers.for_phase[known.hist.phase]
        held = view.look(view.row, now)[0] & looking
    for place in triggers.index.places(held & view.asking):
        if not triggers.asked(place, view).when(ctx)[0]:
            held ^= 1 << place
    return triggers.named(held)
