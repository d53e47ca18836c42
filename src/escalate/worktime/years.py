"""Opening hours as prefix sums, built year by year when first needed.

`opens[i]` is the instant of an opening, `sums[i]` the working time before it, and
`sums[i + 1]` that at its closing. So the closing is
``opens[i] + sums[i + 1] - sums[i]``: two lists say everything.

The years built are always one unbroken run. Sums count from the year that was asked
for first, so they may be negative; only their differences mean something. The lists
are replaced, never changed: a reader in another thread sees the old ones or the new
ones, and any instant has the same sum in both.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate
from threading import Lock
from typing import Any, NamedTuple, Protocol

from escalate.worktime.zone import find_zone, from_us, wall_to_us

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "NEVER",
    "REACH",
    "DayHours",
    "Source",
    "YearHours",
    "Years",
    "year_hours",
]

NEVER = 1 << 62
"""An instant that does not come within the supported years."""

FIRST_YEAR = 1970
LAST_YEAR = 2199


DayHours = tuple[int, list[tuple[int, int]]]
"""A day, as the ordinal of a local date, with the intervals that start on it."""

REACH = 3
"""Days before a year whose hours may reach into it: hours may end in the second night
after their day, and zones may jump by a day."""


class YearHours(NamedTuple):
    """A year by the local clocks: its openings and closings, in order, disjoint and cut
    at its ends, and the ordinals of those of its days that have working time."""

    opens: list[int]
    closes: list[int]
    days: list[int]


class Source(Protocol):
    """What hours are made from. Days are ordinals of local dates."""

    @property
    def zone(self) -> str:
        """The zone by whose clocks years are counted."""

    @property
    def always(self) -> bool:
        """Whether it never closes; then there is nothing else to ask."""

    def days(self, first: int, last: int, usual: bool = False) -> list[DayHours]:
        """The days that have hours, in order, both ends included; ``usual`` as if no day
        were special."""

    def special_days(self, first: int, last: int) -> list[tuple[int, str]]:
        """Holidays and short days with their names, in order, both ends included."""


def year_hours(source: Source, year: int) -> YearHours:
    """All of one year, cut at its ends."""
    zone = find_zone(source.zone)
    begin = wall_to_us(datetime(year, 1, 1), zone)  # noqa: DTZ001 - wall clock
    end = wall_to_us(datetime(year + 1, 1, 1), zone)  # noqa: DTZ001 - wall clock
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    found = source.days(first - REACH, last)
    opens: list[int] = []
    closes: list[int] = []
    reach = begin
    for open_, close in sorted(interval for _, hours in found for interval in hours):
        if close <= reach or open_ >= end:
            continue
        # Hours may meet or, where clocks go back, overlap: their time counts once.
        if opens and open_ <= reach:
            closes[-1] = reach = min(close, end)
        else:
            opens.append(max(open_, begin))
            reach = min(close, end)
            closes.append(reach)
    return YearHours(opens, closes, [day for day, _ in found if day >= first])


class Years:
    """The prefix sums of one source, growing by whole years."""

    __slots__ = (
        "_days",
        "_first",
        "_hours_of",
        "_last",
        "_lock",
        "_source",
        "_start",
        "_table",
        "end",
        "zone",
    )

    def __init__(self, source: Source) -> None:
        self.zone = source.zone
        self._source = source
        self._lock = Lock()
        self._hours_of = lru_cache(maxsize=256)(self._hours_on)
        self._table: tuple[list[int], list[int]] = ([], [0])
        self._days = array("i")
        # Nothing is built yet: an empty run of years, wherever it may begin.
        self._first, self._last = 2000, 1999
        tz = find_zone(self.zone)
        self._start = wall_to_us(datetime(FIRST_YEAR, 1, 1), tz)  # noqa: DTZ001 - wall clock
        self.end = wall_to_us(datetime(LAST_YEAR + 1, 1, 1), tz)  # noqa: DTZ001 - wall clock
        """The first instant after the years that are known."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._source,)

    @property
    def table(self) -> tuple[list[int], list[int]]:
        """Openings and sums of the years built so far; to be read, never changed."""
        return self._table

    def _local(self, us: int) -> datetime:
        """The local time at an instant; of one outside the years, at their nearest end."""
        return from_us(min(max(us, self._start), self.end - 1), find_zone(self.zone))

    def _hours_on(self, day: int, usual: bool) -> list[tuple[int, int]]:
        """The intervals that start on a day; ``usual`` as if no day were special."""
        return [interval for _, hours in self._source.days(day, day, usual) for interval in hours]

    def _find(self, us: int) -> tuple[list[int], list[int], int]:
        """The lists, and how many openings there are at or before ``us``.

        The year of ``us`` is built. So is one beside it if ``us`` is before its first
        opening or after its last, so that the next such question needs no building.
        """
        opens, sums = self._table
        i = bisect_right(opens, us)
        if 0 < i < len(opens):
            return opens, sums, i
        year = self._local(us).year
        with self._lock:
            self._reach(year)
            opens, sums = self._table
            i = bisect_right(opens, us)
            if i == len(opens) and year < LAST_YEAR:
                self._reach(year + 1)
            if i == 0 and year > FIRST_YEAR:
                self._reach(year - 1)
            opens, sums = self._table
        return opens, sums, bisect_right(opens, us)

    def _later(self) -> bool:
        """Build one more year at the end, if there is one."""
        with self._lock:
            more = self._last < LAST_YEAR
            if more:
                self._append()
        return more

    def _earlier(self) -> bool:
        """Build one more year at the beginning, if there is one."""
        with self._lock:
            more = self._first > FIRST_YEAR
            if more:
                self._prepend()
        return more

    def _reach(self, year: int) -> None:
        if self._first > self._last:
            self._first, self._last = year, year - 1
        while self._last < year:
            self._append()
        while self._first > year:
            self._prepend()

    def _append(self) -> None:
        opens, sums = self._table
        more = year_hours(self._source, self._last + 1)
        grown = list(accumulate(_lengths(more), initial=sums[-1]))
        # Hours that go on over New Year are one interval, not two.
        if opens and more.opens and opens[-1] + sums[-1] - sums[-2] == more.opens[0]:
            self._table = opens + more.opens[1:], sums[:-1] + grown[1:]
        else:
            self._table = opens + more.opens, sums + grown[1:]
        self._days = self._days + array("i", more.days)
        self._last += 1

    def _prepend(self) -> None:
        opens, sums = self._table
        more = year_hours(self._source, self._first - 1)
        lengths = _lengths(more)
        grown = list(accumulate(lengths, initial=sums[0] - sum(lengths)))
        if opens and more.closes and more.closes[-1] == opens[0]:
            self._table = more.opens + opens[1:], grown[:-1] + sums[1:]
        else:
            self._table = more.opens + opens, grown[:-1] + sums
        self._days = array("i", more.days) + self._days
        self._first -= 1


def _lengths(year: YearHours) -> list[int]:
    return [close - open_ for open_, close in zip(year.opens, year.closes, strict=True)]
