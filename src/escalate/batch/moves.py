"""What comes of a block's tickets: their steps, and where they go.

Language: "The decision"; finer points 19 to 28.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from escalate.batch.coded import ABSENT, Bools, Ints, marked
from escalate.batch.decided import STEPS
from escalate.batch.deciding import Deciding
from escalate.batch.extra import np
from escalate.batch.telling import ENTERED, GIVEN, TOLD
from escalate.batch.timers import NONE
from escalate.evaluator.compiled import CompiledLevel
from escalate.worktime.epoch import DAY
from escalate.worktime.timeline import NEVER

__all__ = ["ENTER", "Moves"]

_HOLD, _ACT, _ASK, ENTER, _ESCALATE, _TRANSFER = range(len(STEPS))


class Moves:
    """What a block's decisions come to: the ``step`` of every row, where its ticket goes, and
    when to ask again (``following``)."""

    def __init__(self, deciding: Deciding) -> None:
        self.standing, self.running = deciding.standing, deciding.running
        self.firing, self.reminders = deciding.firing, deciding.reminders
        self.count = self.standing.count
        self.block, self.around = self.standing.block, self.standing.around
        self.apart: Bools = self.standing.apart
        self.step: Ints = self.reminders.acts.astype(np.int8)  # _ACT
        level, owner, assignee = self.standing.before
        self.to_level, self.to_owner, self.to_assignee = level, owner, assignee
        self.kind: Ints = np.full(self.count, ABSENT, np.int32)
        self._step()
        for code, rows in self.standing.telling.warnings():
            self.standing.history.warn(code, rows)
        self.following = self._following()

    def _step(self) -> None:
        moved = self.firing.moving
        farthest = self.firing.farthest[moved]
        goes, passes = moved, moved[:0]
        if self.firing.passes:
            goes, passes = moved[farthest >= 0], moved[farthest < 0]
            farthest = farthest[farthest >= 0]
        enters = marked(self.standing.entering & ~self.firing.moved)
        self.moving: Ints = np.concatenate([moved, enters]) if len(enters) else moved
        if not len(self.moving):
            return
        self.to_level = self.to_level.copy()
        self.to_owner, self.to_assignee = self.to_owner.copy(), self.to_assignee.copy()
        self.step[goes] = _ESCALATE
        self.step[enters] = ENTER
        self.step[passes] = _TRANSFER
        rows = np.concatenate([goes, enters])
        ranks = np.concatenate([farthest, self.standing.level[enters]])
        for rank, level in enumerate(self.standing.program.levels):
            mine = rows[marked(ranks == rank)]
            for owner, some in self._takers(rank, mine) if len(mine) else ():
                self._enter(rank, level, owner, some)
        if len(passes):
            self._pass_on(passes)

    def _following(self) -> Ints:
        """When to ask again: where nothing is done, when something can change, and at least
        once a day of what is active."""
        standing = self.standing
        following: Ints = np.minimum(standing.horizon, standing.history.unseen)
        never = marked(following >= NEVER)
        following[never] = standing.now + DAY
        if not standing.all_active:
            following[never[~standing.active[never]]] = NONE
        following[marked(self.step != _HOLD)] = standing.now
        return following

    def _takers(self, rank: int, rows: Ints) -> Iterator[tuple[str | None, Ints]]:
        """Who takes the tickets of these rows at a level (``None``: columns cannot tell). One
        that is reopened stays with its owner, if he is there."""
        pool, around = self.block.pool, self.around
        keeps = self.standing.history.reentry[rows] & ~self.firing.moved[rows]
        if keeps.any():
            owners = np.where(keeps, self.standing.owner[rows], ABSENT)
            for code in np.unique(owners[owners != ABSENT]).tolist():
                mine = owners == code
                if around.there(pool.values[code]):
                    yield pool.values[code], rows[mine]
                    rows, owners = rows[~mine], owners[~mine]
        if not len(rows):
            return
        if self.standing.program.levels[rank].same_for_all:
            yield around.taker(rank), rows
            return
        takers = self.standing.takers.taker(rank, rows)
        if takers is None:
            yield None, rows
            return
        for code in np.unique(takers).tolist():
            yield None if code == ABSENT else pool.values[code], rows[takers == code]

    def _enter(self, rank: int, level: CompiledLevel, owner: str | None, rows: Ints) -> None:
        """These rows come to a level, and to an owner."""
        pool, around = self.block.pool, self.around
        assignees = self._given(owner, rows)
        quiet = around.told(level.notices) and around.quiet(owner) and not level.requires
        tells = level.tell is not None or self.standing.program.tell is not None
        plain = all(not d.by_owner and not d.vendors for d in level.deadlines)
        says = level.tell is not None and level.tell.plain is None
        if owner is None or assignees is None or not quiet or not plain or says or (
            tells and (self.standing.zones or self.standing.program.tell is not None)
        ):  # fmt: skip
            self.apart[rows] = True
            return
        self.to_level[rows] = rank
        self.to_owner[rows] = pool.code(owner)
        self.to_assignee[rows] = assignees
        self.kind[rows] = pool.code(level.kind)
        self.standing.telling.tell(TOLD, owner, rows)
        self.standing.telling.notices(ENTERED, level.notices, rows)
        for due in self.running.due.values():
            due[rows] = NONE
        for slot, deadline in enumerate(level.deadlines):
            self._begin(rank, slot, deadline.name, level, rows)

    def _given(self, owner: str | None, rows: Ints) -> Ints | int | None:
        """Who of an owner gets these tickets; ``None``: columns cannot tell."""
        pool, around = self.block.pool, self.around
        if not around.by_id(owner):
            same = around.given(owner)
            if same is None:
                return None
            self.standing.telling.say(GIVEN, same.said, rows)
            return pool.code(same.assignee)
        idents = self.block.idents()
        found = around.given_by_id(owner, [idents[row] for row in rows.tolist()])
        return np.array([pool.code(one) for one in found], np.int32)

    def _begin(self, rank: int, slot: int, name: str, level: CompiledLevel, rows: Ints) -> None:
        """A deadline that begins with the step."""
        block = self.block
        if name != "resolve":
            replies = block.knows("agent-reply")
            if replies is not True:
                known = np.asarray(replies)[rows]
                self.standing.lacks.add("events", rows[~known])
                rows = rows[known]
        goals = self.standing.ready.deadlines[rank][slot]
        if goals is None:
            self.apart[rows] = True
            return
        due = self.running.due.get(name)
        if due is None:
            due = self.running.due[name] = np.full(self.count, NONE, np.int64)
        still = self.standing.plan.still(level.timers[slot], self.standing.history.status[rows])
        for group in goals.groups(block, rows, self.standing.lacks):
            if group.at is not None:
                due[group.rows] = group.at
                continue
            if group.target is None:
                continue
            at = self._due_from_now(group.timeline, group.target)
            due[group.rows] = NONE if at is None else at
        due[rows[marked(still)]] = NONE

    def _due_from_now(self, timeline: Any, target: Any) -> int | None:
        now = self.block.now
        if target.workdays:
            until = timeline.add_workdays(now, target.workdays)
            if until >= NEVER:
                return None
            left = timeline.between(timeline.next_open(now), until)
        else:
            left = target.us
        at: int = timeline.add(now, max(left, 0))
        return at if at < NEVER else None

    def _pass_on(self, rows: Ints) -> None:
        """These rows pass to another owner at their level."""
        pool = self.block.pool
        for code in np.unique(self.firing.to_owner[rows]).tolist():
            mine = rows[self.firing.to_owner[rows] == code]
            owner = pool.values[code]
            assignees = self._given(owner, mine)
            tells = self.standing.program.tell is not None
            if assignees is None or not self.around.quiet(owner) or tells:
                self.apart[mine] = True
                continue
            self.to_owner[mine] = code
            self.to_assignee[mine] = assignees
            self.kind[mine] = pool.code("functional")
            self.standing.telling.tell(TOLD, owner, mine)
            for rank, level in enumerate(self.standing.program.levels):
                here = mine[self.standing.level[mine] == rank]
                if not len(here):
                    continue
                if any(d.by_owner or d.vendors for d in level.deadlines):
                    self.apart[here] = True
                    continue
                for slot, deadline in enumerate(level.deadlines):
                    if deadline.anew:
                        self._begin(rank, slot, deadline.name, level, here)
