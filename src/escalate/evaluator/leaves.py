"""Compiled comparisons, one maker for each source of facts.

Language: "Facts that conditions may read". A maker takes a comparison and answers a
function of the context; what can be done once per policy is done here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from escalate.evaluator.operators import MAKERS, Tester
from escalate.evaluator.readings import ABSENT
from escalate.evaluator.truth import FALSE, TRUE, Asks, Truth, conjunction, truth, unknown
from escalate.policy.condition import Compare, Requested, Test
from escalate.policy.facts import Fact, Facts
from escalate.worktime import Duration, Timeline, find_zone, to_us, wall_to_us
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.context import Context

__all__ = ["Names", "leaf", "requested", "since_of"]

Since = Callable[["Context"], tuple[bool, int | None]]
_NO_EVENTS: Final = unknown("events")
_UP: Final = {"lt", "lte", "gt", "gte"}


@dataclass(frozen=True, slots=True)
class Names:
    """What names in conditions stand for."""

    facts: Facts
    clocks: Mapping[str, int]
    timelines: Mapping[str, Timeline]
    calendar: Timeline
    zone: str


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
            return _NO_EVENTS
        if value is None:
            return unknown(name)
        return TRUE if all(test(value) for test in tests) else FALSE

    return ask


# What time has passed since something.


def _duration(node: Compare, fact: Fact, names: Names) -> Asks:
    timeline = names.calendar if node.calendar is None else names.timelines[node.calendar]
    since = since_of(node.fact)
    tests = [(t.op, _amounts(t)) for t in node.tests if t.op != "exists"]
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
            return _NO_EVENTS
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
            return _NO_EVENTS
        if base is None:
            return FALSE
        due = position(base) + amount
        if position(ctx.now) >= due:
            return TRUE if wanted else FALSE
        return (not wanted, instant(due), ())

    return ask


def _amounts(test: Test) -> tuple[Duration, ...]:
    operands = test.value if isinstance(test.value, tuple) else (test.value,)
    return tuple(Duration.parse(str(o)) for o in operands)


def _amount(duration: Duration, timeline: Timeline, base: int) -> int:
    if not duration.workdays:
        return duration.us
    return timeline.between(base, timeline.add_workdays(base, duration.workdays))


def since_of(fact: str) -> Since:
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


# What clocks show.


def _clock(node: Compare, fact: Fact, names: Names) -> Asks:
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
            return _NO_EVENTS
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
        operands = [(t.op, tuple(Fraction(d.us) for d in _amounts(t))) for t in tests]

    def ask(ctx: Context) -> Truth:
        reading = ctx.clock(index)
        if reading.state == "unknown":
            return _NO_EVENTS
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


def _promise(node: Compare, fact: Fact, names: Names) -> Asks:
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
            return _NO_EVENTS
        state, promise, _ = ctx.promised
        holds = all(test(state) for test in testers)
        return truth(holds, promise.due if promise is not None and state == "open" else NEVER)

    return ask


def _promise_measure(node: Compare, name: str, tests: Sequence[Test], names: Names) -> Asks:
    timeline = names.calendar if node.calendar is None else names.timelines[node.calendar]
    operands = [(t.op, tuple(Fraction(d.us) for d in _amounts(t))) for t in tests]

    def ask(ctx: Context) -> Truth:
        if not ctx.hist.known:
            return _NO_EVENTS
        promise = ctx.promised.promise
        if promise is None:
            return FALSE
        begun = timeline.position(promise.made)
        elapsed = timeline.position(ctx.now) - begun
        measure = elapsed_at_least(elapsed, lambda x: timeline.instant(begun + x))
        measure = _DERIVED[name](measure, timeline.position(promise.due) - begun)
        return conjunction([compare(measure, op, xs) for op, xs in operands])

    return ask


# Calendars, the desk, requests.


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


_SOURCES: Final[Mapping[str, Callable[[Compare, Fact, Names], Asks]]] = {
    "snapshot": _snapshot,
    "events": _counted,
    "time": _duration,
    "clock": _clock,
    "promise": _promise,
    "calendar": _calendar,
    "desk": _desk,
}


def requested(node: Requested) -> tuple[Asks, Callable[[Context], list[int]]]:
    """Whether an open request matches, and the ordinals of those that do."""
    parts = [
        (
            part.fact,
            [MAKERS[t.op](t.value) for t in part.tests if t.op != "exists"],
            [bool(t.value) for t in part.tests if t.op == "exists"],
        )
        for part in node.parts
    ]

    def matches(ctx: Context) -> list[int]:
        found = []
        for request in ctx.hist.requests:
            if request.open and all(
                _fits(request.by if key == "by" else request.to, tests, exists)
                for key, tests, exists in parts
            ):
                found.append(request.ordinal)
        return found

    def ask(ctx: Context) -> Truth:
        if not ctx.hist.known:
            return _NO_EVENTS
        return TRUE if matches(ctx) else FALSE

    return ask, matches


def _fits(value: str | None, tests: Sequence[Tester], exists: Sequence[bool]) -> bool:
    if any((value is not None) != wanted for wanted in exists):
        return False
    return (value is not None or not tests) and all(test(value) for test in tests)
