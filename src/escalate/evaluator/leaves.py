"""Compiled comparisons, one maker for each source of facts.

Language: "Facts that conditions may read". A maker takes a comparison and answers a
function of the context; what can be done once per policy is done here. Those of durations,
clocks, promises and requests have files of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from escalate.evaluator.names import Names
from escalate.evaluator.operators import MAKERS, Tester
from escalate.evaluator.passing import duration_leaf
from escalate.evaluator.promising import promise_leaf
from escalate.evaluator.running import clock_leaf
from escalate.evaluator.truth import FALSE, NO_EVENTS, TRUE, Asks, Truth, truth, unknown
from escalate.policy.condition import Compare, Test
from escalate.policy.facts import Fact
from escalate.worktime import find_zone, to_us, wall_to_us

if TYPE_CHECKING:
    from escalate.evaluator.context import Context

__all__ = ["leaf", "verdict"]

_UP: Final = {"lt", "lte", "gt", "gte"}


def leaf(node: Compare, names: Names) -> Asks:
    """The compiled comparison."""
    fact = names.facts[node.fact]
    return _SOURCES[fact.source](node, fact, names)


# What the snapshot says.


def tester(test: Test, fact: Fact, zone: str) -> Tester:
    """The operator as a plain test of a value that is there."""
    if fact.kind == "instant":
        instants = tuple(_instant(o, zone) for o in test.operands)
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
    if len(node.tests) == 1 and node.tests[0].op != "exists":
        test = tester(node.tests[0], fact, names.zone)

        def ask_one(ctx: Context) -> Truth:
            value = ctx.values.get(name)
            if value is None:
                return absent
            return TRUE if test(value) else FALSE

        return ask_one
    told = verdict(node, names)

    def ask(ctx: Context) -> Truth:
        holds = told(ctx.values.get(name))
        return absent if holds is None else TRUE if holds else FALSE

    return ask


def verdict(node: Compare, names: Names) -> Callable[[object], bool | None]:
    """What a comparison says of a value; ``None`` stands for an absent value, and for unknown."""
    fact = names.facts[node.fact]
    tests = [tester(t, fact, names.zone) for t in node.tests if t.op != "exists"]
    exists = [bool(t.value) for t in node.tests if t.op == "exists"]

    def told(value: object) -> bool | None:
        if any((value is not None) != wanted for wanted in exists):
            return False
        if value is None:
            return None if tests else True
        return all(test(value) for test in tests)

    return told


# What is counted from events.


def _counted(node: Compare, fact: Fact, names: Names) -> Asks:
    told = verdict(node, names)
    name = node.fact
    absent = unknown(name)

    def ask(ctx: Context) -> Truth:
        hist = ctx.hist
        value = hist.customer_text if name == "last_customer_text" else hist.counts[name]
        holds = told(value if hist.known else None)
        if holds is None:
            return absent if hist.known else NO_EVENTS
        return TRUE if holds else FALSE

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
    told = verdict(node, names)
    absent = unknown(node.fact)
    name = node.fact

    def ask(ctx: Context) -> Truth:
        holds = told(ctx.desk_value(name))
        return absent if holds is None else TRUE if holds else FALSE

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
