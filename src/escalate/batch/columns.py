"""A policy deciding whole blocks in columns; what it leaves, the scalar engine decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, NamedTuple

from escalate.batch.around import Surroundings
from escalate.batch.block import Block
from escalate.batch.coded import Bools, Pool
from escalate.batch.deciding import Deciding
from escalate.batch.extra import np, pa
from escalate.batch.odd import Odd
from escalate.batch.outcome import Outcome, batch_of, names_of_causes
from escalate.batch.ready import Ready
from escalate.batch.sheet import Sheet
from escalate.batch.taken import Taken
from escalate.batch.unfit import UnfitError
from escalate.batch.working import Workings
from escalate.desk import Desk
from escalate.evaluator.engine import Engine

__all__ = ["Columns", "Decided"]


_BLOCK: Final = 1 << 17
"""What a block of so many rows needs stays in the processor's cache."""
_LARGE: Final = 1 << 18
"""With many triggers, each asked of few rows, larger blocks pay."""


class Decided(NamedTuple):
    """A block: its decisions as a record batch (``None``: none was made in columns), and
    which of its rows the scalar engine has to decide."""

    begin: int
    rows: int
    batch: Any
    apart: Bools


class Columns:
    """A policy in columns; making one raises :class:`UnfitError` where it cannot be."""

    def __init__(self, engine: Engine) -> None:
        self.ready = Ready(engine)
        self._odd = Odd(engine.policy)
        self._workings = Workings()
        self._causes = pa.array(names_of_causes(self.ready), pa.string())
        self.block_rows = _BLOCK if self.ready.crowds is None else _LARGE
        """So many rows are decided at once."""

    def decide(self, given: Taken, now: int, desk: Desk, schema: Any) -> Iterator[Decided]:
        """The decisions of a table, block by block."""
        for begin, count, prepare in self.blocks(given, now, desk):
            try:
                yield Decided(begin, count, *self._decided(prepare, schema))
            except UnfitError:
                yield Decided(begin, count, None, np.ones(count, np.bool_))

    def _decided(self, prepare: Callable[[], Deciding], schema: Any) -> tuple[Any, Bools]:
        """A block's decisions, and which rows are apart. Of what was worked out nothing else
        is left then: the next block finds its memory still near the processor."""
        with np.errstate(all="ignore"):
            deciding = prepare()
            deciding.run()
            outcome = Outcome(deciding)
            columns = outcome.columns(self._causes, schema)
        return batch_of(columns, schema), outcome.apart

    def blocks(
        self, given: Taken, now: int, desk: Desk
    ) -> Iterator[tuple[int, int, Callable[[], Deciding]]]:
        """The blocks of a table, each with where it begins, how many rows it has, and what
        prepares it."""
        sheet = Sheet(given)
        sheet.wanted.update(self.ready.wanted())
        names = [level.id for level in self.ready.program.levels]
        pool = Pool(tuple(dict.fromkeys((*names, *self.ready.policy.owners))))
        plan = self.ready.plan(pool)
        around = Surroundings(self.ready, desk, now)
        odd = self._odd.rows(sheet)

        def prepared(begin: int, count: int) -> Deciding:
            block = Block(sheet, begin, count, pool, self._workings, around.context())
            apart = np.zeros(count, np.bool_) if odd is None else odd[begin : begin + count].copy()
            return Deciding(self.ready, plan, block, around, apart)

        for begin in range(0, given.count, self.block_rows):
            count = min(self.block_rows, given.count - begin)
            yield begin, count, partial(prepared, begin, count)
