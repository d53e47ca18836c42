"""What clocks show, of many tickets: `evaluator.running`, a column a measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from escalate.batch.coded import Bools, Ints, Mask
from escalate.batch.extra import np
from escalate.batch.kleene import (
    TRUE,
    Lacks,
    Node,
    NotOf,
    Truths,
    all_of,
    both,
    either,
    inverse,
    taken_at,
)
from escalate.batch.leaves import key_of
from escalate.batch.measures import (
    COMPARE,
    AtLeast,
    Constant,
    Lacking,
    Where,
    WithExists,
    durations,
)
from escalate.batch.unfit import UnfitError
from escalate.evaluator.names import Names
from escalate.evaluator.operators import MAKERS
from escalate.policy.condition import Compare, Test
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.batch.block import Block
    from escalate.batch.readings import Readings

__all__ = ["of_clock"]

_MOST: Final = 1 << 61


def of_clock(node: Compare, names: Names) -> Node:
    """A comparison with a clock's state or one of its measures."""
    _, name, *measure = node.fact.split(".")
    index = names.clocks[name]
    exists = [bool(t.value) for t in node.tests if t.op == "exists"]
    tests = [t for t in node.tests if t.op != "exists"]

    def seen(block: Block) -> Mask:
        return block.clock(index).known

    def begun(block: Block) -> Mask:
        clock = block.clock(index)
        return both(clock.known, clock.cycle > 0)

    made: Node = Constant(TRUE)
    if tests and measure:
        at_least = _measure(index, measure[0])
        inner = all_of(
            [
                COMPARE[t.op](at_least, _operands(t, measure[0]))
                for t in tests
            ]
        )  # fmt: skip
        known, there = (
            (seen, begun) if measure[0] == "elapsed" else (_told(index), _targeted(index))
        )
        made = Where(("clock", key_of(node)), inner, known, there, _lacking(index))
    elif tests:
        made = _State(node, index, tests)
    if exists:
        there = _has_target(index) if measure and measure[0] != "elapsed" else begun
        made = WithExists(made, exists, there if measure else seen)
    return made


def _operands(test: Test, measure: str) -> tuple[Any, ...]:
    if measure == "percent":
        values = test.operands
        return tuple(Fraction(str(v)) for v in values)
    return tuple(d.us for d in durations(test))


def _targeted(index: int) -> Callable[[Block], Mask]:
    def there(block: Block) -> Mask:
        clock = block.clock(index)
        return both(clock.known, (clock.cycle > 0) & clock.targeted)

    return there


def _has_target(index: int) -> Callable[[Block], Mask]:
    """Where there is a target, be it known or not."""
    targeted = _targeted(index)

    def there(block: Block) -> Mask:
        clock = block.clock(index)
        return either(targeted(block), both(clock.known, clock.untold))

    return there


def _told(index: int) -> Callable[[Block], Mask]:
    def known(block: Block) -> Mask:
        clock = block.clock(index)
        return both(clock.known, inverse(clock.untold))

    return known


def _lacking(index: int) -> Lacking:
    def lacks(block: Block, rows: Ints, into: Lacks) -> None:
        clock = block.clock(index)
        known = taken_at(clock.known, rows)
        into.add("events", rows[~known])
        for field, absent in clock.absent.items():
            into.add(field, rows[known & absent[rows]])

    return lacks


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
        maybe = sure if clock.known is True else either(sure, inverse(clock.known))
        unclear = clock.unclear
        if unclear is not False:
            # It may have been breached: is that the same?
            breached = all(test("breached") for test in self._testers)
            other = both(both(unclear, clock.known), found != breached)
            sure, maybe = both(sure, inverse(other)), either(maybe, other)
        return Truths(sure, maybe)

    def until(self, block: Block, rows: Ints) -> Ints:
        clock = block.clock(self._index)
        due = np.where(clock.due[rows] < 0, NEVER, clock.due[rows])
        running = clock.in_state(lambda state: state == "running")[rows]
        return np.where(running & taken_at(clock.known, rows), due, NEVER)

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        _lacking(self._index)(block, rows, into)


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
