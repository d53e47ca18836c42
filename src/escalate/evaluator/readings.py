"""How much working time a timer holds, and what follows: state, due, measures.

Language: "Time"; finer points 11 to 18. What does not hang on the instant is worked out
once for a run and its target (:class:`Tally`); a :class:`Reading` is that at an instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from escalate.decision import ClockState, State
from escalate.evaluator.timers import Run
from escalate.worktime.timeline import NEVER, Timeline

__all__ = ["ABSENT", "Goal", "Reading", "Tally", "due_from", "read_run", "unknown_reading"]


class Goal(NamedTuple):
    """A target at work: working time, workdays, or an instant; counted in ``timeline``.

    All three ``None``: there is no target. ``field`` names the ticket's field whose
    absence leaves the target unknown.
    """

    timeline: Timeline
    us: int | None = None
    workdays: int | None = None
    at: int | None = None
    field: str | None = None


ABSENT: Final = -1
"""In place of a target that an absent field leaves unknown."""


@dataclass(slots=True)
class Tally:
    """A run with its target, as long as no event comes.

    ``elapsed`` is the working time of what has ended, ``target`` the target's (``None``:
    no target; :data:`ABSENT`: unknown). ``due`` is when the target is or was reached,
    ``verdict`` how the run ended, if it did. While it runs, ``run_from`` is the position
    in ``timeline`` at which the elapsed time was zero, as if it had run since: so it
    comes to x at position ``run_from + x``.
    """

    timeline: Timeline
    cycle: int
    elapsed: int = 0
    target: int | None = None
    due: int | None = None
    run_from: int | None = None
    verdict: State | None = None
    paused_by: str | None = None
    field: str | None = None


class Reading:
    """A timer at an instant. Times are microseconds of working time, instants since 1970."""

    __slots__ = ("now", "state", "tally")

    def __init__(self, tally: Tally, now: int) -> None:
        self.tally = tally
        self.now = now
        due = tally.due
        self.state: State
        if tally.verdict is not None:
            self.state = tally.verdict
        elif due is not None and now >= due:
            self.state = "breached"
        else:
            self.state = "paused" if tally.run_from is None else "running"

    @property
    def cycle(self) -> int:
        """Which of its cycles the timer is in, from 1; 0 before the first."""
        return self.tally.cycle

    @property
    def timeline(self) -> Timeline:
        """What its time is counted in."""
        return self.tally.timeline

    @property
    def target(self) -> int | None:
        """The target's working time."""
        return self.tally.target

    @property
    def field(self) -> str | None:
        """The absent field that leaves the target unknown."""
        return self.tally.field

    @property
    def running(self) -> bool:
        """Whether time passes for it now."""
        return self.tally.run_from is not None

    @property
    def elapsed(self) -> int:
        """The working time that it has run."""
        tally = self.tally
        if tally.run_from is None:
            return tally.elapsed
        return tally.timeline.position(self.now) - tally.run_from

    @property
    def due(self) -> int | None:
        """When the target is reached; ``None`` while that is not known."""
        return self.tally.due if self.state in ("running", "breached") else None

    def reached(self, elapsed: int) -> int:
        """The instant at which the elapsed time comes to ``elapsed``, if it goes on so."""
        tally = self.tally
        if tally.run_from is None:
            return NEVER
        return tally.timeline.instant(tally.run_from + elapsed)

    def shown(self) -> ClockState:
        """The reading as a decision holds it."""
        tally, state = self.tally, self.state
        if tally.target == ABSENT and state in ("running", "met"):
            state = "unknown"
        if tally.cycle == 0:
            return ClockState(state)
        elapsed = self.elapsed
        target = None if tally.target == ABSENT else tally.target
        return ClockState(
            state,
            tally.cycle,
            self.due,
            elapsed,
            None if target is None else max(target - elapsed, 0),
            None if target is None else max(elapsed - target, 0),
            target,
            tally.paused_by,
            self.running and not tally.timeline.is_open(self.now),
        )


def unknown_reading(timeline: Timeline, now: int) -> Reading:
    """The reading of a timer of whose moments nothing is known."""
    return Reading(Tally(timeline, 0, verdict="unknown"), now)


def read_run(run: Run, goal: Goal, now: int) -> Reading:
    """What a run comes to at ``now`` with its target."""
    known = run.tally
    if known is not None and (known[0] is goal or known[0] == goal):
        return Reading(known[1], now)
    tally = _to_instant(run, goal, goal.at) if goal.at is not None else _tally(run, goal)
    run.tally = (goal, tally)
    return Reading(tally, now)


def _tally(run: Run, goal: Goal) -> Tally:
    timeline = goal.timeline
    if run.cycle == 0:
        return Tally(timeline, 0, verdict="not-started", field=goal.field)
    target = _working_time(goal, run.begun)
    position = timeline.position
    elapsed = 0
    due: int | None = None
    for start, end in run.stretches:
        gained = position(end) - position(start)
        if due is None and target is not None and elapsed + gained >= target:
            reached = _reached(timeline, start, target - elapsed)
            if reached is not None and reached < end:
                due = reached
        elapsed += gained
    tally = Tally(timeline, run.cycle, elapsed, target, due, field=goal.field)
    if goal.field is not None:
        tally.target = ABSENT
    if run.since is not None:
        tally.run_from = position(run.since) - elapsed
        if due is None and target is not None:
            tally.due = _reached(timeline, run.since, target - elapsed)
    return _judged(run, tally)


def due_from(start: int, goal: Goal) -> int | None:
    """When something that starts to run now is due, if nothing holds it up."""
    if goal.at is not None:
        return goal.at
    target = _working_time(goal, start)
    return None if target is None else _reached(goal.timeline, start, target)


def _working_time(goal: Goal, start: int) -> int | None:
    """The target as working time, fixed at the start."""
    if goal.workdays is None:
        return goal.us
    timeline = goal.timeline
    until = timeline.add_workdays(start, goal.workdays)
    return None if until >= NEVER else timeline.between(timeline.next_open(start), until)


def _reached(timeline: Timeline, start: int, left: int) -> int | None:
    """When ``left`` of working time has passed since ``start``."""
    return _known(timeline.add(start, max(left, 0)))


def _known(us: int) -> int | None:
    return us if us < NEVER else None


def _to_instant(run: Run, goal: Goal, at: int) -> Tally:
    """A target at an instant of the ticket: pauses do not move it."""
    timeline = goal.timeline
    if run.cycle == 0:
        return Tally(timeline, 0, verdict="not-started")
    position = timeline.position
    elapsed, until_at = 0, 0
    due: int | None = None
    last = run.begun
    for start, end in run.stretches:
        elapsed += position(end) - position(start)
        if at > start:
            until_at += position(min(at, end)) - position(start)
        if due is None and at < end:
            due = at
        last = end
    tally = Tally(timeline, run.cycle, elapsed)
    if run.since is not None:
        begun = position(run.since)
        tally.run_from = begun - elapsed
        if due is None:
            due = at
            if at > run.since:
                until_at += position(at) - begun
    elif due is None and at > last:
        # What is left stands still as it was when the run stopped or paused.
        until_at += position(at) - position(last)
    tally.target, tally.due = until_at, due
    judged = _judged(run, tally)
    if judged.verdict == "met" and run.ended is not None and at < run.ended:
        judged.verdict, judged.due = "breached", at  # it passed while the run stood still
    return judged


def _judged(run: Run, tally: Tally) -> Tally:
    """How it ended, or what holds it."""
    if run.live:
        tally.paused_by = run.paused_by if run.since is None else None
    elif run.by_resolution and not run.spec.resolved_counts:
        tally.verdict = "ended"
    else:
        tally.verdict = "met" if tally.due is None else "breached"
    return tally
