"""What dates have instead of their usual hours, when several entries may name one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from escalate.worktime.holiday import AnyHoliday, RangeHoliday
from escalate.worktime.hours import Spans

__all__ = ["SpecialDay", "special_days"]


class SpecialDay(NamedTuple):
    """What a date has instead of its usual hours, by which entry of the list. No spans:
    closed."""

    name: str
    hours: Spans
    entry: int


def special_days(holidays: Iterable[AnyHoliday], year: int) -> dict[int, SpecialDay]:
    """The special days of a year by their ordinal.

    Several entries may name one date: hours that say so beat being closed, being closed
    beats other hours, and otherwise what is written first counts.
    """
    found: dict[int, SpecialDay] = {}
    after: dict[int, int] = {}  # from a day that is decided to one that may not be
    for i, entry in sorted(enumerate(holidays), key=_weakness):
        hours = entry.hours or ()
        if isinstance(entry, RangeHoliday):
            first, last = entry.within(year)
            name, day = entry.label(entry.name), _undecided(first, after)
            while day <= last:
                found[day], after[day] = SpecialDay(name, hours, i), day + 1
                day = _undecided(day + 1, after)
            continue
        for date, name in entry.dates(year):
            day = date.toordinal()
            if day not in found:
                found[day], after[day] = SpecialDay(name, hours, i), day + 1
    return found


def _weakness(written: tuple[int, AnyHoliday]) -> int:
    _, entry = written
    return 0 if entry.beats_holidays else 2 if entry.hours else 1


def _undecided(day: int, after: dict[int, int]) -> int:
    """The day itself or the next that is not decided: many ranges may cover one another."""
    way = []
    while day in after:
        way.append(day)
        day = after[day]
    for passed in way:
        after[passed] = day
    return day
