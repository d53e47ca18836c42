"""Who takes tickets at levels whose owner hangs on the ticket: `evaluator.standing.Ladder`, many
at once.

Language: "Levels and paths"; finer points 19 to 22.
"""

from __future__ import annotations

from collections.abc import Sequence

from escalate.batch.around import APART, STAYS, Surroundings
from escalate.batch.block import Block
from escalate.batch.coded import ABSENT, Ints
from escalate.batch.conditions import Choice
from escalate.batch.extra import np
from escalate.batch.kleene import Lacks
from escalate.batch.ready import Ready
from escalate.evaluator.compiled import CompiledLevel

__all__ = ["Takers"]


class Takers:
    """The owners of levels, ticket by ticket. What is lacking to tell them is lacking."""

    def __init__(self, ready: Ready, block: Block, around: Surroundings, lacks: Lacks) -> None:
        self._ready, self._block, self._around, self._lacks = ready, block, around, lacks

    def named(self, rank: int, rows: Ints) -> Ints | None:
        """The owner that a level's cases give, there or not; ``None``: columns cannot tell."""
        return self._chosen(self._ready.owners[rank], rows)

    def _chosen(self, choice: Choice | None, rows: Ints) -> Ints | None:
        if choice is None:
            return None
        pool = self._block.pool
        found = np.full(len(rows), ABSENT, np.int32)
        place = np.full(self._block.count, -1)
        place[rows] = np.arange(len(rows))
        for n, which in choice.choose(self._block, rows, self._lacks):
            if n >= 0:
                found[place[which]] = pool.code(choice.values[n][0])
        return found

    def taker(self, rank: int, rows: Ints) -> Ints | None:
        """Who would take the tickets of these rows at a level now, if anybody."""
        named = self.named(rank, rows)
        if named is None:
            return None
        for code in self._away(named):
            mine = named == code
            backs = self._fallback(rank, rows[mine])
            if backs is None:
                return None
            named[mine] = backs
        return named

    def _fallback(self, rank: int, rows: Ints) -> Ints | None:
        """Who is tried where a level's owner is away, if he is there himself."""
        if self._ready.program.levels[rank].fallback is None:
            return np.full(len(rows), ABSENT, np.int32)
        found = self._chosen(self._ready.fallbacks[rank], rows)
        if found is not None:
            for code in self._away(found):
                found[found == code] = ABSENT
        return found

    def _away(self, owners: Ints) -> list[int]:
        """Those of the owners who are away."""
        pool, around = self._block.pool, self._around
        codes = np.unique(owners[owners != ABSENT]).tolist()
        return [code for code in codes if not around.there(pool.values[code])]

    def entry(self, path: int, rows: Ints) -> Ints:
        """At which level of a path tickets enter that stand nowhere."""
        return self._first(self._around.path(path), rows, waits=False)

    def climb(self, path: int, goal: str, rows: Ints, ranks: Ints) -> Ints:
        """Where an escalation leads the tickets of these rows, which stand at such ranks."""
        ladder, levels = self._ready.program.ladder, self._around.path(path)
        found = np.full(len(rows), APART, np.int32)
        for rank in np.unique(ranks).tolist():
            mine = np.flatnonzero(ranks == rank)
            start = rank if goal == "next" else ladder.by_id[goal].rank
            above = [level for level in levels if level.rank > start]
            if goal != "next" and start <= rank:
                above = []
            elif goal != "next":
                above = [ladder.by_id[goal], *above]
            found[mine] = self._first(above, rows[mine], waits=True) if above else STAYS
        return found

    def _first(self, levels: Sequence[CompiledLevel], rows: Ints, waits: bool) -> Ints:
        """The first of the levels that can take each ticket."""
        found = np.full(len(rows), APART, np.int32)
        left = np.arange(len(rows))
        for level in levels:
            takers = self.taker(level.rank, rows[left]) if len(left) else None
            if takers is None:
                break
            taken = takers != ABSENT
            found[left[taken]] = level.rank
            left = left[~taken]
            if waits and level.waits and len(left):
                left = left[self.named(level.rank, rows[left]) == ABSENT]
        return found
