"""Which clock or deadline, and which cycle of it, a name stands for.

A name is a clock's (``resolution``), a deadline's of the present level (``resolve``), or
one of the latest stay at a level (``L1.resolve``). What conditions, messages and decisions
call them does as well: ``clock.resolution``, ``deadline.resolve``, ``deadline:L1:resolve``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from escalate.errors import EscalateError, did_you_mean
from escalate.evaluator.clock_log import ClockLog
from escalate.evaluator.compiled import CompiledDeadline, CompiledLevel
from escalate.evaluator.context import Context
from escalate.evaluator.goals import GoalSpec
from escalate.evaluator.timers import Run
from escalate.policy.cases import Cases
from escalate.policy.level import DEADLINES
from escalate.policy.target import Target

if TYPE_CHECKING:
    from escalate.evaluator.program import Program

__all__ = ["ClockNameError", "Subject", "find_subject"]

T = TypeVar("T")

_MOST_NAMED = 12


class ClockNameError(EscalateError, ValueError):
    """There is no clock, deadline or cycle of that name to be explained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is explained.

    ``run`` is its time (``None``: it has not begun), ``spec`` and ``written`` its target,
    ``starts`` the moments that begin it. ``known`` is false where the ticket does not tell
    of these moments. Of a deadline: its level, whose the ticket was there, when that was
    left, and its key.
    """

    name: str
    run: Run | None
    spec: GoalSpec
    written: Cases[Target] | None
    starts: tuple[str, ...]
    cycle: int
    cycles: int
    known: bool
    level: str | None = None
    owner: str | None = None
    left: int | None = None
    deadline: CompiledDeadline | None = None
    key: str = ""


def find_subject(
    program: Program, ctx: Context, log: ClockLog, name: str, cycle: int | None
) -> Subject:
    """What a name stands for. Raises :class:`ClockNameError`."""
    clock = name.removeprefix("clock.")
    if clock in program.clock_names and name in (clock, f"clock.{clock}"):
        return _clock(program, ctx, log, clock, cycle)
    level, deadline = _parts(name)
    if deadline not in DEADLINES or (level is not None and level not in program.ladder.by_id):
        raise ClockNameError(_no_such(program, name))
    return _deadline(program, ctx, log, level, deadline, cycle)


def _parts(name: str) -> tuple[str | None, str]:
    """The level, if one is named, and the deadline."""
    if name.startswith("deadline:"):
        _, level, *rest = name.split(":")
        return level, ":".join(rest)
    level, _, deadline = name.removeprefix("deadline.").rpartition(".")
    return level or None, deadline


def _clock(program: Program, ctx: Context, log: ClockLog, name: str, cycle: int | None) -> Subject:
    index = program.clock_names.index(name)
    clock, timer = program.policy.clocks[name], program.timers[index]
    runs = log.cycles(index)
    moments = (*timer.starts, *timer.stops, "resolved")
    return Subject(
        name=name,
        run=_picked(runs, cycle, f"the clock `{name}` has", "cycle"),
        spec=program.goals[index],
        written=clock.target,
        starts=clock.from_,
        cycle=cycle or len(runs),
        cycles=len(runs),
        known=log.known or all(ctx.knows(moment) for moment in moments),
    )


def _deadline(
    program: Program,
    ctx: Context,
    log: ClockLog,
    level: str | None,
    name: str,
    cycle: int | None,
) -> Subject:
    if level is None:
        # That of a ticket which has not entered any is where it counts as standing.
        level = log.level if log.level in program.ladder.by_id else ctx.values.get("level")
        if level is None or level not in program.ladder.by_id:
            raise ClockNameError(f"the ticket stands at no level, so it has no deadline `{name}`")
    compiled = program.ladder.by_id[level]
    spec = next((spec for spec in compiled.deadlines if spec.name == name), None)
    if spec is None:
        raise ClockNameError(
            f"the level `{level}` has no deadline `{name}`{_others(program, log, compiled, name)}"
        )
    visits = [visit for visit in log.visits if visit.level == level]
    visit = _picked(visits, cycle, f"at the level `{level}` the ticket has had", "stay")
    owner = None
    if visit is not None:
        owner = visit.owner if visit.left is not None else ctx.values.get("owner")
    if owner is None:
        owner = program.ladder.named_owner(ctx, compiled)
    if not spec.counts(owner):
        stands = "would stand" if visit is None else "stands"
        raise ClockNameError(
            f"the deadline `{name}` is agreed with {_listed(sorted(spec.vendors))}, "
            f"and at the level `{level}` the ticket {stands} with `{owner}`"
        )
    if visit is None:
        return Subject(
            name=name,
            run=None,
            spec=spec.goal,
            written=spec.written,
            starts=("entered",),
            cycle=0,
            cycles=0,
            known=True,
            level=level,
            owner=owner,
            deadline=spec,
        )
    anew = f":{visit.anew}" if spec.anew and visit.anew else ""
    return Subject(
        name=name,
        run=next(run for run in visit.runs if run.spec.name == name),
        spec=spec.goal,
        written=spec.written,
        starts=("transferred", "entered") if anew else ("entered",),
        cycle=cycle or len(visits),
        cycles=len(visits),
        known=name == "resolve" or ctx.knows("agent-reply"),
        level=level,
        owner=owner,
        left=visit.left,
        deadline=spec,
        key=f"deadline:{level}:{visit.number}:{name}{anew}",
    )


def _others(program: Program, log: ClockLog, level: CompiledLevel, name: str) -> str:
    """What else it could be: that of a level where the ticket was, or another of this one."""
    been = {visit.level for visit in log.visits}
    for other in program.levels:
        if other.id in been and name in [deadline.name for deadline in other.deadlines]:
            return f"; did you mean `{other.id}.{name}`?"
    has = [deadline.name for deadline in level.deadlines]
    return f"; it has {_listed(has)}" if has else ""


def _picked(found: list[T], number: int | None, has: str, what: str) -> T | None:
    """The one of that number, from 1, else the last."""
    if number is None:
        return found[-1] if found else None
    if not 1 <= number <= len(found):
        many = "there is none" if not found else f"the last is {len(found)}"
        raise ClockNameError(f"{has} no {what} {number}; {many}")
    return found[number - 1]


def _no_such(program: Program, name: str) -> str:
    known = list(_names(program))
    near = did_you_mean(name, known)
    if near is not None:
        return f"there is no clock or deadline `{name}`; did you mean `{near}`?"
    if not known:
        return f"there is no clock or deadline `{name}`; the policy has none"
    return f"there is no clock or deadline `{name}`; there are {_listed(known)}"


def _names(program: Program) -> Iterator[str]:
    yield from program.clock_names
    for level in program.levels:
        yield from (f"{level.id}.{deadline.name}" for deadline in level.deadlines)


def _listed(names: list[str]) -> str:
    more = ", ..." if len(names) > _MOST_NAMED else ""
    return ", ".join(f"`{name}`" for name in names[:_MOST_NAMED]) + more
