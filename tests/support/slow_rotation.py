"""Who has duty, minute by minute: the plain twin of `escalate.worktime.rotation`.

It walks the hand-overs one after the other and shares no code with what it judges.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from support.slow_calendar import MINUTE, ROOM, SlowCalendar

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a clock on the wall has no zone


class Wall:
    """What the clock on the wall showed, and when it first showed or passed a time."""

    def __init__(self, clock: tuple[int, list[int]]) -> None:
        self.begin, self.shown = clock
        # The latest time shown so far, and the earliest that is shown from there on.
        self.highest = list(accumulate(self.shown, max))
        self.lowest = list(accumulate(reversed(self.shown), min))[::-1]

    def first(self, wall: datetime) -> int:
        """The first minute of the window at which the wall shows that time or a later one."""
        return self.begin + bisect_left(self.highest, minutes(wall))

    def last(self, wall: datetime) -> int:
        """The last minute at which the wall shows that time, or that of the jump over it."""
        after = bisect_right(self.lowest, minutes(wall))
        exactly = after > 0 and self.shown[after - 1] == minutes(wall)
        return self.begin + after - exactly


def minutes(wall: datetime) -> int:
    return int((wall - EPOCH).total_seconds()) // 60


@dataclass(frozen=True)
class SlowLayer:
    members: tuple[str, ...]
    starts: datetime
    step: timedelta
    at: datetime
    """Any hand-over at or before the start; the others follow it and go before it."""
    hours: SlowCalendar | None = None
    counted: int = 0
    """Minutes of working time in a turn, where it goes by that."""

    def order(self, wall: Wall, minute: int) -> tuple[str, ...]:
        start = wall.first(self.starts)
        if minute < start or (self.hours is not None and not self.hours.is_open(minute * MINUTE)):
            return ()
        if self.counted and self.hours is not None:
            begin = self.hours.begin
            turn = sum(self.hours.open[start - begin : minute - begin]) // self.counted
        else:
            turn, over = 0, self.at
            while over <= self.starts:
                over += self.step
            while wall.first(over) <= minute:
                turn += 1
                over += self.step
        turn %= len(self.members)
        return self.members[turn:] + self.members[:turn]


@dataclass(frozen=True)
class SlowRotation:
    wall: Wall
    layers: tuple[SlowLayer, ...]
    overrides: tuple[tuple[str, datetime, datetime], ...] = ()
    swaps: tuple[tuple[str, str, datetime, datetime], ...] = ()
    hours: SlowCalendar | None = None

    @property
    def window(self) -> range:
        """The minutes for which answers are whole."""
        return range(self.wall.begin + ROOM, self.wall.begin + len(self.wall.shown) - ROOM)

    def order(self, minute: int) -> list[str]:
        if self.hours is not None and not self.hours.is_open(minute * MINUTE):
            return []
        line = [who for layer in self.layers for who in layer.order(self.wall, minute)]
        for one, other, start, until in self.swaps:
            if self.wall.first(start) <= minute < self.wall.last(until):
                line = [{one: other, other: one}.get(who, who) for who in line]
        return list(dict.fromkeys(line))

    def stands_in(self, minute: int) -> list[str]:
        return [
            who
            for who, start, until in reversed(self.overrides)
            if self.wall.first(start) <= minute < self.wall.last(until)
        ]

    def on_duty(
        self, minute: int, offset: int = 0, away: frozenset[str] = frozenset()
    ) -> str | None:
        order = self.order(minute)
        found: list[str | None] = []
        for place in range(offset + 1):
            turn = place % len(order) if order else 0
            line = order[turn:] + order[:turn]
            if place == 0:
                line = self.stands_in(minute) + line
            free = [who for who in line if who not in away and who not in found]
            found.append(free[0] if free else None)
        return found[-1]
