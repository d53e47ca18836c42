"""Whether a ticket's history is known holds together all that is drawn from it.

Of a ticket without events, what is counted or timed from them is unknown, all of it at
once. Language: "Missing data"; finer point 9.
"""

from __future__ import annotations

from escalate.analysis.space import Box, Space

__all__ = ["History"]


class History:
    """Keeps the dimensions together that hang on whether events are known."""

    __slots__ = ("_cells", "_space")

    def __init__(self, space: Space) -> None:
        self._space = space
        self._cells: dict[str, tuple[int, int]] = {}

    def tells(self, dimension: str, unknown: int, perhaps: int = 0, anyway: bool = False) -> None:
        """Without events the dimension lies in ``unknown`` or ``perhaps``; with them it
        does not lie in ``unknown``, except where it may lie there anyway."""
        full = self._space.full[dimension]
        self._cells[dimension] = (unknown | perhaps, full if anyway else full & ~unknown)
        self._link(dimension)

    def _link(self, dimension: str) -> None:
        rules = self._space.rules
        rules[dimension] = (*rules.get(dimension, ()), self)

    def allows(self, box: Box) -> bool:
        """Whether the box holds a ticket with events, or one without."""
        without = with_ = True
        for dimension, (lacking, given) in self._cells.items():
            mask = box.get(dimension)
            if mask is not None:
                without = without and bool(mask & lacking)
                with_ = with_ and bool(mask & given)
        return without or with_
