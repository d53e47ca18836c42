"""Holidays and short days, as authors write them: one model for each way to say when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, Self, get_args

from pydantic_core import ValidationError

from escalate.beside import folder_of
from escalate.errors import MissingExtraError
from escalate.modelling.words import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    PrivateAttr,
    StrictBool,
    StrictInt,
    WithJsonSchema,
    WrapValidator,
    field_validator,
    model_validator,
)
from escalate.worktime.hours import DayHours, show_spans
from escalate.worktime.rule import RuleError, rule_dates
from escalate.worktime.wording import fail_at, finding, kind_of, problem
from escalate.worktime.years import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from pydantic import ValidationInfo

    from escalate.worktime.ical_file import Event

__all__ = [
    "AnyHoliday",
    "CountryHolidays",
    "DateHoliday",
    "EasterHoliday",
    "Holiday",
    "IcalHolidays",
    "MonthDay",
    "RangeHoliday",
    "RuleHoliday",
]


class MonthDay(NamedTuple):
    """A date of every year, such as 12-25."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_YEARLY = re.compile(r"([0-9]{2})-([0-9]{2})", re.ASCII)


def _read_date(value: Any) -> dt.date:
    if type(value) is dt.date:
        return value
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise problem("holiday", f"{kind_of(value)} is not a date; write it as `2026-12-24`")
    try:
        day = dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise problem("date", f"there is no date `{value}`; mend the day or the month") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise problem(
            "date", f"`{value}` is not between {FIRST_YEAR} and {LAST_YEAR}; mend the year"
        )
    return day


def _read_yearly(value: Any) -> dt.date | MonthDay:
    if isinstance(value, MonthDay):
        return value
    found = _YEARLY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return _read_date(value)
    try:
        dt.date(2000, int(found[1]), int(found[2]))  # a leap year: 02-29 is a date of some years
    except ValueError:
        told = f"there is no date `{value}`, it is read as month-day"
        raise problem("date", f"{told}; write the month first, as in `12-24`") from None
    return MonthDay(int(found[1]), int(found[2]))


_DATE_SCHEMA = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_YEARLY_SCHEMA = {"type": "string", "pattern": "^(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2}$"}

LocalDate = Annotated[
    dt.date, PlainValidator(_read_date), PlainSerializer(str), WithJsonSchema(_DATE_SCHEMA)
]
YearlyDate = Annotated[
    dt.date | MonthDay,
    PlainValidator(_read_yearly),
    PlainSerializer(str),
    WithJsonSchema(_YEARLY_SCHEMA),
]


class _Entry(BaseModel):
    """What all entries have: a name for explanations, and hours if it is not all closed."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        json_schema_extra={"dependencies": {"beats_holidays": ["hours"]}},
    )

    key: ClassVar[str]

    hours: DayHours | None = Field(None, description="The hours of that day, if it is a short one.")
    beats_holidays: StrictBool | None = Field(
        None, description="These hours hold even where another entry closes that day."
    )

    @model_validator(mode="after")
    def _has_hours(self) -> Self:
        if self.beats_holidays is not None and self.hours is None:
            told = "`beats_holidays` is about hours, and this holiday has none; add `hours`"
            where = ("beats_holidays",)
            fail_at("holiday", [finding("beats", told, where, self.beats_holidays)])
        return self

    def dates(self, year: int) -> Iterator[tuple[dt.date, str]]:
        """The dates in a year, each with its name."""
        raise NotImplementedError

    @property
    def digest(self) -> str:
        """Tells contents of the file apart that it names; empty where it names none."""
        return ""

    @property
    def source(self) -> str:
        """When it is, in the words of its author: `country: DE, subdivision: BY`."""
        said = self.written().items()
        return ", ".join(f"{key}: {value}" for key, value in said if key not in _NOT_WHEN)

    def written(self) -> dict[str, Any]:
        """The entry in an author's words: when it is, then the rest, and nothing usual."""
        fields = type(self).model_fields
        said: dict[str, Any] = {}
        for name in sorted(fields, key=_NOT_WHEN.__contains__):
            value = getattr(self, name)
            if value != fields[name].default:
                plain = value if isinstance(value, int) else str(value)
                said[fields[name].alias or name] = show_spans(value) if name == "hours" else plain
        return said

    def label(self, name: str | None) -> str:
        """What such a day is called in explanations."""
        return name or ("short day" if self.hours else "holiday")


_NOT_WHEN = {"name", "hours", "beats_holidays"}


class DateHoliday(_Entry):
    """One date (`2026-12-24`) or the same date of every year (`12-25`)."""

    key = "date"

    date: YearlyDate
    name: str | None = None

    def dates(self, year: int) -> Iterator[tuple[dt.date, str]]:
        """The date, if it is in the year."""
        if isinstance(self.date, dt.date):
            if self.date.year == year:
                yield self.date, self.label(self.name)
        else:
            try:
                yield dt.date(year, *self.date), self.label(self.name)
            except ValueError:
                return  # 29 February


class RangeHoliday(_Entry):
    """All days from one date to another, both included."""

    key = "from"

    first: LocalDate = Field(alias="from")
    last: LocalDate = Field(alias="to")
    name: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> RangeHoliday:
        if self.last < self.first:
            told = f"`{self.last}` is before `{self.first}`; exchange `from` and `to`"
            fail_at("holiday", [finding("date", told, ("to",), str(self.last))])
        return self

    def dates(self, year: int) -> Iterator[tuple[dt.date, str]]:
        """Those of its days that are in the year."""
        first, last = self.within(year)
        for day in range(first, last + 1):
            yield dt.date.fromordinal(day), self.label(self.name)

    def within(self, year: int) -> tuple[int, int]:
        """The ordinals of its first and its last day in the year; there may be none between."""
        first = max(self.first, dt.date(year, 1, 1))
        return first.toordinal(), min(self.last, dt.date(year, 12, 31)).toordinal()


class RuleHoliday(_Entry):
    """The dates of a rule (RFC 5545), from ``starts`` on where it needs a beginning."""

    key = "rrule"

    rrule: str
    starts: LocalDate | None = None
    name: str | None = None

    @model_validator(mode="after")
    def _holds(self) -> RuleHoliday:
        try:
            rule_dates(self.rrule, self.starts)
        except RuleError as error:
            fail_at("holiday", [finding("rrule", str(error), ("rrule",), self.rrule)])
        return self

    def dates(self, year: int) -> Iterator[tuple[dt.date, str]]:
        """The rule's dates in the year."""
        for day in rule_dates(self.rrule, self.starts).dates(year):
            yield day, self.label(self.name)


class EasterHoliday(_Entry):
    """A day so many days after Easter (before it, if negative)."""

    key = "easter"

    easter: str = Field(json_schema_extra={"enum": ["western", "orthodox"]})
    offset: StrictInt = Field(0, ge=-60, le=200, description="Days after Easter Sunday.")
    name: str | None = None

    @field_validator("easter")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in ("western", "orthodox"):
            raise problem("holiday", f"`{value}` is no Easter; write `western` or `orthodox`")
        return value

    def dates(self, year: int) -> Iterator[tuple[dt.date, str]]:
        """The day in the year."""
        from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

        when = easter(year, EASTER_WESTERN if self.easter == "western" else EASTER_ORTHODOX)
        yield when + dt.timedelta(days=self.offset), self.label(self.name)


class CountryHolidays(_Entry):
    """The public holidays of a country, or of a part of it."""

    key = "country"

    country: str
    subdivision: str | None = None

    @model_validator(mode="after")
    def _known(self) -> CountryHolidays:
        from escalate.worktime.country import check_country

        found = check_country(self.country, self.subdivision)
        if found:
            kind, where, told = found
            value = self.country if where == "country" else self.subdivision
            fail_at("holiday", [finding(kind, told, (where,), value)])
        return self

    def dates(self, year: int) -> Iterator[tuple[dt.date, str]]:
        """The public holidays of the year."""
        from escalate.worktime.country import public_holidays

        for day, name in public_holidays(self.country, self.subdivision, year):
            yield day, self.label(name)


class IcalHolidays(_Entry):
    """The whole days of an iCalendar file, which lies beside or below the policy's."""

    # What the file says is read at once and kept: a copy or a pickle needs no file.

    key = "ical"

    ical: str = Field(description="The path of the file, relative to this one.")
    name: str | None = Field(None, description="Instead of the names that the file gives.")

    _events: tuple[Event, ...] = PrivateAttr(())
    _digest: str = PrivateAttr("")

    @model_validator(mode="after")
    def _read(self, info: ValidationInfo) -> Self:
        from escalate.worktime.ical_file import FileError, read_beside

        try:
            self._events, self._digest = read_beside(self.ical, folder_of(info.context))
        except FileError as error:
            fail_at("holiday", [finding(error.kind, str(error), ("ical",), self.ical)])
        except MissingExtraError as error:
            fail_at("holiday", [finding("extra_missing", str(error), ("ical",), self.ical)])
        return self

    @property
    def digest(self) -> str:
        """Tells contents of the file apart."""
        return self._digest

    def dates(self, year: int) -> Iterator[tuple[dt.date, str]]:
        """The days of its events in the year."""
        for event in self._events:
            for day in event.dates(year):
                yield day, self.label(self.name or event.name)


AnyHoliday = (
    DateHoliday | RangeHoliday | RuleHoliday | EasterHoliday | CountryHolidays | IcalHolidays
)

_KINDS: dict[str, type[_Entry]] = {kind.key: kind for kind in get_args(AnyHoliday)}


def _pick(value: Any, handler: Any, info: ValidationInfo) -> Any:
    """Read an entry by the key that says its kind, so that findings are about that kind."""
    if isinstance(value, _Entry):
        return value
    if type(value) is dt.date:
        return DateHoliday(date=value)
    if not isinstance(value, dict):
        raise problem(
            "holiday", f"{kind_of(value)} is no holiday; write it as `{{date: 2026-12-24}}`"
        )
    kinds = [key for key in _KINDS if key in value]
    if len(kinds) != 1:
        named = " and ".join(f"`{key}`" for key in kinds)
        told = f"{named} both say" if kinds else "nothing says"
        known = ", ".join(f"`{key}`" for key in _KINDS)
        raise problem("holiday", f"{told} when this holiday is; write one of {known}")
    try:
        return handler(value)
    except ValidationError:  # of every kind; its own one, built only now, says what is wrong
        return _KINDS[kinds[0]].model_validate(value, context=info.context)


Holiday = Annotated[AnyHoliday, WrapValidator(_pick)]
"""A model's field that holds one entry of a list of holidays."""
