"""The hours of a week, as authors write them.

A span of hours is a pair of minutes counted from the midnight that its day begins
with: `22:00-06:00` is ``(1320, 1800)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any

from pydantic_core import InitErrorDetails, core_schema

from escalate.errors import did_you_mean
from escalate.modelling.words import PlainSerializer, PlainValidator, WithJsonSchema
from escalate.worktime.wording import fail_at, finding, kind_of, problem

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

__all__ = [
    "ALWAYS",
    "DAYS",
    "MIDNIGHT",
    "DayHours",
    "Hours",
    "Spans",
    "disjoint",
    "read_interval",
    "show_minute",
    "show_spans",
]

Spans = tuple[tuple[int, int], ...]

_Written = tuple[int, int, tuple[int | str, ...], str]
"""A span with its place in the text, and what is written there."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60
WEEK = 7 * MIDNIGHT

_TIME = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
_ONCE = 'give all its hours in one list, as in `sat: ["09:00-12:00", "14:00-17:00"]`'
_APART = "let one end before the other begins, or write one for both"
INTERVAL_PATTERN = rf"^{_TIME} ?- ?(?:{_TIME}|24:00)$"
DAYS_PATTERN = f"^(?:{'|'.join(DAYS)})(?:-(?:{'|'.join(DAYS)}))?$"
_INTERVAL = re.compile(rf"({_TIME}) ?- ?({_TIME}|24:00)", re.ASCII)

_DAY_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": INTERVAL_PATTERN},
        {"type": "array", "items": {"type": "string", "pattern": INTERVAL_PATTERN}},
    ],
    "description": "One interval, such as `09:00-17:30`, or a list of them.",
}


@dataclass(frozen=True, slots=True)
class Hours:
    """The spans of each day of the week, Monday first. ``always`` never closes.

    Language: "Time".
    """

    week: tuple[Spans, ...]
    always: bool = False

    @classmethod
    def read(cls, value: Any) -> Hours:
        """Read `always`, or a mapping of days to intervals. Raises pydantic's errors of
        the kinds `hours`, `day`, `hours_overlap` and `day_twice`, each at its place."""
        if isinstance(value, Hours):
            return value
        if value == "always":
            return ALWAYS
        if not isinstance(value, Mapping):
            raise problem(
                "hours",
                f"{kind_of(value)} are no hours; write `always`, or days with their intervals, "
                'as in `mon-fri: "09:00-17:00"`',
            )
        return cls(_read_week(value))

    def plain(self) -> str | dict[str, list[str]]:
        """The same in an author's words, day by day."""
        if self.always:
            return "always"
        return {day: show_spans(spans) for day, spans in zip(DAYS, self.week, strict=True) if spans}

    def written(self) -> str | dict[str, list[str]]:
        """The same with days on end that have the same hours as one: `mon-fri`."""
        if self.always:
            return "always"
        said = {}
        for spans, run in groupby(zip(DAYS, self.week, strict=True), key=itemgetter(1)):
            days = [day for day, _ in run]
            if spans:
                said[days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"] = show_spans(spans)
        return said

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read,
            serialization=core_schema.plain_serializer_function_ser_schema(cls.plain),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "anyOf": [
                {"const": "always"},
                {
                    "type": "object",
                    "patternProperties": {DAYS_PATTERN: _DAY_SCHEMA},
                    "additionalProperties": False,
                },
            ],
            "description": "`always`, or the intervals of each day or range of days.",
        }


ALWAYS = Hours(((),) * 7, always=True)


def show_spans(spans: Spans) -> list[str]:
    """Spans of a day in an author's words: `09:00-13:00`."""
    return [f"{show_minute(start)}-{show_minute(end, at_end=True)}" for start, end in spans]


def show_minute(minute: int, at_end: bool = False) -> str:
    """A time of day, `09:00`; a midnight at the end of hours is `24:00`."""
    if at_end and minute == MIDNIGHT:
        return "24:00"
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _read_week(value: Mapping[Any, Any]) -> tuple[Spans, ...]:
    findings: list[InitErrorDetails] = []
    written: list[_Written] = []
    named: dict[int, str] = {}
    for key, hours in value.items():
        try:
            days = _read_days(key)
        except ValueError as error:
            findings.append(finding("day", str(error), (str(key),), str(key)))
            continue
        spans = _read_day(hours, (str(key),), findings)
        for day in days:
            if day in named:
                told = f"`{DAYS[day]}` is named twice, by `{named[day]}` and by `{key}`; {_ONCE}"
                also = (named[day],), "named here as well"
                findings.append(finding("day_twice", told, (str(key),), key, also))
                break
            named[day] = str(key)
            for start, end, where, text in spans:
                begin = day * MIDNIGHT
                written.append((begin + start, begin + end, where, f"{DAYS[day]} {text}"))
    findings += _overlaps(written)
    fail_at("hours", findings)
    days_spans: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for start, end, _, _ in written:
        day, minute = divmod(start, MIDNIGHT)
        days_spans[day].append((minute, minute + end - start))
    return tuple(disjoint(spans) for spans in days_spans)


def _read_days(key: Any) -> list[int]:
    first, dash, last = str(key).partition("-")
    for name in (first, last) if dash else (first,):
        if name not in DAYS:
            near = did_you_mean(name[:3], DAYS)
            hint = f"did you mean `{near}`?" if near else "days are `mon` to `sun`"
            raise ValueError(f"`{name}` is not a day; {hint}")
    begin, end = DAYS.index(first), DAYS.index(last or first)
    return [(begin + i) % 7 for i in range((end - begin) % 7 + 1)]


def _read_day(
    value: Any, where: tuple[int | str, ...], findings: list[InitErrorDetails]
) -> list[_Written]:
    """The spans of one day with their places and texts, as written."""
    if isinstance(value, str):
        texts: list[tuple[Any, tuple[int | str, ...]]] = [(value, where)]
    elif isinstance(value, list | tuple):
        texts = [(text, (*where, i)) for i, text in enumerate(value)]
    else:
        told = f"{kind_of(value)} is no interval of hours; write it as `09:00-17:00`"
        findings.append(finding("hours", told, where, value))
        return []
    spans = []
    for text, place in texts:
        span = read_interval(text)
        if span is None:
            told = f"{kind_of(text)} is no interval of hours; write it as `09:00-17:00`"
            findings.append(finding("hours", told, place, text))
            continue
        spans.append((*span, place, f"`{text}`"))
    return spans


def read_interval(text: Any) -> tuple[int, int] | None:
    """An interval as a span: `22:00-06:00` is ``(1320, 1800)``; none for what is none.
    An end that equals the start is the same time of the next day."""
    found = _INTERVAL.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    start, end = _minute(found[1]), _minute(found[2])
    return start, end if end > start else end + MIDNIGHT


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _overlaps(written: Iterable[_Written]) -> list[InitErrorDetails]:
    """One finding for each two spans that share time, also from Sunday into Monday."""
    findings: dict[tuple[Any, ...], InitErrorDetails] = {}
    spans = sorted(written, key=lambda span: span[:2])
    if spans:
        start, end, where, text = spans[0]
        spans.append((start + WEEK, end + WEEK, where, text))
    reach: _Written | None = None
    for span in spans:
        if reach is not None and span[0] < reach[1] and len(spans) > 2:
            told = f"{reach[3]} and {span[3]} overlap; {_APART}"
            places = (min(reach[2], span[2], key=str), max(reach[2], span[2], key=str))
            also = (reach[2], "the other hours") if reach[2] != span[2] else None
            findings.setdefault(places, finding("hours_overlap", told, span[2], span[3], also))
        if reach is None or span[1] > reach[1]:
            reach = span
    return list(findings.values())


def disjoint(spans: Iterable[tuple[int, int]]) -> Spans:
    """In order, those that meet or overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _read_special(value: Any) -> Spans:
    """The spans of one special day."""
    if isinstance(value, tuple) and all(isinstance(span, tuple) for span in value):
        return value
    findings: list[InitErrorDetails] = []
    written = sorted(_read_day(value, (), findings), key=lambda span: span[:2])
    for before, after in pairwise(written):
        if after[0] < before[1]:
            told = f"{before[3]} and {after[3]} overlap; {_APART}"
            also = before[2], "the other hours"
            findings.append(finding("hours_overlap", told, after[2], after[3], also))
    fail_at("hours", findings)
    return disjoint((start, end) for start, end, _, _ in written)


DayHours = Annotated[
    Spans,
    PlainValidator(_read_special),
    PlainSerializer(show_spans),
    WithJsonSchema(_DAY_SCHEMA),
]
"""A model's field that holds the hours of one day: an interval or a list of them."""
