"""What grows while time passes, of many tickets: `evaluator.measures`, a column a measure.

Every comparison comes down to *since when is it at least x?*, as there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from escalate.batch.coded import Ints, Mask
from escalate.batch.extra import np
from escalate.batch.kleene import (
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
from escalate.policy.condition import Test
from escalate.worktime import Duration
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.batch.block import Block

__all__ = [
    "COMPARE",
    "AtLeast",
    "Constant",
    "Lacking",
    "Where",
    "WithExists",
    "durations",
    "no_events",
]

AtLeast = Callable[[Any, bool], Node]
"""``(x, strictly)``: whether the measure is at least (or more than) x."""


def _equal(m: AtLeast, x: Any) -> Node:
    return AllOf((m(x, False), NotOf(m(x, True))))


def _none_of(m: AtLeast, xs: Sequence[Any]) -> Node:
    return AllOf([NotOf(_equal(m, x)) for x in xs])


COMPARE: Final[Mapping[str, Callable[[AtLeast, Sequence[Any]], Node]]] = {
    "gte": lambda m, xs: m(xs[0], False),
    "gt": lambda m, xs: m(xs[0], True),
    "lt": lambda m, xs: NotOf(m(xs[0], False)),
    "lte": lambda m, xs: NotOf(m(xs[0], True)),
    "eq": lambda m, xs: _equal(m, xs[0]),
    "ne": lambda m, xs: NotOf(_equal(m, xs[0])),
    "in": lambda m, xs: NotOf(_none_of(m, xs)),
    "not_in": _none_of,
}


def durations(test: Test) -> tuple[Duration, ...]:
    """The durations that a test compares with."""
    return tuple(Duration.parse(str(o)) for o in test.operands)


Lacking = Callable[["Block", Ints, Lacks], None]
"""What rows lack of which a measure is not known."""


def no_events(block: Block, rows: Ints, into: Lacks) -> None:
    """Their histories."""
    into.add("events", rows)


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
        lacking: Lacking,
    ) -> None:
        self.key = key
        self._inner, self._known, self._there, self._lacking = inner, known, there, lacking

    def value(self, block: Block) -> Truths:
        known, there = self._known(block), self._there(block)
        sure = both(both(block.value(self._inner).sure, known), there)
        return Truths(sure, sure if known is True else either(sure, inverse(known)))

    def until(self, block: Block, rows: Ints) -> Ints:
        both_ = both(self._known(block), self._there(block))
        if both_ is True:
            return self._inner.until(block, rows)
        there = taken_at(both_, rows)
        found = np.full(len(rows), NEVER)
        if there.any():
            found[there] = self._inner.until(block, rows[there])
        return found

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        self._lacking(block, rows, into)


class WithExists:
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
