"""The time of a clock as rows that can be added up: what was worked, what was not counted.

The working time of all rows that are not to come is what has elapsed; where the target is
reached, a row ends. Language: "Time".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final, Literal, NamedTuple

from escalate.evaluator.clock_log import ClockLog
from escalate.evaluator.timers import Run
from escalate.worktime import Timeline, find_zone, from_us

__all__ = ["Row", "Unit", "reached", "rows_of", "summarised"]

Kind = Literal["worked", "paused", "resolved"]
Unit = Literal["interval", "day", "week", "month", "year"]


class Row(NamedTuple):
    """A stretch of time, or several of one kind taken together.

    ``time_us`` is working time: of a row ``worked`` it was counted, and ``total_us`` is the
    sum so far; of others it was not, since the ticket had the status ``because`` then.
    ``stretches`` is how many it sums up; ``ahead`` tells that it is still to come.
    """

    kind: Kind
    start_us: int
    end_us: int
    time_us: int
    total_us: int
    because: tuple[str, ...] = ()
    stretches: int = 1
    ahead: bool = False


def rows_of(
    timeline: Timeline, run: Run, log: ClockLog, end: int, due: int | None
) -> Iterator[Row]:
    """Every interval that was counted until ``end``, with what lay between; for a run that
    goes on, also those that are to come until it is due. None goes over the due instant."""
    total, last = 0, run.begun
    open_end = [] if run.since is None else [(run.since, end)]
    for start, stop in [*run.stretches, *open_end]:
        yield from _not_counted(timeline, log, last, start, total)
        for a, b in _cut(timeline.intervals(start, stop), due):
            total += b - a
            yield Row("worked", a, b, b - a, total)
        last = stop
    if run.since is None:
        yield from _not_counted(timeline, log, last, end, total)
    elif due is not None and due > end:
        for a, b in timeline.intervals(end, due):
            total += b - a
            yield Row("worked", a, b, b - a, total, ahead=True)


def _cut(intervals: Iterable[tuple[int, int]], due: int | None) -> Iterator[tuple[int, int]]:
    for a, b in intervals:
        if due is not None and a < due < b:
            yield a, due
            a = due
        yield a, b


def _not_counted(
    timeline: Timeline, log: ClockLog, start: int, end: int, total: int
) -> Iterator[Row]:
    """Why nothing was counted between two instants."""
    for a, b, status, done in log.held(start, end):
        kind: Kind = "resolved" if done else "paused"
        yield Row(kind, a, b, timeline.between(a, b), total, (status or "",))


def reached(rows: Sequence[Row], first: int | None, amount: int) -> int | None:
    """The instant at which the running total comes to an amount, if it does in these rows;
    ``first`` is when it began to run."""
    if amount <= 0:
        return first
    for row in rows:
        if row.kind == "worked" and row.total_us >= amount:
            return row.end_us - (row.total_us - amount)
    return None


_Day = Callable[[date], tuple[int, ...]]

_UNITS: Final[tuple[tuple[Unit, _Day], ...]] = (
    ("day", lambda day: (day.toordinal(),)),
    ("week", lambda day: day.isocalendar()[:2]),
    ("month", lambda day: (day.year, day.month)),
    ("year", lambda day: (day.year,)),
)


def summarised(
    rows: Sequence[Row], zone: str, due: int | None, limit: int
) -> tuple[tuple[Row, ...], Unit]:
    """The rows, or what they come to by day, week, month or year: the finest that gives no
    more than ``limit`` rows; by year, it may be more. Sums end where the target is reached
    and where the future begins."""
    if len(rows) <= limit:
        return tuple(rows), "interval"
    tz = find_zone(zone)
    days = [from_us(row.start_us, tz).date() for row in rows]
    found: tuple[Row, ...] = ()
    unit: Unit = "year"
    for unit, of in _UNITS:  # noqa: B007 - the last one tried is answered

        def together(pair: tuple[Row, date], of: _Day = of) -> tuple[object, ...]:
            row, day = pair
            return row.ahead, due is not None and row.start_us >= due, of(day)

        pairs = zip(rows, days, strict=True)
        groups = [[row for row, _ in same] for _, same in groupby(pairs, together)]
        found = tuple(row for same in groups for row in _summed(same))
        if len(found) <= limit:
            break
    return found, unit


def _summed(rows: Sequence[Row]) -> Iterator[Row]:
    """One row of each kind, what was worked first."""
    for kind in ("worked", "paused", "resolved"):
        same = [row for row in rows if row.kind == kind]
        if same:
            first, last = same[0], same[-1]
            yield Row(
                first.kind,
                first.start_us,
                last.end_us,
                sum(row.time_us for row in same),
                last.total_us,
                tuple(dict.fromkeys(status for row in same for status in row.because)),
                len(same),
                first.ahead,
            )
