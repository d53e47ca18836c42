"""What placeholders in messages stand for: the state after the step.

Language: "Actions", messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from escalate.decision import Stand
from escalate.evaluator.context import Context
from escalate.evaluator.dates import Written
from escalate.worktime import to_us

if TYPE_CHECKING:
    from escalate.evaluator.program import Program

__all__ = ["Words"]


class Words:
    """The state after a step, in words. ``deadlines`` are those after it."""

    def __init__(
        self,
        program: Program,
        ctx: Context,
        won: Mapping[str, tuple[str, Any]],
        stand: Stand,
        deadlines: Mapping[str, int | None],
    ) -> None:
        self._program = program
        self._ctx = ctx
        self._deadlines = deadlines
        phase = ctx.hist.phase
        if "status" in won:
            phase = program.statuses.phase(str(won["status"][1]))
        level, owner = stand.level, stand.owner
        entered = program.ladder.by_id.get(level or "")
        self._after: dict[str, Any] = {
            **{name: value for name, (_, value) in won.items()},
            "level": level,
            "level.name": entered.name if entered is not None else level,
            "owner": owner,
            "owner.name": program.people.name(owner),
            "assignee": stand.assignee,
            "id": ctx.ticket.id,
            "phase": phase,
        }

    def due(self, name: str) -> int | None:
        """The instant that a placeholder gives of a deadline or a clock: what a customer
        who is told of it is promised."""
        kind, _, rest = name.removeprefix("ticket.").partition(".")
        if kind == "deadline":
            return self._deadlines.get(rest)
        clock, _, what = rest.partition(".")
        if kind == "clock" and what == "due" and clock in self._program.names.clocks:
            return self._ctx.clock(self._program.names.clocks[clock]).due
        return None

    def say(self, name: str, written: Written) -> str | None:
        """What a placeholder says, instants as ``written`` has them; ``None``: nothing."""
        ctx, bare = self._ctx, name.removeprefix("ticket.")
        if bare in self._after:
            return self._field(bare, self._after[bare], written)
        kind, _, rest = bare.partition(".")
        us: int | None
        if kind == "deadline" or (kind == "clock" and rest.endswith(".due")):
            us = self.due(bare)
        elif bare == "promise.due":
            promise = ctx.promised.promise if ctx.hist.known else None
            us = None if promise is None else promise.due
        elif kind == "clock":
            clock = self._program.names.clocks.get(rest)
            return None if clock is None else ctx.clock(clock).state
        elif kind == "desk":
            return _text(ctx.desk_value(bare))
        elif bare in ctx.hist.counts:
            return str(ctx.hist.counts[bare]) if ctx.hist.known else None
        elif bare == "last_customer_text":
            return ctx.hist.customer_text
        else:
            return self._field(bare, ctx.values.get(bare), written)
        return None if us is None else written(us)

    def _field(self, name: str, value: object, written: Written) -> str | None:
        fact = self._program.facts.get(name)
        us = _instant(value) if fact is not None and fact.kind == "instant" else None
        return _text(value) if us is None else written(us)


def _instant(value: object) -> int | None:
    """An instant of the ticket's: its creation, or a field that holds one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return to_us(moment) if moment is not None and moment.tzinfo is not None else None


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
