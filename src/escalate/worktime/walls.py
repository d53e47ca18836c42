"""Openings as datetimes, with the working time before each.

As long as the clocks do not change, time on the wall is real time: between two datetimes
of one zone, Python subtracts and adds what the clocks show, which takes a fifth of the time
of asking the zone. Where they change nearby, ``steady`` has none in place of the opening, so
that the sum fails and is done another way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from escalate.worktime.epoch import DAY, EPOCH, HOUR, US, year_begin
from escalate.worktime.timeline import Timeline
from escalate.worktime.zone import WallClock

__all__ = ["EDGE", "Table", "Year", "joined", "year_of"]

EDGE = 8 * DAY
"""What belongs to the edge of a year, in microseconds: nearly always the next opening."""
FAR = 400 * DAY


class Year(NamedTuple):
    """The openings in one year of UTC, by the clocks of the zone and of UTC, and the
    working time before each."""

    walls: list[datetime]
    steady: list[Any]
    utc: list[datetime]
    sums: list[timedelta]


class Table(NamedTuple):
    """Years on end. ``sums`` has one more, the working time at the end of all. The last
    of ``steady`` and of ``steady_utc`` is none, since what follows is not kept; it answers
    for index -1 too, and so for all before the first opening."""

    walls: list[datetime]
    steady: list[Any]
    utc: list[datetime]
    steady_utc: list[Any]
    sums: list[timedelta]


def year_of(timeline: Timeline, zone: ZoneInfo, year: int) -> Year:
    """A year of a timeline that closes."""
    begin, end = year_begin(year), year_begin(year + 1)
    timeline.position(begin)
    timeline.position(end + EDGE)
    opens, sums = timeline.table
    first, last = bisect_left(opens, begin), bisect_left(opens, end)
    epoch = EPOCH.replace(tzinfo=zone)
    walls = [zone.fromutc(epoch + us * US) for us in opens[first:last]]
    steady: list[Any] = list(walls)
    for i in _unsteady(opens, sums, range(first, last), zone):
        steady[i - first] = None
    utc = [EPOCH + us * US for us in opens[first:last]]
    return Year(walls, steady, utc, [us * US for us in sums[first:last]])


def _unsteady(opens: list[int], sums: list[int], which: range, zone: ZoneInfo) -> Iterator[int]:
    """Of these openings, those near whose hours, or near the next opening, the clocks
    change. In the closed time between, a change makes no difference."""
    if not which:
        return
    until = opens[which.stop] if which.stop < len(opens) else None
    if until is None or until - opens[which[-1]] > FAR:  # nobody knows how far the last reaches
        yield which[-1]
        until = opens[which[-1]]
    clock = WallClock(zone, opens[which[0]] - EDGE, until + EDGE)
    for change, jump in zip(clock.starts[1:], clock.jumps(), strict=True):
        nearby = abs(jump) + HOUR  # a time on the wall may be so much too early or too late
        first = max(bisect_right(opens, change - nearby) - 1, which.start)
        for i in range(first, min(bisect_left(opens, change + nearby), which.stop)):
            close = opens[i] + sums[i + 1] - sums[i]
            following = opens[i + 1] if i + 1 < len(opens) else close
            if change - nearby <= close or change + nearby >= following:
                yield i


def joined(years: Mapping[int, Year], timeline: Timeline) -> Table:
    """Years that follow each other, given in their order, as one table."""
    walls, steady, utc, sums = (list(chain(*parts)) for parts in zip(*years.values(), strict=True))
    sums.append(timeline.position(year_begin(max(years) + 1)) * US)
    return Table(walls, [*steady[:-1], None], utc, [*utc[:-1], None], sums)
