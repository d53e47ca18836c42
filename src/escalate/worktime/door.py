"""Aware datetimes in and out, fast: what is answered without a single conversion.

Turning datetimes into integers and back takes longer than the sums themselves. So the years
that are asked about are kept as datetimes too (:mod:`escalate.worktime.walls`), and
Python's own arithmetic answers. Everything else goes through the integers of the timeline:
hours near a change of the clocks, the edges of what is kept, and whatever is wrong.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

from escalate.errors import EscalateError
from escalate.worktime.epoch import EPOCH, US, year_begin
from escalate.worktime.timeline import Timeline
from escalate.worktime.walls import EDGE, Table, Year, joined, year_of
from escalate.worktime.years import FIRST_YEAR, LAST_YEAR, NEVER
from escalate.worktime.zone import from_us, to_us

__all__ = ["Door", "OutOfYearsError", "door_of"]

MOST_YEARS = 16
"""Years kept as datetimes: ten on from any instant of several years, and their edges."""

PATIENCE = 1000
"""Questions about other years before those are kept instead."""

NOTHING = timedelta()
_NOT_SAID = (TypeError, IndexError, OverflowError, AttributeError)
_EARLIEST = year_begin(FIRST_YEAR)
_LATEST = year_begin(LAST_YEAR + 1)


class OutOfYearsError(EscalateError, ValueError):
    """An instant lies outside the supported years, 1970 to 2199."""


class Door:
    """The way in and out of one timeline, in one zone. Threads may share it."""

    __slots__ = ("_kept", "_lock", "_room", "_strangers", "_table", "_years", "timeline", "zone")

    def __init__(self, timeline: Timeline, zone: ZoneInfo) -> None:
        self.timeline = timeline
        self.zone = zone
        self._lock = Lock()
        self._years: dict[int, Year] = {}
        self._table = Table([], [], [], [], [])
        self._kept = self._room = (NEVER, -NEVER)
        self._strangers = 0

    def us(self, at: datetime) -> int:
        """An instant as an integer. Raises ``ValueError`` for one that is naive, and
        :class:`OutOfYearsError`."""
        if not isinstance(at, datetime):
            raise TypeError(f"an instant is an aware datetime, not `{at}`")
        us = to_us(at)
        if _EARLIEST <= us < _LATEST:
            return us
        raise OutOfYearsError(
            f"`{at.isoformat()}` does not lie between {FIRST_YEAR} and {LAST_YEAR}, "
            "the years of a calendar"
        )

    def at(self, us: int) -> datetime:
        """An answer as a datetime. Raises :class:`OutOfYearsError` if there is none."""
        if -NEVER < us < NEVER:
            return from_us(us, self.zone)
        raise OutOfYearsError(
            f"the answer does not lie between {FIRST_YEAR} and {LAST_YEAR}, the years of a calendar"
        )

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """See :meth:`WorkingTime.add`."""
        try:
            target = self._position(start) + duration
            _, steady, _, _, sums = self._table
            # A sum is reached at a closing, and gone back to from the opening after it.
            find = bisect_left if duration > NOTHING else bisect_right
            i = find(sums, target) - 1
            found: datetime = steady[i] + (target - sums[i])
            return found
        except _NOT_SAID:
            us = self.us(start)
            due = self.timeline.add(us, _us(duration))
            self._keep(us, due)
            return self.at(due)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """See :meth:`WorkingTime.between`."""
        try:
            return self._position(end) - self._position(start)
        except _NOT_SAID:
            begin, until = self.us(start), self.us(end)
            self._keep(begin, until)
            return self.timeline.between(begin, until) * US

    def _position(self, at: datetime) -> timedelta:
        """The working time up to an instant. Raises what :meth:`add` catches where the
        table does not say it."""
        walls, steady, utc, steady_utc, sums = self._table
        zone = at.tzinfo
        if zone is self.zone:
            i = bisect_right(walls, at)
            worked = sums[i - 1] + (at - steady[i - 1])
        elif zone is None:
            raise TypeError
        else:
            if zone is not UTC:
                at = EPOCH + (at - EPOCH)
            i = bisect_right(utc, at)
            worked = sums[i - 1] + (at - steady_utc[i - 1])
        most = sums[i]
        return worked if worked < most else most

    # What is kept.

    def _keep(self, *instants: int) -> None:
        """Let the table reach these, if that is not too far."""
        first, last = min(instants), max(instants)
        begin, end = self._kept
        if begin <= first and last < end:
            return
        begin, end = self._room
        if self._years and not (begin <= first and last < end):
            self._strangers += 1
            if self._strangers < PATIENCE:
                return
        wanted = {_year(us + edge) for us in instants for edge in (-EDGE, EDGE)}
        with self._lock:
            run = self._years.keys() | wanted
            if max(run) - min(run) >= MOST_YEARS:
                run = wanted if max(wanted) - min(wanted) < MOST_YEARS else {_year(instants[0])}
                self._years = {}
            self._strangers = 0
            years = range(min(run), max(run) + 1)
            self._years = {
                year: self._years.get(year) or year_of(self.timeline, self.zone, year)
                for year in years
            }
            self._table = joined(self._years, self.timeline)
            self._kept = _reach(min(years), max(years))
            self._room = _reach(max(years) - MOST_YEARS + 1, min(years) + MOST_YEARS - 1)


class AlwaysDoor(Door):
    """The way in and out of time that never closes."""

    __slots__ = ()

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """See :meth:`WorkingTime.add`."""
        return self.at(self.timeline.add(self.us(start), _us(duration)))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """See :meth:`WorkingTime.between`."""
        return (self.us(end) - self.us(start)) * US


def door_of(timeline: Timeline, zone: ZoneInfo) -> Door:
    """The way in and out of a timeline."""
    return (AlwaysDoor if timeline.always else Door)(timeline, zone)


def _us(duration: timedelta) -> int:
    if not isinstance(duration, timedelta):
        raise TypeError(f"a duration is a timedelta, not `{duration}`")
    return duration // US


def _year(us: int) -> int:
    return from_us(min(max(us, _EARLIEST), _LATEST - 1)).year


def _reach(first: int, last: int) -> tuple[int, int]:
    """The instants whose edges lie in these years too."""
    begin = -NEVER if first <= FIRST_YEAR else year_begin(first) + EDGE
    return begin, NEVER if last >= LAST_YEAR else year_begin(last + 1) - EDGE
