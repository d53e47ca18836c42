"""What fires in a block, and where it moves the tickets: `evaluator.firing`, many at once.

Language: "Triggers", "Deadlines".
"""

from __future__ import annotations

from typing import Final, NamedTuple

from escalate.batch.around import APART, STAYS
from escalate.batch.coded import ABSENT, Bools, Ints, marked, narrow
from escalate.batch.extra import np
from escalate.batch.kleene import either, inverse, taken_at
from escalate.batch.running import Running
from escalate.batch.standing import Standing
from escalate.batch.telling import NOTICED
from escalate.batch.triggers import Triggers
from escalate.evaluator.compiled import CompiledEffects

__all__ = ["Cause", "Firing"]

_NOWHERE: Final = -3
_TRANSFER: Final = -1


class Cause(NamedTuple):
    """What fires, by its place (see `outcome.names_of_causes`), and the rows in which it does."""

    place: int
    rows: Ints


class Firing:
    """The ``causes``, in order, and what comes of them row by row: which is ``told`` (what moves
    the ticket, else the foremost), how far it goes (``farthest``) or to whom (``to_owner``), and
    whose owner is ``nudged``. ``moving`` are the rows that move, and ``passes`` tells whether any
    of them may pass to another owner."""

    def __init__(self, standing: Standing, running: Running, triggers: Triggers) -> None:
        self.standing, self.running, self.triggers = standing, running, triggers
        self.ready, self.program, self.block = standing.ready, standing.program, standing.block
        self.history, self.around, self.keys = standing.history, standing.around, standing.keys
        self.apart, count = standing.apart, standing.count
        self.causes: list[Cause] = []
        self.fires: Bools = np.zeros(count, np.bool_)
        causes = narrow(self.ready.places[-1])
        self.farthest: Ints = np.full(count, _NOWHERE, standing.rank_kind)
        self.mover: Ints = np.full(count, -1, causes)
        self.told: Ints = np.full(count, -1, causes)
        self.to_owner: Ints = np.full(count, ABSENT, np.int32)
        self.nudged: Bools = np.zeros(count, np.bool_)
        self.passes = False

    def run(self) -> None:
        """Everything that fires, triggers before missed deadlines."""
        self._fire_all()
        self._missed()
        for cause in reversed(self.causes):
            self.told[cause.rows] = cause.place
        self.moved: Bools = self.farthest > _NOWHERE
        self.moving: Ints = marked(self.moved)
        self.told[self.moving] = self.mover[self.moving]
        self.triggers.sleep(inverse(either(self.fires, self.standing.entering)))

    def _fire_all(self) -> None:
        """Every trigger, in order; crowds are asked first, and what they do is put in order."""
        held: dict[int, Ints] = {}
        for crowd in (self.ready.crowds or {}).values():
            held.update(self.triggers.held_in(crowd))
        for place, trigger in enumerate(self.ready.triggers):
            compiled = trigger.compiled
            rows = held[place] if place in held else self.triggers.where_fires(trigger)
            if len(rows):
                self._fire(place, compiled.id, compiled.effects, rows, compiled.may_move)

    def _missed(self) -> None:
        """Deadlines that were missed and still run fire like triggers."""
        for slot, reading in enumerate(self.running.deadlines):
            missed = np.asarray(reading.known) & reading.running
            missed &= reading.in_state(lambda state: state == "breached")
            late = marked(missed)
            ranks = self.standing.level[late]
            for rank, level in enumerate(self.program.levels):
                if slot >= len(level.deadlines):
                    continue
                deadline = level.deadlines[slot]
                rows = late[marked(ranks == rank)]
                if not len(rows):
                    continue
                anew = self.history.anew if deadline.anew else None
                spent = self.keys.of_deadline(level.id, deadline.name, self.history.visit, anew)
                if spent is not False:
                    rows = rows[~taken_at(spent, rows)]
                if not len(rows):
                    continue
                place = self.ready.places[rank] + slot
                self._fire(place, deadline.cause, deadline.effects, rows, True)
                if deadline.effects.escalate == "next":
                    self._reminds(rows)

    def _reminds(self, rows: Ints) -> None:
        """Where nobody is above, the owner is reminded."""
        for path, mine in self.standing.by_path(rows):
            ranks = np.array(self.around.climbs.of(path, "next"), np.int32)
            self.nudged[mine[ranks[self.standing.level[mine]] == STAYS]] = True

    def _fire(
        self, place: int, name: str, effects: CompiledEffects, rows: Ints, may_move: bool
    ) -> None:
        """A cause in these rows: what it does, and where it wants them."""
        self.causes.append(Cause(place, rows))
        self.fires[rows] = True
        if not self.around.acts(effects, self.standing.zones):
            self.apart[rows] = True
        for which, names in self.history.acted:
            same = which[names == self.block.pool.code(name)]
            self.apart[same[np.isin(same, rows)]] = True
        self.standing.telling.notices(NOTICED, effects.notices, rows)
        if not effects.moves or not may_move:
            return
        if not self.standing.all_active:
            rows = rows[self.standing.active[rows]]
        if effects.escalate is not None:
            self._climb(place, effects.escalate, rows)
        elif effects.transfer is not None:
            self._transfer(place, effects, rows)

    def _climb(self, place: int, goal: str, rows: Ints) -> None:
        for path, mine in self.standing.by_path(rows):
            ranks = np.array(self.around.climbs.of(path, goal), self.farthest.dtype)
            to = ranks.take(self.standing.rank[mine])
            if APART in self.around.climbs.of(path, goal):
                open_ = marked(to == APART)
                to[open_] = self._careful(path, goal, mine[open_])
                self.apart[mine[to == APART]] = True
            farther = marked(to > np.maximum(self.farthest[mine], STAYS))
            goes = mine[farther]
            self.farthest[goes] = to[farther]
            self.mover[goes] = place

    def _careful(self, path: int, goal: str, rows: Ints) -> Ints:
        """The same where the owners of levels hang on the ticket."""
        if goal == "requested":
            return np.full(len(rows), APART, np.int32)
        return self.standing.takers.climb(path, goal, rows, self.standing.rank[rows])

    def _transfer(self, place: int, effects: CompiledEffects, rows: Ints) -> None:
        transfer = effects.transfer
        plain = None if transfer is None else transfer.plain
        owner = None if plain is None else plain.value
        if plain is None or owner == "requested":
            self.apart[rows] = True
            return
        if owner is None:
            return
        self.apart[rows[self.standing.entering[rows]]] = True
        code = self.block.pool.code(owner)
        moves = rows[(self.standing.owner[rows] != code)]
        if not self.around.there(owner):
            self.apart[moves] = True
        self.passes = True
        first = moves[self.farthest[moves] < _TRANSFER]
        self.farthest[first] = _TRANSFER
        self.mover[first] = place
        self.to_owner[first] = code
