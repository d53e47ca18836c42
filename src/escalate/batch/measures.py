"""What grows while time passes, of many tickets: `evaluator.measures`, a column a measure.

Every comparison comes down to *since when is it at least x?*, as there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from escalate.batch.coded import Bools, Ints, Mask
from escalate.batch.extra import np
from escalate.batch.kleene import (
    TRUE,
    AllOf,
    Lacks,
    Node,
    NotOf,
    Truths,
    both,
    either,
    inverse,
    taken_at,
)
from escalate.batch.leaves import key_of
from escalate.batch.unfit import UnfitError
from escalate.evaluator.names import Names
from escalate.evaluator.operators import MAKERS
from escalate.policy.condition import Compare, Test
from escalate.worktime import Duration, Timeline
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.batch.block import Block
    from escalate.batch.readings import Readings

__all__ = ["of_clock", "of_duration"]

AtLeast = Callable[[Any, bool], Node]
"""``(x, strictly)``: whether the measure is at least (or more than) x."""
_MOST: Final = 1 << 61


def _equal(m: AtLeast, x: Any) -> Node:
    return AllOf((m(x, False), NotOf(m(x, True))))


def _none_of(m: AtLeast, xs: Sequence[Any]) -> Node:
    return AllOf([NotOf(_equal(m, x)) for x in xs])


_COMPARE: Final[Mapping[str, Callable[[AtLeast, Sequence[Any]], Node]]] = {
    "gte": lambda m, xs: m(xs[0], False),
    "gt": lambda m, xs: m(xs[0], True),
    "lt": lambda m, xs: NotOf(m(xs[0], False)),
    "lte": lambda m, xs: NotOf(m(xs[0], True)),
    "eq": lambda m, xs: _equal(m, xs[0]),
    "ne": lambda m, xs: NotOf(_equal(m, xs[0])),
    "in": lambda m, xs: NotOf(_none_of(m, xs)),
    "not_in": _none_of,
}


def _durations(test: Test) -> tuple[Duration, ...]:
    operands = test.value if isinstance(test.value, tuple) else (test.value,)
    return tuple(Duration.parse(str(o)) for o in operands)


class Constant:
    """The same for every row and always."""

    timed = False
    kept = False

    def __init__(self, truths: Truths) -> None:
        self._truths = truths

    def value(self, block: Block) -> Truths:
        return self._truths

    def until(self, block: Block, rows: Ints) -> Ints:
        return np.full(len(rows), NEVER)

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        return


class Where:
    """A measure that is not known, or not there, of some rows: unknown of those, false of
    these."""

    timed = True
    kept = True

    def __init__(
        self,
        key: Any,
        inner: Node,
        known: Callable[[Block], Mask],
        there: Callable[[Block], Mask],
        lacking: str,
    ) -> None:
        self.key = key
        self._inner, self._known, self._there, self._lacking = inner, known, there, lacking

    def value(self, block: Block) -> Truths:
        known, there = self._known(block), self._there(block)
        sure = both(both(block.value(self._inner).sure, known), there)
        return Truths(sure, sure if known is True else either(sure, inverse(known)))

    def until(self, block: Block, rows: Ints) -> Ints:
        there = taken_at(both(self._known(block), self._there(block)), rows)
        found = np.full(len(rows), NEVER)
        if there.any():
            found[there] = self._inner.until(block, rows[there])
        return found

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        into.add(self._lacking, rows)


class _With:
    """`exists` beside comparisons of a measure."""

    kept = False

    def __init__(self, inner: Node, exists: Sequence[bool], there: Callable[[Block], Mask]) -> None:
        self._inner, self._exists, self._there = inner, exists, there
        self.timed = inner.timed

    def value(self, block: Block) -> Truths:
        one = block.value(self._inner)
        fits = self._fits(block)
        return Truths(both(one.sure, fits), both(one.maybe, fits))

    def _fits(self, block: Block) -> Mask:
        fits: Mask = True
        for wanted in self._exists:
            there = self._there(block)
            fits = both(fits, there if wanted else inverse(there))
        return fits

    def until(self, block: Block, rows: Ints) -> Ints:
        until = self._inner.until(block, rows)
        return np.where(taken_at(self._fits(block), rows), until, NEVER)

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        self._inner.lacks(block, rows, into)


# What time has passed since something.


class _Passed:
    """So much working time has passed since a moment, of rows that know it."""

    timed = True
    kept = True

    def __init__(self, fact: str, timeline: Timeline, amount: Duration, strictly: bool) -> None:
        self.key = ("passed", fact, id(timeline), amount.us, amount.workdays, strictly)
        self._fact, self._timeline, self._amount = fact, timeline, amount
        self._more = int(strictly)

    def value(self, block: Block) -> Truths:
        if self._amount.workdays:
            base = block.base(self._fact)
            elapsed = block.elapsed(base, self._timeline)
            found: Mask = elapsed >= self._whole(block, base)
            return Truths(found, found)
        # So much has passed where the moment lies no later than this.
        timeline = self._timeline
        latest = timeline.latest(timeline.position(block.now) - self._amount.us - self._more)
        found = block.base(self._fact) <= latest
        return Truths(found, found)

    def _whole(self, block: Block, base: Ints) -> Any:
        if not self._amount.workdays:
            return self._amount.us + self._more
        working = block.working(self._timeline)
        until = working.add_workdays(base, self._amount.workdays)
        return working.position(until) - working.position(base) + self._more

    def until(self, block: Block, rows: Ints) -> Ints:
        base = block.base(self._fact)[rows]
        working = block.working(self._timeline)
        reached = working.instant(working.position(base) + self._whole(block, base))
        return np.where(taken_at(block.value(self).sure, rows), NEVER, reached)

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        return


def of_duration(node: Compare, names: Names) -> Node:
    """A comparison with the time since something."""
    timeline = names.calendar if node.calendar is None else names.timelines[node.calendar]
    fact = node.fact
    tests = [(t.op, _durations(t)) for t in node.tests if t.op != "exists"]
    exists = [bool(t.value) for t in node.tests if t.op == "exists"]

    def measure(amount: Duration, strictly: bool) -> Node:
        return _Passed(fact, timeline, amount, strictly)

    def known(block: Block) -> Mask:
        return block.since(fact)[0]

    def there(block: Block) -> Mask:
        return block.since(fact)[1]

    made: Node = Constant(TRUE)
    if tests:
        inner = AllOf([_COMPARE[op](measure, xs) for op, xs in tests])
        made = Where(("since", key_of(node)), inner, known, there, "events")
    if exists:
        made = _With(made, exists, lambda block: both(known(block), there(block)))
    return made


# What clocks show.


def of_clock(node: Compare, names: Names) -> Node:
    """A comparison with a clock's state or one of its measures."""
    _, name, *measure = node.fact.split(".")
    index = names.clocks[name]
    exists = [bool(t.value) for t in node.tests if t.op == "exists"]
    tests = [t for t in node.tests if t.op != "exists"]

    def known(block: Block) -> Mask:
        return block.clock(index).known

    def begun(block: Block) -> Mask:
        clock = block.clock(index)
        return both(clock.known, clock.cycle > 0)

    made: Node = Constant(TRUE)
    if tests and measure:
        at_least = _measure(index, measure[0])
        inner = AllOf(
            [
                _COMPARE[t.op](at_least, _operands(t, measure[0]))
                for t in tests
            ]
        )  # fmt: skip
        there = begun if measure[0] == "elapsed" else _targeted(index)
        made = Where(("clock", key_of(node)), inner, known, there, "events")
    elif tests:
        made = _State(node, index, tests)
    if exists:
        made = _With(made, exists, begun if measure else known)
    return made


def _operands(test: Test, measure: str) -> tuple[Any, ...]:
    if measure == "percent":
        values = test.value if isinstance(test.value, tuple) else (test.value,)
        return tuple(Fraction(str(v)) for v in values)
    return tuple(d.us for d in _durations(test))


def _targeted(index: int) -> Callable[[Block], Mask]:
    def there(block: Block) -> Mask:
        clock = block.clock(index)
        return both(clock.known, (clock.cycle > 0) & clock.targeted)

    return there


class _State:
    """The state that a clock is in."""

    timed = True
    kept = True

    def __init__(self, node: Compare, index: int, tests: Sequence[Test]) -> None:
        self.key = ("state", key_of(node))
        self._index = index
        self._testers = [MAKERS[t.op](t.value) for t in tests]

    def value(self, block: Block) -> Truths:
        clock = block.clock(self._index)
        found = clock.in_state(lambda state: all(test(state) for test in self._testers))
        sure = both(found, clock.known)
        return Truths(sure, sure if clock.known is True else either(sure, inverse(clock.known)))

    def until(self, block: Block, rows: Ints) -> Ints:
        clock = block.clock(self._index)
        due = np.where(clock.due[rows] < 0, NEVER, clock.due[rows])
        running = clock.in_state(lambda state: state == "running")[rows]
        return np.where(running & taken_at(clock.known, rows), due, NEVER)

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        into.add("events", rows)


Threshold = Callable[["Readings"], Ints]


class _Elapsed:
    """A clock has run for at least so much, which may differ from row to row."""

    timed = True
    kept = True

    def __init__(self, index: int, key: Any, threshold: Threshold) -> None:
        self.key = ("elapsed", index, key)
        self._index, self._threshold = index, threshold

    def value(self, block: Block) -> Truths:
        clock = block.clock(self._index)
        found: Bools = clock.elapsed >= self._threshold(clock)
        return Truths(found, found)

    def until(self, block: Block, rows: Ints) -> Ints:
        clock = block.clock(self._index)
        reached = clock.reached(rows, self._threshold(clock)[rows])
        return np.where(taken_at(block.value(self).sure, rows), NEVER, reached)

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        return


def _measure(index: int, name: str) -> AtLeast:
    def elapsed(key: Any, strictly: bool, of: Threshold) -> Node:
        more = int(strictly)
        return _Elapsed(index, (name, key, strictly), lambda clock: of(clock) + more)

    def at_least(x: Any, strictly: bool) -> Node:
        if name == "elapsed":
            return elapsed(x, strictly, lambda clock: np.full(len(clock.target), x))
        if name == "percent":
            return _Percent(index, x, strictly)
        if x < 0 or (x == 0 and not strictly):
            return Constant(TRUE)
        if name == "overdue":
            return elapsed(x, strictly, lambda clock: clock.target + x)
        return NotOf(elapsed(x, not strictly, lambda clock: clock.target - x))

    return at_least


class _Percent:
    """A clock has run for at least so many hundredths of its target."""

    timed = True
    kept = True

    def __init__(self, index: int, x: Fraction, strictly: bool) -> None:
        self.key = ("percent", index, x, strictly)
        self._index, self._x, self._strictly = index, x, strictly
        self._at_zero = x < 100 or (x == 100 and not strictly)

    def _whole(self, clock: Readings) -> Ints:
        share, of = self._x.numerator, 100 * self._x.denominator
        if abs(share) * int(clock.target.max(initial=0)) >= _MOST:
            raise UnfitError("a percentage too large to be counted in 64 bits")
        down = clock.target * share // of
        exact = clock.target * share == down * of
        return np.where(exact & (not self._strictly), down, down + 1)

    def value(self, block: Block) -> Truths:
        clock = block.clock(self._index)
        found: Bools = clock.elapsed >= self._whole(clock)
        found = np.where(clock.target == 0, self._at_zero, found)
        return Truths(found, found)

    def until(self, block: Block, rows: Ints) -> Ints:
        clock = block.clock(self._index)
        reached = clock.reached(rows, self._whole(clock)[rows])
        never = taken_at(block.value(self).sure, rows) | (clock.target[rows] == 0)
        return np.where(never, NEVER, reached)

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        return
