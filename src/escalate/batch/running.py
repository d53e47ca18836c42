"""What runs for a block's tickets at an instant: the deadlines of their levels, and clocks.

Language: "Deadlines", "Time".
"""

from __future__ import annotations

from typing import Final

from escalate.batch.coded import Bools, Ints, Mask, marked
from escalate.batch.extra import np
from escalate.batch.goals import Goals, Group
from escalate.batch.kleene import both, either, taken_at
from escalate.batch.odd import far
from escalate.batch.past import past_of
from escalate.batch.readings import Readings, read
from escalate.batch.ready import Alike
from escalate.batch.standing import Standing
from escalate.batch.timers import NONE, Timers
from escalate.evaluator.compiled import CompiledDeadline
from escalate.evaluator.timers import TimerSpec

__all__ = ["RUNS", "Running"]

RUNS: Final = TimerSpec("deadline", frozenset(), frozenset(), frozenset())
"""How a deadline is read: nothing but a resolution ends it well."""


class Running:
    """The ``deadlines`` by their slots in a level, and when those of a name are ``due``; the
    clocks are the block's."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self.ready, self.plan = standing, standing.ready, standing.plan
        self.block, self.program = standing.block, standing.program
        self.history, self.now, self.count = standing.history, standing.now, standing.count
        self.apart, self.lacks = standing.apart, standing.lacks
        self.deadlines: list[Readings] = []
        self.due: dict[str, Ints] = {}

    def read_deadlines(self) -> None:
        """How the deadlines of the levels stand."""
        block, history = self.block, self.history
        replies = block.knows("agent-reply")
        history.warn("ESC937", marked(history.assumed & self.standing.stands))
        for slot, run in enumerate(history.deadlines):
            live = self.standing.stands & run.live
            alike = self.ready.alike[slot]
            if alike is not None and replies is True:
                self._read_alike(run, live, alike)
                continue
            groups: list[Group] = []
            shown = np.zeros(self.count, np.bool_)
            names: list[tuple[str, Ints]] = []
            for rank, level in enumerate(self.program.levels):
                if slot >= len(level.deadlines):
                    continue
                deadline = level.deadlines[slot]
                mine = live & (self.standing.level == rank)
                if deadline.vendors:
                    mine &= self._with_vendor(deadline)
                if deadline.name != "resolve" and replies is not True:
                    self.lacks.add("events", marked(mine & ~np.asarray(replies)))
                    mine &= np.asarray(replies)
                rows = marked(mine)
                if not len(rows):
                    continue
                goals = self.ready.deadlines[rank][slot]
                if goals is None:
                    self.apart[rows] = True
                    continue
                groups += self._groups(goals, rows)
                shown[rows] = True
                names.append((deadline.name, rows))
            reading = read(block, run, RUNS, groups, self.now, self.count)
            reading.known = shown
            self.deadlines.append(reading)
            due = reading.shown_due
            for name, rows in names:
                if name not in self.due:
                    self.due[name] = np.full(self.count, NONE, np.int64)
                self.due[name][rows] = due[rows]
            self._until_due(reading, due, shown)

    def _read_alike(self, run: Timers, live: Bools, alike: Alike) -> None:
        """Deadlines that differ in nothing but their working time, for all rows at once."""
        ranks = self.standing.rank
        shown: Bools = live & alike.there.of(ranks)
        rows = self.block.every if shown.all() else marked(shown)
        times = alike.times.take(ranks if len(rows) == self.count else ranks[rows])
        group = Group(rows, alike.timeline, None, times)
        reading = read(self.block, run, RUNS, [group], self.now, self.count)
        reading.known = shown
        self.deadlines.append(reading)
        due = reading.shown_due
        before = self.due.get(alike.name)
        if before is None:
            self.due[alike.name] = due.copy()
        else:  # other levels have it in another place
            before[rows] = due[rows]
        self._until_due(reading, due, shown)

    def _until_due(self, reading: Readings, due: Ints, which: Mask) -> None:
        """A decision holds until what runs is due."""
        waits = np.asarray(which) & (due != NONE)
        waits &= reading.in_state(lambda state: state == "running")
        self.standing.wake_where(waits, due)

    def _with_vendor(self, deadline: CompiledDeadline) -> Bools:
        table, _ = self.block.pool.table(
            ("vendors", deadline.cause), lambda owner: owner in deadline.vendors
        )
        return taken_at(table.of(self.standing.owner), self.block.every)

    def read_clocks(self) -> None:
        """What the clocks show."""
        block, history = self.block, self.history
        for index, spec in enumerate(self.plan.clocks):
            run, goals = history.clocks[index], self.ready.clocks[index]
            known: Mask = True
            for moment in (*spec.starts, *spec.stops, "resolved"):
                known = both(known, block.knows(moment))
            known = either(known, True if block.known is True else history.known)
            rows = block.every if known is True else marked(known)
            groups: list[Group] = []
            if not goals.plain and (run.ended != NONE).any():
                rows = self._ended(index, goals, rows, groups)
            groups += self._groups(goals, rows)
            reading = read(block, run, spec, groups, self.now, self.count)
            reading.known = known
            block.clocks.append(reading)
            self._until_due(reading, reading.due, known)

    def _ended(self, index: int, goals: Goals, rows: Ints, into: list[Group]) -> Ints:
        """Clocks that have ended are judged by the ticket as it was then; finer point 16. The
        targets of those that something has changed since; the other rows."""
        ended = self.history.clocks[index].ended
        fields = self.program.goals[index].fields
        if fields is None:
            self.apart |= (ended != NONE) & (self.block.last_event() > ended)
            return rows
        past = past_of(self.standing, fields, rows, ended[rows])
        if past is None:
            return rows
        into += [
            self._near(group._replace(rows=past.rows[group.rows]))
            for group in goals.groups(past, past.every, past.lacks)
        ]
        past.tell(self.lacks)
        member = np.zeros(self.count, np.bool_)
        member[past.rows] = True
        return rows[~member[rows]]

    def _groups(self, goals: Goals, rows: Ints) -> list[Group]:
        """The targets of these rows."""
        return [self._near(group) for group in goals.groups(self.block, rows, self.lacks)]

    def _near(self, group: Group) -> Group:
        """Rows whose target is outside of the years known are apart."""
        at = group.at
        if at is None:
            return group
        beyond = far(at) & (at != NONE)
        if not beyond.any():
            return group
        self.apart[group.rows[beyond]] = True
        return group._replace(at=np.where(beyond, self.now, at))
