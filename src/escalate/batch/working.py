"""Working time over whole columns: the prefix sums of a `Timeline`, searched for many at once.

The same answers as the timeline's own, instant by instant. Language: "Time".
"""

from __future__ import annotations

from typing import Any, Final

import numpy.typing as npt

from escalate.batch.coded import marked
from escalate.batch.extra import np
from escalate.worktime import Timeline
from escalate.worktime.timeline import NEVER
from escalate.worktime.workdays import following

__all__ = ["Ints", "Working", "Workings"]

Ints = npt.NDArray[Any]


class Search:
    """Where numbers stand among sorted ones: first by their leading digits, which is nearly
    the answer, then step by step."""

    def __init__(self, edges: Ints) -> None:
        self._edges = edges
        self._shift = 0
        self._table: Ints | None = None
        if len(edges) < 2:
            return
        self._first, last = int(edges[0]), int(edges[-1])
        least = int(np.diff(edges).min())
        self._shift = max(least.bit_length() - 1, 0)
        buckets = (last - self._first >> self._shift) + 2
        if least <= 0 or buckets > _BUCKETS:
            return
        begins = self._first + (np.arange(buckets, dtype=np.int64) << self._shift)
        # Of the edges none is nearer to the next than a bucket is wide: one step is enough.
        self._table = np.searchsorted(edges, begins, "left")
        self._next = np.append(edges, NEVER)

    def _near(self, numbers: Ints) -> Ints:
        table = self._table
        assert table is not None
        place = numbers - self._first
        place >>= self._shift
        return table.take(place, mode="clip")

    def at_most(self, numbers: Ints) -> Ints:
        """How many edges are at most each number."""
        if self._table is None:
            return np.searchsorted(self._edges, numbers, "right")
        near = self._near(numbers)
        near += self._next.take(near) <= numbers
        return near

    def below(self, numbers: Ints) -> Ints:
        """How many edges are less than each number."""
        if self._table is None:
            return np.searchsorted(self._edges, numbers, "left")
        near = self._near(numbers)
        near += self._next.take(near) < numbers
        return near


_BUCKETS: Final = 1 << 18
_MUCH: Final = 1 << 61


class Working:
    """One calendar's working time, as vectors. Instants and times are microseconds."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._table: Any = None
        self._opens: Ints = np.empty(0, np.int64)
        self._to_sum: Ints = np.empty(0, np.int64)
        self._to_instant: Ints = np.empty(0, np.int64)
        self._sums: Ints = np.empty(0, np.int64)
        self._by_open = self._by_sum = Search(self._opens)

    def _now(self) -> tuple[Ints, Ints]:
        """The table as far as it is built; the scalar questions before have built it."""
        table = self.timeline.table
        if table is not self._table:
            self._table = table
            self._opens = np.array(table[0], np.int64)
            self._sums = np.array(table[1], np.int64)
            self._by_open, self._by_sum = Search(self._opens), Search(self._sums)
            # By the number of openings before: what, with an instant, makes its working time
            # (before the first opening more than there is), and the other way round.
            worked = self._sums[:-1] - self._opens
            self._to_sum = np.concatenate([[_MUCH], worked])
            self._to_instant = -np.concatenate([worked[:1], worked, worked[-1:]])
        return self._opens, self._sums

    def _around(self, us: Ints) -> tuple[Ints, Ints, Ints]:
        """The table, and before which opening each instant lies."""
        if len(us):
            for edge in (int(us.min()), int(us.max())):
                self.timeline.position(edge)
                self.timeline.next_open(edge)
        opens, sums = self._now()
        return opens, sums, self._by_open.at_most(us)

    def position(self, us: Ints) -> Ints:
        """The working time up to each instant."""
        if self.timeline.always or not len(us):
            return us
        _, sums, i = self._around(us)
        worked: Ints = self._to_sum.take(i)
        worked += us
        return np.minimum(worked, sums.take(i), out=worked)

    def instant(self, position: Ints) -> Ints:
        """The earliest instant by which the working time has come to each position."""
        if not len(position):
            return position
        first, last = int(position.min()), int(position.max())
        if self.timeline.always:
            if self.timeline.instant(last) < NEVER:
                return position
            return np.array([self.timeline.instant(int(p)) for p in position], np.int64)
        start = self.timeline.instant(first)
        self.timeline.instant(last)
        _, sums = self._now()
        i = self._by_sum.below(position)
        reached: Ints = self._to_instant.take(i)
        reached += position
        if first <= sums[0]:
            reached[i == 0] = start
        if last > sums[-1]:
            reached[i == len(sums)] = NEVER
        return reached

    def next_open(self, us: Ints) -> Ints:
        """Each instant itself if open, else the next opening."""
        if self.timeline.always:
            return self.instant(us)
        if not len(us):
            return us
        opens, sums, i = self._around(us)
        open_ = (i > 0) & (us - opens[i - 1] < sums[i] - sums[i - 1])
        following_ = opens[np.minimum(i, len(opens) - 1)]
        return np.where(open_, us, np.where(i < len(opens), following_, NEVER))

    def add(self, us: Ints, amount: Ints | int) -> Ints:
        """When so much working time, none of it negative, has passed since each instant."""
        reached = self.instant(self.position(us) + amount)
        if isinstance(amount, int):
            return reached if amount else self.next_open(us)
        nothing = amount == 0
        return np.where(nothing, self.next_open(us), reached) if nothing.any() else reached

    def add_workdays(self, us: Ints, count: int) -> Ints:
        """The same time of day so many working days on."""
        start = self.next_open(us)
        if not count or not len(us):
            return start
        found = np.full(len(us), NEVER, np.int64)
        there = marked(start < NEVER)
        if not len(there):
            return found
        opens, _, i = self._around(start[there])
        hours, inverse = np.unique(i - 1, return_inverse=True)
        for n, hour in enumerate(hours):
            rows = there[inverse == n] if len(hours) > 1 else there
            shift = self.timeline.shift(int(opens[hour]), count)
            if shift is None:
                single = [following(self.timeline, int(one), count) for one in start[rows]]
                found[rows] = single
                continue
            target = start[rows] + shift.by
            due = np.full(len(rows), shift.hours[0][0], np.int64)
            for begin, end in shift.hours:
                due = np.where(target >= begin, np.minimum(target, end), due)
            found[rows] = due
        return found


class Workings:
    """The working time of calendars, made once each."""

    def __init__(self) -> None:
        self._made: dict[int, Working] = {}

    def of(self, timeline: Timeline) -> Working:
        """The vectors of a calendar."""
        found = self._made.get(id(timeline))
        if found is None:
            found = self._made[id(timeline)] = Working(timeline)
        return found
