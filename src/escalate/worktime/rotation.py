"""Who is on duty: members that take turns by the local clock."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from escalate.worktime.years import LAST_YEAR, NEVER
from escalate.worktime.zone import find_zone, from_us, wall_to_us

__all__ = ["Override", "Rotation"]

MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody has duty out of turn, from one local time (inclusive) until another."""

    member: str
    start: datetime
    until: datetime


@dataclass(frozen=True)
class Rotation:
    """Members take turns; a turn lasts ``days`` and ends at the wall-clock time ``at``.

    ``starts`` is the local beginning of the first member's first turn; a date means
    ``at`` on it. ``weekday`` (Monday is 0) fixes the day of hand-overs of turns that last
    whole weeks; without it they happen on that of ``starts``. A rotation that starts
    between two hand-overs has a short first turn. Of overrides that overlap the later
    written counts. Raises ``ValueError`` for no members, a turn of no days, or a weekday
    with turns that are not whole weeks.

    Language: "Levels and paths", `rotation` in "A whole policy".
    """

    members: tuple[str, ...]
    starts: date | datetime
    days: int
    zone: str
    at: time = MIDNIGHT
    weekday: int | None = None
    overrides: tuple[Override, ...] = ()

    def __post_init__(self) -> None:
        if not self.members:
            raise ValueError("a rotation needs members")
        if self.days < 1:
            raise ValueError("a turn lasts at least one day")
        if self.weekday is not None and self.days % 7:
            raise ValueError("a weekday of hand-overs needs turns of whole weeks")

    def on_duty(self, us: int) -> str | None:
        """Who has duty at an instant; nobody before the rotation starts."""
        return next(iter(self.in_turn(us)), None)

    def in_turn(self, us: int) -> tuple[str, ...]:
        """Everybody in the order in which duty falls to them at an instant: whoever has
        it out of turn, whose turn it is, and those whose turns come next."""
        line = [override.member for a, b, override in reversed(self._out_of_turn) if a <= us < b]
        if us >= self._start:
            turn = self._turn(us) % len(self.members)
            line += self.members[turn:] + self.members[:turn]
        return tuple(dict.fromkeys(line))

    def next_change(self, us: int) -> int:
        """The next instant after ``us`` at which :meth:`in_turn` changes, in microseconds;
        ``NEVER`` if it does not."""
        line, at = self.in_turn(us), us
        # A hand-over may change nothing, where one member follows himself, or while somebody
        # else has duty. After a turn of every member all is as it was, until the next edge.
        turns = whole = len(self.members) + 1
        while (at := self._next_moment(at) if turns else self._next_edge(at)) != NEVER:
            if self.in_turn(at) != line:
                return at
            turns = whole if at in self._edges else turns - 1
        return NEVER

    # Turns are counted from `_anchor`, the latest hand-over at or before the start.

    @cached_property
    def _start_wall(self) -> datetime:
        starts = self.starts
        return starts if isinstance(starts, datetime) else datetime.combine(starts, self.at)

    @cached_property
    def _start(self) -> int:
        return wall_to_us(self._start_wall, self.zone)

    @cached_property
    def _anchor(self) -> datetime:
        anchor = datetime.combine(self._start_wall.date(), self.at)
        if anchor > self._start_wall:
            anchor -= timedelta(days=1)
        if self.weekday is not None:
            anchor -= timedelta(days=(anchor.weekday() - self.weekday) % 7)
        return anchor

    @cached_property
    def _out_of_turn(self) -> tuple[tuple[int, int, Override], ...]:
        return tuple(
            (wall_to_us(o.start, self.zone), wall_to_us(o.until, self.zone), o)
            for o in self.overrides
        )

    @cached_property
    def _edges(self) -> tuple[int, ...]:
        return tuple(sorted({edge for a, b, _ in self._out_of_turn for edge in (a, b)}))

    def _hand_over(self, turn: int) -> int:
        """The instant at which a turn begins; the first one begins with the rotation."""
        if turn == 0:
            return self._start
        try:
            wall = self._anchor + timedelta(days=turn * self.days)
        except OverflowError:
            return NEVER
        return wall_to_us(wall, self.zone) if wall.year <= LAST_YEAR else NEVER

    def _turn(self, us: int) -> int:
        """The number of the turn at an instant, from 0."""
        wall = from_us(us, find_zone(self.zone)).replace(tzinfo=None)
        # Where clocks jump, the wall's count of days may be one turn off.
        turn = max((wall - self._anchor) // timedelta(days=self.days), 0) + 1
        while turn and self._hand_over(turn) > us:
            turn -= 1
        return turn

    def _next_moment(self, us: int) -> int:
        """The next instant at which anything may change."""
        over = self._start if us < self._start else self._hand_over(self._turn(us) + 1)
        return min(over, self._next_edge(us))

    def _next_edge(self, us: int) -> int:
        """The next beginning or end of an override."""
        i = bisect_right(self._edges, us)
        return self._edges[i] if i < len(self._edges) else NEVER
