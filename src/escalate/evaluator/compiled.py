"""The policy made ready: every level, deadline and trigger with its functions.

Done once per policy. What is written here in full is what a decision reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from escalate.evaluator.conditions import CompiledCases, Compiler
from escalate.evaluator.context import Context
from escalate.evaluator.experts import owner_cases
from escalate.evaluator.goals import GoalSpec
from escalate.evaluator.timers import STOPS, TimerSpec
from escalate.evaluator.truth import Asks
from escalate.policy.agreed import level_deadlines
from escalate.policy.cases import Cases
from escalate.policy.clock import Clock
from escalate.policy.condition import Compare
from escalate.policy.effects import Effects
from escalate.policy.effects import Notice as Told
from escalate.policy.level import Deadline, Fallback, Level
from escalate.policy.policy import Policy
from escalate.policy.trigger import Trigger
from escalate.worktime import Duration, Timeline

__all__ = [
    "PHASES_OF",
    "CompiledDeadline",
    "CompiledEffects",
    "CompiledLevel",
    "CompiledTrigger",
    "Notice",
    "Repeat",
    "clock_timer",
    "compile_level",
    "compile_trigger",
    "goes_by_cycle",
]

_PHASES = frozenset({"open", "waiting", "resolved", "closed"})
_REMIND_STOPS = STOPS["acknowledge"] | STOPS["resolve"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody to be told."""

    owner: CompiledCases[str]
    message: CompiledCases[str] | None
    channel: CompiledCases[str] | None
    urgency: CompiledCases[str] | None


@dataclass(frozen=True, slots=True)
class CompiledEffects:
    """What a cause does."""

    escalate: str | None
    transfer: CompiledCases[str] | None
    requires: tuple[str, ...]
    notices: tuple[Notice, ...]
    tell: CompiledCases[str] | None
    set: tuple[tuple[str, Any], ...]
    do: tuple[tuple[str, tuple[tuple[str, CompiledCases[Any]], ...]], ...]
    moves: bool
    plain: tuple[str, ...] | None
    """Whom it tells, without a message, where it does nothing else but escalate."""


@dataclass(frozen=True, slots=True)
class CompiledDeadline:
    """One deadline of a level. ``warn`` holds percentages and durations before.

    A transfer begins it ``anew``. ``vendors`` are those with whom the ticket must stand for
    it to count (none: with anybody). ``by_owner`` tells that whose the ticket is has a say
    in it, so that a movement does.
    """

    name: str
    cause: str
    goal: GoalSpec
    warn: tuple[int | Duration, ...]
    warn_words: tuple[str, ...]
    effects: CompiledEffects
    written: Cases[Any]
    anew: bool
    vendors: frozenset[str]
    by_owner: bool

    def counts(self, owner: str | None) -> bool:
        """Whether it counts while the ticket stands with this owner."""
        return not self.vendors or owner in self.vendors


@dataclass(frozen=True, slots=True)
class Repeat:
    """Again and again."""

    every: Duration
    times: int | None


@dataclass(frozen=True, slots=True)
class CompiledLevel:
    """One step of the ladder. ``fallback`` is who is tried where the owner is away;
    ``nudges`` whether the level itself ever warns or reminds, ``silent`` whether entering
    it tells and asks nobody but its owner. Of its deadlines, ``fixed`` tells that only the
    snapshot has a say in their targets; where each is so much working time for every ticket,
    ``plain`` holds their names, calendars, targets and vendors."""

    id: str
    name: str
    called: str
    rank: int
    kind: str | None
    owner: CompiledCases[str]
    waits: bool
    fallback: CompiledCases[str] | None
    requires: tuple[str, ...]
    deadlines: tuple[CompiledDeadline, ...]
    remind: Repeat | None
    remind_goal: GoalSpec | None
    notices: tuple[Notice, ...]
    tell: CompiledCases[str] | None
    timers: tuple[TimerSpec, ...]
    nudges: bool
    silent: bool
    fixed: bool
    plain: tuple[tuple[str, Timeline, int, frozenset[str]], ...] | None

    @property
    def same_for_all(self) -> bool:
        """Whether nothing of a ticket decides who takes it here, or is tried instead."""
        return bool(self.owner.plain) and (self.fallback is None or bool(self.fallback.plain))


@dataclass(frozen=True, slots=True)
class CompiledTrigger:
    """One trigger; ``clocks``, ``requests`` and ``promises`` tell what its cause goes by; a
    ``simple`` one goes by the ticket's cycle alone, and fires once in it."""

    id: str
    prefix: str
    phases: frozenset[str]
    may_move: bool
    at: frozenset[str] | None
    when: Asks
    effects: CompiledEffects
    once: str | None
    repeat: Repeat | None
    clocks: tuple[tuple[str, int], ...]
    requests: bool
    promises: bool
    simple: bool
    matching: tuple[Callable[[Context], list[int]], ...]


PHASES_OF = {
    "active": frozenset({"open", "waiting"}),
    "resolved": frozenset({"resolved"}),
    "closed": frozenset({"closed"}),
    "any": _PHASES,
}


def statuses(words: tuple[str, ...], phases: Mapping[str, str]) -> frozenset[str]:
    """The statuses that words of ``paused`` stand for: phases or statuses."""
    found = set()
    for word in words:
        if word in phases:
            found.add(word)
        else:
            found |= {status for status, phase in phases.items() if phase == word}
    return frozenset(found)


def clock_timer(name: str, clock: Clock, phases: Mapping[str, str]) -> TimerSpec:
    """When a clock starts, stops and pauses."""
    return TimerSpec(
        name,
        frozenset(clock.from_),
        frozenset(clock.until),
        statuses(clock.paused or (), phases),
        clock.on_reopen,
        clock.resolved_counts,
    )


def _name(cases: Cases[Any]) -> str | None:
    """The owner, where it is but one without a condition or a choice."""
    return cases.plain if isinstance(cases.plain, str) else None


def notices(written: Iterable[Told], compiler: Compiler) -> tuple[Notice, ...]:
    """Those to be told, made ready."""

    def cases(given: Any) -> Any:
        return None if given is None else compiler.cases(given, lambda value: value)

    return tuple(
        Notice(owner_cases(n.owner, compiler), cases(n.message), cases(n.channel), cases(n.urgency))
        for n in written
    )


def _effects(effects: Effects, compiler: Compiler, escalate: str | None = None) -> CompiledEffects:
    def cases(given: Any) -> Any:
        return None if given is None else compiler.cases(given, lambda value: value)

    goal = effects.escalate if effects.moves else escalate
    told = [
        _name(n.owner)
        for n in effects.notify
        if n.message is None and n.channel is None and n.urgency is None
    ]
    more = effects.transfer or effects.requires or effects.tell_customer or effects.set
    plain = not (more or effects.do or goal == "requested")
    plain = plain and len(told) == len(effects.notify) and None not in told
    return CompiledEffects(
        goal,
        None if effects.transfer is None else owner_cases(effects.transfer, compiler),
        effects.requires,
        notices(effects.notify, compiler),
        cases(effects.tell_customer),
        tuple(effects.set.items()),
        tuple(
            (do.action, tuple((name, cases(given)) for name, given in do.with_.items()))
            for do in effects.do
        ),
        goal is not None or effects.transfer is not None,
        tuple(owner for owner in told if owner is not None) if plain else None,
    )


def goes_by_cycle(trigger: Trigger, compiler: Compiler) -> bool:
    """Whether the ticket's cycle alone makes its cause, and it fires once in it."""
    if trigger.once or trigger.repeat:
        return False
    reads = compiler.reads(trigger.when)
    return not (reads.requests or reads.clocks or reads.promises)


def compile_trigger(trigger: Trigger, compiler: Compiler) -> CompiledTrigger:
    """A trigger made ready."""
    reads = compiler.reads(trigger.when)
    clocks = compiler.names.clocks
    repeat = trigger.repeat
    return CompiledTrigger(
        trigger.id,
        f"trigger:{trigger.id}:",
        PHASES_OF[trigger.for_],
        trigger.for_ in ("active", "any"),
        None if trigger.at is None else frozenset(trigger.at),
        compiler.condition(trigger.when),
        _effects(trigger, compiler),
        trigger.once,
        None if repeat is None else Repeat(repeat.every, repeat.times),
        tuple((name, clocks[name]) for name in reads.clocks),
        reads.requests,
        reads.promises,
        goes_by_cycle(trigger, compiler),
        tuple(compiler.matching(trigger.when)),
    )


_WHOSE = frozenset({"level", "owner", "assignee"})


def _reads_owner(deadline: Deadline, own_calendar: Cases[str] | None, compiler: Compiler) -> bool:
    """Whether the cases of a deadline read where the ticket stands, or with whom."""
    for cases in (deadline.target, deadline.calendar or own_calendar):
        for _, condition in () if cases is None else cases.conditions():
            for node in compiler.resolved(condition.root):
                if isinstance(node, Compare) and node.fact in _WHOSE:
                    return True
    return False


def compile_level(
    rank: int, level: Level, policy: Policy, compiler: Compiler, phases: Mapping[str, str]
) -> CompiledLevel:
    """A level made ready."""
    timelines, default = compiler.names.timelines, compiler.names.calendar

    def calendar(name: str | None) -> Timeline | None:
        return None if name is None else timelines[name]

    def calendars(given: Any) -> CompiledCases[Timeline] | None:
        return None if given is None else compiler.cases(given, lambda name: timelines[name])

    own = calendars(level.calendar)
    deadlines, timers = [], []
    for name, deadline, vendors in level_deadlines(policy, level):
        anew = name == "acknowledge" or bool(vendors)
        target = compiler.cases(deadline.target, lambda value: value, calendar)
        goal = GoalSpec(target, calendars(deadline.calendar) or own, default)
        effects = deadline.on_breach
        made = (
            _effects(Effects(), compiler, "next")
            if effects is None
            else _effects(effects, compiler)
        )
        deadlines.append(
            CompiledDeadline(
                name,
                f"deadline:{level.id}:{name}",
                goal,
                tuple(int(w[:-1]) if isinstance(w, str) else w for w in deadline.warn),
                tuple(str(w) for w in deadline.warn),
                made,
                deadline.target,
                anew,
                vendors,
                _reads_owner(deadline, own_calendar=level.calendar, compiler=compiler),
            )
        )
        paused = deadline.paused if deadline.paused is not None else ("waiting",)
        timers.append(
            TimerSpec(name, frozenset(), STOPS[name], statuses(paused, phases), "ignore", anew=anew)
        )
    remind = level.remind
    if remind is not None:
        timers.append(
            TimerSpec(
                "remind", frozenset(), _REMIND_STOPS, statuses(("waiting",), phases), "ignore"
            )
        )
    unavailable = level.if_unavailable
    return CompiledLevel(
        level.id,
        level.name or level.id,
        f"{level.name} ({level.id})" if level.name else level.id,
        rank,
        level.kind,
        owner_cases(level.owner, compiler),
        unavailable == "wait",
        owner_cases(unavailable.fallback, compiler) if isinstance(unavailable, Fallback) else None,
        level.requires,
        tuple(deadlines),
        None if remind is None else Repeat(remind.every, remind.times),
        None if remind is None else GoalSpec(None, own, default),
        notices(level.notify, compiler),
        None if level.tell_customer is None else compiler.cases(level.tell_customer, lambda v: v),
        tuple(timers),
        remind is not None or any(deadline.warn for deadline in deadlines),
        not (level.notify or level.tell_customer or level.requires or policy.tell_customer),
        all(deadline.goal.fixed for deadline in deadlines),
        _plain(deadlines),
    )


def _plain(
    deadlines: Iterable[CompiledDeadline],
) -> tuple[tuple[str, Timeline, int, frozenset[str]], ...] | None:
    plain = []
    for deadline in deadlines:
        goal = deadline.goal.always
        if goal is None or not goal.us or goal.us < 0:
            return None
        plain.append((deadline.name, goal.timeline, goal.us, deadline.vendors))
    return tuple(plain)
