"""Who has duty over a while, and when nobody has: gaps apart from hours that are closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from escalate.worktime.rotation import Rotation
from escalate.worktime.timeline import Timeline
from escalate.worktime.zone import from_us, to_us

__all__ = ["Kind", "Watch", "watches"]

Kind = Literal["duty", "gap", "closed"]


class Watch(NamedTuple):
    """Somebody has duty (``duty``); nobody has, though the rotation's calendar is open
    (``gap``) or while it is closed."""

    kind: Kind
    member: str | None
    start: datetime
    end: datetime


def watches(rotation: Rotation, start: datetime, end: datetime, offset: int = 0) -> Iterator[Watch]:
    """Who has duty from ``start`` until ``end``, or who is so many places behind: one
    after the other without a hole.

    Language: "Rotations".
    """
    for member, begin, until in rotation.shifts(start, end, offset):
        if member is not None:
            yield Watch("duty", member, begin, until)
        elif rotation.calendar is None:
            yield Watch("gap", None, begin, until)
        else:
            hours = rotation.calendar.timeline(rotation.zone)
            yield from _nobody(hours, rotation.zone, begin, until)


def _nobody(hours: Timeline, zone: str, start: datetime, end: datetime) -> Iterator[Watch]:
    """A time in which nobody has duty, in pieces by whether somebody should."""
    at = start
    for open_us, close_us in hours.intervals(to_us(start), to_us(end)):
        opens, closes = (from_us(us, zone) for us in (open_us, close_us))
        if at < opens:
            yield Watch("closed", None, at, opens)
        yield Watch("gap", None, opens, closes)
        at = closes
    if at < end:
        yield Watch("closed", None, at, end)
