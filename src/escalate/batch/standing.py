"""Where a block's tickets stand: what is derived of them, their path, level and owner.

`evaluator.standing`, many at once. What all the rest of a decision reads is kept here.
"""

from __future__ import annotations

from collections.abc import Iterator

from escalate.batch.around import APART, Surroundings
from escalate.batch.block import Block
from escalate.batch.coded import ABSENT, Bools, Ints, marked, narrow
from escalate.batch.deriving import derive
from escalate.batch.extra import np
from escalate.batch.keys import Keys
from escalate.batch.kleene import Lacks, inverse, note_lacks, taken_at
from escalate.batch.plan import Plan
from escalate.batch.ready import Ready
from escalate.batch.takers import Takers
from escalate.batch.telling import Telling
from escalate.evaluator.status import ACTIVE
from escalate.worktime.timeline import NEVER

__all__ = ["Standing"]


class Standing:
    """A block's tickets, how they stand, and what has come out of them so far: which of them
    are ``apart``, what they lack, and until when a decision holds (``horizon``)."""

    def __init__(
        self, ready: Ready, plan: Plan, block: Block, around: Surroundings, apart: Bools
    ) -> None:
        self.ready, self.plan, self.block, self.around = ready, plan, block, around
        self.program = ready.program
        self.now = block.now
        count = self.count = block.count
        block.look_back(plan)
        self.history = block.history
        self.apart: Bools = self.history.apart | apart
        self.unborn: Bools = self.history.unborn & ~self.apart
        self.keys = Keys(block)
        self.apart |= self.keys.apart
        self.lacks = Lacks(count)
        self.before = (self.history.level, self.history.owner, self.history.assignee)
        self.active: Bools = self.history.phase < len(ACTIVE)
        self.path: Ints = np.full(count, -1, np.int32)
        self.entering: Bools = np.zeros(count, np.bool_)
        self.horizon: Ints = np.full(count, NEVER)
        self._wakes = False
        self.takers = Takers(ready, block, around, self.lacks)
        self.telling = Telling(ready, block, around, self.lacks, self.apart)
        self.zones = block.place("customer.timezone") != "absent"
        self.rank_kind = narrow(len(self.program.levels))

    def prepare(self) -> None:
        """What is needed before anything is asked."""
        self._complete()
        self._stand()

    def by_path(self, rows: Ints) -> Iterator[tuple[int, Ints]]:
        """The paths that these rows are on (-1: no path), each with its rows."""
        if not self.ready.paths:
            if len(rows):
                yield -1, rows
            return
        for path in np.unique(self.path[rows]).tolist():
            yield path, rows[self.path[rows] == path]

    def wake(self, rows: Ints, until: Ints) -> None:
        """A decision of these rows holds no longer than until then."""
        if len(rows) == self.count:
            np.minimum(self.horizon, until, out=self.horizon)
        elif self._wakes:
            self.horizon[rows] = np.minimum(self.horizon[rows], until)
        else:
            self.horizon[rows] = until
        self._wakes = True

    def wake_where(self, which: Bools, until: Ints) -> None:
        """The same of those rows that are marked, by what all rows have."""
        others = marked(~which)
        if len(others):
            until = until.copy()
            until[others] = NEVER
        self.wake(self.block.every, until)

    def _complete(self) -> None:
        """What the policy derives, and the path."""
        for name, choice in self.ready.derive:
            derive(self.block, name, choice, self.lacks)
        rest = self.block.every
        for number, (_, node, _) in enumerate(self.ready.paths):
            if node is None:
                self.path[rest] = number
                break
            truths = self.block.value(node)
            sure = taken_at(truths.sure, rest)
            note_lacks(node, self.block, rest[~sure], self.lacks)
            self.path[rest[sure]] = number
            rest = rest[~sure]

    def _stand(self) -> None:
        """The level, the owner, and who still has to enter."""
        history, block, pool = self.history, self.block, self.block.pool
        levels = self.program.levels
        level, owner, assignee = self.before
        codes, _ = block.texts("level")
        known = (codes >= 0) & (codes < len(levels))
        ownerless = known & (block.texts("owner")[0] == ABSENT)
        if ownerless.any():
            owner = owner.copy()
            for rank in np.unique(level[ownerless]).tolist():
                rows = marked(ownerless & (level == rank))
                named = self.takers.named(rank, rows)
                if named is None:
                    self.apart[rows] = True
                else:
                    owner[rows] = named
            block.turn("owner", owner)
        crews = self.program.people.crews
        table, _ = pool.table("crew", lambda name: name is None or name in crews)
        strange = inverse(table.of(block.texts("owner")[0]))
        if strange is not False:
            history.warn("ESC934", marked(self.active & known & strange))
        self.fresh = self.active & ~known
        history.warn("ESC933", marked(self.fresh & (level != ABSENT)))
        self.entering = self.fresh | (self.active & history.reentry)
        self.before = (level, owner, assignee)
        if self.fresh.any():
            rows = marked(self.fresh)
            level = level.copy()
            for path, mine in self.by_path(rows):
                ranks = self.takers.entry(path, mine)
                self.apart[mine[ranks == APART]] = True
                level[mine] = np.maximum(ranks, 0)
            block.turn("level", level)
            block.fresh = self.fresh
        self.stands = self.active & ~self.entering
        self.all_active = bool(self.active.all())
        self.level = history.level
        codes, _ = block.texts("level")
        self.rank = np.minimum(np.maximum(codes, 0), len(levels) - 1).astype(self.rank_kind)
        self.owner = history.owner
        if self.fresh.any():
            self.owner = np.where(self.fresh, ABSENT, history.owner)
