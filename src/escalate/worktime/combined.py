"""Two calendars as one: when both are open, or when one of them is.

Every interval keeps the day that it belongs to, so that workdays can be counted: of the
time that both are open, the later of the two days on which their hours began; of the time
that one is open, that one's day. So `a & b` is `b & a`, and `a & a` is `a`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from escalate.worktime.hours import disjoint
from escalate.worktime.questions import WorkingTime
from escalate.worktime.years import DayHours, Source

__all__ = ["Combined", "Joint"]

How = Literal["and", "or"]

# Hours may end in the second night after their day, a zone's clocks may be a day ahead of
# another's, and they may jump by a day.
MARGIN = 5


@dataclass(frozen=True)
class Combined(WorkingTime):
    """Two calendars together, made by ``a & b`` or ``a | b``; answers what a calendar does.

    Results are in the zone of the first that has one; a calendar without a zone is read
    in it too.
    """

    how: How
    one: WorkingTime
    other: WorkingTime

    @property
    def timezone(self) -> str | None:  # type: ignore[override]
        """The zone of the first that has one."""
        return self.one.timezone or self.other.timezone

    def source(self, zone: str) -> Source:
        """Both sources, each in its own zone or else in ``zone``."""
        one, other = (part.source(part.timezone or zone) for part in (self.one, self.other))
        return Joint(self.how, one, other, zone)


@dataclass(frozen=True)
class Joint:
    """The hours of two sources together: a :class:`~escalate.worktime.years.Source`."""

    how: How
    one: Source
    other: Source
    zone: str

    @property
    def always(self) -> bool:
        """Whether it never closes."""
        parts = (self.one.always, self.other.always)
        return all(parts) if self.how == "and" else any(parts)

    def days(self, first: int, last: int, usual: bool = False) -> list[DayHours]:
        """The days that have hours, in order; ``usual`` as if no day were special."""
        if self.one.always or self.other.always:  # of `and`: the other one says it all
            return (self.other if self.one.always else self.one).days(first, last, usual)
        begin = first if self.how == "or" else first - MARGIN
        one, other = (source.days(begin, last, usual) for source in (self.one, self.other))
        found: dict[int, list[tuple[int, int]]] = {}
        for day, interval in _both(one, other) if self.how == "and" else _each(one, other):
            if day >= first:
                found.setdefault(day, []).append(interval)
        return [(day, list(disjoint(hours))) for day, hours in sorted(found.items())]

    def special_days(self, first: int, last: int) -> list[tuple[int, str]]:
        """Holidays and short days of both; a day that both name has both its names."""
        found: dict[int, dict[str, None]] = {}
        for source in self._leaves():
            for day, name in source.special_days(first, last):
                found.setdefault(day, {})[name] = None
        return [(day, ", ".join(names)) for day, names in sorted(found.items())]

    def _leaves(self) -> Iterator[Source]:
        for part in (self.one, self.other):
            if isinstance(part, Joint):
                yield from part._leaves()
            else:
                yield part


_Owned = tuple[int, tuple[int, int]]


def _each(*lists: list[DayHours]) -> Iterable[_Owned]:
    return ((day, interval) for days in lists for day, hours in days for interval in hours)


def _both(one: list[DayHours], other: list[DayHours]) -> Iterable[_Owned]:
    """What two lists share, by one walk along both."""
    others = sorted((interval, day) for day, interval in _each(other))
    begin = 0
    for (open_, close), day in sorted((interval, day) for day, interval in _each(one)):
        while begin < len(others) and others[begin][0][1] <= open_:
            begin += 1
        for i in range(begin, len(others)):
            (opens, closes), its_day = others[i]
            if opens >= close:
                break
            if closes > open_:
                yield max(day, its_day), (max(open_, opens), min(close, closes))
