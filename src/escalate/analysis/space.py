"""Regions over facts: what can be so at once, as boxes of numbered cells.

A *dimension* is one thing that can differ between tickets (a field, a clock's state); its
possible values fall into finitely many *cells*, such that no condition of the policy tells
two values of one cell apart. A set of cells is a bit mask. A *box* maps dimensions to
masks, those that it does not name being free; a *region* is a list of boxes, their union.
Where dimensions hang together, a :class:`Rule` tells which boxes hold nothing.

Everything is exact and bounded: what would grow too large raises :class:`TooLargeError`, and
who asked then says nothing. The steps of a space are counted, not timed, so that the same policy
is told the same on any machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

__all__ = ["EVERYTHING", "Box", "Region", "Rule", "Space", "TooLargeError", "cells_of"]

Box = dict[str, int]
Region = list[Box]

EVERYTHING: Final[Region] = [{}]

MOST_BOXES: Final = 200
"""How many boxes a region may have."""

MOST_PIECES: Final = 2_000
"""How many pieces one question may cut boxes into."""

MOST_STEPS: Final = 1_000_000
"""How many masks all questions about one policy may look at: a thousand triggers take 150,000."""


class TooLargeError(Exception):
    """The answer would take more boxes than it is worth."""


def cells_of(mask: int) -> Iterator[int]:
    """The cells of a mask, from the first: one step for each, however far apart they are."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class Rule(Protocol):
    """What keeps several dimensions together."""

    def allows(self, box: Box) -> bool:
        """Whether a box, none of whose masks is empty, holds anything."""


class Space:
    """The dimensions with all their cells, and what keeps them together."""

    __slots__ = ("_steps", "full", "rules")

    def __init__(self) -> None:
        self._steps = MOST_STEPS
        self.full: dict[str, int] = {}
        self.rules: dict[str, tuple[Rule, ...]] = {}

    def add(self, dimension: str, cells: int, *rules: Rule) -> None:
        """A dimension with the mask of its cells."""
        self.full[dimension] = cells
        if rules:
            self.rules[dimension] = rules

    def spend(self, steps: int) -> None:
        """So many steps more; raises :class:`TooLargeError` where there are none left."""
        self._steps -= steps
        if self._steps < 0:
            raise TooLargeError

    def box(self, masks: Iterable[tuple[str, int]]) -> Box | None:
        """All of the constraints at once; ``None`` where nothing meets them."""
        made: Box = {}
        for dimension, mask in masks:
            mask &= made.get(dimension, self.full[dimension])
            if not mask:
                return None
            if mask != self.full[dimension]:
                made[dimension] = mask
        return made if self.allows(made) else None

    def allows(self, box: Box) -> bool:
        """Whether the rules leave anything of a box."""
        rules = self.rules
        asked: list[Rule] = []
        for dimension in box:
            if dimension in rules:
                for rule in rules[dimension]:
                    if rule not in asked:
                        asked.append(rule)
                        if not rule.allows(box):
                            return False
        return True

    # Of two.

    def both(self, a: Box, b: Box) -> Box | None:
        """What lies in both boxes."""
        self.spend(len(a) + len(b))
        if len(a) < len(b):
            a, b = b, a
        made = dict(a)
        for dimension, mask in b.items():
            have = made.get(dimension)
            if have is not None:
                mask &= have
                if not mask:
                    return None
            made[dimension] = mask
        return made if self.allows(made) else None

    def meet(self, a: Sequence[Box], b: Sequence[Box]) -> Region:
        """What lies in both regions."""
        if len(a) * len(b) > 8 * MOST_BOXES:
            raise TooLargeError
        met = [box for one in a for other in b if (box := self.both(one, other)) is not None]
        return met if len(met) < 2 else self.simple(met)

    def overlap(self, a: Sequence[Box], b: Sequence[Box]) -> bool:
        """Whether anything lies in both regions."""
        return any(self.both(one, other) is not None for one in a for other in b)

    def minus(self, a: Sequence[Box], b: Sequence[Box]) -> Region:
        """What lies in the first and not in the second, in boxes that share nothing where
        those of the first do not."""
        left = list(a)
        cut = 0
        for away in b:
            pieces: Region = []
            for box in left:
                self.spend(len(away))
                if not self._touches(box, away):
                    pieces.append(box)
                    continue
                rest = dict(box)
                self.spend(len(away) * len(rest))
                for dimension, mask in away.items():
                    have = rest.get(dimension, self.full[dimension])
                    outside = have & ~mask
                    if outside:
                        piece = {**rest, dimension: outside}
                        if self.allows(piece):
                            pieces.append(piece)
                        rest[dimension] = have & mask
                cut += len(pieces)
                if cut > MOST_PIECES:
                    raise TooLargeError
            left = pieces
            if not left:
                break
        return left

    @staticmethod
    def _touches(a: Box, b: Box) -> bool:
        return all(d not in a or a[d] & mask for d, mask in b.items())

    def covers(self, b: Sequence[Box], a: Sequence[Box]) -> bool:
        """Whether all of ``a`` lies in ``b``."""
        return not self.minus(a, b)

    # Of one.

    def without(self, region: Sequence[Box], dimensions: Iterable[str]) -> Region:
        """The shadow of a region: its boxes with these dimensions free."""
        away = set(dimensions)
        return [{d: m for d, m in box.items() if d not in away} for box in region]

    def outline(self, region: Sequence[Box]) -> frozenset[tuple[str, int]]:
        """The cells of each dimension by itself, of those that no rule ties to others: the
        same for the same region, however it is cut into boxes."""
        every = {d for box in region for d in box if d not in self.rules}
        shadow: dict[str, int] = dict.fromkeys(every, 0)
        for box in region:
            for dimension in every:
                shadow[dimension] |= box.get(dimension, self.full[dimension])
        return frozenset(item for item in shadow.items() if item[1] != self.full[item[0]])

    def simple(self, region: Sequence[Box]) -> Region:
        """The same region in fewer boxes: those that differ in one dimension become one,
        and one within another goes."""
        boxes = [box for box in region if box]
        if len(boxes) < len(region):
            return [{}]
        masks = sum(map(len, boxes))
        for dimension in dict.fromkeys(d for box in boxes for d in box):
            self.spend(masks)
            merged: dict[frozenset[tuple[str, int]], Box] = {}
            for box in boxes:
                if dimension not in box:
                    merged[frozenset(box.items())] = box
                    continue
                rest = frozenset(item for item in box.items() if item[0] != dimension)
                same = merged.get(rest)
                if same is None:
                    merged[rest] = box
                elif dimension in same:
                    mask = same[dimension] | box[dimension]
                    if mask == self.full[dimension]:
                        merged[rest] = dict(rest)
                    else:
                        merged[rest] = {**same, dimension: mask}
            boxes = list(merged.values())
            if len(boxes) == 1:
                return boxes
        if len(boxes) > MOST_BOXES:
            raise TooLargeError
        return [
            box
            for i, box in enumerate(boxes)
            if not any(_within(box, other, j < i) for j, other in enumerate(boxes) if j != i)
        ]


def _within(a: Box, b: Box, even_if_same: bool) -> bool:
    if len(b) > len(a):
        return False
    for dimension, mask in b.items():
        have = a.get(dimension)
        if have is None or have & ~mask:
            return False
    return even_if_same or a != b
