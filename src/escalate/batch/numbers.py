"""Comparisons of whole columns of numbers, exact: no whole number is made a fraction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor, isfinite
from typing import Any, Final

from escalate.batch.coded import Ints, Mask
from escalate.batch.extra import np
from escalate.batch.kleene import both, inverse
from escalate.evaluator.names import Names
from escalate.policy.condition import Test

__all__ = ["compared"]


def compared(values: Ints, tests: Sequence[Test], names: Names, name: str) -> Mask | None:
    """Where all tests hold; ``None`` where one is not of the plain kind."""
    kind = names.facts[name].kind
    found: Mask = True
    for test in tests:
        compare = _SIGNS.get(test.op)
        operand = test.value
        if test.op == "exists":
            continue
        if compare is None or isinstance(operand, bool | tuple | str) or kind == "ordered":
            return None
        if values.dtype.kind == "f" and float(operand) != operand:
            return None
        if values.dtype.kind != "f" and isinstance(operand, float) and not isfinite(operand):
            return None
        found = both(found, compare(values, operand))
    exists = [bool(test.value) for test in tests if test.op == "exists"]
    return found if all(exists) else False


def _at_least(values: Ints, x: Any) -> Mask:
    if values.dtype.kind == "f":
        at_least: Mask = values >= float(x)
        return at_least
    least = ceil(x)
    limits = np.iinfo(values.dtype)
    if least <= limits.min:
        return True
    if least > limits.max:
        return False
    found: Mask = values >= values.dtype.type(least)
    return found


def _more_than(values: Ints, x: Any) -> Mask:
    if values.dtype.kind == "f":
        more: Mask = values > float(x)
        return more
    return _at_least(values, floor(x) + 1)


def _equal(values: Ints, x: Any) -> Mask:
    if values.dtype.kind == "f":
        same: Mask = values == float(x)
        return same
    limits = np.iinfo(values.dtype)
    if x != floor(x) or not limits.min <= x <= limits.max:
        return False
    found: Mask = values == values.dtype.type(int(x))
    return found


_SIGNS: Final[Mapping[str, Callable[[Ints, Any], Mask]]] = {
    "gte": _at_least,
    "gt": _more_than,
    "lt": lambda values, x: inverse(_at_least(values, x)),
    "lte": lambda values, x: inverse(_more_than(values, x)),
    "eq": _equal,
    "ne": lambda values, x: inverse(_equal(values, x)),
}
