"""Are there more special days than anybody can have? Language: "Time", finer points.

What a holiday comes to is worked out for every year that is asked for, so a file of them
that is no longer than any other could take minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from escalate.errors import Diagnostic
from escalate.policy.source import Source

__all__ = ["check_excess"]

MOST_HOLIDAYS: Final = 2_000
"""How many entries of holidays one file may hold."""

MOST_RULES: Final = 50
"""How many of them may be rules."""


def check_excess(source: Source) -> list[Diagnostic]:
    """Holidays and rules beyond the bounds, pointed at where the bounds are passed."""
    rules = 0
    for holidays, (path, entry) in enumerate(_holidays(source.data), 1):
        rules += isinstance(entry, Mapping) and "rrule" in entry
        if holidays > MOST_HOLIDAYS or rules > MOST_RULES:
            what, most = ("holidays", MOST_HOLIDAYS)
            if rules > MOST_RULES:
                what, most = ("rules of holidays", MOST_RULES)
            return [
                Diagnostic(
                    "ESC228",
                    f"the file holds more than {most:,} {what}",
                    place=source.place(path),
                    help="many dates are better kept in an iCalendar file: `{ical: FILE}`",
                    path="calendars",
                )
            ]
    return []


def _holidays(data: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    calendars = data.get("calendars") if isinstance(data, Mapping) else None
    for name, calendar in calendars.items() if isinstance(calendars, Mapping) else ():
        listed = calendar.get("holidays") if isinstance(calendar, Mapping) else None
        for i, entry in enumerate(listed if isinstance(listed, list) else ()):
            yield ("calendars", name, "holidays", i), entry
