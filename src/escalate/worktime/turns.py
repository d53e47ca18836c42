"""When duty goes from one to the next: the turns of a layer, numbered from 0.

Turns go by the clock on the wall, or by the working time of a calendar. Either way turn
``n`` begins at ``begin(n)`` and lasts until the next begins; the first begins at
``start``, whatever part of it lies before.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Protocol

from escalate.worktime.epoch import HOUR
from escalate.worktime.timeline import Timeline
from escalate.worktime.years import LAST_YEAR, NEVER
from escalate.worktime.zone import find_zone, from_us, wall_to_us

__all__ = ["Turns", "WallTurns", "WorkTurns"]

ONE_DAY = timedelta(days=1)
_FURTHEST = timedelta(days=2)  # by which clocks that jump may make the wall's count wrong


class Turns(Protocol):
    """The instants at which duty changes hands."""

    start: int

    def begin(self, turn: int) -> int:
        """The instant at which a turn begins; ``NEVER`` beyond the supported years."""

    def number(self, us: int) -> int:
        """The turn at an instant, which is not before :attr:`start`."""


class WallTurns:
    """Turns of so much time on the wall, handed over at a time of day.

    A hand-over at a time that the clocks jump over happens as they jump; one at a time
    that occurs twice, at its first. So a turn over a change of clocks is longer or
    shorter, and the next hand-over is at the usual time again.
    """

    def __init__(
        self, starts: datetime, step: timedelta, at: time, weekday: int | None, zone: str
    ) -> None:
        self.start = wall_to_us(starts, zone)
        self._step = step
        self._zone = find_zone(zone)
        self._anchor = _anchor(starts, step, at, weekday)
        self._last = (0, 0, 0)  # nearly always the same turn is asked for again

    def begin(self, turn: int) -> int:
        """The instant at which a turn begins."""
        if turn == 0:
            return self.start
        try:
            wall = self._anchor + turn * self._step
        except OverflowError:
            return NEVER
        return wall_to_us(wall, self._zone) if wall.year <= LAST_YEAR else NEVER

    def number(self, us: int) -> int:
        """The turn at an instant."""
        begin, end, turn = self._last
        if begin <= us < end:
            return turn
        wall = from_us(us, self._zone).replace(tzinfo=None) - self._anchor
        low = max((wall - _FURTHEST) // self._step, 0)
        high = max((wall + _FURTHEST) // self._step, 0) + 1
        while high - low > 1:  # begin(low) <= us < begin(high)
            middle = (low + high) // 2
            if self.begin(middle) <= us:
                low = middle
            else:
                high = middle
        self._last = (self.begin(low), self.begin(high), low)
        return low


class WorkTurns:
    """Turns of so many hours of a calendar's working time: one that closing time cuts
    goes on at the next opening."""

    def __init__(self, starts: datetime, hours: int, timeline: Timeline, zone: str) -> None:
        self.start = wall_to_us(starts, zone)
        self._timeline = timeline
        self._length = hours * HOUR
        self._first = timeline.position(self.start)

    def begin(self, turn: int) -> int:
        """The instant at which a turn begins; never at a closing."""
        if turn == 0:
            return self.start
        return self._timeline.latest(self._first + turn * self._length)

    def number(self, us: int) -> int:
        """The turn at an instant; outside hours the one that comes next."""
        return (self._timeline.position(us) - self._first) // self._length


def _anchor(starts: datetime, step: timedelta, at: time, weekday: int | None) -> datetime:
    """The hand-over at or before the start from which turns are counted."""
    anchor = datetime.combine(starts.date(), at)
    if step < ONE_DAY:
        return anchor + (starts - anchor) // step * step
    if anchor > starts:
        anchor -= ONE_DAY
    if weekday is not None:
        anchor -= timedelta(days=(anchor.weekday() - weekday) % 7)
    return anchor
