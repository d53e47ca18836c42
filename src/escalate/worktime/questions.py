"""What can be asked of working time, whatever it is made from."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from escalate.worktime.years import NEVER, Source
from escalate.worktime.zone import find_zone, from_us

if TYPE_CHECKING:
    from escalate.worktime.combined import Combined
    from escalate.worktime.door import Door
    from escalate.worktime.timeline import Timeline

__all__ = ["MADE", "WorkingTime"]

MADE = ("_timelines", "_door")
"""What is made when first needed and is no part of a calendar's value."""


class WorkingTime:
    """Instants and durations of working time: what a calendar answers, and what two
    calendars together answer.

    Instants are aware ``datetime``s in any zone, durations ``timedelta``s; results are in
    :attr:`timezone` (UTC where there is none). Everything raises ``ValueError`` for a naive
    instant, and :class:`OutOfYearsError` for one outside the years 1970 to 2199 or a result
    that does not come within them. Threads may share one.

    Language: "Time".
    """

    timezone: str | None

    def source(self, zone: str) -> Source:
        """What the hours are made from, read by the clocks of ``zone`` where it has no
        zone of its own."""
        raise NotImplementedError

    def timeline(self, default_zone: str = "UTC") -> Timeline:
        """The integer engine of this calendar, in its own zone or else in ``default_zone``.

        The same object each time, so that what it has built is used again.
        """
        zone = self.timezone or default_zone
        found = self._timelines.get(zone)
        if found is None:
            from escalate.worktime.timeline import timeline_of

            found = self._timelines.setdefault(zone, timeline_of(self.source(zone)))
        return found

    @cached_property
    def _timelines(self) -> dict[str, Timeline]:
        return {}

    @cached_property
    def _door(self) -> Door:
        from escalate.worktime.door import door_of

        return door_of(self.timeline(), find_zone(self.timezone or "UTC"))

    # A copy may have other hours, and a pickle should hold what was written alone.

    def __getstate__(self) -> dict[Any, Any]:
        state: Any = super().__getstate__()
        kept = {key: value for key, value in self.__dict__.items() if key not in MADE}
        return {**state, "__dict__": kept} if "__dict__" in state else kept

    # Sums.

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """The instant at which ``duration`` of working time has passed since ``start``.

        It may be a closing. Zero gives ``start`` itself if open, else the next opening; a
        negative duration goes back.
        """
        return self._door.add(start, duration)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from ``start`` to ``end``; negative when they are reversed."""
        return self._door.between(start, end)

    def add_workdays(self, start: datetime, count: int) -> datetime:
        """The same time of day on the ``count``-th following working day: see
        :meth:`Timeline.add_workdays`. Raises ``ValueError`` where it never closes."""
        door = self._door
        if not isinstance(count, int):
            raise TypeError(f"workdays are counted in whole numbers, not `{count}`")
        return door.at(door.timeline.add_workdays(door.us(start), count))

    # Open and closed.

    def is_open(self, at: datetime) -> bool:
        """Whether it is open at that instant. At a closing it is not."""
        door = self._door
        return door.timeline.is_open(door.us(at))

    def next_open(self, at: datetime) -> datetime:
        """The instant itself if open, else the next opening."""
        door = self._door
        return door.at(door.timeline.next_open(door.us(at)))

    def next_close(self, at: datetime) -> datetime | None:
        """The closing of the present or else of the next hours; none if there is none."""
        door = self._door
        close = door.timeline.next_close(door.us(at))
        return None if close == NEVER else from_us(close, door.zone)

    def previous_close(self, at: datetime) -> datetime | None:
        """The latest closing at or before that instant; none if there is none."""
        door = self._door
        close = door.timeline.previous_close(door.us(at))
        return None if close == -NEVER else from_us(close, door.zone)

    def intervals(self, start: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """The open intervals between two instants, cut at them."""
        door = self._door
        found = door.timeline.intervals(door.us(start), door.us(end))
        return tuple((from_us(a, door.zone), from_us(b, door.zone)) for a, b in found)

    def skipped(self, start: datetime, end: datetime) -> tuple[tuple[str, str], ...]:
        """The holidays and short days that changed the working time between two instants:
        local date (`2026-12-25`) and name."""
        door = self._door
        return door.timeline.skipped(door.us(start), door.us(end))

    # Two of them.

    def __and__(self, other: WorkingTime) -> Combined:
        """When both are open."""
        return self._with("and", other)

    def __or__(self, other: WorkingTime) -> Combined:
        """When one of them is open, or both."""
        return self._with("or", other)

    def _with(self, how: Literal["and", "or"], other: WorkingTime) -> Combined:
        if not isinstance(other, WorkingTime):
            return NotImplemented
        from escalate.worktime.combined import Combined

        return Combined(how, self, other)
