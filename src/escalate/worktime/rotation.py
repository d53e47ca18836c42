"""Who is on duty: people who take turns by the local clock. The door to `Roster`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from escalate.worktime.calendar import Calendar
from escalate.worktime.roster import AnyLayer, Roster, TurnLayer
from escalate.worktime.turns import Turns, WallTurns, WorkTurns
from escalate.worktime.years import NEVER
from escalate.worktime.zone import from_us, to_us, wall_to_us

if TYPE_CHECKING:
    from escalate.worktime.shift_file import WrittenShift

__all__ = ["Layer", "Override", "Rotation", "Shift", "ShiftList", "Swap"]

MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody has duty out of turn, from one local time (inclusive) until another."""

    member: str
    start: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Swap:
    """Two have each other's turns, from one local time (inclusive) until another."""

    one: str
    other: str
    start: datetime
    until: datetime


class Shift(NamedTuple):
    """Somebody has duty from ``start`` (inclusive) until ``end``; nobody: ``None``."""

    member: str | None
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Layer:
    """Members take turns of ``days``, or of ``hours``, handed over at the local time
    ``at``.

    ``starts`` is the local beginning of the first member's first turn; a date means
    ``at`` on it. ``weekday`` (Monday is 0) fixes the day of hand-overs of turns that last
    whole weeks; without it they happen on that of ``starts``. A layer that starts between
    two hand-overs has a short first turn. ``zone`` is the rotation's where it is empty.

    In ``calendar`` there is duty only while it is open, and turns of hours last so many of
    its working hours; without one they are hours on the wall, counted from ``at``. Raises
    ``ValueError`` for no members, a turn of nothing or of both, or a weekday with turns
    that are not whole weeks.

    Language: "Rotations".
    """

    members: tuple[str, ...]
    starts: date | datetime
    days: int = 0
    hours: int = 0
    at: time = MIDNIGHT
    weekday: int | None = None
    calendar: Calendar | None = None
    zone: str = ""

    def __post_init__(self) -> None:
        if not self.members:
            raise ValueError("a rotation needs members")
        if min(self.days, self.hours) < 0 or (self.days > 0) is (self.hours > 0):
            raise ValueError("a turn lasts at least one day, or else at least one hour")
        if self.weekday is not None and (self.days % 7 or not self.days):
            raise ValueError("a weekday of hand-overs needs turns of whole weeks")

    def compiled(self, zone: str) -> TurnLayer:
        """The layer's engine, its local times in ``zone`` unless it has one of its own."""
        zone = self.zone or zone
        starts = self.starts
        if not isinstance(starts, datetime):
            starts = datetime.combine(starts, self.at)
        hours = None if self.calendar is None else self.calendar.timeline(zone)
        turns: Turns
        if self.hours and hours is not None and not hours.always:
            turns = WorkTurns(starts, self.hours, hours, zone)
        else:
            step = timedelta(days=self.days, hours=self.hours)
            turns = WallTurns(starts, step, self.at, self.weekday, zone)
        return TurnLayer(self.members, turns, hours)


@dataclass(frozen=True, slots=True)
class ShiftList:
    """Members who have duty by a list of shifts, as
    :func:`~escalate.worktime.shift_file.read_shifts` makes it of an iCalendar file; in
    ``calendar`` only while it is open. ``zone`` is that of times without one, the
    rotation's where it is empty. Raises ``ValueError`` for no shifts.

    Language: "Rotations".
    """

    members: tuple[str, ...]
    shifts: tuple[WrittenShift, ...]
    calendar: Calendar | None = None
    zone: str = ""

    def __post_init__(self) -> None:
        if not self.shifts:
            raise ValueError("a list of shifts needs one")

    def compiled(self, zone: str) -> AnyLayer:
        """The layer's engine, its local times in ``zone`` unless it has one of its own."""
        from escalate.worktime.listed import ListedLayer

        zone = self.zone or zone
        hours = None if self.calendar is None else self.calendar.timeline(zone)
        return ListedLayer(self.members, self.shifts, hours, zone)


@dataclass(frozen=True)
class Rotation:
    """People who have duty in turn, in one or several layers, the uppermost first.

    At any instant the first layer that is on gives duty: one whose calendar is open and
    that has started. ``calendar`` bounds them all. An override counts before a swap and
    outside hours as well; of overrides that overlap the later written counts. Instants are
    aware ``datetime``s; a naive one raises ``ValueError``. Results are in ``zone``, which
    is also that of local times.

    Language: "Rotations".
    """

    layers: tuple[Layer | ShiftList, ...]
    zone: str = "UTC"
    overrides: tuple[Override | Swap, ...] = ()
    calendar: Calendar | None = None

    def __post_init__(self) -> None:
        if not self.layers:
            raise ValueError("a rotation needs a layer")

    @cached_property
    def roster(self) -> Roster:
        """The integer engine, which works in microseconds since the epoch."""
        overrides, swaps = [], []
        for change in self.overrides:
            start = wall_to_us(change.start, self.zone)
            until = wall_to_us(change.until, self.zone, end=True)
            if isinstance(change, Swap):
                swaps.append((start, until, (change.one, change.other)))
            else:
                overrides.append((start, until, (change.member,)))
        layers = [layer.compiled(self.zone) for layer in self.layers]
        hours = None if self.calendar is None else self.calendar.timeline(self.zone)
        return Roster(layers, overrides, swaps, hours)

    def on_duty(self, at: datetime, offset: int = 0) -> str | None:
        """Who has duty at an instant, or who is so many places behind; nobody in a gap,
        and before the rotation starts."""
        return self.roster.on_duty(to_us(at), offset)

    def in_turn(self, at: datetime) -> tuple[str, ...]:
        """Everybody in the order in which duty falls to them at an instant."""
        return self.roster.in_turn(to_us(at))

    def shifts(self, start: datetime, end: datetime, offset: int = 0) -> tuple[Shift, ...]:
        """Who has duty from ``start`` until ``end``: each shift begins where the one before
        ends, and two that follow each other are different people's. In a gap it is
        nobody's."""
        return tuple(
            Shift(who, from_us(a, self.zone), from_us(b, self.zone))
            for who, a, b in self.roster.shifts(to_us(start), to_us(end), offset)
        )

    def first_gap(self, start: datetime, end: datetime) -> tuple[datetime, datetime] | None:
        """The first time in which nobody has duty though :attr:`calendar` is open, if there
        is one."""
        gap = self.roster.first_gap(to_us(start), to_us(end))
        return None if gap is None else (from_us(gap[0], self.zone), from_us(gap[1], self.zone))

    def next_change(self, at: datetime, until: datetime) -> datetime | None:
        """When somebody else gets duty, if that is before ``until``."""
        roster, us, end = self.roster, to_us(at), to_us(until)
        who = roster.on_duty(us)
        while (us := roster.next_moment(us)) < min(end, NEVER):
            if roster.on_duty(us) != who:
                return from_us(us, self.zone)
        return None
