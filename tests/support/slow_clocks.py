"""Clocks, walked from event to event. Language: "Time"; docs: "Finer points", Clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from escalate.policy.target import At
from support.slow_history import ENDED, us_of
from support.slow_time import Run, timeline, working

if TYPE_CHECKING:
    from escalate.policy.clock import Clock
    from support.slow_history import Happening
    from support.slow_world import World

NOTHING: frozenset[str] = frozenset()
RESOLUTION = frozenset({"resolved", "closed"})


@dataclass
class State:
    state: str
    cycle: int = 0
    due: int | None = None
    elapsed: int | None = None
    remaining: int | None = None
    overdue: int | None = None
    target: int | None = None
    lacks: frozenset[str] = NOTHING
    over: bool = False
    cannot_tell: bool = False
    """The target is an instant that the ticket does not hold."""


def paused(names: tuple[str, ...] | None, happening: Happening) -> bool:
    return names is not None and (happening.phase in names or happening.status in names)


def runs_of(clock: Clock, happenings: list[Happening]) -> list[Run]:
    """The cycles of a clock: within one event stop, then pause, then start."""
    runs: list[Run] = []
    for happening in happenings:
        moments, us = happening.moments, happening.us
        run = runs[-1] if runs else None
        if run and run.stopped is None and moments & (RESOLUTION | set(clock.until)):
            close(run, us)
            run.stopped, run.by_resolution = us, bool(moments & RESOLUTION)
        elif run and run.by_resolution and "reopened" in moments:
            if clock.on_reopen == "resume":
                run.stopped, run.by_resolution = None, False
            elif clock.on_reopen == "restart":
                runs.append(Run(us, []))
        if moments & set(clock.from_) and (not runs or runs[-1].stopped is not None):
            begun = bool(moments & RESOLUTION & set(clock.from_))
            runs.append(Run(us, [], begun_by_resolution=begun))
        if runs and runs[-1].stopped is None:
            run = runs[-1]
            ended = happening.phase in ENDED and not run.begun_by_resolution
            if ended or paused(clock.paused, happening):
                close(run, us)
            elif not run.running:
                run.stretches.append((us, None))
    return runs


def close(run: Run, us: int) -> None:
    if run.running:
        run.stretches[-1] = (run.stretches[-1][0], us)


def clock_state(world: World, name: str) -> State:
    clock = world.policy.clocks[name]
    past = world.past
    # A resolution ends every clock, so of a ticket that is over, its instant must be known.
    needed = {*clock.from_, *clock.until} | (set() if past.active else {"resolved"})
    if not all(past.knows(moment) for moment in needed):
        return State("unknown", lacks=frozenset({"events"}))
    runs = runs_of(clock, past.happenings)
    if not runs:
        return State("not-started")
    run = runs[-1]
    then = world if run.stopped is None else world.as_of(run.stopped)
    case, lacks = then.pick(clock.target)
    calendar = case.calendar if case is not None else None
    if calendar is None and clock.calendar is not None:
        chosen, more = then.pick(clock.calendar)
        calendar, lacks = (chosen.use if chosen else None), lacks | more
    state = judged(then, run, case.use if case else None, calendar, world.now)
    state.cycle, state.lacks = len(runs), state.lacks | lacks
    if run.by_resolution and not clock.resolved_counts:
        state.state, state.due = "ended", None
    return state


def judged(world: World, run: Run, target: Any, calendar: str | None, now: int) -> State:
    """What a run says, measured against its target."""
    line = timeline(world.policy, calendar)
    end = run.stopped if run.stopped is not None else now
    elapsed = run.elapsed(line, end)
    state = State("running", elapsed=elapsed)
    missed = False
    if isinstance(target, At):
        raw = world.ticket.get(target.at)
        if raw is None:
            still = run.stopped is None and not run.running
            state = "paused" if still else "unknown"
            lacks, over = frozenset({target.at}), run.stopped is not None
            return State(state, elapsed=elapsed, lacks=lacks, over=over, cannot_tell=True)
        at = us_of(datetime.fromisoformat(raw))
        here = end if run.running else run.still_since()
        state.target = max(0, line.between(run.start, at))
        state.remaining = max(0, line.between(here, at))
        state.overdue = run.elapsed(line, end, since=at)
        state.due = run.due_at(at)
        if run.stopped is not None:
            missed = end > at
            state.due = at if missed else state.due
        else:
            missed = state.due is not None and at <= now
    elif target is not None:
        state.target = working(line, run.start, target)
        state.remaining = max(0, state.target - elapsed)
        state.overdue = max(0, elapsed - state.target)
        state.due = run.due(line, state.target)
        missed = state.due is not None and state.due <= end
    if run.stopped is not None:
        state.state = "breached" if missed else "met"
    elif missed:
        state.state = "breached"
    elif not run.running:
        state.state = "paused"
    return state
