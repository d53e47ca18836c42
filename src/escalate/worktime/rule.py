"""Recurring dates by iCalendar's rules (RFC 5545), with bounds.

A rule that never holds would be searched for up to the year 9999. The calendar repeats
itself exactly every 400 years (20,871 weeks), so rules are read 7,600 years later, where
that end is near, and their dates are brought back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import takewhile
from threading import Lock

from escalate.worktime.ever import COUNTING, DAY_PARTS, can_fall, rule_text
from escalate.worktime.years import FIRST_YEAR, LAST_YEAR

__all__ = ["RuleDates", "RuleError", "rule_dates"]

SHIFT = 7_600
END = LAST_YEAR + SHIFT
LONGEST = 200
"""Characters of a rule: one that lists a thousand days is a list of dates."""
FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
PARTS = (
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYDAY",
    "BYSETPOS",
    "WKST",
)
_EXAMPLE = "write it as `FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=27`"
_UNTIL = re.compile(r"([0-9]{4})([0-9]{4})(?:T[0-9]{6}Z?)?", re.ASCII)
_COUNT = re.compile(r"0*[1-9][0-9]{0,8}", re.ASCII)


class RuleError(ValueError):
    """The rule cannot be used. The message is meant for the author."""


class RuleDates:
    """The dates of one rule, year by year. May be shared by threads."""

    def __init__(self, parts: dict[str, str], starts: date | None) -> None:
        self._parts = parts
        self._text = rule_text(parts)
        self._starts = starts
        self._lock = Lock()
        self._found: dict[int, list[date]] = {}
        self._rest: Iterator[date] | None = self._run(starts) if starts else None
        self._reached = 0

    def _run(self, starts: date) -> Iterator[date]:
        from dateutil.rrule import rrulestr

        begin = datetime(starts.year + SHIFT, starts.month, starts.day)  # noqa: DTZ001 - a date
        for at in rrulestr(self._text, dtstart=begin):
            if at.year > END:  # an UNTIL would load a parser of dates
                return
            yield date(at.year - SHIFT, at.month, at.day)

    def dates(self, year: int) -> list[date]:
        """Its dates in one year, in order."""
        if self._rest is None:
            return list(takewhile(lambda day: day.year == year, self._run(date(year, 1, 1))))
        with self._lock:
            while self._reached <= year:
                day = next(self._rest, None)
                if day is None:
                    self._reached = LAST_YEAR + 1
                    break
                self._found.setdefault(day.year, []).append(day)
                self._reached = day.year
        return self._found.get(year, [])

    def ever(self) -> bool:
        """Whether it has a date within the supported years."""
        if not can_fall(self._parts, self._starts):
            return False
        first = next(self._run(self._starts or date(FIRST_YEAR, 1, 1)), None)
        return first is not None and first.year <= LAST_YEAR


def rule_dates(text: str, starts: date | None = None) -> RuleDates:
    """The dates of a rule, counted from ``starts`` where the rule needs a beginning.

    Raises :class:`RuleError` for a rule that is wrong, repeats more often than daily,
    leaves open on which day it falls, or never holds.
    """
    judged = _judged(text, starts)
    if isinstance(judged, str):
        raise RuleError(judged)
    return judged


@lru_cache(maxsize=1024)
def _judged(text: str, starts: date | None) -> RuleDates | str:
    """The dates of a rule, or what is wrong with it: to find out may take many years."""
    try:
        return _rule_dates(text, starts)
    except RuleError as error:
        return str(error)


def _rule_dates(text: str, starts: date | None) -> RuleDates:
    parts = _parts(text)
    if parts.get("FREQ") not in FREQUENCIES:
        several = ", ".join(FREQUENCIES)
        raise RuleError(f"`{text}` must say `FREQ=` and one of {several}; {_EXAMPLE}")
    if starts is None and (parts.get("INTERVAL", "1") != "1" or "COUNT" in parts):
        raise RuleError(f"`{text}` counts from a first date; add `starts: 2026-01-01`")
    if starts is None and not any(part in parts for part in DAY_PARTS):
        raise RuleError(f"`{text}` does not say which day; add `BYMONTHDAY=`, `BYDAY=` or `starts`")
    rule = RuleDates(parts, starts)
    try:
        ever = rule.ever()
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise RuleError(f"`{text}` is not a rule of dates (RFC 5545); {_EXAMPLE}") from None
    if not ever:
        raise RuleError(f"`{text}` never falls on any day; mend its month or its day")
    return rule


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    if len(text) > LONGEST:
        raise RuleError(
            f"a rule has at most {LONGEST} characters, and this one {len(text):,}; list its days"
        )
    for piece in text.upper().removeprefix("RRULE:").split(";"):
        key, equals, value = piece.strip().partition("=")
        if not equals or not value or key not in PARTS:
            raise RuleError(f"`{piece}` is no part of a rule; parts are " + ", ".join(PARTS))
        if key in parts:
            raise RuleError(f"`{key}` is written twice in `{text}`; keep one of the two")
        if key in COUNTING and not _COUNT.fullmatch(value):
            raise RuleError(f"`{piece}` counts nothing; write a whole number, at least 1")
        if key == "UNTIL":
            until = _UNTIL.fullmatch(value)
            if until is None:
                raise RuleError(f"`{piece}` ends on no date; write it as `UNTIL=20261231`")
            value = f"{int(until[1]) + SHIFT:04}{until[2]}"
        parts[key] = value
    return parts
