"""The same time of day, so many working days on.

Language: "Time".
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from escalate.worktime.epoch import DAY, US
from escalate.worktime.years import NEVER
from escalate.worktime.zone import EPOCH_WALL, find_zone, from_us, wall_to_us

if TYPE_CHECKING:
    from escalate.worktime.timeline import Timeline

__all__ = ["Shift", "following", "shift_of"]


class Shift(NamedTuple):
    """Where all instants of the same hours lead: they are moved ``by`` so much, into these
    ``hours`` of another day."""

    by: int
    hours: tuple[tuple[int, int], ...]

    def of(self, us: int) -> int:
        """Where an instant leads: of a time at which the day is closed, to the nearest closing
        before it, or to the opening."""
        target, due = us + self.by, self.hours[0][0]
        for open_, close in self.hours:
            if open_ <= target:
                due = min(target, close)
        return due


def shift_of(timeline: Timeline, open_: int, close: int, count: int) -> Shift | None:
    """Where instants of these hours lead, ``count`` working days on; ``None`` where that is not
    the same for all of them: the clocks change meanwhile, or the hours are not one day's."""
    around = from_us(open_, timeline.zone).toordinal()
    touching = [
        (day, hours)
        for day in range(around - 3, around + 4)
        for hours in timeline.day_hours(day)
        if hours[0] < close and hours[1] > open_
    ]
    if len(touching) != 1 or touching[0][1] != (open_, close):
        return None
    day = touching[0][0]
    days = timeline.working_days(day, count)
    at = bisect_left(days, day) + count
    if not 0 <= at < len(days):
        return None
    moved = (days[at] - day) * DAY
    before = _steady(open_ - DAY, close + DAY, timeline.zone)
    later = _steady(open_ + moved - 2 * DAY, close + moved + 2 * DAY, timeline.zone)
    if before is None or later is None:
        return None
    return Shift(moved + before - later, tuple(timeline.day_hours(days[at])))


def following(timeline: Timeline, us: int, count: int) -> int:
    """The instant ``count`` working days after ``us``, which is open; ``NEVER`` past the
    supported years."""
    zone = find_zone(timeline.zone)
    wall = from_us(us, zone).replace(tzinfo=None)
    day = _owner(timeline, us, wall.toordinal())
    days = timeline.working_days(day, count)
    at = bisect_left(days, day) + count
    if not 0 <= at < len(days):
        return NEVER if count > 0 else -NEVER
    moved = EPOCH_WALL + ((wall - EPOCH_WALL) // US + (days[at] - day) * DAY) * US
    target = wall_to_us(moved, zone, end=True)
    return Shift(0, tuple(timeline.day_hours(days[at]))).of(target)


def _owner(timeline: Timeline, us: int, day: int) -> int:
    """The day on which the hours start that ``us`` lies in."""
    for candidate in (day, day - 1, day - 2, day + 1):
        if any(open_ <= us < close for open_, close in timeline.day_hours(candidate)):
            return candidate
    return day


def _steady(begin: int, end: int, zone: str) -> int | None:
    """The offset of a zone from one instant to another, if it stays the same: no zone has
    changed it and changed it back within a day."""
    where = find_zone(zone)
    offsets = {from_us(us, where).utcoffset() for us in (*range(begin, end, DAY), end)}
    only = offsets.pop()
    return None if offsets or only is None else only // US
