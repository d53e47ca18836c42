"""Other libraries of working time, each with the same calendar in its own words.

Monday to Friday 9 to 18, Europe/Bucharest, ten holidays a year. A peer answers ``add`` (8
working hours later) and ``between``, each from instants in its own types, which ``instant``
makes and which is not timed; none where it has no such question.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from escalate import Calendar

ZONE = ZoneInfo("Europe/Bucharest")
OPEN, CLOSE = time(9), time(18)
EIGHT = timedelta(hours=8)
MONTH = timedelta(days=30)
DATES = ((1, 1), (1, 2), (1, 24), (5, 1), (6, 1), (8, 15), (11, 30), (12, 1), (12, 25), (12, 26))
YEARS = range(2014, 2038)
HOLIDAYS = [date(year, *day) for year in YEARS for day in DATES]
CALENDAR = {
    "timezone": "Europe/Bucharest",
    "hours": {"mon-fri": "09:00-18:00"},
    "holidays": [{"date": f"{month:02}-{day:02}"} for month, day in DATES],
}


def instants(count: int, first: int = 2020, years: int = 6) -> list[datetime]:
    """Moments of working days, to the second, drawn with a seed."""
    draw, found = random.Random(7), []
    while len(found) < count:
        day = datetime(first, 1, 1, 9, tzinfo=ZONE) + timedelta(days=draw.randrange(365 * years))
        if day.weekday() < 5 and (day.month, day.day) not in DATES:
            found.append(day + timedelta(seconds=draw.randrange(9 * 3600)))
    return found


@dataclass(frozen=True)
class Peer:
    """One contestant. ``told`` makes of its answer to ``between`` a ``timedelta``, and of
    that to ``add`` an aware ``datetime``."""

    name: str
    instant: Callable[[datetime], Any]
    add: Callable[[Any], Any] | None
    between: Callable[[Any, Any], Any] | None
    told: Callable[[Any], Any] = lambda answer: answer


def same(at: Any) -> Any:
    return at


def naive(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def in_zone(answer: Any) -> Any:
    return answer.replace(tzinfo=ZONE) if isinstance(answer, datetime) else answer


def ours() -> Peer:
    """The library, aware datetimes in and out."""
    calendar = Calendar.model_validate(CALENDAR)
    add = calendar.add
    return Peer("escalate.Calendar", same, lambda at: add(at, EIGHT), calendar.between)


def bare() -> Peer:
    """Prefix sums and bisection over integers, and nothing else."""
    from bisect import bisect_left, bisect_right

    second, day = timedelta(seconds=1), date(YEARS[0], 1, 1)
    epoch = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
    opens, lengths, closed = [], [], set(HOLIDAYS)

    def seconds(at: datetime) -> int:
        return (at - epoch) // second

    while day.year in YEARS:
        if day.weekday() < 5 and day not in closed:
            begin, end = (seconds(datetime.combine(day, at, ZONE)) for at in (OPEN, CLOSE))
            opens.append(begin)
            lengths.append(end - begin)
        day += timedelta(days=1)
    sums = list(accumulate(lengths, initial=0))
    eight = EIGHT // second

    def position(at: int) -> int:
        i = bisect_right(opens, at)
        worked, most = sums[i - 1] + at - opens[i - 1], sums[i]
        return worked if worked < most else most

    def add(at: int) -> int:
        target = position(at) + eight
        i = bisect_left(sums, target) - 1
        return opens[i] + target - sums[i]

    def between(start: int, end: int) -> int:
        return position(end) - position(start)

    def told(answer: int) -> Any:
        return timedelta(seconds=answer) if answer < 10**9 else epoch + answer * second

    return Peer("prefix sums over integers, bare", seconds, add, between, told)


def businesstimedelta() -> Peer:
    import businesstimedelta as package

    day = package.WorkDayRule(start_time=OPEN, end_time=CLOSE, working_days=[0, 1, 2, 3, 4])
    rules = package.Rules([day, package.HolidayRule(dict.fromkeys(HOLIDAYS, "closed"))])
    eight = package.BusinessTimeDelta(rules, hours=8)

    def told(answer: Any) -> Any:
        return in_zone(getattr(answer, "timedelta", answer))

    return Peer("businesstimedelta", naive, lambda at: at + eight, rules.difference, told)


def businesstime() -> Peer:
    import businesstime as package

    calendar = package.BusinessTime(business_hours=(OPEN, CLOSE), holidays=HOLIDAYS)

    def told(answer: timedelta) -> timedelta:
        return answer.days * timedelta(hours=9) + timedelta(seconds=answer.seconds)

    return Peer("businesstime", naive, None, calendar.businesstimedelta, told)


def pandas() -> Peer:
    import pandas as package

    hours = package.offsets.CustomBusinessHour(
        8, start="09:00", end="18:00", holidays=[day.isoformat() for day in HOLIDAYS]
    )

    def told(answer: Any) -> datetime:
        return answer.to_pydatetime().replace(tzinfo=ZONE)

    def instant(at: datetime) -> Any:
        return package.Timestamp(naive(at))

    return Peer("pandas CustomBusinessHour", instant, lambda at: at + hours, None, told)


def bizcal() -> Peer:
    from django_bizcal import WorkingCalendar
    from django_bizcal.providers import SetHolidayProvider

    calendar = WorkingCalendar(
        tz="Europe/Bucharest",
        weekly_schedule={day: [("09:00", "18:00")] for day in range(5)},
        holiday_provider=SetHolidayProvider(set(HOLIDAYS)),
    )
    add = calendar.add_business_time
    return Peer("django-bizcal", same, lambda at: add(at, EIGHT), calendar.business_time_between)


def opening_hours() -> Peer:
    from opening_hours import OpeningHours, State

    closed = ",".join(f"{MONTHS[month - 1]} {day:02}" for month, day in DATES)
    hours = OpeningHours(f"Mo-Fr 09:00-18:00; {closed} off", timezone=ZONE)
    nothing = timedelta()

    def add(at: datetime) -> datetime:
        left = EIGHT
        for start, end, state, _ in hours.intervals(at):
            if state == State.OPEN:
                if end - start >= left:
                    return start + left
                left -= end - start
        raise ValueError("never")

    def between(start: datetime, end: datetime) -> timedelta:
        found = hours.intervals(start, end)
        return sum((b - a for a, b, state, _ in found if state == State.OPEN), nothing)

    return Peer("opening-hours-py", same, add, between)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PEERS = {
    "businesstimedelta": businesstimedelta,
    "businesstime": businesstime,
    "pandas": pandas,
    "django-bizcal": bizcal,
    "opening-hours-py": opening_hours,
}
"""By the package of the index that each needs."""


def contestants() -> tuple[list[Peer], list[str]]:
    """All that can run here, ours and the bare sums first, and the packages that are absent."""
    found, absent = [ours(), bare()], []
    for package, make in PEERS.items():
        try:
            found.append(make())
        except ImportError:
            absent.append(package)
    return found, absent


def disagreements(peers: Sequence[Peer], pairs: Sequence[tuple[datetime, datetime]]) -> list[str]:
    """Where two do not answer the same."""
    first, found = peers[0], []
    for peer in peers[1:]:
        for start, end in pairs:
            own, its = first.instant(start), peer.instant(start)
            if peer.add is not None and first.add is not None:
                due, its_due = first.told(first.add(own)), peer.told(peer.add(its))
                if due != its_due:
                    found.append(f"{peer.name}: {start} + 8h is {its_due}, not {due}")
            if peer.between is not None and first.between is not None:
                lasts = first.told(first.between(own, first.instant(end)))
                its_lasts = peer.told(peer.between(its, peer.instant(end)))
                if lasts != its_lasts:
                    found.append(f"{peer.name}: {start} to {end} is {its_lasts}, not {lasts}")
    return found
