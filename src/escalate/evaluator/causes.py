"""What names a cause, so that nothing ever acts twice for it.

Language: "Triggers", once per cause; finer points 29 to 36. Keys are made of names and
ordinals, never of instants (a problem's day excepted).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from escalate.evaluator.compiled import CompiledDeadline, CompiledTrigger
from escalate.evaluator.context import Context
from escalate.evaluator.history import History
from escalate.worktime import from_us

__all__ = ["base_key", "deadline_key", "next_free", "problem_key"]

_ESCAPES: Final = str.maketrans({":": "%3A", ",": "%2C", "%": "%25", "/": "%2F"})


def base_key(ctx: Context, trigger: CompiledTrigger, matched: Sequence[int]) -> str:
    """The key of the trigger's present cause."""
    if trigger.once == "ticket":
        return f"trigger:{trigger.id}:ticket"
    if matched:
        return f"trigger:{trigger.id}:request={matched[0]}"
    if trigger.clocks or trigger.promises:
        cycles = [f"{name}={ctx.clock(i).cycle}" for name, i in trigger.clocks]
        if trigger.promises:
            cycles.append(f"promise.{ctx.promised.number}")
        return f"trigger:{trigger.id}:{','.join(cycles)}"
    return f"{trigger.prefix}{ctx.hist.cycle}"


def problem_key(ctx: Context, trigger: CompiledTrigger, similar: Sequence[str], zone: str) -> str:
    """The key of the wide problem that the ticket is part of; or its own."""
    values = []
    for name in similar:
        value = ctx.values.get(name)
        if value is None:
            ctx.note(ctx.horizon, (name,))
            return f"trigger:{trigger.id}:ticket={ctx.ticket.id.translate(_ESCAPES)}"
        values.append(str(value).translate(_ESCAPES))
    if not values:
        return f"trigger:{trigger.id}:ticket={ctx.ticket.id.translate(_ESCAPES)}"
    day = from_us(ctx.hist.created, zone).date().isoformat()
    return f"trigger:{trigger.id}:{','.join(values)}:{day}"


def deadline_key(hist: History, deadline: CompiledDeadline) -> str:
    """The key of a deadline of the present visit, begun anew by a transfer or not."""
    level = deadline.cause.split(":")[1]
    key = f"deadline:{level}:{hist.visit}:{deadline.name}"
    if deadline.anew and hist.anew:
        key += f":{hist.anew}"
    return key


def next_free(ctx: Context, base: str) -> tuple[int, str | None]:
    """How often a repeated cause has acted, and the key with which it did last."""
    keys = ctx.hist.keys
    if base not in keys:
        return 0, None
    count, last = 1, base
    while f"{base}:{count}" in keys:
        last = f"{base}:{count}"
        count += 1
    return count, last
