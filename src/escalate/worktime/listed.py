"""A layer of a rotation whose shifts are listed one by one, as in a file.

Shifts are found by the year in which they begin, when a year is first asked about. Of those
that overlap, the one that begins later has duty; of those that begin together, the later
written.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from escalate.worktime.epoch import DAY, year_begin
from escalate.worktime.rule import rule_dates
from escalate.worktime.shift_file import WrittenShift
from escalate.worktime.timeline import Timeline
from escalate.worktime.years import FIRST_YEAR, LAST_YEAR, NEVER
from escalate.worktime.zone import from_us, to_us, wall_to_us

__all__ = ["ListedLayer"]

Line = tuple[str, ...]
LONGEST_WALK = 400 * DAY
MOST_TRIED = 20_000


class Shift(NamedTuple):
    """From when until when somebody has duty."""

    start: int
    end: int
    member: str


class Window(NamedTuple):
    """Three years on end: the instants at which anything changes, who has duty from each
    on, and the shifts in the order in which they begin."""

    edges: list[int]
    lines: list[Line]
    starts: list[int]
    shifts: list[Shift]


class ListedLayer:
    """The engine of such a layer: what :class:`~escalate.worktime.roster.Roster` asks."""

    def __init__(
        self, members: Line, shifts: tuple[WrittenShift, ...], hours: Timeline | None, zone: str
    ) -> None:
        self.members = members
        self._written = shifts
        self._hours = None if hours is None or hours.always else hours
        self._zone = zone
        self._window = lru_cache(maxsize=32)(self._window_of)
        self._in_year = lru_cache(maxsize=64)(self._year_of)
        self.start = min(self._us(at, one) for one in shifts for at in (one.start, *one.also))
        self._last = self._end()

    def order(self, us: int) -> Line:
        """Who has duty, and whose shifts come next; none where nobody has."""
        line = self._on(us)
        if not line:
            return ()
        window, found = self._at(us), dict.fromkeys(line)
        for shift in window.shifts[bisect_right(window.starts, us) :]:
            found[shift.member] = None
            if len(found) == len(self.members):
                break
        return tuple(dict.fromkeys((*found, *self.members)))

    def _on(self, us: int) -> Line:
        if self._hours is not None and not self._hours.is_open(us):
            return ()
        window = self._at(us)
        i = bisect_right(window.edges, us)
        return window.lines[i - 1] if i else ()

    def next_moment(self, us: int) -> int:
        """A beginning or an end, an opening or a closing; or the next year, in which more
        is known of whose shifts come next."""
        if us >= self._last:
            return NEVER
        window = self._at(us)
        i = bisect_right(window.edges, us)
        edge = window.edges[i] if i < len(window.edges) else NEVER
        following = _year(us) + 1
        if following <= LAST_YEAR:
            edge = min(edge, year_begin(following))
        return edge if self._hours is None else min(edge, self._hours.next_change(us))

    def covered_until(self, us: int) -> int:
        """Until when somebody has duty without a break, as far as a year ahead."""
        at = us
        while at - us < LONGEST_WALK and at < NEVER and self._on(at):
            at = self.next_moment(at)
        return at

    def next_cover(self, us: int) -> int:
        """The first instant from ``us`` on at which somebody has duty."""
        at = max(us, self.start)
        for _ in range(MOST_TRIED):
            if at >= NEVER or self._on(at):
                return at
            at = self.next_moment(at)
        return NEVER

    # What is known of a year.

    def _at(self, us: int) -> Window:
        return self._window(min(max(_year(us), FIRST_YEAR), LAST_YEAR))

    def _window_of(self, year: int) -> Window:
        shifts = [one for y in (year - 1, year, year + 1) for one in self._in_year(y)]
        shifts.sort(key=lambda one: one.start)  # of equals, as written
        changes = sorted(
            [(one.end, False, one) for one in shifts] + [(one.start, True, one) for one in shifts],
            key=lambda change: change[:2],
        )
        edges: list[int] = []
        lines: list[Line] = []
        on: list[Shift] = []
        for at, begins, one in changes:
            if begins:
                on.append(one)
            else:
                on.remove(one)
            if edges and edges[-1] == at:
                edges.pop(), lines.pop()
            edges.append(at)
            lines.append(tuple(dict.fromkeys(each.member for each in reversed(on))))
        return Window(edges, lines, [one.start for one in shifts], shifts)

    def _year_of(self, year: int) -> list[Shift]:
        found = []
        for one in self._written:
            for wall in _beginnings(one, year):
                start = self._us(wall, one)
                end = self._us(wall + one.lasts, one, end=True)
                if start < end and (one.until is None or start <= self._until(one)):
                    found.append(Shift(start, end, one.member))
        return found

    def _us(self, wall: datetime, one: WrittenShift, end: bool = False) -> int:
        return wall_to_us(wall, one.zone or self._zone, end)

    def _until(self, one: WrittenShift) -> int:
        until = one.until
        if until is None:
            return NEVER
        return to_us(until) if until.tzinfo is not None else self._us(until, one)

    def _end(self) -> int:
        """When the last shift of all has ended; ``NEVER`` where one recurs for ever."""
        ends = []
        for one in self._written:
            if one.rule is not None:
                if "UNTIL" not in one.rule.upper() and "COUNT" not in one.rule.upper():
                    return NEVER
                days = [d for y in range(FIRST_YEAR, LAST_YEAR + 1) for d in _days(one, y)]
            else:
                days = [one.start.date()]
            walls = [datetime.combine(day, one.start.time()) for day in days[-1:]]
            ends += [self._us(wall + one.lasts, one, end=True) for wall in (*walls, *one.also)]
        return max(ends, default=self.start)


def _days(one: WrittenShift, year: int) -> list[date]:
    """The days of a year on which a shift begins by its rule."""
    return [] if one.rule is None else rule_dates(one.rule, one.start.date()).dates(year)


def _beginnings(one: WrittenShift, year: int) -> list[datetime]:
    days = _days(one, year)
    walls = [datetime.combine(day, one.start.time()) for day in days]
    if one.rule is None and one.start.year == year:
        walls.append(one.start)
    walls += [wall for wall in one.also if wall.year == year]
    return [wall for wall in dict.fromkeys(walls) if wall not in one.never]


def _year(us: int) -> int:
    return from_us(us).year
