"""When a calendar is open, as integers: the engine below `Calendar`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from escalate.worktime.years import NEVER, Source, Years
from escalate.worktime.zone import find_zone, wall_to_us

if TYPE_CHECKING:
    from escalate.worktime.workdays import Shift

__all__ = ["NEVER", "Always", "Timeline", "timeline_of"]

_MOST_KEPT: Final = 10_000


class Timeline(Years):
    """Working time of one calendar, in microseconds since the epoch (UTC).

    Before 1970 and after 2199, by the zone's clocks, all is closed. What does not come
    in that time is :data:`NEVER` (``-NEVER`` going back); questions past it raise
    nothing. A timeline may be shared by threads, and every question costs the same for
    an hour and for ten years.

    Language: "Time".
    """

    __slots__ = ("_shifts",)

    always = False

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._shifts: dict[tuple[int, int], Shift | None] = {}

    # Working time and its inverse. The first lines of each are the path nearly every
    # call takes; they are kept bare for speed.

    def position(self, us: int) -> int:
        """The working time up to an instant, counted from a point of this timeline's own."""
        opens, sums = self._table
        i = bisect_right(opens, us)
        if not 0 < i < len(opens):
            opens, sums, i = self._find(us)
            if not i:
                return sums[0]
        worked = sums[i - 1] + us - opens[i - 1]
        most = sums[i]
        return worked if worked < most else most

    def instant(self, position: int) -> int:
        """The earliest instant by which the working time has come to ``position``."""
        while True:
            opens, sums = self._table
            i = bisect_left(sums, position)
            if 0 < i < len(sums):
                return opens[i - 1] + position - sums[i - 1]
            if i and not self._later():
                return NEVER
            if not i and not self._earlier():
                return self._start

    def latest(self, position: int) -> int:
        """The latest instant at which the working time is no more than ``position``:
        where :meth:`instant` answers a closing, this answers the opening after it."""
        while True:
            opens, sums = self._table
            i = bisect_right(sums, position)
            if 0 < i < len(sums):
                return opens[i - 1] + position - sums[i - 1]
            if i and not self._later():
                return NEVER
            if not i and not self._earlier():
                return -NEVER

    def between(self, start: int, end: int) -> int:
        """The working time from ``start`` to ``end``; negative when they are reversed."""
        return self.position(end) - self.position(start)

    def add(self, us: int, amount: int) -> int:
        """The instant at which ``amount`` of working time has passed since ``us``.

        It may be a closing. With nothing to add it is ``us`` if open, else the next
        opening. A negative amount goes back, and may end at an opening.
        """
        if amount > 0:
            opens, sums = self._table
            i = bisect_right(opens, us)
            if 0 < i < len(opens):
                worked = sums[i - 1] + us - opens[i - 1]
                most = sums[i]
                target = (worked if worked < most else most) + amount
                i = bisect_left(sums, target, i)
                if i < len(sums):
                    return opens[i - 1] + target - sums[i - 1]
            return self.instant(self.position(us) + amount)
        return self.latest(self.position(us) + amount) if amount else self.next_open(us)

    def add_workdays(self, us: int, count: int) -> int:
        """The same time of day on the ``count``-th following working day.

        Where that day is closed then: its nearest earlier closing, or its opening if
        there is none. Outside working time it counts from the next opening; for zero
        that is the answer. Night hours belong to the day on which they start: Tuesday
        03:00 in Monday's night is followed by Wednesday 03:00 in Tuesday's. A negative
        count goes back. Raises ``ValueError`` on a calendar that never closes.
        """
        start = self.next_open(us)
        if start == NEVER or not count:
            return start
        opens, _, i = self._find(start)
        shift = self.shift(opens[i - 1], count)
        if shift is not None:
            return shift.of(start)
        from escalate.worktime.workdays import following

        return following(self, start, count)

    def shift(self, open_: int, count: int) -> Shift | None:
        """Where the instants of the hours that begin then lead, ``count`` working days on;
        ``None`` where each has to be asked for."""
        key = (open_, count)
        if key in self._shifts:
            return self._shifts[key]
        from escalate.worktime.workdays import shift_of

        found = shift_of(self, open_, self.next_close(open_), count)
        if len(self._shifts) >= _MOST_KEPT:
            self._shifts.clear()
        self._shifts[key] = found
        return found

    # Open and closed.

    def is_open(self, us: int) -> bool:
        """Whether it is open at an instant. At an opening it is, at a closing it is not."""
        opens, sums, i = self._find(us)
        return i > 0 and us - opens[i - 1] < sums[i] - sums[i - 1]

    def next_open(self, us: int) -> int:
        """The instant itself if open, else the next opening."""
        while True:
            opens, sums, i = self._find(us)
            if i and us - opens[i - 1] < sums[i] - sums[i - 1]:
                return us
            if i < len(opens):
                return opens[i]
            if not self._later():
                return NEVER

    def next_close(self, us: int) -> int:
        """The closing of the present hours if open, else of the next ones."""
        while True:
            opens, sums, i = self._find(us)
            if i and us - opens[i - 1] < sums[i] - sums[i - 1]:
                i -= 1
            # The last hours built may go on in the year that is not built yet.
            if i < len(opens) - 1:
                return opens[i] + sums[i + 1] - sums[i]
            if not self._later():
                close = opens[i] + sums[i + 1] - sums[i] if i < len(opens) else NEVER
                return close if close < self.end else NEVER

    def next_change(self, us: int) -> int:
        """The next instant after ``us`` at which it opens or closes."""
        opening = self.next_open(us)
        return self.next_close(us) if opening == us else opening

    def previous_close(self, us: int) -> int:
        """The latest closing at or before ``us``."""
        while True:
            opens, sums, i = self._find(us)
            if i and us - opens[i - 1] < sums[i] - sums[i - 1]:
                i -= 1
            if i:
                return opens[i - 1] + sums[i] - sums[i - 1]
            if not self._earlier():
                return -NEVER

    def intervals(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The open intervals between two instants, cut at them."""
        if start >= end:
            return ()
        self._find(start)
        self._find(end)
        opens, sums = self._table
        found = []
        for i in range(max(bisect_right(opens, start) - 1, 0), bisect_left(opens, end)):
            open_, close = opens[i], opens[i] + sums[i + 1] - sums[i]
            if close > start:
                found.append((max(open_, start), min(close, end)))
        return tuple(found)

    def skipped(self, start: int, end: int) -> tuple[tuple[str, str], ...]:
        """The holidays and short days between two instants: ISO local date and name.

        Only those that took or gave working time there: a holiday on a day that is
        closed anyway changes nothing and is not named.
        """
        found = []
        # Hours reach at most two days beyond the day that they start on.
        for day, name in self._source.special_days(self._day(start) - 2, self._day(end)):
            usual, special = self._hours_of(day, True), self._hours_of(day, False)
            touched = any(a < end and b > start for a, b in (*usual, *special))
            if touched and usual != special:
                found.append((date.fromordinal(day).isoformat(), name))
        return tuple(found)

    # Days, for `workdays`.

    def day_hours(self, day: int) -> list[tuple[int, int]]:
        """The intervals that start on the local day of that ordinal, in order."""
        return self._hours_of(day, False)

    def working_days(self, day: int, count: int) -> Sequence[int]:
        """Ordinals of the days that have working time, in order, reaching ``count`` of
        them beyond ``day`` (back, if negative) as far as the supported years go."""
        self._find(wall_to_us(datetime.fromordinal(day), find_zone(self.zone)))
        while True:
            days = self._days
            if count > 0 and bisect_right(days, day) + count <= len(days):
                return days
            if count < 0 and bisect_left(days, day) + count >= 0:
                return days
            if not (self._later() if count > 0 else self._earlier()):
                return days

    def _day(self, us: int) -> int:
        return self._local(us).toordinal()


class Always(Timeline):
    """The timeline that never closes: every instant is its own working time."""

    __slots__ = ()

    always = True

    def position(self, us: int) -> int:
        """The instant itself."""
        return us

    def instant(self, position: int) -> int:
        """The instant itself."""
        return position if position < self.end else NEVER

    latest = instant

    def between(self, start: int, end: int) -> int:
        """The real time from ``start`` to ``end``."""
        return end - start

    def add(self, us: int, amount: int) -> int:
        """The instant ``amount`` later."""
        return self.instant(us + amount)

    def add_workdays(self, us: int, count: int) -> int:
        """Raises ``ValueError``: without closing hours there are no working days."""
        raise ValueError("workdays cannot be counted in a calendar that never closes")

    def is_open(self, us: int) -> bool:
        """Always."""
        return True

    def next_open(self, us: int) -> int:
        """The instant itself."""
        return self.instant(us)

    def next_close(self, us: int) -> int:
        """Never."""
        return NEVER

    def next_change(self, us: int) -> int:
        """Never."""
        return NEVER

    def previous_close(self, us: int) -> int:
        """Never."""
        return -NEVER

    def intervals(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """One interval: all of it."""
        return ((start, end),) if start < end else ()

    def skipped(self, start: int, end: int) -> tuple[tuple[str, str], ...]:
        """Nothing."""
        return ()


def timeline_of(source: Source) -> Timeline:
    """The timeline of a source of hours."""
    return Always(source) if source.always else Timeline(source)
