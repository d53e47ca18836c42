"""How urgent what staff is told is, and which tickets lack something to tell it.

Language: "Notices".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from escalate.batch.around import Said, Surroundings
from escalate.batch.block import Block
from escalate.batch.coded import Bools, Ints
from escalate.batch.extra import np
from escalate.batch.kleene import Lacks
from escalate.batch.ready import Ready
from escalate.evaluator.compiled import Notice

__all__ = ["ENTERED", "GIVEN", "NOTICED", "NUDGED", "TOLD", "Telling"]

GIVEN, NOTICED, TOLD, ENTERED, NUDGED = range(5)
"""The order in which warnings of who has duty are found: on choosing who gets a ticket, on
telling those whom causes tell, its new owner, those whom its level tells, and on reminders."""


class Telling:
    """The policy's own word of urgency, asked of the rows in which somebody is told something."""

    def __init__(
        self, ready: Ready, block: Block, around: Surroundings, lacks: Lacks, apart: Bools
    ) -> None:
        self._ready, self._block, self._lacks, self._apart = ready, block, lacks, apart
        self._around = around
        self._said: list[tuple[int, Said, Ints]] = []

    def urgent(self, rows: Ints) -> Bools:
        """Of these rows, which are urgent."""
        found = np.zeros(self._block.count, np.bool_)
        choice = self._ready.urgency
        if choice is not None:
            for n, which in choice.choose(self._block, rows, self._lacks):
                found[which] = n >= 0 and choice.values[n][0] == "urgent"
        elif self._ready.policy.urgency is not None:
            self._apart[rows] = True
        return found[rows]

    def tell(self, stage: int, owner: str, rows: Ints) -> None:
        """An owner is told something of these rows."""
        choice = self._ready.urgency
        if choice is None or not choice.plain:
            self.urgent(rows)
        self.say(stage, self._around.duty(owner), rows)

    def notices(self, stage: int, notices: Sequence[Notice], rows: Ints) -> None:
        """The same of notices, some of which have a word of their own."""
        for notice in notices:
            owner = None if notice.owner.plain is None else notice.owner.plain.value
            own = None if notice.urgency is None else notice.urgency.plain
            if owner is not None and (own is None or own.value is None):
                self.tell(stage, owner, rows)
            elif owner is not None:
                self.say(stage, self._around.duty(owner), rows)

    def say(self, stage: int, said: Said, rows: Ints) -> None:
        """Warnings of these rows, which are said once each."""
        if said and len(rows):
            if stage in (NOTICED, TOLD, ENTERED):
                # What is held back already is not said twice, and nobody looks who has duty.
                self._apart[rows[self._block.history.held[rows]]] = True
            self._said.append((stage, said, rows))

    def warnings(self) -> Iterator[tuple[str, Ints]]:
        """The codes of warnings, in order, with their rows."""
        before: dict[tuple[str, str], Bools] = {}
        for _, said, rows in sorted(self._said, key=itemgetter(0)):
            for warning in said:
                there = before.setdefault(warning, np.zeros(self._block.count, np.bool_))
                fresh = rows[~there[rows]]
                there[fresh] = True
                yield warning[0], fresh
