"""Which tickets are to be asked about now: decisions, by when the next check is due.

Language: "The decision", `next_check_at`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from escalate.decision import Decision, instant
from escalate.reading import read_instant
from escalate.worktime.epoch import microseconds

__all__ = ["Agenda", "Entry"]


class Entry(NamedTuple):
    """A ticket on the agenda: when it is to be asked about, and when it was decided, both in
    microseconds since 1970."""

    ticket: str
    at: int
    decided: int


class Agenda:
    """The tickets of a desk by when each is to be asked about next.

    What is due stays so until a newer decision comes or the ticket is taken off: a desk that
    stops half-way misses nothing. Each operation costs in proportion to what it touches, not
    to what is on the agenda. Threads that share one need a lock of their own.
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._held: dict[str, tuple[int, int]] = {}
        self._heap: list[tuple[int, str]] = []
        self._due: dict[str, int] = {}
        """Those that have left the heap, and are on the agenda as long as nothing newer comes."""
        for decision in decisions:
            self.add(decision)

    # What is on it.

    def add(self, decision: Decision) -> None:
        """Put a ticket on the agenda by its latest decision.

        An earlier decision than the one that is known changes nothing; of two at the same
        instant the one added later counts. One without a next check takes the ticket off.
        """
        self.put(decision.ticket, decision.next_us, decision.now_us)

    def put(self, ticket: str, at: int | None, decided: int) -> None:
        """The same by plain values: the ticket's id, its next check (``None``: there is none)
        and the instant of the decision, in microseconds since 1970."""
        known = self._held.get(ticket)
        if known is not None:
            if decided < known[1]:
                return
            if known[0] == at and ticket not in self._due:
                self._held[ticket] = (at, decided)
                return
        if at is None:
            self.remove(ticket)
            return
        self._held[ticket] = (at, decided)
        self._due.pop(ticket, None)
        heappush(self._heap, (at, ticket))
        if len(self._heap) > 64 + 2 * len(self._held):
            self._tidy()

    def remove(self, ticket: str) -> bool:
        """Take a ticket off, by its id; no if it was not on the agenda."""
        self._due.pop(ticket, None)
        return self._held.pop(ticket, None) is not None

    def _tidy(self) -> None:
        """Drop from the heap what has been replaced."""
        self._heap = [(at, t) for t, (at, _) in self._held.items() if t not in self._due]
        heapify(self._heap)

    # What is asked of it.

    def due(self, now: datetime | str) -> list[str]:
        """The tickets whose next check has come by ``now``: the longest due first, those of
        one instant by id.

        Raises:
            TicketError: ``now`` is no instant, or has no zone.
        """
        us = microseconds(read_instant(now))
        self._surface(us)
        found = sorted((at, ticket) for ticket, at in self._due.items() if at <= us)
        return [ticket for _, ticket in found]

    def _surface(self, us: int) -> None:
        """Take from the heap what is due, and what has been replaced."""
        heap, held, due = self._heap, self._held, self._due
        while heap:
            at, ticket = heap[0]
            known = held.get(ticket)
            if known is not None and known[0] == at and ticket not in due:
                if at > us:
                    return
                due[ticket] = at
            heappop(heap)

    @property
    def next_us(self) -> int | None:
        """The earliest next check of all, in microseconds since 1970; ``None`` for an empty
        agenda."""
        self._surface(-1)
        waiting = [self._heap[0][0]] if self._heap else []
        return min([*self._due.values(), *waiting], default=None)

    @property
    def next_at(self) -> datetime | None:
        """The earliest next check of all, in UTC; it may have passed."""
        us = self.next_us
        return None if us is None else instant(us, "UTC")

    def at(self, ticket: str) -> datetime | None:
        """When a ticket is to be asked about next, in UTC; ``None`` if it is not there."""
        known = self._held.get(ticket)
        return None if known is None else instant(known[0], "UTC")

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, ticket: object) -> bool:
        return ticket in self._held

    def __iter__(self) -> Iterator[str]:
        """The tickets in the order in which they come due."""
        return (entry.ticket for entry in self.entries())

    # Plain data.

    def entries(self) -> list[Entry]:
        """All that is on it, in the order in which it comes due."""
        ordered = sorted((at, ticket, decided) for ticket, (at, decided) in self._held.items())
        return [Entry(ticket, at, decided) for at, ticket, decided in ordered]

    def to_rows(self) -> list[list[Any]]:
        """All that is on it as plain data, for JSON or a database: of each ticket its id, its
        next check and the instant of its decision, in microseconds since 1970."""
        return [list(entry) for entry in self.entries()]

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[Any]]) -> Agenda:
        """The agenda from such rows, in any order.

        Raises:
            ValueError: a row does not hold an id and two whole numbers.
        """
        agenda = cls()
        for number, row in enumerate(rows):
            agenda.put(*_entry(number, row))
        return agenda


def _entry(number: int, row: Sequence[Any]) -> Entry:
    if len(row) == 3 and tuple(map(type, row)) == (str, int, int):
        return Entry(*row)
    raise ValueError(
        f"row {number} of an agenda is `{row!r}`; "
        "it holds a ticket's id, its next check and the instant of its decision, "
        "both in microseconds since 1970"
    )
