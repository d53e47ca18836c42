"""Some rows of a block, asked as a block is: what conditions read of them is taken out once.

Where a thousand triggers are told apart by what they have in common, each is asked of the
few rows that have it.
"""

from __future__ import annotations

from escalate.batch.block import Block
from escalate.batch.coded import Bools, Coding, Ints, Mask, Pool
from escalate.batch.sheet import Lists, Numbers

__all__ = ["Part"]


class Part(Block):
    """The rows of a block that are named; clocks are not asked of it."""

    def __init__(self, block: Block, rows: Ints) -> None:
        super().__init__(
            block.sheet, block.begin, len(rows), block.pool, block.workings, block.anyone
        )
        self._whole, self._rows = block, rows
        self.history, self.fresh = block.history, block.fresh
        self.known = self._of(block.known)
        self._numbers: dict[str, Numbers] = {}

    def _of(self, mask: Mask) -> Mask:
        return mask if isinstance(mask, bool) else mask[self._rows]

    def place(self, name: str) -> str:
        return self._whole.place(name)

    def texts(self, name: str) -> tuple[Ints, Coding | Pool]:
        found = self._codes.get(name)
        if found is None:
            codes, coding = self._whole.texts(name)
            found = self._codes[name] = (codes[self._rows], coding)
        return found

    def lacking(self, name: str) -> bool:
        return self._whole.lacking(name)

    def numbers(self, name: str) -> Numbers:
        found = self._numbers.get(name)
        if found is None:
            values, null = self._whole.numbers(name)
            some: Bools | None = None if null is None else null[self._rows]
            found = self._numbers[name] = Numbers(values[self._rows], some)
        return found

    def lists(self, name: str) -> Lists:
        offsets, codes, coding, null = self._whole.lists(name)
        return Lists(offsets, codes, coding, None if null is None else null[self._rows])

    def holding(self, name: str, item: str) -> Mask:
        return self._of(self._whole.holding(name, item))

    def counts(self, name: str) -> Ints | None:
        found = self._whole.counts(name)
        return None if found is None else found[self._rows]

    def requests(self) -> list[tuple[Ints, Ints, Bools]]:
        rows = self._rows
        return [(by[rows], to[rows], open_[rows]) for by, to, open_ in self._whole.requests()]

    def idents(self) -> list[str]:
        idents = self._whole.idents()
        return [idents[row] for row in self._rows.tolist()]

    def _known_since(self, fact: str) -> tuple[Mask, Mask]:
        known, there = self._whole.since(fact)
        return self._of(known), self._of(there)

    def base(self, fact: str) -> Ints:
        found = self._safe.get(fact)
        if found is None:
            found = self._safe[fact] = self._whole.base(fact)[self._rows]
        return found
