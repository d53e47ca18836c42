"""What timers come to at an instant, of a whole block: `evaluator.readings`, many at once.

Language: "Time".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from escalate.batch.coded import Bools, Ints, Mask, looked_up, marked
from escalate.batch.due_at import tally_to_instant
from escalate.batch.extra import np
from escalate.batch.goals import Group
from escalate.batch.kleene import both, either
from escalate.batch.lent import Lent, blank
from escalate.batch.timers import NONE, Timers
from escalate.evaluator.timers import TimerSpec
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.batch.block import Block

__all__ = ["STATES", "Readings", "read"]

STATES: Final = ("not-started", "running", "paused", "met", "breached", "ended")
_NOT_STARTED, _RUNNING, _PAUSED, _MET, _BREACHED, _ENDED = range(6)


class Readings(Lent):
    """A timer of every row at an instant. ``due`` is when its target is or was reached
    (:data:`NONE`: not known), ``run_from`` as in `evaluator.readings.Tally`."""

    def __init__(self, count: int, cycle: Ints) -> None:
        super().__init__()
        self.known: Mask = True
        self.running: Bools
        """Where time passes now."""
        self.groups: list[Group] = []
        self.cycle = cycle
        self.state: Ints
        self.stood: Ints
        """The working time of stretches that have ended."""
        self._elapsed: Ints | None = None
        self.target: Ints
        self.targeted: Bools
        self.due: Ints
        self.run_from: Ints
        self.timeline_of: Ints
        self.lend(blank(count, 0, "i8"), "stood", "target")
        self.lend(blank(count, 0, "?"), "targeted")
        self.lend(blank(count, NONE, "i8"), "due", "run_from")
        self.lend(blank(count, 0, "i2"), "timeline_of")
        self.absent: dict[str, Bools] = {}
        """Where a target is not known for want of a field."""
        self._block: Block | None = None

    def in_state(self, test: Callable[[str], bool]) -> Bools:
        """Where the state is such a one."""
        fits = looked_up(np.array([test(state) for state in STATES], np.bool_), self.state)
        return np.full(len(self.state), fits) if isinstance(fits, bool) else fits

    @property
    def untold(self) -> Mask:
        """Where the target is not known for want of a field."""
        found: Mask = False
        for mask in self.absent.values():
            found = either(found, mask)
        return found

    @property
    def unclear(self) -> Mask:
        """Where it is not known whether the target was reached, for want of a field."""
        untold = self.untold
        if untold is False:
            return False
        return both(untold, self.in_state(lambda state: state in ("running", "met")))

    def begin_at_zero(self, rows: Bools) -> None:
        """It has not begun in these rows."""
        self.state = np.where(rows, np.int8(_NOT_STARTED), self.state)
        for mask in self.absent.values():
            mask[rows] = False

    @property
    def elapsed(self) -> Ints:
        """The working time that it has run."""
        if self._elapsed is None:
            self._elapsed = made = self.stood.copy()
            block = self._block
            for n, group in enumerate(self.groups):
                rows = marked(self.running & (self.timeline_of == n))
                if block is not None and len(rows):
                    made[rows] = block.position_now(group.timeline) - self.run_from[rows]
        return self._elapsed

    @property
    def shown_due(self) -> Ints:
        """When the target is reached, where a decision says it."""
        hidden = (self.state != _RUNNING) & (self.state != _BREACHED) & (self.due != NONE)
        if not hidden.any():
            return self.due
        shown = self.due.copy()
        shown[marked(hidden)] = NONE
        return shown

    def reached(self, rows: Ints, elapsed: Ints) -> Ints:
        """When the elapsed time comes to so much, if it goes on so."""
        block = self._block
        found = np.full(len(rows), NEVER)
        running = self.running[rows]
        which = self.timeline_of[rows]
        for n, group in enumerate(self.groups):
            mine = marked(running & (which == n))
            if len(mine) and block is not None:
                working = block.working(group.timeline)
                found[mine] = working.instant(self.run_from[rows[mine]] + elapsed[mine])
        return found


def read(
    block: Block, run: Timers, spec: TimerSpec, groups: list[Group], now: int, count: int
) -> Readings:
    """What the timer comes to, with the targets that the groups have."""
    found = Readings(count, run.cycle)
    found._block = block
    found.groups = groups
    for n, group in enumerate(groups):
        if len(group.rows):
            if n:
                found.own("timeline_of")[group.rows] = n
            if group.at is not None:
                tally_to_instant(block, run, spec, group, found)
            elif len(group.rows) == count and not run.stretches and run.cycle.all():
                _tally_all(block, run, group, found)
            else:
                _tally(block, run, group, found)
    found.running = found.run_from != NONE
    reached = found.due != NONE
    state = _PAUSED - found.running.view(np.int8)  # _RUNNING
    # Of the numbers of these states the greatest counts.
    np.maximum(state, (reached & (found.due <= now)).view(np.int8) * np.int8(_BREACHED), out=state)
    over = marked(~run.live & (run.cycle > 0))
    if len(over):
        verdict = np.where(reached[over], _BREACHED, _MET)
        if not spec.resolved_counts:
            verdict = np.where(run.by_resolution[over], _ENDED, verdict)
        state[over] = verdict
    state *= run.cycle > 0  # else _NOT_STARTED
    found.state = state
    return found


def _tally(block: Block, run: Timers, group: Group, found: Readings) -> None:
    rows, working, timeline = group.rows, block.working(group.timeline), group.timeline
    target = _target(block, run, group, rows)
    begun = run.cycle[rows] > 0
    if not begun.all():
        rows = rows[begun]
        target = None if target is None else target[begun]
    if not len(rows):
        return
    there = None if target is None else target < NEVER
    if target is not None and there is not None:
        found.own("targeted")[rows] = there
        found.own("target")[rows] = np.where(there, target, 0)
    if run.stretches:
        member = np.zeros(len(found.stood), np.bool_)
        member[rows] = True
        for stretch in run.stretches:
            mine = member[stretch.rows] & (stretch.cycle == run.cycle[stretch.rows])
            if not mine.any():
                continue
            at, start, end = stretch.rows[mine], stretch.start[mine], stretch.end[mine]
            gained = working.position(end) - working.position(start)
            left = found.target[at] - found.stood[at]
            cross = found.targeted[at] & (found.due[at] == NONE) & (gained >= left)
            if cross.any():
                due = working.add(start[cross], np.maximum(left[cross], 0))
                crossed = due < end[cross]
                found.own("due")[at[cross][crossed]] = due[crossed]
            found.own("stood")[at] += gained
    since = run.since[rows]
    runs = marked(since != NONE)
    if len(runs) < len(rows):
        rows, since = rows[runs], since[runs]
    if not len(rows):
        return
    run_from = (since if timeline.always else working.position(since)) - found.stood[rows]
    found.own("run_from")[rows] = run_from
    due_now = found.targeted[rows] & (found.due[rows] == NONE)
    if due_now.any():
        which = rows[due_now]
        left = np.maximum(found.target[which] - found.stood[which], 0)
        due = working.add(since[due_now], left)
        found.own("due")[which] = np.where(due < NEVER, due, NONE)


def _tally_all(block: Block, run: Timers, group: Group, found: Readings) -> None:
    """The same where every row has begun and none has stood still and gone on."""
    working, since = block.working(group.timeline), run.since
    still = marked(since == NONE)
    if len(still):  # what is worked out of them is not kept
        since = since.copy()
        since[still] = block.now
    position = working.position(since)
    target = _target(block, run, group, group.rows)
    if target is not None:
        there = target < NEVER
        settled = bool(there.all())
        target = target if settled else np.where(there, target, 0)
        found.target, found.targeted = target, there
        due = working.instant(position + target)
        at_once = marked(target == 0)
        if len(at_once):
            due[at_once] = working.next_open(since[at_once])
        gone = due >= NEVER if settled else (due >= NEVER) | ~there
        due[marked(gone)] = NONE
        due[still] = NONE
        found.lend(due, "due")
    if len(still):
        position[still] = NONE  # in no column but its own: of these a copy was made
    found.lend(position, "run_from")


def _target(block: Block, run: Timers, group: Group, rows: Ints) -> Ints | None:
    """The target as working time, fixed at the start."""
    target = group.target
    if group.times is not None:
        return group.times
    if target is None:
        return None
    if not target.workdays:
        return np.full(len(rows), target.us, np.int64)
    working = block.working(group.timeline)
    begun = run.begun[rows]
    until = working.add_workdays(begun, target.workdays)
    begins = working.next_open(begun)
    fine = until < NEVER
    until = np.where(fine, until, begins)
    return np.where(fine, working.position(until) - working.position(begins), NEVER)
