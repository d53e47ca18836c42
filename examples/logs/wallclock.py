"""Instants from what a clock on the wall showed, where a log names no zone.

Where clocks go back, an hour occurs twice and the first is meant; where they go forward, an
hour is missing and its times mean the instant of the jump. So two times never change their
order on the way.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)


def instant(shown: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the clocks of a zone showed this."""
    # In the hour that occurs twice, `fold` 0 is the earlier. In the hour that is left out it
    # is the other way round, and the jump lies between the two.
    first, second = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return (first if first <= second else jump(second, first, zone)).astimezone(zone)


def jump(start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """The second between two instants at which the offset of a zone changes."""
    offset = start.astimezone(zone).utcoffset()
    while end - start > SECOND:
        middle = start + (end - start) // SECOND // 2 * SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            start = middle
        else:
            end = middle
    return end
