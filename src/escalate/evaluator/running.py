"""Comparisons of clocks: their state, and their measures.

Language: "Facts that conditions may read"; "Time".
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from escalate.evaluator.measures import DERIVED, AtLeast, compare, elapsed_at_least
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

__all__ = ["clock_leaf"]


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
        operands = [(t.op, tuple(Fraction(str(v)) for v in t.operands)) for t in tests]
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
            measure = DERIVED[name](measure, reading.target)
        return conjunction([compare(measure, op, xs) for op, xs in operands])

    return ask
