"""Whether a trigger has fired for its present cause. Finer points 29 to 36."""

from __future__ import annotations

from escalate.batch.coded import Ints, Mask
from escalate.batch.extra import np
from escalate.batch.kleene import both, inverse, taken_at
from escalate.batch.ready import ReadyTrigger
from escalate.batch.standing import Standing

__all__ = ["Spent"]


class Spent:
    """What triggers have fired for, in the rows of a block."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self.block, self.program = standing, standing.block, standing.program
        self.around, self.keys, self.count = standing.around, standing.keys, standing.count
        self.apart = standing.apart

    def of(self, trigger: ReadyTrigger) -> Mask:
        """Where a trigger has fired for its present cause."""
        compiled = trigger.compiled
        if compiled.once == "ticket":
            return self.keys.of_trigger(compiled.id, "ticket")
        if compiled.once == "problem":
            return False
        if compiled.clocks:
            cycles = {}
            for name, i in compiled.clocks:
                clock = self.block.clocks[i]
                known = np.asarray(clock.known)  # of one not known no cycle is, either
                cycles[name] = np.where(known, clock.cycle, 0)
            return self.keys.of_clocks(compiled.id, cycles)
        return self.keys.of_cycle(compiled.id, self.standing.history.cycle)

    def problem(self, where: Mask, cause: str) -> None:
        """Whether a wide problem is known already is told in columns only where nobody says
        that it is."""
        if self.around.desk.fired:
            self.apart |= where
        self.apart |= both(where, self.keys.having(cause))
        for name in self.program.similar:
            if self.block.place(name) == "texts":
                codes, coding = self.block.texts(name)
                table, _ = coding.table("there", lambda value: value is not None)
                self.apart |= both(where, inverse(table.of(codes)))
            else:
                self.apart |= where

    def unspent(self, trigger: ReadyTrigger, rows: Ints) -> Ints:
        """Of the rows whose requests a trigger goes by, those for which it has not fired."""
        ordinals = np.full(len(rows), -1)
        for matches in trigger.matching:
            slots = matches(self.block)
            for n in range(len(slots) - 1, -1, -1):
                mine = taken_at(slots[n], rows)
                first = mine & ((ordinals < 0) | (ordinals > n))
                ordinals[first] = n
        matched = ordinals >= 0
        spent = self.keys.of_requests(trigger.compiled.id, rows, ordinals)
        if not matched.all():
            other = taken_at(self.of(trigger), rows)
            spent = np.where(matched, spent, other)
        if spent.any():
            gone = rows[spent]
            node = trigger.node
            if node is not None and node.timed:
                self.standing.wake(gone, node.until(self.block, gone))
            if trigger.compiled.repeat is not None:
                self.apart[gone] = True
        found: Ints = rows[~spent]
        return found
