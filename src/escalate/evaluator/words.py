"""What placeholders in messages stand for: the state after the step.

Language: "Actions", messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from escalate.decision import Stand, minute_text
from escalate.evaluator.context import Context
from escalate.evaluator.messages import Lookup
from escalate.worktime import ZoneError, find_zone

if TYPE_CHECKING:
    from escalate.evaluator.program import Program

__all__ = ["lookup"]


def lookup(
    program: Program,
    ctx: Context,
    won: Mapping[str, tuple[str, Any]],
    stand: Stand,
    deadlines: Mapping[str, int | None],
) -> Lookup:
    """What each placeholder says after the step."""
    zone = program.zone
    wanted = ctx.values.get("customer.timezone")
    if isinstance(wanted, str):
        try:
            find_zone(wanted)
            zone = wanted
        except ZoneError:
            pass
    phase = ctx.hist.phase
    if "status" in won:
        phase = program.statuses.phase(str(won["status"][1]))
    level, owner = stand.level, stand.owner
    entered = program.ladder.by_id.get(level or "")
    after: dict[str, Any] = {
        **{name: value for name, (_, value) in won.items()},
        "level": level,
        "level.name": entered.name if entered is not None else level,
        "owner": owner,
        "owner.name": program.people.name(owner),
        "assignee": stand.assignee,
        "id": ctx.ticket.id,
        "phase": phase,
    }

    def find(name: str) -> str | None:
        bare = name.removeprefix("ticket.")
        if bare in after:
            return _text(after[bare])
        kind, _, rest = bare.partition(".")
        if kind == "deadline":
            due = deadlines.get(rest)
            return None if due is None else minute_text(due, zone)
        if kind == "clock":
            clock, _, what = rest.partition(".")
            if clock not in program.names.clocks:
                return None
            reading = ctx.clock(program.names.clocks[clock])
            if what == "due":
                return None if reading.due is None else minute_text(reading.due, zone)
            return reading.state
        if kind == "desk":
            return _text(ctx.desk_value(bare))
        if bare in ctx.hist.counts:
            return str(ctx.hist.counts[bare]) if ctx.hist.known else None
        if bare == "last_customer_text":
            return ctx.hist.customer_text
        value = ctx.values.get(bare)
        if bare == "created_at" and isinstance(value, int):
            return minute_text(value, zone)
        return _text(value)

    return find


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
