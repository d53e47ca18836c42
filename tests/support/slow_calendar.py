"""Working time by walking real minutes, with `zoneinfo` alone.

The plain twin of `escalate.worktime`: it shares no code with it and knows one trick, to
read the clock on the wall at every minute of a few days.
"""

# ruff: noqa: DTZ001 - a clock on the wall has no zone

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = 60_000_000
EPOCH = datetime(1970, 1, 1)
ONE_MINUTE = timedelta(minutes=1)
ROOM = 3 * 1440  # minutes of clock read before and after the window that is asked about

Spans = list[tuple[int, int]]  # minutes from midnight; an end beyond 1440 is the next day's


def read_clock(zone: str, start: datetime, days: int) -> tuple[int, list[int]]:
    """The first minute (of the epoch), and what the wall shows at each from there on."""
    begin = int(start.replace(tzinfo=UTC).timestamp()) // 60 - ROOM
    tz = ZoneInfo(zone)
    shown = []
    for minute in range(begin, begin + days * 1440 + 2 * ROOM):
        ahead = datetime.fromtimestamp(minute * 60, tz).utcoffset()
        assert ahead is not None
        shown.append(minute + ahead // ONE_MINUTE)
    return begin, shown


class SlowCalendar:
    """Open or closed, minute by minute, over the days that a clock was read for."""

    def __init__(
        self, clock: tuple[int, list[int]], week: list[Spans], special: dict[date, Spans]
    ) -> None:
        self.begin, shown = clock
        self.open = [False] * len(shown)
        first = EPOCH + timedelta(minutes=min(shown))
        last = EPOCH + timedelta(minutes=max(shown))
        self.firsts: dict[int, int] = {}
        for minute, wall in enumerate(shown):
            self.firsts.setdefault(wall, minute)
        self.lasts = {wall: minute for minute, wall in enumerate(shown)}
        day = first.date()
        while day <= last.date():
            midnight = int((datetime(day.year, day.month, day.day) - EPOCH).total_seconds()) // 60
            for a, b in special.get(day, week[day.weekday()]):
                start = self.firsts.get(midnight + a)
                start = _jump(shown, midnight + a) if start is None else start
                end = self.lasts.get(midnight + b)
                end = _jump(shown, midnight + b) if end is None else end
                if start < end:
                    self.open[start:end] = [True] * (end - start)
            day += timedelta(days=1)

    @property
    def window(self) -> tuple[int, int]:
        """The instants, in microseconds, between which answers are whole."""
        return (self.begin + ROOM) * MINUTE, (self.begin + len(self.open) - ROOM) * MINUTE

    def is_open(self, us: int) -> bool:
        return self.open[us // MINUTE - self.begin]

    def between(self, start: int, end: int) -> int:
        worked = 0
        for minute in range(start // MINUTE, -(-end // MINUTE)):
            if self.open[minute - self.begin]:
                a, b = minute * MINUTE, (minute + 1) * MINUTE
                worked += min(b, end) - max(a, start)
        return worked

    def add(self, us: int, amount: int) -> int | None:
        """None when the window ends first."""
        if not amount:
            return self.next_open(us)
        at = us
        while at < self.window[1]:
            following = (at // MINUTE + 1) * MINUTE
            if self.is_open(at):
                if amount <= following - at:
                    return at + amount
                amount -= following - at
            at = following
        return None

    def next_open(self, us: int) -> int | None:
        while us < self.window[1]:
            if self.is_open(us):
                return us
            us = (us // MINUTE + 1) * MINUTE
        return None

    def next_change(self, us: int) -> int | None:
        now, at = self.is_open(us), us
        while at < self.window[1]:
            if self.is_open(at) != now:
                return at
            at = (at // MINUTE + 1) * MINUTE
        return None

    def previous_close(self, us: int) -> int | None:
        at = us // MINUTE * MINUTE
        while at > self.window[0]:
            if self.is_open(at - MINUTE) and not self.is_open(at):
                return at
            at -= MINUTE
        return None


def _jump(shown: list[int], wall: int) -> int:
    """The first minute of all if the clock begins later; else the minute at which it has
    jumped over ``wall``, or the end."""
    if shown[0] > wall:
        return 0
    for minute in range(1, len(shown)):
        if shown[minute - 1] < wall < shown[minute]:
            return minute
    return len(shown)
