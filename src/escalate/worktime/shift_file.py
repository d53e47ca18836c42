"""The shifts in an iCalendar file (RFC 5545): who has duty, from when until when.

An event whose name names a member is a shift of his. It begins and ends by the clocks of its
own zone; times without a zone, and whole days, go by that of the rotation. What recurs does
so at the same times of day, as calendar programs show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, NamedTuple

from escalate.errors import did_you_mean
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
from escalate.worktime.years import FIRST_YEAR, LAST_YEAR
from escalate.worktime.zone import find_zone, zone_names

__all__ = ["LONGEST", "WrittenShift", "read_shifts", "shifts_beside"]

LONGEST = timedelta(days=200)
"""No shift lasts longer, so that those of a year are found in that year and the one before."""

ONE_DAY = timedelta(days=1)
_UNTIL = re.compile(r"UNTIL=([0-9]{8})(?:T([0-9]{6})(Z?))?", re.ASCII)
_EXPORT = "a schedule's events have a beginning, an end, and the name of who has duty"


class WrittenShift(NamedTuple):
    """A shift, perhaps again and again; times are those on the wall of ``zone``, the
    rotation's where it is empty. ``rule`` gives the days on which it begins, ``until`` the
    last instant (aware, or on the wall) at which it may; ``also`` and ``never`` are
    beginnings."""

    member: str
    start: datetime
    lasts: timedelta
    zone: str
    rule: str | None
    until: datetime | None
    also: tuple[datetime, ...]
    never: frozenset[datetime]


def shifts_beside(
    written: str, folder: Folder, members: tuple[str, ...]
) -> tuple[tuple[WrittenShift, ...], str]:
    """The shifts of a file that lies in a folder or below it, and a digest of its content.

    Raises:
        FileError: it is not there, cannot be used, names somebody who is no member, or
            ``folder`` is none.
        MissingExtraError: the package that reads such files is not installed.
    """
    return beside(written, folder, partial(read_shifts, members=members), _EXPORT)


def read_shifts(content: bytes, members: tuple[str, ...]) -> tuple[WrittenShift, ...]:
    """The shifts in a file, in its order. Raises what :func:`shifts_beside` does."""
    found = _read(content, members)
    if isinstance(found, FileError):
        raise FileError(str(found), found.kind, found.instead)
    return found


@lru_cache(maxsize=16)
def _read(content: bytes, members: tuple[str, ...]) -> tuple[WrittenShift, ...] | FileError:
    """The same, what is wrong as a value, so that it is found once too."""
    try:
        parts = parts_of(content, "`ical` in a rotation")
        moved: dict[str, list[Any]] = {}
        for part in parts:
            if "RECURRENCE-ID" in part:
                moved.setdefault(str(part.get("UID")), []).append(value_of(part["RECURRENCE-ID"]))
        shifts = tuple(
            _shift(part, moved.get(str(part.get("UID")), ()), members)
            for part in parts
            if str(part.get("STATUS", "")).upper() != "CANCELLED"
        )
    except FileError as error:
        return FileError(str(error), error.kind, error.instead)
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    shifts = tuple(one for one in shifts if one.rule or one.also or one.start.year in years)
    return shifts or FileError("it holds no event")


def _shift(part: Any, moved: Iterable[Any], members: tuple[str, ...]) -> WrittenShift:
    name = name_of(part)
    began = value_of(part.get("DTSTART"))
    if not isinstance(began, date):
        raise FileError(f"{called(name)} has no beginning that can be read")
    zone = _zone(began, name)
    start, end = _wall(began, zone), _wall(_end(part, began, name), zone)
    if end <= start:
        raise FileError(f"{called(name)} ends before it has begun")
    if end - start > LONGEST:
        raise FileError(f"{called(name)} lasts longer than {LONGEST.days} days")
    lasts, rule, until = end - start, rule_of(part, name), None
    if rule is not None:
        first, _ = later(start.toordinal(), rule, name)
        start = datetime.combine(date.fromordinal(first), start.time())
        rule, until = _until(rule)
        try:
            rule_dates(rule, start.date())
        except RuleError as error:
            raise FileError(f"{called(name)}: {str(error).partition('; ')[0]}") from None
    never = listed(part, "EXDATE") + ([] if "RECURRENCE-ID" in part else list(moved))
    return WrittenShift(
        _member(name, members),
        start,
        lasts,
        zone,
        rule,
        until,
        tuple(_wall(at, zone) for at in listed(part, "RDATE") if isinstance(at, date)),
        frozenset(_wall(at, zone) for at in never if isinstance(at, date)),
    )


def _member(name: str, members: tuple[str, ...]) -> str:
    """The one member whom an event names, as a whole word of its name or all of it."""
    found = [who for who in members if _named(who, name)]
    longest = [who for who in found if not any(who != o and _named(who, o) for o in found)]
    if len(longest) == 1:
        return longest[0]
    if longest:
        both = " and ".join(f"`{who}`" for who in longest)
        raise FileError(f"{called(name)} names {both}", "ical_member", "write an event for each")
    words = [name, *reversed(re.findall(r"\w+", name))]  # a name stands last more often
    near = next((near for word in words if (near := did_you_mean(word, members))), None)
    hint = f"did you mean `{near}`?" if near else "add whoever it is to `members`"
    raise FileError(f"{called(name)} names no member", "ical_member", hint)


def _named(who: str, name: str) -> bool:
    wanted = re.escape(" ".join(who.casefold().split()))
    return re.search(rf"(?<!\w){wanted}(?!\w)", name.casefold()) is not None


def _zone(at: date, name: str) -> str:
    """The name of an event's zone; none where it has none."""
    if not isinstance(at, datetime) or at.tzinfo is None:
        return ""
    key = getattr(at.tzinfo, "key", None) or str(at.tzinfo)
    if key not in zone_names():
        raise FileError(f"{called(name)} is in a time zone that is not known, `{key}`")
    return str(key)


def _end(part: Any, began: date, name: str) -> date:
    end, lasts = value_of(part.get("DTEND")), value_of(part.get("DURATION"))
    if isinstance(end, date) and isinstance(end, datetime) is isinstance(began, datetime):
        return end if end != began or isinstance(began, datetime) else began + ONE_DAY
    if isinstance(lasts, timedelta):
        try:
            return began + lasts
        except OverflowError:
            raise FileError(f"{called(name)} lasts longer than {LONGEST.days} days") from None
    if "DTEND" in part or "DURATION" in part or isinstance(began, datetime):
        raise FileError(f"{called(name)} has no end that can be read")
    return began + ONE_DAY


def _wall(at: date, zone: str) -> datetime:
    """What the clocks of a zone show; midnight of a date."""
    if not isinstance(at, datetime):
        return datetime.combine(at, datetime.min.time())
    if at.tzinfo is None:
        return at
    if not zone:
        return at.astimezone(UTC).replace(tzinfo=None)
    return at.astimezone(find_zone(zone)).replace(tzinfo=None, fold=0)


def _until(rule: str) -> tuple[str, datetime | None]:
    """A rule that may go on for a day more, and the instant at which it ends: an instant of
    another zone may be on the day before."""
    found = _UNTIL.search(rule.upper())
    if found is None or found[2] is None:
        return rule, None
    try:
        at = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")  # noqa: DTZ007 - on the wall
        more = f"UNTIL={at + ONE_DAY:%Y%m%d}"
    except (ValueError, OverflowError):
        return rule, None  # of which the rule itself is told
    whole = rule[: found.start()] + more + rule[found.end() :]
    return whole, at.replace(tzinfo=UTC) if found[3] else at
