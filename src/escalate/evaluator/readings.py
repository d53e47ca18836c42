"""How much working time a timer holds, and what follows: state, due, measures.

Language: "Time"; finer points 11 to 18.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from escalate.decision import ClockState, State
from escalate.evaluator.timers import Run
from escalate.worktime.timeline import NEVER, Timeline

__all__ = ["ABSENT", "Goal", "Reading", "read_run"]


@dataclass(frozen=True, slots=True)
class Goal:
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
class Reading:
    """A timer at an instant. Times are microseconds of working time, instants since 1970.

    ``target`` is the target's working time (``None``: no target; :data:`ABSENT`:
    unknown). While it runs, ``run_from`` is the position in ``timeline`` at which
    ``elapsed`` was zero, as if it had run since: so that the instant at which the
    elapsed time comes to x is that of position ``run_from + x``.
    """

    state: State
    cycle: int
    timeline: Timeline
    elapsed: int = 0
    target: int | None = None
    due: int | None = None
    run_from: int | None = None
    paused_by: str | None = None
    live: bool = False
    field: str | None = None

    @property
    def running(self) -> bool:
        """Whether time passes for it now."""
        return self.run_from is not None

    def reached(self, elapsed: int) -> int:
        """The instant at which the elapsed time comes to ``elapsed``, if it goes on so."""
        return NEVER if self.run_from is None else self.timeline.instant(self.run_from + elapsed)

    def shown(self, now: int) -> ClockState:
        """The reading as a decision holds it."""
        target = self.target if self.target != ABSENT else None
        begun = self.state not in ("not-started", "unknown")
        left = None if target is None or not begun else max(target - self.elapsed, 0)
        over = None if target is None or not begun else max(self.elapsed - target, 0)
        state = self.state
        if self.target == ABSENT and state in ("running", "met"):
            state = "unknown"
        return ClockState(
            state,
            self.cycle,
            self.due,
            self.elapsed if begun else None,
            left,
            over,
            target,
            self.paused_by,
            self.running and not self.timeline.is_open(now),
        )


def read_run(run: Run, goal: Goal, now: int) -> Reading:
    """What a run comes to at ``now`` with its target."""
    timeline = goal.timeline
    if run.cycle == 0:
        return Reading("not-started", 0, timeline, field=goal.field)
    if goal.at is not None:
        return _to_instant(run, goal, goal.at, now)
    target = goal.us
    if goal.workdays is not None:
        begun = timeline.next_open(run.begun)
        until = timeline.add_workdays(run.begun, goal.workdays)
        target = None if until >= NEVER else timeline.between(begun, until)
    position = timeline.position
    elapsed = 0
    due: int | None = None
    for start, end in run.stretches:
        gained = position(end) - position(start)
        if due is None and target is not None and elapsed + gained >= target:
            reached = _reached(timeline, start, target - elapsed)
            if reached < end:
                due = reached
        elapsed += gained
    reading = Reading("running", run.cycle, timeline, elapsed, target, live=run.live)
    if goal.field is not None:
        reading.field = goal.field
        reading.target = ABSENT
    if run.since is not None:
        begun = position(run.since)
        reading.run_from = begun - elapsed
        if due is None and target is not None:
            due = _reached(timeline, run.since, target - elapsed)
        reading.elapsed = elapsed + position(now) - begun
    return _judged(run, reading, due, now)


def _reached(timeline: Timeline, start: int, left: int) -> int:
    """When ``left`` of working time has passed since ``start``."""
    if left > 0:
        return timeline.instant(timeline.position(start) + left)
    return timeline.next_open(start)


def _to_instant(run: Run, goal: Goal, at: int, now: int) -> Reading:
    """A target at an instant of the ticket: pauses do not move it."""
    timeline = goal.timeline
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
    reading = Reading("running", run.cycle, timeline, elapsed, None, live=run.live)
    if run.since is not None:
        begun = position(run.since)
        reading.run_from = begun - elapsed
        reading.elapsed = elapsed + position(now) - begun
        if due is None:
            due = at
            if at > run.since:
                until_at += position(at) - begun
    elif due is None and at > last:
        # What is left stands still as it was when the run stopped or paused.
        until_at += position(at) - position(last)
    reading.target = until_at
    return _judged(run, reading, due, now)


def _judged(run: Run, reading: Reading, due: int | None, now: int) -> Reading:
    """State and due, once it is known when the target is or was reached."""
    if run.live:
        if due is not None and now >= due:
            reading.state = "breached"
            reading.due = due
        elif run.since is None:
            reading.state = "paused"
        else:
            reading.due = due if due is not None and due < NEVER else None
        if run.since is None:
            reading.paused_by = run.paused_by
    elif run.by_resolution and not run.spec.resolved_counts:
        reading.state = "ended"
    elif due is not None:
        reading.state = "breached"
        reading.due = due
    else:
        reading.state = "met"
    return reading
