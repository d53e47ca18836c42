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
        self._hours_of = lru_cache(maxsize=1024)(self._real_hours)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.hours, self.holidays, self.zone)

    def year(self, year: int) -> YearHours:
        """All of one year, cut at its ends."""
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        special = {**self._special(year - 1), **self._special(year)}
        week, clock = self.hours.week, self._wall_clock(first, last + 1)
        begin, end = clock.first(_midnight(first)), clock.first(_midnight(last + 1))
        opens: list[int] = []
        closes: list[int] = []
        days: list[int] = []
        reach, steady = begin, -1
        for day in range(first - REACH, last + 1):
            spans = special[day].hours if day in special else week[(day + 6) % 7]
            if not spans:
                continue
            midnight = _midnight(day)
            if midnight + REACH * DAY > steady:
                offset, steady = clock.steady(midnight)
            if midnight + REACH * DAY <= steady:
                base = midnight - offset
                hours = [(base + a * MINUTE, base + b * MINUTE) for a, b in spans]
            else:
                hours = _instants(clock, day, spans)
            if hours and day >= first:
                days.append(day)
            for open_, close in hours:
                if close <= reach or open_ >= end:
                    continue
                # Hours may meet or, where clocks go back, overlap: their time counts once.
                if opens and open_ <= closes[-1]:
                    closes[-1] = reach = min(close, end)
                else:
                    opens.append(max(open_, begin))
                    reach = min(close, end)
                    closes.append(reach)
        return YearHours(opens, closes, days)

    def day_hours(self, day: int) -> list[tuple[int, int]]:
        """The intervals that start on that day, holiday or not."""
        return self._hours_of(day, False)

    def usual_hours(self, day: int) -> list[tuple[int, int]]:
        """The intervals that would start on that day if it were not special."""
        return self._hours_of(day, True)

    def special_days(self, first: int, last: int) -> list[tuple[int, str]]:
        """Holidays and short days with their names, in order."""
        years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
        return [
            (day, special.name)
            for year in years
            for day, special in sorted(self._special(year).items())
            if first <= day <= last
        ]

    def _special_of(self, year: int) -> dict[int, SpecialDay]:
        return special_days(self.holidays, year)

    def _real_hours(self, day: int, usual: bool) -> list[tuple[int, int]]:
        special = None if usual else self._special(date.fromordinal(day).year).get(day)
        spans = self.hours.week[(day + 6) % 7] if special is None else special.hours
        return _instants(self._wall_clock(day, day), day, spans) if spans else []

    def _wall_clock(self, first: int, last: int) -> WallClock:
        return WallClock(find_zone(self.zone), _midnight(first - REACH), _midnight(last + REACH))


def _midnight(day: int) -> int:
    return (day - EPOCH_DAY) * DAY


def _instants(clock: WallClock, day: int, spans: Spans) -> list[tuple[int, int]]:
    """The real intervals of a day's hours; those that a jump of the clocks swallows are none."""
    midnight = _midnight(day)
    real = [
        (clock.first(midnight + a * MINUTE), clock.last(midnight + b * MINUTE)) for a, b in spans
    ]
    return [(a, b) for a, b in real if a < b]
