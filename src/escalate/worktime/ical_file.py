"""The whole days of an iCalendar file (RFC 5545): what is in it, with bounds.

The `icalendar` package reads the text; what recurs is worked out by the same rules as
`rrule` in a policy. An event of whole days counts, also one from midnight to midnight;
an event of some hours is passed over, and so is a cancelled one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from escalate.worktime.ical_text import (
    FileError,
    Folder,
    beside,
    called,
    later,
    listed,
    name_of,
    parts_of,
    rule_of,
    value_of,
)
from escalate.worktime.rule import RuleError, rule_dates
from escalate.worktime.years import LAST_YEAR

__all__ = ["Event", "FileError", "read_beside", "read_events"]

ONE_DAY = timedelta(days=1)
END = date(LAST_YEAR, 12, 31).toordinal() + 1


class Event(NamedTuple):
    """Whole days, perhaps again and again. Days are ordinals of dates."""

    name: str
    first: int
    days: int
    rule: str | None
    also: tuple[int, ...]
    never: frozenset[int]

    def dates(self, year: int) -> Iterator[date]:
        """Its days in a year, each perhaps more than once."""
        begin, end = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
        for start in self._starts(begin - self.days, end):
            if start not in self.never:
                for day in range(max(start, begin), min(start + self.days, end)):
                    yield date.fromordinal(day)

    def _starts(self, begin: int, end: int) -> Iterator[int]:
        yield from (day for day in self.also if begin <= day < end)
        if self.rule is None:
            yield self.first
            return
        rule = rule_dates(self.rule, date.fromordinal(self.first))
        for year in range(date.fromordinal(max(begin, 1)).year, date.fromordinal(end - 1).year + 1):
            yield from (day.toordinal() for day in rule.dates(year))


def read_beside(written: str, folder: Folder) -> tuple[tuple[Event, ...], str]:
    """The events of a file that lies in a folder or below it, and a digest of its content.
    Raises what :func:`~escalate.worktime.ical_text.beside` does."""
    return beside(written, folder, read_events, _EXPORT)


_EXPORT = "holidays are events of whole days in a file that a calendar program has exported"


def read_events(content: bytes) -> tuple[Event, ...]:
    """The events of whole days in a file, in its order.

    Raises:
        FileError: it is no iCalendar file, one of its events cannot be read, it holds
            no whole day, or too much.
        MissingExtraError: the package that reads such files is not installed.
    """
    found = _read(content)
    if isinstance(found, FileError):
        raise FileError(str(found), found.kind)
    return found


@lru_cache(maxsize=16)
def _read(content: bytes) -> tuple[Event, ...] | FileError:
    """The same, what is wrong as a value, so that it is found once too."""
    try:
        return _events(content)
    except FileError as error:
        return FileError(str(error), error.kind)


def _events(content: bytes) -> tuple[Event, ...]:
    parts = parts_of(content, "`ical` in a list of holidays")
    moved = _moved(parts)
    events = tuple(event for part in parts if (event := _event(part, moved)) is not None)
    if not events:
        raise FileError("it holds no event of a whole day")
    return events


def _moved(parts: Iterable[Any]) -> dict[str, set[int]]:
    """By event, the days in whose place it has another event."""
    moved: dict[str, set[int]] = {}
    for part in parts:
        day = _day(value_of(part.get("RECURRENCE-ID")))
        if day is not None:
            moved.setdefault(str(part.get("UID")), set()).add(day)
    return moved


def _event(part: Any, moved: dict[str, set[int]]) -> Event | None:
    if str(part.get("STATUS", "")).upper() == "CANCELLED":
        return None
    name = name_of(part)
    start = value_of(part.get("DTSTART"))
    if not isinstance(start, date):
        raise FileError(f"{called(name)} has no date that can be read")
    first, days = _day(start), _days(part, start, name)
    if first is None or not days:
        return None  # some hours
    rule = rule_of(part, name)
    first, rule = later(first, rule, name)
    also, never = _listed(part, "RDATE"), {*_listed(part, "EXDATE")}
    if "RECURRENCE-ID" not in part:
        never |= moved.get(str(part.get("UID")), set())
    if rule is not None:
        try:
            rule_dates(rule, date.fromordinal(first))
        except RuleError as error:
            raise FileError(f"{called(name)}: {str(error).partition('; ')[0]}") from None
    return Event(name, first, min(days, END - first), rule, tuple(also), frozenset(never))


def _day(at: Any) -> int | None:
    """The day that begins at a date, or at a midnight; none for another time of day."""
    if isinstance(at, datetime):
        return at.toordinal() if at.time() == datetime.min.time() else None
    return at.toordinal() if isinstance(at, date) else None


def _days(part: Any, start: date, name: str) -> int:
    """How many whole days it lasts."""
    end = value_of(part.get("DTEND"))
    lasts = value_of(part.get("DURATION"))
    if isinstance(end, date):
        first, last = _day(start), _day(end)
        if first is None or last is None:
            return 0
        # Some programs write the day itself as the end.
        return max(last - first, 0 if isinstance(start, datetime) else 1)
    if isinstance(lasts, timedelta):
        return max(lasts // ONE_DAY, 0) if not lasts % ONE_DAY else 0
    if "DTEND" in part or "DURATION" in part:
        raise FileError(f"{called(name)} has no end that can be read")
    return 0 if isinstance(start, datetime) else 1


def _listed(part: Any, key: str) -> list[int]:
    return sorted(day for day in map(_day, listed(part, key)) if day is not None)
