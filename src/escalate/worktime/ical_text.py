"""iCalendar files (RFC 5545) that a policy names: where they lie, and what is in them, with
bounds. The `icalendar` package reads the text."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from escalate.beside import BesideError, inside, read_file
from escalate.errors import MissingExtraError

__all__ = [
    "LESS",
    "MOST_BYTES",
    "FileError",
    "Folder",
    "beside",
    "called",
    "later",
    "listed",
    "name_of",
    "parts_of",
    "rule_of",
    "value_of",
]

MOST_BYTES = 1024 * 1024
MOST_LINES = 60_000
MOST_EVENTS = 5_000
MOST_RECURRING = 500
"""Events that recur; each costs time in every year."""

EARLIEST = 1900
"""Where what recurs may begin at the earliest; earlier beginnings are moved up where
nothing is counted from them."""

LONGEST_NAME = 200
LESS = "leave out what is long past, or what does not belong there"
Read = TypeVar("Read")
Folder = str | os.PathLike[str] | None
"""Where relative paths begin; none for a text that is no file."""


class FileError(ValueError):
    """The file cannot be used. The message is meant for the author; ``kind`` is the kind of
    the finding, ``instead`` what to do, if that is known."""

    def __init__(self, message: str, kind: str = "ical_wrong", instead: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.instead = instead


def beside(
    written: str, folder: Folder, read: Callable[[bytes], Read], usual: str
) -> tuple[Read, str]:
    """What ``read`` makes of a file that lies in a folder or below it, and a digest of its
    content; ``usual`` is the help where the content is wrong.

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
            raise FileError(f"`{written}`: {error}; {LESS}", "ical_size") from None
        near = error.near
        hint = f"did you mean `{near}`?" if near else "paths are relative to this file"
        raise FileError(f"`{written}` cannot be read: {error}; {hint}", "ical_unread") from None
    try:
        return read(content), sha256(content).hexdigest()
    except FileError as error:
        hint = LESS if error.kind == "ical_size" else error.instead or usual
        raise FileError(f"`{written}`: {error}; {hint}", error.kind) from None


def parts_of(content: bytes, user: str) -> list[Any]:
    """The events of a file, as the package gives them; ``user`` is what needs the package.

    Raises:
        FileError: it is no iCalendar file, or holds too much.
        MissingExtraError: the package is not installed.
    """
    if content.count(b"\n") > MOST_LINES:
        raise FileError(f"it has more than {MOST_LINES:,} lines", "ical_size")
    try:
        from icalendar import Calendar
    except ImportError:
        raise MissingExtraError(user, "ical") from None
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
    return parts


def name_of(part: Any) -> str:
    """What an event is called, on one line."""
    return " ".join(str(part.get("SUMMARY", "")).split())[:LONGEST_NAME]


def called(name: str) -> str:
    """An event in words."""
    return f"its event `{name}`" if name else "an event without a name in it"


def value_of(value: Any) -> Any:
    """The date, time or duration of a property; none for one that could not be read."""
    try:
        return value.dt
    except (AttributeError, ValueError):
        return None


def rule_of(part: Any, name: str) -> str | None:
    """The rule by which an event recurs, as text; none if it does not."""
    rule = part.get("RRULE")
    if rule is None:
        return None
    if isinstance(rule, list):
        raise FileError(f"{called(name)} recurs by several rules")
    try:
        text: str = rule.to_ical().decode()
    except (AttributeError, ValueError):
        text = str(rule)
    return text


def later(first: int, rule: str | None, name: str) -> tuple[int, str | None]:
    """A beginning that is not too early to start from."""
    begin = date.fromordinal(first)
    if rule is None or begin.year >= EARLIEST:
        return first, rule
    parts = dict(piece.partition("=")[::2] for piece in rule.upper().split(";"))
    counts = "COUNT" in parts or parts.get("INTERVAL", "1") != "1"
    if counts or parts.get("FREQ") not in ("YEARLY", "MONTHLY"):
        raise FileError(f"{called(name)} recurs from before {EARLIEST}")
    return begin.replace(year=1968).toordinal(), rule  # a leap year: it may be 29 February


def listed(part: Any, key: str) -> list[Any]:
    """The dates and times of a property that lists them, and may be there several times."""
    found = part.get(key, [])
    lists = found if isinstance(found, list) else [found]
    return [value_of(one) for each in lists for one in getattr(each, "dts", [])]
