"""Holidays that come to an end. Language: "Time", `holidays`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from escalate.analysis.subject import Finding, Subject
from escalate.worktime.holiday import AnyHoliday, DateHoliday, RangeHoliday

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Calendars all of whose holidays are dates of years, the last of them this year's or
    gone."""
    if subject.today is None:
        return
    for name, calendar in subject.policy.calendars.items():
        years = [_last_year(entry) for entry in calendar.holidays]
        known = [year for year in years if year is not None]
        if known and len(known) == len(years) and max(known) <= subject.today.year:
            yield Finding(
                f"the holidays of `{name}` end in {max(known)}",
                ("calendars", name, "holidays"),
                "add those of the next year, or write them for every year, as in "
                "`{date: 12-25}`, `{easter: western, offset: 1}` or `{country: FR}`",
                key=True,
            )


def _last_year(entry: AnyHoliday) -> int | None:
    """The last year of an entry that ends, as far as that can be read off."""
    match entry:
        case DateHoliday(date=date(year=year)):
            return year
        case RangeHoliday():
            return entry.last.year
        case _:
            return None
