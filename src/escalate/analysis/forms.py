"""How a comparison becomes a region: what is true of it, and what is false.

By Kleene's logic the two do not make up everything: what is absent lies in neither.
Language: "Conditions", missing data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from escalate.analysis.space import Region, Space
from escalate.policy.condition import Test

__all__ = ["Form", "Masks", "Sides", "sides_of"]

Masks = list[tuple[str, int]]
"""Constraints that must all be met: dimensions with their masks."""

Sides = tuple[Region, Region]
"""Where a comparison is true, and where it is false."""


class Form(NamedTuple):
    """What a fact's comparisons depend on.

    ``base`` is the dimension that tells whether there is a value (``None``: there always
    is): in ``there`` the fact exists, in ``live`` its value is compared, in ``false`` every
    comparison is false, and elsewhere it is unknown. ``masks`` turns tests into constraints
    of the value; ``unclear`` tells where in ``live`` they nevertheless stay unknown.
    """

    base: str | None
    there: int
    live: int
    false: int
    masks: Callable[[Sequence[Test]], Masks]
    unclear: Callable[[Sequence[Test]], int] | None = None


def sides_of(space: Space, form: Form, tests: Iterable[Test]) -> Sides:
    """The two sides of one comparison with all its tests."""
    asked: list[Test] = []
    exists: set[bool] = set()
    for test in tests:
        if test.op == "exists":
            exists.add(bool(test.value))
        else:
            asked.append(test)
    base = form.base
    if base is None:
        if False in exists:
            return [], [{}]
        if not asked:
            return [{}], []
        return _compared(space, [], form.masks(asked))
    full = space.full[base]
    fits = full
    if True in exists:
        fits &= form.there
    if False in exists:
        fits &= ~form.there
    true: Region
    false: Region
    if not asked:
        true, false = _boxes(space, [[(base, fits)]]), []
    else:
        live = form.live & fits
        if form.unclear is not None:
            live &= ~form.unclear(asked)
        true, false = _compared(space, [(base, live)], form.masks(asked))
        false += _boxes(space, [[(base, form.false & fits)]])
    if fits != full:
        false += _boxes(space, [[(base, full & ~fits)]])
    return space.simple(true), space.simple(false)


def _compared(space: Space, live: Masks, masks: Masks) -> Sides:
    true = _boxes(space, [[*live, *masks]])
    false = _boxes(space, [[*live, (d, space.full[d] & ~mask)] for d, mask in masks])
    return true, false


def _boxes(space: Space, constraints: Iterable[Masks]) -> Region:
    made = (space.box(masks) for masks in constraints)
    return [box for box in made if isinstance(box, dict)]
