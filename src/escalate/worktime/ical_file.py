"""The whole days of an iCalendar file (RFC 5545): what is in it, with bounds.

The `icalendar` package reads the text; what recurs is worked out by the same rules as
`rrule` in a policy. An event of whole days counts, also one from midnight to midnight;
an event of some hours is passed over, and so is a cancelled one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from escalate.beside import BesideError, inside, read_file
from escalate.errors import MissingExtraError
from escalate.worktime.rule import RuleError, rule_dates
from escalate.worktime.years import LAST_YEAR

__all__ = ["MOST_BYTES", "Event", "FileError", "read_beside", "read_events"]

MOST_BYTES = 1024 * 1024
MOST_LINES = 60_000
MOST_EVENTS = 5_000
MOST_RECURRING = 500
"""Events that recur; each costs time in every year."""

EARLIEST = 1900
"""Where what recurs may begin at the earliest; earlier beginnings are moved up where
nothing is counted from them."""

LONGEST_NAME = 200
ONE_DAY = timedelta(days=1)
END = date(LAST_YEAR, 12, 31).toordinal() + 1


class FileError(ValueError):
    """The file cannot be used. The message is meant for the author; ``kind`` is the kind of
    the finding."""

    def __init__(self, message: str, kind: str = "ical_wrong") -> None:
        super().__init__(message)
        self.kind = kind


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


def read_beside(
    written: str, folder: str | os.PathLike[str] | None
) -> tuple[tuple[Event, ...], str]:
    """The events of a file that lies in a folder or below it, and a digest of its content.

    Raises:
        FileError: it is not there, cannot be used, or ``folder`` is none.
        MissingExtraError: the package that reads such files is not installed.
    """
    path = inside(Path(folder or "."), written)
    if path is None:
        example = "write a relative path without `..`, such as `holidays/office.ics`"
        told = f"`{written}` does not lie beside or below this file; {example}"
        raise FileError(told, "ical_place")
    if folder is None:
        told = "a text that is no file cannot name others; save it as a file first"
        raise FileError(told, "ical_unread")
    try:
        content = read_file(path, MOST_BYTES)
    except BesideError as error:
        if error.too_long:
            raise FileError(f"`{written}`: {error}; {_LESS}", "ical_size") from None
        near = error.near
        hint = f"did you mean `{near}`?" if near else "paths are relative to this file"
        raise FileError(f"`{written}` cannot be read: {error}; {hint}", "ical_unread") from None
    try:
        return read_events(content), sha256(content).hexdigest()
    except FileError as error:
        hint = _LESS if error.kind == "ical_size" else _EXPORT
        raise FileError(f"`{written}`: {error}; {hint}", error.kind) from None


_LESS = "leave out what is long past, or what is no holiday"
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
    if content.count(b"\n") > MOST_LINES:
        raise FileError(f"it has more than {MOST_LINES:,} lines", "ical_size")
    try:
        from icalendar import Calendar
    except ImportError:
        raise MissingExtraError("`ical` in a list of holidays", "ical") from None
    try:
        calendars: list[Any] = Calendar.from_ical(content, multiple=True)
        parts = [part for found in calendars for part in found.walk("VEVENT")]
    except Exception:  # whatever the package makes of bytes that are none
        calendars = parts = []
    if not calendars or any(found.name != "VCALENDAR" for found in calendars):
        raise FileError("it is no iCalendar file")
    if len(parts) > MOST_EVENTS:
        raise FileError(f"it holds more than {MOST_EVENTS:,} events", "ical_size")
    if sum("RRULE" in part for part in parts) > MOST_RECURRING:
        raise FileError(f"more than {MOST_RECURRING} of its events recur", "ical_size")
    moved = _moved(parts)
    events = tuple(event for part in parts if (event := _event(part, moved)) is not None)
    if not events:
        raise FileError("it holds no event of a whole day")
    return events


def _moved(parts: Iterable[Any]) -> dict[str, set[int]]:
    """By event, the days in whose place it has another event."""
    moved: dict[str, set[int]] = {}
    for part in parts:
        day = _day(_dt(part.get("RECURRENCE-ID")))
        if day is not None:
            moved.setdefault(str(part.get("UID")), set()).add(day)
    return moved


def _event(part: Any, moved: dict[str, set[int]]) -> Event | None:
    if str(part.get("STATUS", "")).upper() == "CANCELLED":
        return None
    name = " ".join(str(part.get("SUMMARY", "")).split())[:LONGEST_NAME]
    start = _dt(part.get("DTSTART"))
    if not isinstance(start, date):
        raise FileError(f"{_called(name)} has no date that can be read")
    first, days = _day(start), _days(part, start, name)
    if first is None or not days:
        return None  # some hours
    rule = _rule(part, name)
    first, rule = _later(first, rule, name)
    also, never = _listed(part, "RDATE"), {*_listed(part, "EXDATE")}
    if "RECURRENCE-ID" not in part:
        never |= moved.get(str(part.get("UID")), set())
    if rule is not None:
        try:
            rule_dates(rule, date.fromordinal(first))
        except RuleError as error:
            raise FileError(f"{_called(name)}: {str(error).partition('; ')[0]}") from None
    return Event(name, first, min(days, END - first), rule, tuple(also), frozenset(never))


def _called(name: str) -> str:
    return f"its event `{name}`" if name else "an event without a name in it"


def _dt(value: Any) -> Any:
    """The date, time or duration of a property; none for one that could not be read."""
    try:
        return value.dt
    except (AttributeError, ValueError):
        return None


def _day(at: Any) -> int | None:
    """The day that begins at a date, or at a midnight; none for another time of day."""
    if isinstance(at, datetime):
        return at.toordinal() if at.time() == datetime.min.time() else None
    return at.toordinal() if isinstance(at, date) else None


def _days(part: Any, start: date, name: str) -> int:
    """How many whole days it lasts."""
    end = _dt(part.get("DTEND"))
    lasts = _dt(part.get("DURATION"))
    if isinstance(end, date):
        first, last = _day(start), _day(end)
        if first is None or last is None:
            return 0
        # Some programs write the day itself as the end.
        return max(last - first, 0 if isinstance(start, datetime) else 1)
    if isinstance(lasts, timedelta):
        return max(lasts // ONE_DAY, 0) if not lasts % ONE_DAY else 0
    if "DTEND" in part or "DURATION" in part:
        raise FileError(f"{_called(name)} has no end that can be read")
    return 0 if isinstance(start, datetime) else 1


def _rule(part: Any, name: str) -> str | None:
    rule = part.get("RRULE")
    if rule is None:
        return None
    if isinstance(rule, list):
        raise FileError(f"{_called(name)} recurs by several rules")
    try:
        text: str = rule.to_ical().decode()
    except (AttributeError, ValueError):
        text = str(rule)
    return text


def _later(first: int, rule: str | None, name: str) -> tuple[int, str | None]:
    """A beginning that is not too early to start from."""
    begin = date.fromordinal(first)
    if rule is None or begin.year >= EARLIEST:
        return first, rule
    parts = dict(piece.partition("=")[::2] for piece in rule.upper().split(";"))
    counts = "COUNT" in parts or parts.get("INTERVAL", "1") != "1"
    if counts or parts.get("FREQ") not in ("YEARLY", "MONTHLY"):
        raise FileError(f"{_called(name)} recurs from before {EARLIEST}")
    return begin.replace(year=1968).toordinal(), rule  # a leap year: it may be 29 February


def _listed(part: Any, key: str) -> list[int]:
    """The days of a property that lists dates, and may be there several times."""
    found = part.get(key, [])
    lists = found if isinstance(found, list) else [found]
    days = [_day(_dt(one)) for each in lists for one in getattr(each, "dts", [])]
    return sorted(day for day in days if day is not None)
