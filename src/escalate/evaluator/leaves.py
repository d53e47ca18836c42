"""Compiled comparisons, one maker for each source of facts.

Language: "Facts that conditions may read". A maker takes a comparison and answers a
function of the context; what can be done once per policy is done here. Those of durations,
clocks, promises and requests have files of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from escalate.evaluator.names import Names
from escalate.evaluator.operators import MAKERS, Tester
from escalate.evaluator.passing import duration_leaf
from escalate.evaluator.running import clock_leaf, promise_leaf
from escalate.evaluator.truth import FALSE, NO_EVENTS, TRUE, Asks, Truth, truth, unknown
from escalate.policy.condition import Compare, Test
from escalate.policy.facts import Fact
from escalate.worktime import find_zone, to_us, wall_to_us

if TYPE_CHECKING:
    from escalate.evaluator.context import Context

__all__ = ["leaf"]

_UP: Final = {"lt", "lte", "gt", "gte"}


def leaf(node: Compare, names: Names) -> Asks:
    """The compiled comparison."""
    fact = names.facts[node.fact]
    return _SOURCES[fact.source](node, fact, names)


# What the snapshot says.


def tester(test: Test, fact: Fact, zone: str) -> Tester:
    """The operator as a plain test of a value that is there."""
    if fact.kind == "instant":
        operands = test.value if isinstance(test.value, tuple) else (test.value,)
        instants = tuple(_instant(o, zone) for o in operands)
        inner = MAKERS[test.op](instants if isinstance(test.value, tuple) else instants[0])
        return lambda v: inner(_instant(v, zone))
    if fact.kind == "ordered" and test.op in _UP and fact.choices is not None:
        ranks = {choice: i for i, choice in enumerate(fact.choices)}
        bound = ranks.get(test.value)
        allowed = tuple(
            choice
            for choice, rank in ranks.items()
            if bound is not None and MAKERS[test.op](bound)(rank)
        )
        return MAKERS["in"](allowed)
    return MAKERS[test.op](test.value)


def _instant(value: object, zone: str) -> int | None:
    """An instant in microseconds; a local one is in the policy's zone."""
    if isinstance(value, int):
        return value
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None:
                return to_us(moment)
            return wall_to_us(moment, find_zone(zone))
    except ValueError:
        pass
    return None


def _snapshot(node: Compare, fact: Fact, names: Names) -> Asks:
    name = node.fact
    absent = unknown(name)
    tests = [tester(t, fact, names.zone) for t in node.tests if t.op != "exists"]
    exists = [bool(t.value) for t in node.tests if t.op == "exists"]
    if exists:
        return _with_exists(name, tests, exists, absent)
    if len(tests) == 1:
        (test,) = tests

        def ask_one(ctx: Context) -> Truth:
            value = ctx.values.get(name)
            if value is None:
                return absent
            return TRUE if test(value) else FALSE

        return ask_one

    def ask(ctx: Context) -> Truth:
        value = ctx.values.get(name)
        if value is None:
            return absent
        return TRUE if all(test(value) for test in tests) else FALSE

    return ask


def _with_exists(name: str, tests: Sequence[Tester], exists: Sequence[bool], absent: Truth) -> Asks:
    def ask(ctx: Context) -> Truth:
        value = ctx.values.get(name)
        if any((value is not None) != wanted for wanted in exists):
            return FALSE
        if value is None:
            return absent if tests else TRUE
        return TRUE if all(test(value) for test in tests) else FALSE

    return ask


# What is counted from events.


def _counted(node: Compare, fact: Fact, names: Names) -> Asks:
    tests = [tester(t, fact, names.zone) for t in node.tests if t.op != "exists"]
    exists = [bool(t.value) for t in node.tests if t.op == "exists"]
    name = node.fact

    def ask(ctx: Context) -> Truth:
        hist = ctx.hist
        value = hist.customer_text if name == "last_customer_text" else hist.counts[name]
        there = hist.known and value is not None
        if any(there != wanted for wanted in exists):
            return FALSE
        if not tests:
            return TRUE
        if not hist.known:
            return NO_EVENTS
        if value is None:
            return unknown(name)
        return TRUE if all(test(value) for test in tests) else FALSE

    return ask


# Calendars, the desk.


def _calendar(node: Compare, fact: Fact, names: Names) -> Asks:
    timeline = names.timelines[node.fact.split(".", 1)[1]]
    testers = [MAKERS[t.op](t.value) for t in node.tests if t.op != "exists"]
    exists = all(bool(t.value) for t in node.tests if t.op == "exists")

    def ask(ctx: Context) -> Truth:
        state = "open" if timeline.is_open(ctx.now) else "closed"
        holds = exists and all(test(state) for test in testers)
        return truth(holds, timeline.next_change(ctx.now))

    return ask


def _desk(node: Compare, fact: Fact, names: Names) -> Asks:
    tests = [tester(t, fact, names.zone) for t in node.tests if t.op != "exists"]
    exists = [bool(t.value) for t in node.tests if t.op == "exists"]
    absent = unknown(node.fact)
    name = node.fact

    def ask(ctx: Context) -> Truth:
        value = ctx.desk_value(name)
        if any((value is not None) != wanted for wanted in exists):
            return FALSE
        if not tests:
            return TRUE
        if value is None:
            return absent
        return TRUE if all(test(value) for test in tests) else FALSE

    return ask


def _authority(node: Compare, fact: Fact, names: Names) -> Asks:
    tests = [tester(t, fact, names.zone) for t in node.tests if t.op != "exists"]
    exists = all(bool(t.value) for t in node.tests if t.op == "exists")
    powers = names.facts.powers[node.fact]
    nothing = False if fact.kind == "boolean" else 0

    def ask(ctx: Context) -> Truth:
        value = powers.get(ctx.values.get("owner") or "", nothing)
        return TRUE if exists and all(test(value) for test in tests) else FALSE

    return ask


_SOURCES: Final[Mapping[str, Callable[[Compare, Fact, Names], Asks]]] = {
    "snapshot": _snapshot,
    "events": _counted,
    "time": duration_leaf,
    "clock": clock_leaf,
    "promise": promise_leaf,
    "calendar": _calendar,
    "desk": _desk,
    "authority": _authority,
}
