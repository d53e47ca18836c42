"""Quiet hours: what staff is told then is held back until they end, unless it is urgent.

Language: "Notices".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from escalate.decision import NOTHING, instant_text
from escalate.evaluator.conditions import CompiledCases
from escalate.evaluator.context import Context

if TYPE_CHECKING:
    from escalate.evaluator.program import Program

__all__ = ["delivery", "is_urgent"]

_URGENT: Mapping[str, Any] = {"urgency": "urgent"}


def is_urgent(program: Program, ctx: Context, own: CompiledCases[str] | None = None) -> bool:
    """Whether something is: by a word of its own, else by the policy's."""
    for cases in (own, program.urgency):
        if cases is not None:
            chosen = cases.choose(ctx)
            ctx.note(chosen.horizon, chosen.missing)
            if chosen.value is not None:
                return chosen.value == "urgent"
    return False


def delivery(program: Program, ctx: Context, owner: str | None, urgent: bool) -> Mapping[str, Any]:
    """What an action says of when its owner is told: nothing where it is at once as ever."""
    if urgent:
        return _URGENT
    until = program.people.quiet_until(owner, ctx.now)
    return NOTHING if until is None else {"hold_until": instant_text(until, program.zone)}
