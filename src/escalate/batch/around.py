"""The desk and the instant of a call: what of it is the same for all tickets is asked of the
scalar engine once: who is there, where a climb leads, to whom a level's ticket is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from escalate.batch.ready import Ready
from escalate.batch.unfit import UnfitError
from escalate.desk import Desk
from escalate.evaluator.compiled import CompiledEffects, CompiledLevel, Notice
from escalate.evaluator.context import Context
from escalate.evaluator.history import History
from escalate.evaluator.readings import Reading
from escalate.evaluator.standing import Move, Standing
from escalate.ticket import Ticket
from escalate.worktime.epoch import EPOCH, US

__all__ = ["APART", "STAYS", "Climbs", "Surroundings"]

APART: Final = -2
"""In place of a level: the scalar engine has to tell."""
STAYS: Final = -1
"""In place of a level: the movement moves nothing."""


class Climbs:
    """Where escalations lead, by path, present level and goal, on one desk at one instant."""

    def __init__(self, ready: Ready, around: Surroundings) -> None:
        self._ready = ready
        self._around = around
        self._made: dict[tuple[int, str], list[int]] = {}

    def of(self, path: int, goal: str) -> list[int]:
        """The level's rank for every rank that a ticket may stand at; or :data:`STAYS`,
        :data:`APART`."""
        found = self._made.get((path, goal))
        if found is None:
            levels = self._ready.program.levels
            found = [self._rank(path, level, goal) for level in levels]
            self._made[(path, goal)] = found
        return found

    def _rank(self, path: int, level: CompiledLevel, goal: str) -> int:
        levels = self._around.path(path)
        if goal == "requested" or not all(one.owner.plain for one in self._ready.program.levels):
            return self._careful(levels, level, goal)
        return self._asked(levels, level, goal)

    def _careful(self, levels: Sequence[CompiledLevel], level: CompiledLevel, goal: str) -> int:
        """Where owners hang on the ticket only levels before the first such one can be told."""
        if goal == "requested":
            return APART
        ladder = self._ready.program.ladder
        start = level.rank if goal == "next" else ladder.by_id[goal].rank
        if goal != "next" and start <= level.rank:
            return STAYS
        above = [one for one in levels if one.rank > start]
        candidates = above if goal == "next" else [ladder.by_id[goal], *above]
        if not candidates:
            return STAYS
        if candidates[0].owner.plain is None:
            return APART
        found = self._asked(levels, level, goal)
        return found if found == candidates[0].rank else APART

    def _asked(self, levels: Sequence[CompiledLevel], level: CompiledLevel, goal: str) -> int:
        ctx = self._around.context()
        standing = Standing(level, None, None, tuple(levels), False, False)
        move = self._ready.program.ladder.climb(ctx, standing, goal)
        if move is None:
            return STAYS
        return move.level.rank if isinstance(move, Move) else APART


class Surroundings:
    """The desk and the instant of a call."""

    def __init__(self, ready: Ready, desk: Desk, now: int) -> None:
        self.ready, self.now = ready, now
        self.desk = ready.engine.desk(desk)
        at = EPOCH + now * US
        ticket = Ticket("", at if at.tzinfo else datetime.now(UTC), {})
        program = ready.program
        self._ticket = ticket
        self._hist = History(ticket, now, program.plan)
        self.climbs = Climbs(ready, self)
        self._quiet: dict[str, bool] = {}
        self._given: dict[str | None, tuple[bool, str | None]] = {}

    def context(self) -> Context:
        """A ticket of which nothing is known."""
        return Context(self._ticket, self.desk, self.now, self._hist, {}, _no_clock)

    def path(self, number: int) -> Sequence[CompiledLevel]:
        """A path's levels; -1 is the path of all."""
        program = self.ready.program
        return program.levels if number < 0 else program.paths[number][2]

    def entry(self, path: int) -> int:
        """The level that a ticket enters that stands nowhere, if that is the same for all."""
        program = self.ready.program
        for level in self.path(path):
            if level.owner.plain is None:
                return APART
            if program.ladder.taker(self.context(), level) is not None:
                return level.rank
        return APART

    def taker(self, rank: int) -> str | None:
        """Who takes a ticket at a level that can take it."""
        return self.ready.program.ladder.taker(self.context(), self.ready.program.levels[rank])

    def there(self, owner: str) -> bool:
        """Whether an owner can take a ticket now."""
        return self.ready.program.people.there(self.context(), owner)

    def given(self, owner: str | None) -> tuple[bool, str | None]:
        """Whether it is the same for every ticket who of an owner gets it, and who."""
        found = self._given.get(owner)
        if found is None:
            found = self._given[owner] = self._give(owner)
        return found

    def _give(self, owner: str | None) -> tuple[bool, str | None]:
        people = self.ready.program.people
        crew = None if owner is None else people.crews.get(owner)
        if crew is None:
            return True, None
        by_ticket = crew.speaks or (
            crew.assign in ("round-robin", "least-loaded") and crew.kind == "team"
        )
        if by_ticket:
            return False, None
        ctx = self.context()
        found = people.given(ctx, owner)
        return not ctx.warnings, found.assignee

    def quiet(self, owner: str | None) -> bool:
        """Whether telling an owner something leaves no trace in a decision but the action."""
        if owner is None:
            return True
        found = self._quiet.get(owner)
        if found is None:
            people = self.ready.program.people
            crew = people.crews.get(owner)
            if crew is None:
                found = True
            else:
                ctx = self.context()
                people.duty(ctx, owner)
                cases = (crew.channels, self.ready.program.urgency)
                plain = all(one is None or one.plain is not None for one in cases)
                found = plain and not ctx.warnings
            self._quiet[owner] = found
        return found

    def reminded(self, owner: str | None) -> bool:
        """Whether an owner can be reminded quietly, and now: not in its quiet hours."""
        until = self.ready.program.people.quiet_until(owner, self.now)
        return until is None and self.quiet(owner)

    def told(self, notices: Sequence[Notice]) -> bool:
        """Whether all these can be told quietly."""
        for notice in notices:
            for cases in (notice.owner, notice.message, notice.channel, notice.urgency):
                if cases is not None and cases.plain is None:
                    return False
            if notice.owner.plain is None or not self.quiet(notice.owner.plain.value):
                return False
        return True

    def acts(self, effects: CompiledEffects, zones: bool) -> bool:
        """Whether what a cause does leaves no trace in a decision but its actions; ``zones``
        tells that tickets name their customer's zone."""
        if effects.set or effects.requires:
            return False
        if any(cases.plain is None for _, given in effects.do for _, cases in given):
            return False
        if effects.tell is not None and (effects.tell.plain is None or zones):
            return False
        if any(cases.plain is None for _, given in effects.do for _, cases in given):
            return False
        return self.told(effects.notices)


def _no_clock(ctx: Context, index: int) -> Reading:
    raise UnfitError("a clock is read where none is")
