"""Are hours that cross midnight meant to? Language: "Time", hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from escalate.errors import Severity
from escalate.policy.meaning.context import Context, Path
from escalate.worktime.hours import MIDNIGHT, read_interval, show_minute

__all__ = ["check_nights"]

LONGEST: Final = 16 * 60
"""Minutes: a service that opens when the office closes, at five, and closes at nine."""

NOON: Final = 12 * 60


def check_nights(context: Context) -> None:
    """`09:00-05:00` is read as twenty hours, and was perhaps the day's work of an office."""
    for name in context.policy.calendars:
        at: Path = ("calendars", name)
        raw = context.written(at)
        for path, text in _intervals(raw if isinstance(raw, Mapping) else {}):
            span = read_interval(text)
            if span is not None and span[1] > MIDNIGHT and LONGEST < span[1] - span[0] < MIDNIGHT:
                hours, minutes = divmod(span[1] - span[0], 60)
                lasts = f"{hours} hours" + (f" {minutes} minutes" if minutes else "")
                context.report(
                    "ESC520",
                    f"`{text}` goes on until the next day, {lasts} in all",
                    (*at, *path),
                    _instead(*span),
                    severity=Severity.WARNING,
                )


def _intervals(calendar: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Every interval of a calendar, of its week and of its holidays."""
    hours = calendar.get("hours")
    for day, written in hours.items() if isinstance(hours, Mapping) else ():
        yield from _each(("hours", day), written)
    for i, entry in enumerate(calendar.get("holidays") or ()):
        if isinstance(entry, Mapping) and "hours" in entry:
            yield from _each(("holidays", i, "hours"), entry["hours"])


def _each(path: Path, written: Any) -> Iterator[tuple[Path, Any]]:
    if isinstance(written, list):
        for i, text in enumerate(written):
            yield (*path, i), text
    else:
        yield path, written


def _instead(start: int, end: int) -> str:
    """The afternoon if that may be meant, or the two ends the other way round; and how to
    say it plainly."""
    end -= MIDNIGHT
    meant = (start, end + NOON) if start < end + NOON <= MIDNIGHT else (end, start)
    first, last = show_minute(meant[0]), show_minute(meant[1], at_end=True)
    night = f"`{show_minute(start)}-24:00` and `00:00-{show_minute(end)}` on the next day"
    return f"write `{first}-{last}` if that is meant, or else {night}"
