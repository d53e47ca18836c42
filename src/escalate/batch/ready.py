"""A policy made ready for columns: its conditions, targets and triggers as nodes over blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final, NamedTuple

from escalate.batch.coded import Answers, Ints, Pool
from escalate.batch.conditions import Choice, Compiler
from escalate.batch.extra import np
from escalate.batch.goals import Goals
from escalate.batch.kleene import AllOf as All
from escalate.batch.kleene import Node
from escalate.batch.leaves import Matching, Untimed, matching
from escalate.batch.plan import Plan
from escalate.batch.unfit import UnfitError
from escalate.evaluator.compiled import CompiledTrigger
from escalate.evaluator.engine import Engine
from escalate.evaluator.timers import TimerSpec
from escalate.policy.base import Model
from escalate.policy.cases import Cases
from escalate.policy.condition import AllOf, AnyOf, Is, NotOf, Requested
from escalate.policy.condition import Node as Written
from escalate.policy.level import Fallback
from escalate.policy.target import At
from escalate.worktime import Duration, Timeline

__all__ = ["Alike", "Ready", "ReadyTrigger"]


@dataclass(frozen=True, slots=True)
class ReadyTrigger:
    """A trigger in columns; without a ``node``, columns cannot tell whether it holds."""

    compiled: CompiledTrigger
    node: Node | None
    matching: tuple[Matching, ...]
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
            (path.id, None if path.when is None else compiler.kept(path.when.root), levels)
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
        self.owners = [self._choice(f"the owner of {level.id}", level.owner)
                       for level in policy.levels]  # fmt: skip
        self.fallbacks = [
            self._choice(f"the fallback of {level.id}", level.if_unavailable.fallback)
            if isinstance(level.if_unavailable, Fallback) else None
            for level in policy.levels
        ]  # fmt: skip
        self.urgency = None
        if policy.urgency is not None:
            self.urgency = self._choice("urgency", policy.urgency)
        self.review: Choice | None = None
        if policy.review is not None:
            self.review = compiler.choice(policy.review)
        self.triggers = [self._trigger(i) for i in range(len(policy.triggers))]
        counts = [len(level.deadlines) for level in program.levels]
        self.places = list(accumulate(counts, initial=len(self.triggers)))
        """The place of each level's first deadline among the causes: triggers stand before."""
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

    def _goals(
        self, what: str, target: Cases[Duration | At] | None, calendar: Cases[str] | None
    ) -> Goals | None:
        program = self.program
        try:
            return Goals(target, calendar, program.calendar, program.timelines, self.compiler)
        except UnfitError as error:
            self.unfit.append(f"{what}: {error}")
            return None

    def _choice(self, what: str, cases: Cases[Any]) -> Choice | None:
        """Cases of texts in columns, if columns can tell."""
        try:
            if any(isinstance(use, Model) for _, use in cases.values()):
                raise UnfitError("chosen by topic or language")
            return self.compiler.choice(cases)
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
                    values = test.operands
                    found.setdefault(node.fact, []).extend(v for v in values if isinstance(v, str))
        return {name: list(dict.fromkeys(items)) for name, items in found.items()}

    def plan(self, pool: Pool) -> Plan:
        """What the pass over the events needs."""
        program = self.program
        asked = {node.fact.partition(".")[2] for node in self.compiler.compared}
        return Plan(
            pool, self.policy.status_phases(), program.timers, program.levels, frozenset(asked)
        )


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
