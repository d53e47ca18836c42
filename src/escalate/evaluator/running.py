"""Comparisons of what runs: clocks, and what the customer was promised.

Language: "Facts that conditions may read"; "Time".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from escalate.evaluator.measures import (
    AtLeast,
    compare,
    elapsed_at_least,
    overdue,
    percent,
    remaining,
)
from escalate.evaluator.names import Names
from escalate.evaluator.operators import MAKERS
from escalate.evaluator.passing import amounts
from escalate.evaluator.readings import ABSENT
from escalate.evaluator.truth import (
    FALSE,
    NO_EVENTS,
    TRUE,
    Asks,
    Truth,
    conjunction,
    truth,
    unknown,
)
from escalate.policy.condition import Compare, Test
from escalate.policy.facts import Fact
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.context import Context

__all__ = ["clock_leaf", "promise_leaf"]


def clock_leaf(node: Compare, fact: Fact, names: Names) -> Asks:
    """What is asked of a clock: its state, or one of its measures."""
    _, name, *measure = node.fact.split(".")
    index = names.clocks[name]
    exists = [bool(t.value) for t in node.tests if t.op == "exists"]
    tests = [t for t in node.tests if t.op != "exists"]
    ask = _clock_measure(index, measure[0], tests) if measure else _clock_state(index, tests)
    if not exists:
        return ask

    def with_exists(ctx: Context) -> Truth:
        reading = ctx.clock(index)
        there = reading.state != "unknown" and (not measure or reading.cycle > 0)
        if there and measure and measure[0] != "elapsed":
            there = reading.target is not None
        if any(there != wanted for wanted in exists):
            return FALSE
        return ask(ctx) if tests else TRUE

    return with_exists


def _clock_state(index: int, tests: Sequence[Test]) -> Asks:
    testers = [MAKERS[t.op](t.value) for t in tests]

    def ask(ctx: Context) -> Truth:
        reading = ctx.clock(index)
        state = reading.state
        if state == "unknown":
            return NO_EVENTS
        if reading.target == ABSENT and state in ("running", "met"):
            verdicts = {all(test(s) for test in testers) for s in (state, "breached")}
            if len(verdicts) > 1:
                return unknown(reading.field or "")
        holds = all(test(state) for test in testers)
        return truth(holds, reading.due or NEVER if state == "running" else NEVER)

    return ask


def _clock_measure(index: int, name: str, tests: Sequence[Test]) -> Asks:
    if name == "percent":
        operands = [(t.op, tuple(Fraction(str(v)) for v in _many(t))) for t in tests]
    else:
        operands = [(t.op, tuple(Fraction(d.us) for d in amounts(t))) for t in tests]

    def ask(ctx: Context) -> Truth:
        reading = ctx.clock(index)
        if reading.state == "unknown":
            return NO_EVENTS
        if reading.cycle == 0:
            return FALSE
        measure: AtLeast = elapsed_at_least(reading.elapsed, reading.reached)
        if name != "elapsed":
            if reading.target == ABSENT:
                return unknown(reading.field or "")
            if reading.target is None:
                return FALSE
            measure = _DERIVED[name](measure, reading.target)
        return conjunction([compare(measure, op, xs) for op, xs in operands])

    return ask


def _many(test: Test) -> tuple[Any, ...]:
    return test.value if isinstance(test.value, tuple) else (test.value,)


_DERIVED: Final[Mapping[str, Callable[[AtLeast, int], AtLeast]]] = {
    "remaining": remaining,
    "overdue": overdue,
    "percent": percent,
}


# What the customer was promised.


def promise_leaf(node: Compare, fact: Fact, names: Names) -> Asks:
    """What is asked of the promise that counts: how it stands, or one of its measures."""
    measure = node.fact.partition(".")[2]
    exists = [bool(t.value) for t in node.tests if t.op == "exists"]
    tests = [t for t in node.tests if t.op != "exists"]
    ask = _promise_measure(node, measure, tests, names) if measure else _promise_state(tests)
    if not exists:
        return ask

    def with_exists(ctx: Context) -> Truth:
        there = ctx.hist.known and (not measure or ctx.promised.promise is not None)
        if any(there != wanted for wanted in exists):
            return FALSE
        return ask(ctx) if tests else TRUE

    return with_exists


def _promise_state(tests: Sequence[Test]) -> Asks:
    testers = [MAKERS[t.op](t.value) for t in tests]

    def ask(ctx: Context) -> Truth:
        if not ctx.hist.known:
            return NO_EVENTS
        state, promise, _ = ctx.promised
        holds = all(test(state) for test in testers)
        return truth(holds, promise.due if promise is not None and state == "open" else NEVER)

    return ask


def _promise_measure(node: Compare, name: str, tests: Sequence[Test], names: Names) -> Asks:
    timeline = names.calendar if node.calendar is None else names.timelines[node.calendar]
    operands = [(t.op, tuple(Fraction(d.us) for d in amounts(t))) for t in tests]

    def ask(ctx: Context) -> Truth:
        if not ctx.hist.known:
            return NO_EVENTS
        promise = ctx.promised.promise
        if promise is None:
            return FALSE
        begun = timeline.position(promise.made)
        elapsed = timeline.position(ctx.now) - begun
        measure = elapsed_at_least(elapsed, lambda x: timeline.instant(begun + x))
        measure = _DERIVED[name](measure, timeline.position(promise.due) - begun)
        return conjunction([compare(measure, op, xs) for op, xs in operands])

    return ask
