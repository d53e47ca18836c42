"""What is shown of calendars: a list of them, and a year of one, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from escalate.cli.tables import table_lines
from escalate.cli.terminal import Terminal
from escalate.decision import duration_text
from escalate.evaluator.trace_words import duration_words
from escalate.policy.calendars import calendar_of
from escalate.policy.policy import Policy
from escalate.wording import many
from escalate.worktime.almanac import ClockChange, Month, SpecialDate, months_of
from escalate.worktime.epoch import US
from escalate.worktime.hours import Hours
from escalate.worktime.zone import to_us

__all__ = ["WEEKDAYS", "CalendarAccount", "CalendarList"]

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_Row = tuple[tuple[str, ...], str]


class CalendarList:
    """The calendars of a policy."""

    def __init__(self, terminal: Terminal, policy: Policy) -> None:
        self._terminal = terminal
        self._policy = policy

    def lines(self) -> Iterator[str]:
        """A table."""
        names = list(self._policy.calendars)
        if not names:
            yield "This policy has no calendar but `always`, which never closes."
            return
        yield from table_lines(self._terminal, ("calendar", "zone", "hours"), map(self._row, names))

    def _row(self, name: str) -> _Row:
        calendar = calendar_of(self._policy, name)
        count = len(calendar.holidays)
        hours = "; ".join(f"{days} {text}" for days, text in _week(calendar.hours))
        if count:
            hours += f"; {count} {'entry' if count == 1 else 'entries'} of holidays"
        return (name, calendar.timezone or "UTC", hours), ""

    def to_json(self) -> Any:
        """The same."""
        return {
            "policy": self._policy.name,
            "calendars": [_head(self._policy, name) for name in self._policy.calendars],
        }


class CalendarAccount:
    """A year of one calendar."""

    def __init__(self, terminal: Terminal, policy: Policy, name: str, year: int) -> None:
        self._terminal = terminal
        self._policy = policy
        self._name = name
        self._year = year
        self._calendar = calendar_of(policy, name)
        self._months = months_of(self._calendar, year)

    def lines(self) -> Iterator[str]:
        """Its hours, and a table of its months."""
        terminal, zone = self._terminal, self._calendar.timezone
        title = f"{self._name}, {self._year}, in the time of {zone}"
        yield terminal.paint(terminal.plain(title), "head")
        for days, hours in _week(self._calendar.hours):
            yield f"  {days:<8} {hours}"
        rows = [row for month in self._months for row in self._month(month)]
        count = sum(month.days for month in self._months)
        whole = sum((month.open for month in self._months), timedelta())
        rows.append(((str(self._year), many(count, "day"), _words(whole), ""), "bold"))
        heads = ("month", "hours", "open", "holidays and changes of the clocks")
        yield from table_lines(terminal, heads, rows, frozenset({2}))

    def _month(self, month: Month) -> Iterator[_Row]:
        name = _MONTHS[month.first.month - 1]
        yield (name, many(month.days, "day"), _words(month.open), ""), "bold"
        rows = [(runs[0].day, _special(runs)) for runs in _runs(month)]
        rows += [(change.wall.date(), _change(change)) for change in month.changes]
        for _, cells in sorted(rows, key=lambda row: row[0]):
            yield cells, ""

    def to_json(self) -> Any:
        """The same."""
        return {
            **_head(self._policy, self._name),
            "policy": self._policy.name,
            "year": self._year,
            "open": _iso(sum((month.open for month in self._months), timedelta())),
            "days": sum(month.days for month in self._months),
            "months": [_month_json(month) for month in self._months],
        }


def _week(hours: Hours) -> Iterator[tuple[str, str]]:
    """The days of the week with their hours; days on end with the same ones together."""
    said = hours.written()
    if isinstance(said, str):
        yield said, "open"
        return
    for days, intervals in said.items():
        yield days, ", ".join(intervals)


def _iso(time: timedelta) -> str | None:
    return duration_text(time // US)


def _words(time: timedelta) -> str:
    return duration_words(_iso(time))


def _runs(month: Month) -> Iterator[list[SpecialDate]]:
    """Days on end that one entry makes alike."""
    run: list[SpecialDate] = []
    for one in month.special:
        if run and not (
            one.day.toordinal() == run[-1].day.toordinal() + 1
            and (one.entry, one.name, one.hours, one.also)
            == (run[-1].entry, run[-1].name, run[-1].hours, run[-1].also)
        ):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _special(run: list[SpecialDate]) -> tuple[str, ...]:
    first, last = run[0], run[-1]
    day = f"  {WEEKDAYS[first.day.weekday()]} {first.day.day}"
    if last is not first:
        day += f" to {WEEKDAYS[last.day.weekday()]} {last.day.day}"
    hours = ", ".join(first.hours) or "closed"
    if not first.hours and not any(one.usual for one in run):
        hours = "closed anyway"
    told = f"{first.name} ({'; '.join((first.source, *first.also))})"
    return day, hours, "", told


def _change(change: ClockChange) -> tuple[str, ...]:
    day = f"  {WEEKDAYS[change.wall.weekday()]} {change.wall.day}"
    shown = _minute(change.at.replace(tzinfo=None), change.wall)
    told = f"clocks go {'on' if change.by > timedelta() else 'back'} by {_words(abs(change.by))}"
    told += f", from {_minute(change.wall)} to {shown}"
    if change.within is not None:
        opens, closes = (_minute(at) for at in change.within)
        lasts = _words(to_us(change.within[1]) * US - to_us(change.within[0]) * US)
        told += f"; {opens}-{closes} lasts {lasts}"
    return day, "", "", told


def _minute(at: datetime, like: datetime | None = None) -> str:
    """The time of day, with the date where it is not that of the other."""
    date = "" if like is None or at.date() == like.date() else f"{at:%Y-%m-%d} "
    return f"{date}{at:%H:%M}"


def _head(policy: Policy, name: str) -> dict[str, Any]:
    calendar = calendar_of(policy, name)
    return {
        "calendar": name,
        "timezone": calendar.timezone,
        "hours": calendar.hours.plain(),
        "holidays": [entry.source for entry in calendar.holidays],
    }


def _month_json(month: Month) -> dict[str, Any]:
    return {
        "month": month.first.isoformat()[:7],
        "open": _iso(month.open),
        "days": month.days,
        "holidays": [
            {
                "date": one.day.isoformat(),
                "name": one.name,
                "hours": list(one.hours),
                "usual": list(one.usual),
                "from": one.source,
                "entry": one.entry,
                "also": list(one.also),
            }
            for one in month.special
        ],
        "clock_changes": [
            {
                "at": one.at.isoformat(),
                "by": _iso(one.by),
                "within": one.within and [at.isoformat() for at in one.within],
            }
            for one in month.changes
        ],
    }
