"""A policy made ready for columns, and what of it is the same for all tickets of one call.

What depends on the desk and the instant alone is asked of the scalar engine once: who is
there, where a climb leads, to whom a level's ticket is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NamedTuple

from escalate.batch.coded import Answers, Ints, Pool
from escalate.batch.conditions import Choice, Compiler
from escalate.batch.extra import np
from escalate.batch.history import Plan
from escalate.batch.kleene import AllOf as All
from escalate.batch.kleene import Node
from escalate.batch.leaves import Untimed, matching
from escalate.batch.readings import Goals
from escalate.batch.unfit import UnfitError
from escalate.desk import Desk
from escalate.evaluator.compiled import CompiledEffects, CompiledLevel, CompiledTrigger, Notice
from escalate.evaluator.context import Context
from escalate.evaluator.engine import Engine
from escalate.evaluator.history import History
from escalate.evaluator.readings import Reading
from escalate.evaluator.standing import Move, Standing
from escalate.evaluator.timers import TimerSpec
from escalate.policy.condition import AllOf, AnyOf, Is, NotOf, Requested
from escalate.policy.condition import Node as Written
from escalate.ticket import Ticket
from escalate.worktime import Timeline
from escalate.worktime.epoch import EPOCH, US

__all__ = ["APART", "STAYS", "Alike", "Climbs", "Ready", "ReadyTrigger", "Surroundings"]

APART: Final = -2
"""In place of a level: the scalar engine has to tell."""
STAYS: Final = -1
"""In place of a level: the movement moves nothing."""


@dataclass(frozen=True, slots=True)
class ReadyTrigger:
    """A trigger in columns; without a ``node``, columns cannot tell whether it holds."""

    compiled: CompiledTrigger
    node: Node | None
    matching: tuple[object, ...]
    unfit: str | None


class Alike(NamedTuple):
    """A deadline that all levels that have it call the same and count in one calendar.
    ``times`` holds its working time by level and ``there`` which levels have it; the last
    entries are for no level."""

    name: str
    timeline: Timeline
    times: Ints
    there: Answers


class Ready:
    """A policy in columns. ``unfit`` tells what the scalar engine has to decide, in words."""

    def __init__(self, engine: Engine) -> None:
        program = engine.program
        policy = engine.policy
        self.engine, self.program, self.policy = engine, program, policy
        self.unfit: list[str] = []
        compiler = self.compiler = Compiler(policy.conditions, program.names)
        self.paths = [
            (path.id, None if path.when is None else compiler.node(path.when.root), levels)
            for path, (_, _, levels) in zip(policy.paths, program.paths, strict=True)
        ]
        self.derive = [(name, compiler.choice(policy.derive[name])) for name, _ in program.derive]
        timelines = program.timelines
        self.clocks = [
            Goals(clock.target, clock.calendar, program.calendar, timelines, compiler)
            for clock in policy.clocks.values()
        ]
        self.deadlines: list[list[Goals | None]] = []
        self.reminds: list[Goals | None] = []
        for written, level in zip(policy.levels, program.levels, strict=True):
            row: list[Goals | None] = []
            for deadline in level.deadlines:
                own = getattr(written.deadlines, deadline.name)
                calendar = written.calendar if own is None else own.calendar or written.calendar
                row.append(self._goals(f"deadlines.{deadline.name} of {level.id}",
                                       deadline.written, calendar))  # fmt: skip
            self.deadlines.append(row)
            self.reminds.append(
                None if level.remind is None
                else self._goals(f"remind of {level.id}", None, written.calendar)
            )  # fmt: skip
        self.alike = [
            self._alike(slot) for slot in range(max(map(len, self.plan_of_levels()), default=0))
        ]
        self.review: Choice | None = None
        if policy.review is not None:
            self.review = compiler.choice(policy.review)
        self.triggers = [self._trigger(i) for i in range(len(policy.triggers))]
        self.crowds = crowds(self.triggers) if len(self.triggers) >= _MANY else None

    def plan_of_levels(self) -> list[tuple[TimerSpec, ...]]:
        """The timers of every level."""
        return [level.timers for level in self.program.levels]

    def _alike(self, slot: int) -> Alike | None:
        """A deadline that is nearly the same at all levels."""
        levels = self.program.levels
        times = np.zeros(len(levels) + 1, np.int64)
        there = np.zeros(len(levels) + 1, np.bool_)
        found: list[tuple[str, Timeline]] = []
        for rank, level in enumerate(levels):
            if slot < len(level.deadlines):
                deadline = level.deadlines[slot]
                goal = deadline.goal.always
                if goal is None or goal.us is None or goal.workdays or deadline.vendors:
                    return None
                times[rank], there[rank] = goal.us, True
                found.append((deadline.name, goal.timeline))
        if not found or any(one[0] != found[0][0] or one[1] is not found[0][1] for one in found):
            return None
        return Alike(found[0][0], found[0][1], times, Answers(there))

    def _goals(self, what: str, target: object, calendar: object) -> Goals | None:
        program = self.program
        try:
            return Goals(target, calendar, program.calendar, program.timelines,  # type: ignore
                         self.compiler)  # fmt: skip
        except UnfitError as error:
            self.unfit.append(f"{what}: {error}")
            return None

    def _trigger(self, place: int) -> ReadyTrigger:
        written = self.policy.triggers[place]
        compiled = self.program.triggers.full(place)
        unfit = None
        node: Node | None = None
        try:
            node = self.compiler.node(written.when.root)
        except UnfitError as error:
            unfit = f"trigger {written.id}: {error}"
            self.unfit.append(unfit)
        asked = [one for one in self._every(written.when.root) if isinstance(one, Requested)]
        return ReadyTrigger(compiled, node, tuple(map(matching, asked)), unfit)

    def _every(self, node: Written) -> list[Written]:
        match node:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                return [inner for part in parts for inner in self._every(part)]
            case NotOf(part=part):
                return self._every(part)
            case Is(name=name):
                return self._every(self.policy.conditions[name].root)
            case _:
                return [node]

    def wanted(self) -> dict[str, list[str]]:
        """Of fields that hold lists, the items that conditions ask about."""
        found: dict[str, list[str]] = {}
        for node in self.compiler.compared:
            if self.program.facts[node.fact].kind == "list":
                for test in node.tests:
                    values = test.value if isinstance(test.value, tuple) else (test.value,)
                    found.setdefault(node.fact, []).extend(v for v in values if isinstance(v, str))
        return {name: list(dict.fromkeys(items)) for name, items in found.items()}

    def plan(self, pool: Pool) -> Plan:
        """What the pass over the events needs."""
        program = self.program
        return Plan(pool, self.policy.status_phases(), program.timers, program.levels)


class Crowd(NamedTuple):
    """Triggers, by place, that begin with the same comparisons; what is left of each."""

    common: tuple[Node, ...]
    members: list[tuple[int, Node]]


_MANY: Final = 64
"""So many triggers are told apart by what they have in common first."""


def crowds(triggers: Sequence[ReadyTrigger]) -> dict[int, Crowd]:
    """Crowds by the place of their first member, as far as triggers are in one: those that
    fire once a cycle and compare the two fields that most of them compare with one value."""
    often: Counter[str] = Counter()
    for trigger in triggers:
        often.update({fact for fact, _ in _named(trigger)})
    telling = [fact for fact, count in often.most_common(2) if 2 * count >= len(triggers)]
    found: dict[tuple[Node, ...], Crowd] = {}
    for place, trigger in enumerate(triggers):
        named = dict(_named(trigger))
        common = tuple(named[fact] for fact in telling if fact in named)
        if not common or not isinstance(trigger.node, All):
            continue
        rest = All([part for part in trigger.node.parts if part not in common])
        found.setdefault(common, Crowd(common, [])).members.append((place, rest))
    return {crowd.members[0][0]: crowd for crowd in found.values()}


def _named(trigger: ReadyTrigger) -> list[tuple[str, Node]]:
    """The fields that a trigger compares with one value, all of which must hold."""
    if not trigger.compiled.simple or not isinstance(trigger.node, All):
        return []
    found: list[tuple[str, Node]] = []
    for part in trigger.node.parts:
        if isinstance(part, Untimed) and part.key[0] != "requested":
            fact, tests, _ = part.key
            if len(tests) == 1 and tests[0][0] == "eq":
                found.append((fact, part))
    return found


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
