"""Where the triggers of a policy hold, and until when those that do not may sleep.

Language: "Triggers".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeGuard

from escalate.batch.coded import Ints, Mask, looked_up, marked
from escalate.batch.extra import np
from escalate.batch.kleene import AllOf, Node, Truths, both, either, inverse, taken_at, until_of
from escalate.batch.part import Part
from escalate.batch.plan import PHASES
from escalate.batch.ready import Crowd, ReadyTrigger
from escalate.batch.spent import Spent
from escalate.batch.standing import Standing

__all__ = ["Triggers"]

_NOWHERE: Final[Ints] = np.empty(0, np.int64)


def _is_all(node: Node) -> TypeGuard[AllOf]:
    return isinstance(node, AllOf)


class Triggers:
    """The triggers of a policy, asked of a block: a crowd's by what its triggers have in
    common first."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self.ready, self.block = standing, standing.ready, standing.block
        self.history, self.apart, self.lacks = standing.history, standing.apart, standing.lacks
        self.spent = Spent(standing)
        self.sleeping: list[tuple[Node, Mask]] = []
        self.dozing: list[tuple[Node, Part, Ints, Ints]] = []
        self._places: dict[object, Mask] = {}

    def holding(self) -> Iterator[tuple[int, Mask | Ints]]:
        """Which triggers of a policy without clocks hold, by place, and where: a mask, or the
        rows of a few. For who wants no more."""
        members: set[int] = set()
        for crowd in (self.ready.crowds or {}).values():
            for place, held in self.held_in(crowd):
                members.add(place)
                yield place, held
        for place, trigger in enumerate(self.ready.triggers):
            if trigger.node is not None and place not in members:
                yield place, both(self.block.value(trigger.node).sure, self._where(trigger))

    def _where(self, trigger: ReadyTrigger) -> Mask:
        """Which rows a trigger is for."""
        compiled = trigger.compiled
        key = (compiled.phases, compiled.at)
        found = self._places.get(key)
        if found is None:
            phases = np.array([phase in compiled.phases for phase in PHASES])
            found = looked_up(phases, self.history.phase)
            if compiled.at is not None:
                levels = compiled.at
                table, _ = self.block.pool.table(("at", levels), lambda level: level in levels)
                found = both(found, table.of(self.standing.level))
            if not isinstance(found, bool) and found.all():
                found = True
            self._places[key] = found
        return found

    def held_in(self, crowd: Crowd) -> Iterator[tuple[int, Ints]]:
        """Where each trigger of a crowd fires."""
        found: Mask = True
        for node in crowd.common:
            found = both(found, self.block.value(node).maybe)
        rows = self.block.every if found is True else marked(found)
        if not len(rows):
            yield from ((place, _NOWHERE) for place, _ in crowd.members)
            return
        part = Part(self.block, rows)
        surely: Mask = True
        for node in crowd.common:
            one = self.block.value(node)
            if one.sure is not one.maybe:  # of these rows it is true or unknown
                surely = both(surely, taken_at(one.sure, rows))
        for place, rest in crowd.members:
            trigger = self.ready.triggers[place]
            yield place, rows[self._hold_in(trigger, rest, part, rows, surely)]

    def _hold_in(
        self,
        trigger: ReadyTrigger,
        rest: Node,
        part: Part,
        rows: Ints,
        surely: Mask,
    ) -> Ints:
        """Where, of the rows in which a crowd's comparisons may hold, a trigger fires;
        ``surely`` tells where they do hold."""
        where = both(self._where(trigger), inverse(self.spent.of(trigger)))
        if where is not True:
            where = taken_at(where, rows)
        sure, maybe = part.value(rest)
        fires = both(both(sure, surely), where)
        if (sure is not maybe or surely is not True) and trigger.node is not None:
            open_ = taken_at(both(both(maybe, where), inverse(fires)), part.every)
            if open_.any():
                trigger.node.lacks(self.block, rows[open_], self.lacks)
        if rest.timed and fires is not True:
            later = marked(taken_at(both(where, inverse(fires)), part.every))
            if len(later):
                self.dozing.append((rest, part, later, rows[later]))
        found: Ints = part.every if fires is True else marked(fires)
        return found

    def where_fires(self, trigger: ReadyTrigger) -> Ints:
        """Where a trigger fires that is in no crowd."""
        compiled, node, block = trigger.compiled, trigger.node, self.block
        where = self._where(trigger)
        if where is False:
            return _NOWHERE
        if node is None:
            self.apart |= where
            return _NOWHERE
        cause = f"trigger:{compiled.id}"
        if compiled.promises:
            self.apart |= where
            return _NOWHERE
        if compiled.once == "problem":
            self.spent.problem(where, cause)
        truths = block.value(node)
        by_request = compiled.requests and compiled.once is None
        spent: Mask = False
        if not by_request:
            spent = self.spent.of(trigger)
            if compiled.repeat is not None and spent is not False:
                self.apart |= both(where, spent)
            where = both(where, inverse(spent))
        fires = both(truths.sure, where)
        self._at_rest(node, where, truths, by_request)
        if fires is False:
            return _NOWHERE
        rows: Ints = block.every if fires is True else marked(fires)
        return self.spent.unspent(trigger, rows) if by_request and len(rows) else rows

    def _at_rest(self, node: Node, where: Mask, truths: Truths, by_request: bool) -> None:
        """What a trigger that does not hold leaves: for want of what, and until when."""
        if truths.sure is not truths.maybe:
            open_ = both(where, both(truths.maybe, inverse(truths.sure)))
            if open_ is not False:
                rows = self.block.every if open_ is True else marked(open_)
                if len(rows):
                    node.lacks(self.block, rows, self.lacks)
        if node.timed:
            # Where it holds it fires, and nothing is at rest; but for requests heard before.
            self.sleeping.append((node, both(where, inverse(truths.sure)) if by_request else where))

    def sleep(self, rest: Mask) -> None:
        """Until when those that hold may sleep, as far as triggers have a say: ``rest``."""
        waiting: dict[tuple[Node, ...], Mask] = {}
        for node, where in self.sleeping:
            later = both(where, self._later(node))
            timed = node.timed_parts if _is_all(node) else (node,)
            waiting[timed] = either(waiting.get(timed, False), later)
        for timed, later in waiting.items():
            later = both(later, rest)
            rows = self.block.every if later is True else marked(later)
            if len(rows):
                self.standing.wake(rows, until_of(timed, self.block, rows))

        for node, part, places, rows in self.dozing:
            mine = taken_at(rest, rows)
            if mine.any():
                self.standing.wake(rows[mine], node.until(part, places[mine]))

    def _later(self, node: Node) -> Mask:
        """Where time could make a condition true: where nothing else makes it false."""
        found: Mask = True
        if _is_all(node):
            for part in node.other_parts:
                found = both(found, self.block.value(part).maybe)
        return found
