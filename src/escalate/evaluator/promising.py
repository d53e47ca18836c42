"""Comparisons of what the customer was promised.

Language: "Facts that conditions may read"; "Actions", promises.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from escalate.evaluator.measures import DERIVED, compare, elapsed_at_least
from escalate.evaluator.names import Names
from escalate.evaluator.operators import MAKERS
from escalate.evaluator.passing import amounts
from escalate.evaluator.truth import FALSE, NO_EVENTS, TRUE, Asks, Truth, conjunction, truth
from escalate.policy.condition import Compare, Test
from escalate.policy.facts import Fact
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.context import Context

__all__ = ["promise_leaf"]


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
        measure = DERIVED[name](measure, timeline.position(promise.due) - begun)
        return conjunction([compare(measure, op, xs) for op, xs in operands])

    return ask
