"""Timers whose target is an instant that each ticket holds. Finer point 14.

Such a target is due at that instant, in a pause or out of hours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalate.batch.coded import Ints
from escalate.batch.extra import np
from escalate.batch.goals import Group
from escalate.batch.timers import NONE, Timers
from escalate.evaluator.timers import TimerSpec

if TYPE_CHECKING:
    from escalate.batch.block import Block
    from escalate.batch.readings import Readings
    from escalate.batch.working import Working

__all__ = ["tally_to_instant"]


def tally_to_instant(
    block: Block, run: Timers, spec: TimerSpec, group: Group, found: Readings
) -> None:
    """What the timer comes to in the rows of a group. Its target is the working time that it
    runs until the instant; where a ticket does not hold one, it is not known."""
    if group.at is None:
        return
    working, begun = block.working(group.timeline), run.cycle[group.rows] > 0
    rows, at = group.rows[begun], group.at[begun]
    until = np.full(len(found.stood), NONE, np.int64)
    until[rows] = at
    there = until != NONE
    if not (at != NONE).all():
        absent = found.absent.setdefault(group.field, np.zeros(len(until), np.bool_))
        absent[rows[at == NONE]] = True
    found.targeted = found.targeted | there
    stood, due, run_from = found.own("stood"), found.own("due"), found.own("run_from")
    last = run.begun.copy()
    member = np.zeros(len(until), np.bool_)
    member[rows] = True
    for stretch in run.stretches:
        mine = member[stretch.rows] & (stretch.cycle == run.cycle[stretch.rows])
        which, start, end = stretch.rows[mine], stretch.start[mine], stretch.end[mine]
        stood[which] += working.position(end) - working.position(start)
        _run(working, found, which, start, np.minimum(until[which], end))
        reached = which[there[which] & (due[which] == NONE) & (until[which] < end)]
        due[reached] = until[reached]
        last[which] = end
    since = run.since[rows]
    goes = since != NONE
    running, since = rows[goes], since[goes]
    run_from[running] = working.position(since) - stood[running]
    ahead = there[running] & (due[running] == NONE)
    running, since = running[ahead], since[ahead]
    due[running] = until[running]
    _run(working, found, running, since, until[running])
    stopped = rows[~goes]
    ahead = there[stopped] & (due[stopped] == NONE)
    stopped = stopped[ahead]
    # What is left stands still as it was when the timer stopped or paused.
    _run(working, found, stopped, last[stopped], until[stopped])
    passed = (run.ended[stopped] != NONE) & (until[stopped] < run.ended[stopped])
    if not spec.resolved_counts:
        passed &= ~run.by_resolution[stopped]
    gone = stopped[passed & ~run.live[stopped]]
    due[gone] = until[gone]  # it passed while the timer stood still


def _run(working: Working, found: Readings, rows: Ints, start: Ints, until: Ints) -> None:
    """The target holds the working time from one instant to another, if that is later."""
    later = until > start
    rows = rows[later]
    found.own("target")[rows] += working.position(until[later]) - working.position(start[later])
