"""The same time of day, so many working days on."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from escalate.worktime.years import NEVER
from escalate.worktime.zone import EPOCH_WALL, US, find_zone, from_us, wall_to_us

if TYPE_CHECKING:
    from escalate.worktime.timeline import Timeline

__all__ = ["following"]


def following(timeline: Timeline, us: int, count: int) -> int:
    """The instant ``count`` working days after ``us``, which is open; ``NEVER`` past the
    supported years.

    Language: "Time".
    """
    zone = find_zone(timeline.zone)
    wall = from_us(us, zone).replace(tzinfo=None)
    day = _owner(timeline, us, wall.toordinal())
    days = timeline.working_days(day, count)
    at = bisect_left(days, day) + count
    if not 0 <= at < len(days):
        return NEVER if count > 0 else -NEVER
    moved = EPOCH_WALL + ((wall - EPOCH_WALL) // US + (days[at] - day) * 86_400_000_000) * US
    target = wall_to_us(moved, zone, end=True)
    hours = timeline.day_hours(days[at])
    due = hours[0][0]
    for open_, close in hours:
        if open_ <= target:
            due = min(target, close)
    return due


def _owner(timeline: Timeline, us: int, day: int) -> int:
    """The day on which the hours start that ``us`` lies in."""
    for candidate in (day, day - 1, day - 2, day + 1):
        if any(open_ <= us < close for open_, close in timeline.day_hours(candidate)):
            return candidate
    return day
