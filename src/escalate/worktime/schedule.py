"""From the hours of a week and special days to the instants of a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from escalate.worktime.epoch import DAY, EPOCH, MINUTE
from escalate.worktime.holiday import AnyHoliday
from escalate.worktime.hours import Hours, Spans
from escalate.worktime.special import SpecialDay, special_days
from escalate.worktime.years import REACH, DayHours
from escalate.worktime.zone import NO_JUMP, WallClock, find_zone

__all__ = ["Schedule"]

EPOCH_DAY = EPOCH.toordinal()


class Schedule:
    """The hours of one calendar in one zone: a :class:`~escalate.worktime.years.Source`."""

    def __init__(self, hours: Hours, holidays: Sequence[AnyHoliday], zone: str) -> None:
        self.hours = hours
        self.holidays = tuple(holidays)
        self.zone = zone
        self._special = lru_cache(maxsize=8)(self._special_of)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.hours, self.holidays, self.zone)

    @property
    def always(self) -> bool:
        """Whether the hours never end."""
        return self.hours.always

    def days(self, first: int, last: int, usual: bool = False) -> list[DayHours]:
        """The days that have hours, in order; ``usual`` as if no day were special."""
        week, special = self.hours.week, {} if usual else self._special_between(first, last)
        clock = WallClock(find_zone(self.zone), _midnight(first - REACH), _midnight(last + REACH))
        found: list[DayHours] = []
        steady = -NO_JUMP
        for day in range(first, last + 1):
            spans = special[day].hours if day in special else week[(day + 6) % 7]
            if not spans:
                continue
            midnight = _midnight(day)
            if midnight + REACH * DAY > steady:
                offset, steady = clock.steady(midnight)
            if midnight + REACH * DAY <= steady:
                base = midnight - offset
                found.append((day, [(base + a * MINUTE, base + b * MINUTE) for a, b in spans]))
            elif hours := _instants(clock, midnight, spans):
                found.append((day, hours))
        return found

    def special_days(self, first: int, last: int) -> list[tuple[int, str]]:
        """Holidays and short days with their names, in order."""
        found = self._special_between(first, last)
        return [(day, found[day].name) for day in sorted(found) if first <= day <= last]

    def special_day(self, day: int) -> SpecialDay | None:
        """What a date has instead of its usual hours, if it is special."""
        return self._special(date.fromordinal(day).year).get(day)

    def _special_between(self, first: int, last: int) -> dict[int, SpecialDay]:
        found: dict[int, SpecialDay] = {}
        for year in range(date.fromordinal(first).year, date.fromordinal(last).year + 1):
            found.update(self._special(year))
        return found

    def _special_of(self, year: int) -> dict[int, SpecialDay]:
        return special_days(self.holidays, year)


def _midnight(day: int) -> int:
    return (day - EPOCH_DAY) * DAY


def _instants(clock: WallClock, midnight: int, spans: Spans) -> list[tuple[int, int]]:
    """The real intervals of a day's hours; those that a jump of the clocks swallows are none."""
    real = [
        (clock.first(midnight + a * MINUTE), clock.last(midnight + b * MINUTE)) for a, b in spans
    ]
    return [(a, b) for a, b in real if a < b]
