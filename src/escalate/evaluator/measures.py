"""Comparisons with what grows while time passes: durations and the measures of clocks.

Every comparison comes down to one question of a measure that never falls: *since when
is it at least x?* Language: "Facts that conditions may read"; notes on horizons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from escalate.evaluator.truth import FALSE, TRUE, Truth, conjunction, truth

__all__ = ["DERIVED", "AtLeast", "compare", "elapsed_at_least"]

AtLeast = Callable[[int | Fraction, bool], Truth]
"""``(x, strictly) -> `` whether the measure is at least (or more than) x, and until when."""


def _not(t: Truth) -> Truth:
    return (None if t[0] is None else not t[0], t[1], t[2])


def _equal(m: AtLeast, x: int | Fraction) -> Truth:
    return conjunction((m(x, False), _not(m(x, True))))


def _none_of(m: AtLeast, xs: Sequence[int | Fraction]) -> Truth:
    return conjunction([_not(_equal(m, x)) for x in xs])


_COMPARE: Final[Mapping[str, Callable[[AtLeast, Sequence[int | Fraction]], Truth]]] = {
    "gte": lambda m, xs: m(xs[0], False),
    "gt": lambda m, xs: m(xs[0], True),
    "lt": lambda m, xs: _not(m(xs[0], False)),
    "lte": lambda m, xs: _not(m(xs[0], True)),
    "eq": lambda m, xs: _equal(m, xs[0]),
    "ne": lambda m, xs: _not(_equal(m, xs[0])),
    "in": lambda m, xs: _not(_none_of(m, xs)),
    "not_in": _none_of,
}


def compare(measure: AtLeast, op: str, operands: Sequence[int | Fraction]) -> Truth:
    """One operator on a measure."""
    return _COMPARE[op](measure, operands)


def elapsed_at_least(elapsed: int, reached: Callable[[int], int]) -> AtLeast:
    """The measure itself: ``reached(x)`` is the instant at which it comes to x."""

    def at_least(x: int | Fraction, strictly: bool) -> Truth:
        whole = _whole(x, strictly)
        return TRUE if elapsed >= whole else truth(False, reached(whole))

    return at_least


def _whole(x: int | Fraction, strictly: bool) -> int:
    """The least whole number that is at least (or more than) x."""
    down = x.numerator // x.denominator
    return down + 1 if strictly or down != x else down


def _remaining(at_least: AtLeast, target: int) -> AtLeast:
    """What is left of a target, never negative."""

    def left(x: int | Fraction, strictly: bool) -> Truth:
        if x < 0 or (x == 0 and not strictly):
            return TRUE
        # more than x is left as long as less than target - x has elapsed
        return _not(at_least(target - x, not strictly))

    return left


def _overdue(at_least: AtLeast, target: int) -> AtLeast:
    """What has run beyond a target, never negative."""

    def beyond(x: int | Fraction, strictly: bool) -> Truth:
        if x < 0 or (x == 0 and not strictly):
            return TRUE
        return at_least(target + x, strictly)

    return beyond


def _percent(at_least: AtLeast, target: int) -> AtLeast:
    """Elapsed in hundredths of a target; a target of zero is at 100."""

    def share(x: int | Fraction, strictly: bool) -> Truth:
        if target == 0:
            return TRUE if (x < 100 or (x == 100 and not strictly)) else FALSE
        return at_least(Fraction(x) * target / 100, strictly)

    return share


DERIVED: Final[Mapping[str, Callable[[AtLeast, int], AtLeast]]] = {
    "remaining": _remaining,
    "overdue": _overdue,
    "percent": _percent,
}
"""Measures by name, each of what has elapsed and of a target."""
