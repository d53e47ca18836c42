"""Comparisons of the time that has passed since something.

Language: "Facts that conditions may read", durations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from escalate.evaluator.measures import compare, elapsed_at_least
from escalate.evaluator.names import Names
from escalate.evaluator.truth import FALSE, NO_EVENTS, TRUE, Asks, Truth, conjunction
from escalate.policy.condition import Compare, Test
from escalate.policy.facts import Fact
from escalate.worktime import Duration, Timeline

if TYPE_CHECKING:
    from escalate.evaluator.context import Context

__all__ = ["amounts", "duration_leaf", "since_of"]

Since = Callable[["Context"], tuple[bool, int | None]]


def duration_leaf(node: Compare, fact: Fact, names: Names) -> Asks:
    """What is asked of a duration, in working time since something happened."""
    timeline = names.calendar if node.calendar is None else names.timelines[node.calendar]
    since = since_of(node.fact)
    tests = [(t.op, amounts(t)) for t in node.tests if t.op != "exists"]
    exists = [bool(t.value) for t in node.tests if t.op == "exists"]
    if len(node.tests) == 1 and node.tests[0].op in ("gte", "lt"):
        ((op, (amount,)),) = tests
        if not amount.workdays:
            return _one_duration(since, timeline, amount.us, op == "gte")

    def ask(ctx: Context) -> Truth:
        known, base = since(ctx)
        if any((base is not None and known) != wanted for wanted in exists):
            return FALSE
        if not tests:
            return TRUE
        if not known:
            return NO_EVENTS
        if base is None:
            return FALSE
        begun = timeline.position(base)
        elapsed = timeline.position(ctx.now) - begun
        measure = elapsed_at_least(elapsed, lambda x: timeline.instant(begun + x))
        return conjunction(
            [compare(measure, op, [_amount(a, timeline, base) for a in xs]) for op, xs in tests]
        )

    return ask


def _one_duration(since: Since, timeline: Timeline, amount: int, wanted: bool) -> Asks:
    """At least so much, or less: what nearly every author asks of a duration."""
    position, instant = timeline.position, timeline.instant

    def ask(ctx: Context) -> Truth:
        known, base = since(ctx)
        if not known:
            return NO_EVENTS
        if base is None:
            return FALSE
        due = position(base) + amount
        if position(ctx.now) >= due:
            return TRUE if wanted else FALSE
        return (not wanted, instant(due), ())

    return ask


def amounts(test: Test) -> tuple[Duration, ...]:
    """The durations that an operator compares with."""
    return tuple(Duration.parse(str(o)) for o in test.operands)


def _amount(duration: Duration, timeline: Timeline, base: int) -> int:
    if not duration.workdays:
        return duration.us
    return timeline.between(base, timeline.add_workdays(base, duration.workdays))


def since_of(fact: str) -> Since:
    """Whether it is known since when a fact counts, and that instant in microseconds, if it
    has come."""
    if fact == "age":
        return lambda ctx: (True, ctx.hist.created)
    if fact == "idle":
        return lambda ctx: (ctx.hist.known, ctx.hist.idle_from)
    if fact == "at_level":
        return lambda ctx: (True, None if ctx.fresh else ctx.hist.entered)
    kind, moment = fact.split(".", 1)
    first = kind == "since_first"

    def since(ctx: Context) -> tuple[bool, int | None]:
        hist = ctx.hist
        found = (hist.first if first else hist.last).get(moment)
        return ctx.knows(moment), found

    return since
