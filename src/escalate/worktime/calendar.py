"""A calendar of working time: the one door to this package's arithmetic."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from escalate.modelling.words import BaseModel, ConfigDict, Field, field_validator, model_validator
from escalate.worktime.holiday import CountryHolidays, Holiday
from escalate.worktime.hours import ALWAYS, Hours
from escalate.worktime.questions import MADE, WorkingTime
from escalate.worktime.special import special_days
from escalate.worktime.wording import fail_at, finding, kind_of, problem
from escalate.worktime.years import FIRST_YEAR, LAST_YEAR
from escalate.worktime.zone import ZoneName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

    from escalate.worktime.holiday import AnyHoliday
    from escalate.worktime.schedule import Schedule

__all__ = ["Calendar"]


class Calendar(WorkingTime, BaseModel):
    """When somebody works: hours of the week, holidays and short days, in a zone.

    Usable without a policy, made in the words of one: ``Calendar(timezone="Europe/Berlin",
    hours={"mon-fri": "09:00-17:00"}, holidays=[{"country": "DE"}])``. Raises pydantic's
    ``ValidationError`` (a ``ValueError``) with all that is wrong with them. Paths of
    iCalendar files are relative to the working directory, or to what
    ``model_validate(..., context={"folder": ...})`` names. What
    ``model_dump(by_alias=True)`` gives, ``model_validate`` takes.

    Instants are aware ``datetime``s, durations ``timedelta``s; results are in the calendar's
    zone (UTC where it names none). Everything raises ``ValueError`` for a naive instant, and
    :class:`OutOfYearsError` for one outside the years 1970 to 2199 or a result that does not
    come within them.

    Language: "Time".
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        json_schema_extra={
            "description": "When somebody works: hours of the week, holidays and short days."
        },
    )

    timezone: ZoneName | None = Field(None, description="An IANA zone; the policy's, if absent.")
    hours: Hours
    holidays: tuple[Holiday, ...] = ()

    if TYPE_CHECKING:  # what it takes, in the words of a policy

        def __init__(
            self,
            *,
            hours: Hours | Mapping[str, str | Sequence[str]] | Literal["always"],
            timezone: str | tzinfo | None = None,
            holidays: Sequence[AnyHoliday | date | Mapping[str, Any]] = (),
        ) -> None: ...

    @field_validator("holidays", mode="before")
    @classmethod
    def _is_list(cls, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise problem(
                "holiday",
                f"{kind_of(value)} is no list of holidays; write `[{{date: 2026-12-24}}]`",
            )
        return value

    @model_validator(mode="after")
    def _opens(self) -> Calendar:
        told = None
        if self.hours.always and self.holidays:
            told = "`always` never closes, so it has no holidays; write `mon-sun: 00:00-24:00`"
            kind = "never_closes"
        elif not self._ever_open():
            told, kind = "this calendar is never open; give it hours on some day", "never_open"
        if told:
            fail_at("calendar", [finding(kind, told, ("hours",), self.hours.plain())])
        return self

    def _ever_open(self) -> bool:
        if self.hours.always:
            return True
        if self._surely_opens(2026):
            return True
        source = self.source("UTC")
        # Nearly every calendar answers with the first year, so the present comes first.
        years = (*range(2026, LAST_YEAR + 1), *range(FIRST_YEAR, 2026))
        return any(source.days(_first(year), _first(year + 1) - 1) for year in years)

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

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """In the words that make it: ``eval(repr(calendar))`` is an equal one."""
        if self.timezone is not None:
            yield "timezone", self.timezone
        yield "hours", self.hours.written()
        if self.holidays:
            yield "holidays", [entry.written() for entry in self.holidays]

    def source(self, zone: str) -> Schedule:
        """The hours of each day in its own zone, or else by the clocks of ``zone``."""
        from escalate.worktime.schedule import Schedule

        return Schedule(self.hours, self.holidays, self.timezone or zone)

    # What was built for the hours of one calendar is not its copy's, which may have others.

    def __copy__(self) -> Calendar:
        copied = super().__copy__()
        for name in MADE:
            copied.__dict__.pop(name, None)
        return copied

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Calendar:
        return self.__copy__()


_MOST_PUBLIC = 150  # a year; some countries count every Sunday
_MOST_JUMPS = 20  # days whose hours a jump of the clocks may swallow


def _first(year: int) -> int:
    return date(year, 1, 1).toordinal()
