"""A calendar of working time: the one door to this package's arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from escalate.errors import EscalateError
from escalate.worktime.holiday import CountryHolidays, Holiday, special_days
from escalate.worktime.hours import ALWAYS, Hours
from escalate.worktime.wording import fail_at, finding, kind_of, problem
from escalate.worktime.years import FIRST_YEAR, LAST_YEAR, NEVER
from escalate.worktime.zone import EPOCH, US, ZoneName, find_zone, from_us, to_us

if TYPE_CHECKING:
    from escalate.worktime.timeline import Timeline

__all__ = ["Calendar", "OutOfYearsError"]


class OutOfYearsError(EscalateError, ValueError):
    """An instant lies outside the supported years, 1970 to 2199."""


class Calendar(BaseModel):
    """When somebody works: hours of the week, holidays and short days, in a zone.

    Usable without a policy. Instants are aware ``datetime``s, durations ``timedelta``s;
    results are in the calendar's zone (UTC where it names none). Everything raises
    ``ValueError`` for a naive instant, and :class:`OutOfYearsError` for one outside the
    years 1970 to 2199 or a result that does not come within them.

    Language: "Time".
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, ignored_types=(cached_property,), defer_build=True
    )

    timezone: ZoneName | None = Field(None, description="An IANA zone; the policy's, if absent.")
    hours: Hours
    holidays: tuple[Holiday, ...] = ()

    @field_validator("holidays", mode="before")
    @classmethod
    def _is_list(cls, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise problem("holiday", f"{kind_of(value)} is no list of holidays")
        return value

    @model_validator(mode="after")
    def _opens(self) -> Calendar:
        told = None
        if self.hours.always and self.holidays:
            told = "`always` never closes, so it has no holidays; write `mon-sun: 00:00-24:00`"
            kind = "never_closes"
        elif not self._ever_open():
            told, kind = "this calendar is never open", "never_open"
        if told:
            fail_at("calendar", [finding(kind, told, ("hours",), self.hours.plain())])
        return self

    def _ever_open(self) -> bool:
        if self.hours.always:
            return True
        if self._surely_opens(2026):
            return True
        from escalate.worktime.schedule import Schedule

        source = Schedule(self.hours, self.holidays, self.timezone or "UTC")
        # Nearly every calendar answers with the first year, so the present comes first.
        years = (*range(2026, LAST_YEAR + 1), *range(FIRST_YEAR, 2026))
        return any(source.year(year).opens for year in years)

    def _surely_opens(self, year: int) -> bool:
        """Whether a year has more days with hours than all its holidays could close. The
        lists of countries, which take long to load, are only guessed, and far too high."""
        lists = [entry for entry in self.holidays if isinstance(entry, CountryHolidays)]
        others = [entry for entry in self.holidays if not isinstance(entry, CountryHolidays)]
        closed = len(special_days(others, year)) + len(lists) * _MOST_PUBLIC + _MOST_JUMPS
        return sum(map(bool, self.hours.week)) * 52 > closed

    @classmethod
    def always(cls, timezone: str | None = None) -> Calendar:
        """The calendar that never closes."""
        return cls(timezone=timezone, hours=ALWAYS)

    def timeline(self, default_zone: str = "UTC") -> Timeline:
        """The integer engine of this calendar, in its own zone or else in ``default_zone``.

        The same object each time, so that what it has built is used again.
        """
        zone = self.timezone or default_zone
        found = self.timelines.get(zone)
        if found is None:
            from escalate.worktime.schedule import Schedule
            from escalate.worktime.timeline import timeline_of

            source = Schedule(self.hours, self.holidays, zone)
            found = self.timelines.setdefault(zone, timeline_of(source, self.hours.always))
        return found

    @cached_property
    def timelines(self) -> dict[str, Timeline]:
        """What :meth:`timeline` has made, by zone."""
        return {}

    @cached_property
    def door(self) -> tuple[Timeline, ZoneInfo, datetime]:
        """What the questions below are answered with: the timeline, the zone, and the
        fields of the epoch labelled with it, from which ``fromutc`` counts."""
        zone = find_zone(self.timezone or "UTC")
        return self.timeline(), zone, EPOCH.replace(tzinfo=zone)

    # A copy may have other hours, and a pickle should hold what was written alone.

    def __getstate__(self) -> dict[Any, Any]:
        state = dict(super().__getstate__())
        state["__dict__"] = {k: v for k, v in self.__dict__.items() if k not in _CACHES}
        return state

    def __copy__(self) -> Calendar:
        copied = super().__copy__()
        for name in _CACHES:
            copied.__dict__.pop(name, None)
        return copied

    # Questions.

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """The instant at which ``duration`` of working time has passed since ``start``.

        It may be a closing. Zero gives ``start`` itself if open, else the next opening; a
        negative duration goes back.
        """
        timeline, zone, epoch = self.door
        us = timeline.add(_us(start), duration // US)
        if -NEVER < us < NEVER:
            return zone.fromutc(epoch + us * US)
        raise _past()

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from ``start`` to ``end``; negative when they are reversed."""
        timeline = self.door[0]
        return timeline.between(_us(start), _us(end)) * US

    def add_workdays(self, start: datetime, count: int) -> datetime:
        """The same time of day on the ``count``-th following working day: see
        :meth:`Timeline.add_workdays`."""
        timeline, zone, _ = self.door
        return _at(timeline.add_workdays(_us(start), count), zone)

    def is_open(self, at: datetime) -> bool:
        """Whether it is open at that instant. At a closing it is not."""
        timeline = self.door[0]
        return timeline.is_open(_us(at))

    def next_open(self, at: datetime) -> datetime:
        """The instant itself if open, else the next opening."""
        timeline, zone, _ = self.door
        return _at(timeline.next_open(_us(at)), zone)

    def next_close(self, at: datetime) -> datetime | None:
        """The closing of the present or else of the next hours; none if there is none."""
        timeline, zone, _ = self.door
        close = timeline.next_close(_us(at))
        return None if close == NEVER else from_us(close, zone)

    def previous_close(self, at: datetime) -> datetime | None:
        """The latest closing at or before that instant; none if there is none."""
        timeline, zone, _ = self.door
        close = timeline.previous_close(_us(at))
        return None if close == -NEVER else from_us(close, zone)

    def intervals(self, start: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """The open intervals between two instants, cut at them."""
        timeline, zone, _ = self.door
        found = timeline.intervals(_us(start), _us(end))
        return tuple((from_us(a, zone), from_us(b, zone)) for a, b in found)

    def skipped(self, start: datetime, end: datetime) -> tuple[tuple[str, str], ...]:
        """The holidays and short days that changed the working time between two instants:
        local date (`2026-12-25`) and name."""
        timeline = self.door[0]
        return timeline.skipped(_us(start), _us(end))


_CACHES = ("timelines", "door")
_MOST_PUBLIC = 150  # a year; some countries count every Sunday
_MOST_JUMPS = 20  # days whose hours a jump of the clocks may swallow
_EARLIEST = to_us(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC))
_LATEST = to_us(datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC))


def _us(at: datetime) -> int:
    try:
        us = (at - EPOCH) // US
    except TypeError:
        us = to_us(at)  # says what is wrong with it
    if _EARLIEST <= us < _LATEST:
        return us
    raise OutOfYearsError(f"`{at.isoformat()}` is not between {FIRST_YEAR} and {LAST_YEAR}")


def _at(us: int, zone: ZoneInfo) -> datetime:
    if -NEVER < us < NEVER:
        return from_us(us, zone)
    raise _past()


def _past() -> OutOfYearsError:
    return OutOfYearsError(f"the answer does not lie between {FIRST_YEAR} and {LAST_YEAR}")
