"""Clocks and deadlines of many tickets at work: `evaluator.timers`, a column a field.

Language: "Time", "Deadlines".
"""

from __future__ import annotations

from typing import Final, NamedTuple

from escalate.batch.coded import Bools, Ints
from escalate.batch.extra import np

__all__ = ["NONE", "Stretch", "Timers"]

NONE: Final = -(1 << 62)
"""In place of an instant that is not there."""


class Stretch(NamedTuple):
    """Some rows' timer has run from ``start`` to ``end``, in its ``cycle``."""

    rows: Ints
    cycle: Ints
    start: Ints
    end: Ints


class Timers:
    """One timer of every row, each in its latest cycle. What it does it does for the rows
    that are named; instants come row by row."""

    __slots__ = (
        "begun", "by_resolution", "cycle", "ended", "live", "since", "stretches",
    )  # fmt: skip

    def __init__(self, count: int) -> None:
        self.live: Bools = np.zeros(count, np.bool_)
        self.cycle: Ints = np.zeros(count, np.int32)
        self.begun: Ints = np.zeros(count, np.int64)
        self.since: Ints = np.full(count, NONE, np.int64)
        self.ended: Ints = np.full(count, NONE, np.int64)
        self.by_resolution: Bools = np.zeros(count, np.bool_)
        self.stretches: list[Stretch] = []

    def anew(self, rows: Ints, us: Ints, still: Bools) -> None:
        """As if there had been nothing: the first cycle begins, standing still or not."""
        if len(rows) == len(self.live):
            # Rows stand once each and in order: these are all.
            self.live[:] = True
            self.cycle += 1
            self.begun[:] = us
            self.since[:] = us
            self.ended[:] = NONE
            self.by_resolution[:] = False
        else:
            self.live[rows] = True
            self.cycle[rows] += 1
            self.begun[rows] = us
            self.since[rows] = us
            self.ended[rows] = NONE
            self.by_resolution[rows] = False
        self.since[rows[np.flatnonzero(still)]] = NONE

    def start(self, rows: Ints, us: Ints, still: Bools) -> None:
        """Begin a new cycle, where none runs."""
        live = self.live[rows]
        if live.any():
            idle = np.flatnonzero(~live)
            rows, us, still = rows[idle], us[idle], still[idle]
        self.anew(rows, us, still)

    def stop(self, rows: Ints, us: Ints, by_resolution: bool) -> None:
        """End the cycle, where one runs."""
        live = np.flatnonzero(self.live[rows])
        if not len(live):
            return
        rows, us = rows[live], us[live]
        self._close(rows, us)
        self.live[rows] = False
        self.ended[rows] = us
        self.by_resolution[rows] = by_resolution

    def turn(self, rows: Ints, us: Ints, still: Bools) -> None:
        """Stand still or run, of those in a cycle."""
        live = self.live[rows]
        rows, us, still = rows[live], us[live], still[live]
        running = self.since[rows] != NONE
        self._close(rows[still & running], us[still & running])
        goes = ~still & ~running
        self.since[rows[goes]] = us[goes]

    def gone(self, rows: Ints) -> None:
        """There is no such timer any more."""
        if len(rows) == len(self.live):
            self.live[:] = False
            self.since[:] = NONE
        else:
            self.live[rows] = False
            self.since[rows] = NONE

    def _close(self, rows: Ints, us: Ints) -> None:
        since = self.since[rows]
        ran = since != NONE
        if not ran.all():
            rows, us, since = rows[ran], us[ran], since[ran]
        if len(rows):
            self.stretches.append(Stretch(rows, self.cycle[rows], since, us))
            self.since[rows] = NONE
