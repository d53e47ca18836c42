"""What a comparison looked at, in a form for people. Language: "The decision", trace."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from escalate.decision import duration_text
from escalate.evaluator.names import Names
from escalate.evaluator.passing import since_of
from escalate.evaluator.readings import ABSENT
from escalate.policy.condition import Compare, Requested
from escalate.worktime import from_us

if TYPE_CHECKING:
    from escalate.evaluator.context import Context

__all__ = ["saw", "saw_requests"]


def saw(ctx: Context, node: Compare, names: Names) -> Any:
    """The fact's value now: a plain value, a duration, a state, or ``None`` if unknown."""
    fact = names.facts[node.fact]
    match fact.source:
        case "snapshot":
            value = ctx.values.get(node.fact)
            if fact.kind == "instant" and isinstance(value, int):
                return from_us(value, names.zone).isoformat()
            return list(value) if isinstance(value, tuple) else value
        case "events":
            if not ctx.hist.known:
                return None
            if node.fact == "last_customer_text":
                return ctx.hist.customer_text
            return ctx.hist.counts[node.fact]
        case "time":
            known, base = since_of(node.fact)(ctx)
            if not known:
                return None
            if base is None:
                return "never"
            timeline = names.calendar if node.calendar is None else names.timelines[node.calendar]
            return duration_text(timeline.between(base, ctx.now))
        case "clock":
            return _clock(ctx, node.fact, names)
        case "promise":
            return _promise(ctx, node, names)
        case "calendar":
            timeline = names.timelines[node.fact.split(".", 1)[1]]
            return "open" if timeline.is_open(ctx.now) else "closed"
        case "authority":
            nothing = False if fact.kind == "boolean" else 0
            return names.facts.powers[node.fact].get(ctx.values.get("owner") or "", nothing)
        case _:
            value = ctx.desk_value(node.fact)
            return round(float(value), 3) if isinstance(value, Fraction) else value


def _clock(ctx: Context, fact: str, names: Names) -> Any:
    _, name, *measure = fact.split(".")
    reading = ctx.clock(names.clocks[name])
    if not measure or reading.state in ("unknown", "not-started"):
        return reading.state
    if measure[0] == "elapsed":
        return duration_text(reading.elapsed)
    target = reading.target
    if target is None or target == ABSENT:
        return None
    if measure[0] == "percent":
        return 100 if target == 0 else reading.elapsed * 100 // target
    left = target - reading.elapsed
    return duration_text(max(left if measure[0] == "remaining" else -left, 0))


def _promise(ctx: Context, node: Compare, names: Names) -> Any:
    if not ctx.hist.known:
        return None
    measure, (state, promise, _) = node.fact.partition(".")[2], ctx.promised
    if not measure:
        return state
    if promise is None:
        return "none"
    timeline = names.calendar if node.calendar is None else names.timelines[node.calendar]
    left = timeline.position(promise.due) - timeline.position(ctx.now)
    return duration_text(max(left if measure == "remaining" else -left, 0))


def saw_requests(ctx: Context, node: Requested) -> Any:
    """The open requests, or ``None`` where the history is not known."""
    if not ctx.hist.known:
        return None
    return [{"by": r.by, "to": r.to} for r in ctx.hist.requests if r.open]
