"""A year of a calendar, month by month: how long it is open, its holidays and short days
with where each comes from, and the changes of the clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from escalate.worktime.epoch import US
from escalate.worktime.hours import show_spans
from escalate.worktime.zone import EPOCH_WALL, WallClock, find_zone, from_us, wall_to_us

if TYPE_CHECKING:
    from escalate.worktime.calendar import Calendar
    from escalate.worktime.timeline import Timeline

__all__ = ["ClockChange", "Month", "SpecialDate", "months_of"]


class SpecialDate(NamedTuple):
    """A holiday or a short day: its hours (none: closed), those it would have, the entry of
    the calendar's list that says so in its author's words, and its index there; ``also``
    are other entries that name the date."""

    day: date
    name: str
    hours: tuple[str, ...]
    usual: tuple[str, ...]
    source: str
    entry: int
    also: tuple[str, ...]


class ClockChange(NamedTuple):
    """A change of the clocks: what they show (``wall``) as it comes, and from then on; and
    hours that it falls into, which last so much longer or shorter."""

    at: datetime
    wall: datetime
    by: timedelta
    within: tuple[datetime, datetime] | None


class Month(NamedTuple):
    """A month by the local clocks: its working time, and its days on which hours begin."""

    first: date
    open: timedelta
    days: int
    special: tuple[SpecialDate, ...]
    changes: tuple[ClockChange, ...]


def months_of(calendar: Calendar, year: int) -> tuple[Month, ...]:
    """The twelve months of a year, 1970 to 2199, in the calendar's zone (UTC where it names
    none).

    Language: "Time".
    """
    timeline = calendar.timeline()
    firsts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    special, changes = _special(calendar, year), tuple(_changes(timeline, year))
    found = []
    for first, following in pairwise(firsts):
        begin, end = (_midnight(day, timeline.zone) for day in (first, following))
        days = range(first.toordinal(), following.toordinal())
        found.append(
            Month(
                first,
                timeline.between(begin, end) * US,
                len(days) if timeline.always else sum(bool(timeline.day_hours(d)) for d in days),
                tuple(one for one in special if one.day.month == first.month),
                tuple(one for one in changes if one.wall.month == first.month),
            )
        )
    return tuple(found)


def _special(calendar: Calendar, year: int) -> list[SpecialDate]:
    naming: dict[date, list[int]] = {}
    for i, entry in enumerate(calendar.holidays):
        for day in dict.fromkeys(day for day, _ in entry.dates(year)):
            naming.setdefault(day, []).append(i)
    schedule, found = calendar.source("UTC"), []
    for day, entries in sorted(naming.items()):
        special = schedule.special_day(day.toordinal())
        if special is None:
            continue
        usual = show_spans(calendar.hours.week[day.weekday()])
        sources = {i: calendar.holidays[i].source for i in entries}
        own = sources.pop(special.entry)
        hours, also = tuple(show_spans(special.hours)), tuple(sources.values())
        found.append(SpecialDate(day, special.name, hours, tuple(usual), own, special.entry, also))
    return found


def _changes(timeline: Timeline, year: int) -> Iterator[ClockChange]:
    zone = find_zone(timeline.zone)
    begin, end = (_midnight(date(y, 1, 1), timeline.zone) for y in (year, year + 1))
    clock = WallClock(zone, begin, end)
    for at, offset, jump in zip(clock.starts[1:], clock.offsets, clock.jumps(), strict=False):
        if at < end:
            wall = EPOCH_WALL + (at + offset) * US
            yield ClockChange(from_us(at, zone), wall, jump * US, _within(timeline, at))


def _within(timeline: Timeline, at: int) -> tuple[datetime, datetime] | None:
    """The hours of a day that an instant falls into."""
    if timeline.always:
        return None
    zone = find_zone(timeline.zone)
    today = from_us(at, zone).toordinal()
    for day in range(today - 2, today + 1):
        for open_, close in timeline.day_hours(day):
            if open_ < at < close:
                return from_us(open_, zone), from_us(close, zone)
    return None


def _midnight(day: date, zone: str) -> int:
    return wall_to_us(datetime.combine(day, datetime.min.time()), zone)
