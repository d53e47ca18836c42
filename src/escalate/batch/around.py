"""The desk and the instant of a call: what of it is the same for all tickets is asked of the
scalar engine once: who is there, where a climb leads, to whom a level's ticket is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, NamedTuple

from escalate.batch.coded import Ints
from escalate.batch.extra import np
from escalate.batch.ready import Ready
from escalate.batch.timers import NONE
from escalate.batch.unfit import UnfitError
from escalate.desk import Desk
from escalate.evaluator.compiled import CompiledEffects, CompiledLevel, Notice
from escalate.evaluator.context import Context
from escalate.evaluator.history import History
from escalate.evaluator.readings import Reading
from escalate.evaluator.standing import Move, Standing
from escalate.ticket import Ticket
from escalate.worktime.epoch import EPOCH, US

__all__ = ["APART", "STAYS", "Climbs", "Said", "Surroundings"]

APART: Final = -2
"""In place of a level: the scalar engine has to tell."""
STAYS: Final = -1
"""In place of a level: the movement moves nothing."""


Said = tuple[tuple[str, str], ...]
"""Warnings, each with its code and in words."""


class Same(NamedTuple):
    """Who gets every ticket of an owner, and what is to be said of it."""

    assignee: str | None
    said: Said


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
        if goal == "requested" or not all(one.same_for_all for one in self._ready.program.levels):
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
        if not candidates[0].same_for_all:
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
        self._instants: Ints = np.empty(0, np.int64)
        self._quiet: dict[str, bool] = {}
        self._given: dict[str | None, Same | None] = {}
        self._duty: dict[str | None, Said] = {}

    def context(self) -> Context:
        """A ticket of which nothing is known."""
        return Context(self._ticket, self.desk, self.now, self._hist, {}, _no_clock)

    def instants(self, count: int) -> Ints:
        """The instant, so many times; every block has the same column."""
        if len(self._instants) < count:
            self._instants = np.full(count, self.now, np.int64)
        return self._instants[:count]

    def path(self, number: int) -> Sequence[CompiledLevel]:
        """A path's levels; -1 is the path of all."""
        program = self.ready.program
        return program.levels if number < 0 else program.paths[number][2]

    def taker(self, rank: int) -> str | None:
        """Who takes a ticket at a level that can take it."""
        return self.ready.program.ladder.taker(self.context(), self.ready.program.levels[rank])

    def there(self, owner: str) -> bool:
        """Whether an owner can take a ticket now."""
        return self.ready.program.people.there(self.context(), owner)

    def given(self, owner: str | None) -> Same | None:
        """Who of an owner gets every ticket, if that is the same for all."""
        if owner not in self._given:
            self._given[owner] = self._give(owner)
        return self._given[owner]

    def _give(self, owner: str | None) -> Same | None:
        people = self.ready.program.people
        crew = None if owner is None else people.crews.get(owner)
        if crew is None:
            return Same(None, ())
        if crew.speaks or self.by_id(owner):
            return None
        ctx = self.context()
        found = people.given(ctx, owner)
        return Same(found.assignee, tuple(ctx.warnings))

    def by_id(self, owner: str | None) -> bool:
        """Whether who of an owner gets a ticket may hang on its id, and on nothing else of it."""
        crew = None if owner is None else self.ready.program.people.crews.get(owner)
        if crew is None or crew.kind != "team" or crew.speaks:
            return False
        return crew.assign in ("round-robin", "least-loaded")

    def given_by_id(self, owner: str | None, idents: Sequence[str]) -> list[str | None]:
        """Who of an owner gets tickets with such ids."""
        people, ctx = self.ready.program.people, self.context()
        found: list[str | None] = []
        for ident in idents:
            ctx.ticket = replace(self._ticket, id=ident)
            found.append(people.given(ctx, owner).assignee)
        return found

    def quiet(self, owner: str | None) -> bool:
        """Whether telling an owner something leaves no trace in a decision but the action."""
        if owner is None:
            return True
        found = self._quiet.get(owner)
        if found is None:
            people = self.ready.program.people
            crew = people.crews.get(owner)
            found = crew is None or crew.channels is None or crew.channels.plain is not None
            self._quiet[owner] = found
        return found

    def duty(self, owner: str | None) -> Said:
        """What is to be said of who has duty when an owner is told something: that nobody has."""
        found = self._duty.get(owner)
        if found is None:
            ctx = self.context()
            self.ready.program.people.duty(ctx, owner)
            found = self._duty[owner] = tuple(ctx.warnings)
        return found

    def quiet_until(self, owner: str | None) -> int:
        """The end of an owner's quiet hours; :data:`NONE` where it is not in them."""
        until = self.ready.program.people.quiet_until(owner, self.now)
        return NONE if until is None else until

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
        if effects.tell is not None and (effects.tell.plain is None or zones):
            return False
        if any(cases.plain is None for _, given in effects.do for _, cases in given):
            return False
        return self.told(effects.notices)


def _no_clock(ctx: Context, index: int) -> Reading:
    raise UnfitError("a clock is read where none is")
