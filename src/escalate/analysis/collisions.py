"""Which of many regions share something, without looking at every two of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final, NamedTuple

from escalate.analysis.space import Box, Region, Space

__all__ = ["Entry", "first_collisions"]

MOST_PAIRS: Final = 50_000
"""Pairs looked at; what is found until then is right, and the rest stays unsaid."""

FEW: Final = 8
MOST_CELLS: Final = 64


class Entry(NamedTuple):
    """Something that holds somewhere, and what comes of it there; ``of`` tells what belongs
    together and collides with nothing of its own."""

    of: int
    where: Region
    outcome: Hashable


def first_collisions(space: Space, entries: Sequence[Entry]) -> dict[int, int]:
    """For each ``of`` that shares something with an earlier one of another outcome, such an
    earlier one. Entries come in the order in which they are written."""
    found: dict[int, int] = {}
    budget = MOST_PAIRS

    def look(items: list[tuple[Entry, Box]], used: frozenset[str]) -> None:
        nonlocal budget
        dimension = _dividing(space, items, used) if len(items) > FEW else None
        if dimension is not None:
            full = space.full[dimension]
            groups: dict[tuple[int, ...], list[tuple[Entry, Box]]] = {}
            for cell in range(full.bit_length()):
                inside = [item for item in items if item[1].get(dimension, full) >> cell & 1]
                if len(inside) > 1:
                    groups.setdefault(tuple(map(id, (box for _, box in inside))), inside)
            for inside in groups.values():
                look(inside, used | {dimension})
            return
        for i, (entry, box) in enumerate(items):
            if entry.of in found:
                continue
            for other, before in items[:i]:
                if other.of == entry.of or other.outcome == entry.outcome:
                    continue
                budget -= 1
                if budget < 0:
                    return
                if space.both(before, box) is not None:
                    found[entry.of] = other.of
                    break

    look([(entry, box) for entry in entries for box in entry.where], frozenset())
    return found


def _dividing(space: Space, items: Sequence[tuple[Entry, Box]], used: frozenset[str]) -> str | None:
    """The dimension that most items constrain, if it is most of them."""
    counts: dict[str, int] = {}
    for _, box in items:
        for dimension in box:
            if dimension not in used and space.full[dimension].bit_count() <= MOST_CELLS:
                counts[dimension] = counts.get(dimension, 0) + 1
    if not counts:
        return None
    best = max(counts, key=lambda dimension: (counts[dimension], dimension))
    return best if 3 * counts[best] >= 2 * len(items) else None
