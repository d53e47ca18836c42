"""Durations as authors write them: `90s`, `15m`, `4h`, `1h30m`, `2 workdays`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, core_schema

from escalate.errors import EscalateError
from escalate.worktime.epoch import DAY, HOUR, MINUTE, SECOND, US
from escalate.worktime.wording import kind_of

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

__all__ = [
    "AMOUNT_PATTERN",
    "DURATION_PATTERN",
    "MAX_US",
    "Duration",
    "DurationError",
    "parse_duration",
]

MAX_DAYS = 200 * 365
MAX_US = MAX_DAYS * DAY
"""The longest duration, two hundred years, in microseconds."""

UNITS = {"w": 7 * DAY, "d": DAY, "h": HOUR, "m": MINUTE, "s": SECOND}
WORDS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "w"),
    **dict.fromkeys(("workday", "workdays", "wd"), " workdays"),
    **dict.fromkeys(("business day", "business days"), " workdays"),
    **dict.fromkeys(("working day", "working days"), " workdays"),
}

AMOUNT_PATTERN = r"(?=[0-9])(?:[0-9]+w)?(?: ?[0-9]+d)?(?: ?[0-9]+h)?(?: ?[0-9]+m)?(?: ?[0-9]+s)?"
"""The structure of a duration that is a time, within a regular expression."""

DURATION_PATTERN = rf"^(?:[0-9]+ workdays?|{AMOUNT_PATTERN})$"
"""The structure of a duration as a regular expression for JSON Schema."""

_STRUCTURE = re.compile(DURATION_PATTERN.removeprefix("^").removesuffix("$"), re.ASCII)
_PART = re.compile(r"([0-9]+)([wdhms])")
_MISSPELT = re.compile(r"([0-9]+) *([a-z]+(?: days?)?)", re.IGNORECASE | re.ASCII)
_EXPECTED = "write a number and a unit, such as `90s`, `15m`, `4h`, `1h30m`, `30d` or `2 workdays`"


class DurationError(EscalateError, ValueError):
    """What was written is no duration. The message is meant for the author."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time: either microseconds or a number of workdays.

    ``us`` are counted on the calendar that the duration is used with: `2d` in
    office hours are 48 working hours. ``workdays`` are counted by
    ``Timeline.add_workdays``. Raises :class:`DurationError` for a negative
    duration, one beyond two hundred years, or one that is both.

    Language: "Time".
    """

    us: int
    workdays: int = 0

    def __post_init__(self) -> None:
        if self.us < 0 or self.workdays < 0:
            raise DurationError("a duration cannot be negative")
        if self.us > MAX_US or self.workdays > MAX_DAYS:
            raise DurationError("a duration cannot be longer than 200 years")
        if self.us and self.workdays:
            raise DurationError("a duration is either a time or a number of workdays, not both")

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read what an author wrote. Raises :class:`DurationError`."""
        if not _STRUCTURE.fullmatch(text):
            raise DurationError(f"`{text}` is not a duration; {_help(text)}")
        number, space, _ = text.partition(" workday")
        try:
            if space:
                return cls(0, _whole(number))
            return cls(sum(_whole(n) * UNITS[unit] for n, unit in _PART.findall(text)))
        except DurationError:
            raise DurationError(f"`{text}` is longer than 200 years") from None

    @property
    def timedelta(self) -> timedelta:
        """The same as a ``timedelta``; zero for workdays, which have no fixed length."""
        return timedelta(microseconds=self.us)

    def __str__(self) -> str:
        if self.workdays:
            return f"{self.workdays} workday{'s' if self.workdays > 1 else ''}"
        parts, rest = [], self.us
        for unit in "dhm":
            count, rest = divmod(rest, UNITS[unit])
            if count:
                parts.append(f"{count}{unit}")
        seconds, fraction = divmod(rest, SECOND)
        if fraction:
            parts.append(f"{seconds}.{fraction:06}".rstrip("0") + "s")
        elif seconds:
            parts.append(f"{seconds}s")
        return " ".join(parts) or "0m"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _validate, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": DURATION_PATTERN,
            "description": "A duration, such as `15m`, `1h30m`, `30d` or `2 workdays`.",
            "examples": ["15m", "4h", "2 workdays"],
        }


def parse_duration(text: str) -> Duration:
    """Read what an author wrote: :meth:`Duration.parse`."""
    return Duration.parse(text)


def _whole(digits: str) -> int:
    """A number with so many digits is too long anyway, and slow to read."""
    return int(digits) if len(digits.lstrip("0")) <= 18 else MAX_US + 1


def _help(text: str) -> str:
    if text.strip().isdigit():
        return f"its unit is missing, did you mean `{text.strip()}m`?"
    misspelt = _MISSPELT.fullmatch(text.strip())
    unit = WORDS.get(misspelt[2].lower()) if misspelt else None
    return f"did you mean `{misspelt[1]}{unit}`?" if misspelt and unit else _EXPECTED


def _validate(value: Any) -> Duration:
    if isinstance(value, Duration):
        return value
    if isinstance(value, timedelta):
        try:
            return Duration(value // US)
        except DurationError as error:
            raise PydanticCustomError("duration", "{reason}", {"reason": str(error)}) from None
    if isinstance(value, str):
        try:
            return Duration.parse(value)
        except DurationError as error:
            raise PydanticCustomError("duration", "{reason}", {"reason": str(error)}) from None
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise PydanticCustomError(
            "duration", "`{value}` has no unit; " + _EXPECTED, {"value": str(value)}
        )
    raise PydanticCustomError(
        "duration", "{found} is not a duration; " + _EXPECTED, {"found": kind_of(value)}
    )
