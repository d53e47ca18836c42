"""From the hours of a week and special days to the instants of a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from escalate.worktime.holiday import AnyHoliday, SpecialDay, special_days
from escalate.worktime.hours import Hours, Spans
from escalate.worktime.years import YearHours
from escalate.worktime.zone import WallClock, find_zone

__all__ = ["Schedule"]

MINUTE = 60_000_000
DAY = 86_400_000_000
EPOCH_DAY = date(1970, 1, 1).toordinal()
# Hours may end in the second night after their day, and zones may jump by a day.
REACH = 3


class Schedule:
    """The hours of one calendar in one zone: a :class:`~escalate.worktime.years.Source`."""

    def __init__(self, hours: Hours, holidays: Sequence[AnyHoliday], zone: str) -> None:
        self.hours = hours
        self.holidays = tuple(holidays)
        self.zone = zone
        self._special = lru_cache(maxsize=8)(self._special_of)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.hours, self.holidays, self.zone)

    def _special_of(self, year: int) -> dict[int, SpecialDay]:
        return special_days(self.holidays, year)

    def _spans(self, day: int) -> Spans:
        special = self._special(date.fromordinal(day).year).get(day)
        return self.hours.week[(day + 6) % 7] if special is None else special.hours

    def _wall_clock(self, first: int, last: int) -> WallClock:
        begin, end = (first - REACH - EPOCH_DAY) * DAY, (last + REACH - EPOCH_DAY) * DAY
        return WallClock(find_zone(self.zone), begin, end)

    def year(self, year: int) -> YearHours:
        """All of one year, cut at its ends."""
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        clock = self._wall_clock(first, last + 1)
        begin = clock.first((first - EPOCH_DAY) * DAY)
        end = clock.first((last + 1 - EPOCH_DAY) * DAY)
        opens: list[int] = []
        closes: list[int] = []
        days: list[int] = []
        reach = begin
        for day in range(first - REACH, last + 1):
            hours = _instants(clock, day, self._spans(day))
            if hours and day >= first:
                days.append(day)
            for open_, close in hours:
                open_, close = max(open_, reach), min(close, end)
                if close <= open_:
                    continue
                if opens and open_ == closes[-1]:
                    closes[-1] = close
                else:
                    opens.append(open_)
                    closes.append(close)
                reach = close
        return YearHours(opens, closes, days)

    def day_hours(self, day: int) -> list[tuple[int, int]]:
        """The intervals that start on that day, holiday or not."""
        return _instants(self._wall_clock(day, day), day, self._spans(day))

    def usual_hours(self, day: int) -> list[tuple[int, int]]:
        """The intervals that would start on that day if it were not special."""
        return _instants(self._wall_clock(day, day), day, self.hours.week[(day + 6) % 7])

    def special_days(self, first: int, last: int) -> list[tuple[int, str]]:
        """Holidays and short days with their names, in order."""
        years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
        return [
            (day, special.name)
            for year in years
            for day, special in sorted(self._special(year).items())
            if first <= day <= last
        ]


def _instants(clock: WallClock, day: int, spans: Spans) -> list[tuple[int, int]]:
    """The real intervals of a day's hours; those that a jump of the clocks swallows are none."""
    midnight = (day - EPOCH_DAY) * DAY
    offset = clock.steady(midnight, midnight + 2 * DAY)
    if offset is not None:
        midnight -= offset
        return [(midnight + a * MINUTE, midnight + b * MINUTE) for a, b in spans]
    walls = [(midnight + a * MINUTE, midnight + b * MINUTE) for a, b in spans]
    real = [(clock.first(a), clock.last(b)) for a, b in walls]
    return [(a, b) for a, b in real if a < b]
