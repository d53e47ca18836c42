"""All clocks of a ticket at an instant, without a decision. Language: "Time"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalate.decision import ClockState
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.prepared import prepared

if TYPE_CHECKING:
    from escalate.desk import Desk
    from escalate.evaluator.program import Program
    from escalate.ticket import Ticket

__all__ = ["clock_states"]


def clock_states(program: Program, ticket: Ticket, desk: Desk, now: int) -> dict[str, ClockState]:
    """Every clock of the policy by name, as a decision at ``now`` shows it.

    The desk matters only to a ticket that has not entered a level yet, where a target goes
    by the level or the owner.
    """
    known = prepared(program, ticket, now)
    if now < known.hist.created:
        return dict.fromkeys(program.clock_names, ClockState("not-started"))
    ctx = Deciding(program, known, desk, now).ctx
    return {name: ctx.clock(i).shown() for i, name in enumerate(program.clock_names)}
