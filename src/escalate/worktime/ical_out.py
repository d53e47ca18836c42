"""Calendars and shifts as iCalendar (RFC 5545), for people's own calendar programs.

Every interval is an event of its own, in UTC: the real time between its ends, also where
the clocks change, which a recurring event could not say. The same calendar gives the same
bytes: identifiers follow from names and instants, and the stamp is the beginning of what
is written.

The `icalendar` package writes the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from escalate.errors import MissingExtraError
from escalate.worktime.zone import find_zone, from_us, to_us

if TYPE_CHECKING:
    from escalate.worktime.calendar import Calendar
    from escalate.worktime.schedule import Schedule
    from escalate.worktime.watch import Watch

__all__ = ["Entry", "duty_entries", "hours_entries", "write_ical"]

PRODUCT = "-//escalate//escalate//EN"
ONE_DAY = timedelta(days=1)


class Entry(NamedTuple):
    """What becomes an event: from when until when, as aware instants or as dates, and what
    it is called."""

    start: datetime | date
    end: datetime | date
    title: str
    note: str = ""


def hours_entries(calendar: Calendar, name: str, start: datetime, end: datetime) -> Sequence[Entry]:
    """The open intervals of a calendar between two instants, cut at them, and its holidays,
    which are whole days; hours of a short day carry its name.

    Raises ``ValueError`` for a calendar that never closes, and for naive instants.
    """
    timeline = calendar.timeline()
    if timeline.always:
        raise ValueError("a calendar that never closes has no hours to write down")
    schedule: Schedule = calendar.source("UTC")
    zone = find_zone(timeline.zone)
    first, last = (at.astimezone(zone).toordinal() for at in (start, end))
    found = []
    for day, holiday in schedule.special_days(first, last):
        special = schedule.special_day(day)
        when = date.fromordinal(day)
        midnight = datetime.combine(when, datetime.min.time(), zone)
        if special is not None and not special.hours and start <= midnight < end:
            source = calendar.holidays[special.entry].source
            found.append(Entry(when, when + ONE_DAY, holiday, source))
    for begin, until in timeline.intervals(to_us(start), to_us(end)):
        open_, close = from_us(begin, zone), from_us(until, zone)
        special = schedule.special_day(open_.toordinal())
        short = special is not None and special.hours
        found.append(Entry(open_, close, name, special.name if special and short else ""))
    return found


def duty_entries(watches: Iterable[Watch], name: str) -> Sequence[Entry]:
    """Who has duty, and when nobody has though somebody should."""
    return [
        Entry(one.start, one.end, f"{name}: {one.member or 'nobody'}")
        for one in watches
        if one.kind != "closed"
    ]


def write_ical(name: str, entries: Sequence[Entry], stamp: datetime) -> bytes:
    """A calendar of that name. ``stamp`` is when it counts as written.

    Raises:
        ValueError: there is no entry, and a file without events is none.
        MissingExtraError: the package that writes it is not installed.
    """
    try:
        from icalendar import Calendar, Event, vText
    except ImportError:
        raise MissingExtraError("iCalendar", "ical") from None
    if not entries:
        raise ValueError("there is nothing to write down")
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("x-wr-calname", vText(_harmless(name)))
    for entry in entries:
        event = Event()
        event.add("uid", _identifier(name, entry))
        event.add("dtstamp", stamp.astimezone(UTC))
        event.add("dtstart", _utc(entry.start))
        event.add("dtend", _utc(entry.end))
        event.add("summary", _harmless(entry.title))
        if entry.note:
            event.add("description", _harmless(entry.note))
        event.add("transp", "TRANSPARENT")  # nobody is busy because the office is open
        whole.add_component(event)
    text: bytes = whole.to_ical()
    return text


def _utc(at: datetime | date) -> datetime | date:
    return at.astimezone(UTC) if isinstance(at, datetime) else at


def _identifier(name: str, entry: Entry) -> str:
    """The same for the same beginning, so that a later file replaces the event."""
    told = "\n".join((PRODUCT, name, entry.title, _utc(entry.start).isoformat()))
    return str(uuid5(NAMESPACE_URL, _harmless(told)))


def _harmless(text: str) -> str:
    """The text without characters that RFC 5545 forbids."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _forbidden(sign) else sign for sign in text)


def _forbidden(sign: str) -> bool:
    return (sign < " " and sign not in "\t\n") or sign == "\x7f" or "\ud800" <= sign <= "\udfff"
