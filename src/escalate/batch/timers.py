"""Clocks and deadlines of many tickets at work: `evaluator.timers`, a column a field.

Language: "Time", "Deadlines".
"""

from __future__ import annotations

from typing import Final, NamedTuple

from escalate.batch.coded import Bools, Ints, marked
from escalate.batch.extra import np
from escalate.batch.lent import Lent, blank

__all__ = ["NONE", "Stretch", "Timers"]

NONE: Final = -(1 << 62)
"""In place of an instant that is not there."""


class Stretch(NamedTuple):
    """Some rows' timer has run from ``start`` to ``end``, in its ``cycle``."""

    rows: Ints
    cycle: Ints
    start: Ints
    end: Ints


class Timers(Lent):
    """One timer of every row, each in its latest cycle. What it does it does for the rows
    that are named; instants come row by row."""

    __slots__ = (
        "begun", "by_resolution", "cycle", "ended", "live", "since", "stretches",
    )  # fmt: skip

    def __init__(self, count: int) -> None:
        super().__init__()
        self.live: Bools
        self.cycle: Ints
        self.begun: Ints
        self.since: Ints
        self.ended: Ints
        self.by_resolution: Bools
        self.stretches: list[Stretch] = []
        self.lend(blank(count, 0, "?"), "live", "by_resolution")
        self.lend(blank(count, 0, "i4"), "cycle")
        self.lend(blank(count, NONE, "i8"), "begun", "since", "ended")

    def anew(self, rows: Ints, us: Ints, still: Bools) -> None:
        """As if there had been nothing: the first cycle begins, standing still or not."""
        count = len(self.live)
        if len(rows) == count:
            # Rows stand once each and in order: these are all.
            self.cycle = self.cycle + 1
            self._lent.discard("cycle")
            self.lend(blank(count, 1, "?"), "live")
            self.lend(us, "begun", "since")
            self.lend(blank(count, NONE, "i8"), "ended")
            self.lend(blank(count, 0, "?"), "by_resolution")
        else:
            self.own("live")[rows] = True
            self.own("cycle")[rows] += 1
            self.own("begun")[rows] = us
            self.own("since")[rows] = us
            self.own("ended")[rows] = NONE
            self.own("by_resolution")[rows] = False
        stands = marked(still)
        if len(stands):
            self.own("since")[stands if len(rows) == count else rows[stands]] = NONE

    def start(self, rows: Ints, us: Ints, still: Bools) -> None:
        """Begin a new cycle, where none runs."""
        live = self.live[rows]
        if live.any():
            idle = marked(~live)
            rows, us, still = rows[idle], us[idle], still[idle]
        self.anew(rows, us, still)

    def stop(self, rows: Ints, us: Ints, by_resolution: bool) -> None:
        """End the cycle, where one runs."""
        live = marked(self.live[rows])
        if not len(live):
            return
        rows, us = rows[live], us[live]
        self._close(rows, us)
        self.own("live")[rows] = False
        self.own("ended")[rows] = us
        self.own("by_resolution")[rows] = by_resolution

    def turn(self, rows: Ints, us: Ints, still: Bools) -> None:
        """Stand still or run, of those in a cycle."""
        live = self.live[rows]
        rows, us, still = rows[live], us[live], still[live]
        running = self.since[rows] != NONE
        self._close(rows[still & running], us[still & running])
        goes = ~still & ~running
        self.own("since")[rows[goes]] = us[goes]

    def gone(self, rows: Ints) -> None:
        """There is no such timer any more."""
        if len(rows) == len(self.live):
            self.lend(blank(len(rows), 0, "?"), "live")
            self.lend(blank(len(rows), NONE, "i8"), "since")
        else:
            self.own("live")[rows] = False
            self.own("since")[rows] = NONE

    def resume(self, rows: Ints, us: Ints, still: Bools) -> None:
        """Go on in the cycle, which a resolution had ended."""
        self.own("live")[rows] = True
        self.own("ended")[rows] = NONE
        self.own("by_resolution")[rows] = False
        self.own("since")[rows] = np.where(still, NONE, us)

    def _close(self, rows: Ints, us: Ints) -> None:
        since = self.since[rows]
        ran = since != NONE
        if not ran.all():
            rows, us, since = rows[ran], us[ran], since[ran]
        if len(rows):
            self.stretches.append(Stretch(rows, self.cycle[rows], since, us))
            self.own("since")[rows] = NONE
