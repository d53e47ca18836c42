"""Everything that one decision looks at and gathers on its way.

What a decision consults leaves its trace here: ``horizon`` is the earliest instant at
which something consulted can change with time alone, ``missing`` the absent facts.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from escalate.desk import Desk
from escalate.evaluator.history import History
from escalate.evaluator.origin import resolution_known
from escalate.evaluator.promises import Promised, promised, promises_of
from escalate.evaluator.readings import Reading
from escalate.ticket import Ticket, Unset
from escalate.worktime.timeline import NEVER

__all__ = ["Context"]

ReadClock = Callable[["Context", int], Reading]


class Context:
    """One ticket, one desk, one instant."""

    __slots__ = (
        "_away",
        "_readings",
        "desk",
        "fresh",
        "hist",
        "horizon",
        "missing",
        "now",
        "passed",
        "read_clock",
        "ticket",
        "values",
        "warnings",
    )

    def __init__(
        self,
        ticket: Ticket,
        desk: Desk,
        now: int,
        hist: History,
        values: dict[str, Any],
        read_clock: ReadClock,
    ) -> None:
        self.ticket = ticket
        self.desk = desk
        self.now = now
        self.hist = hist
        self.values = values
        self.read_clock = read_clock
        self.fresh = False
        self.passed: list[tuple[str, str]] = []
        """Levels passed over, each with why; for the trace."""
        self.horizon = NEVER
        self.missing: set[str] = set()
        self.warnings = list(hist.notes)
        self._readings: dict[int, Reading] = {}
        self._away: dict[str, int] | None = None

    def note(self, horizon: int, missing: tuple[str, ...] = ()) -> None:
        """Something was consulted that can change then, or lacks these."""
        if horizon < self.horizon:
            self.horizon = horizon
        if missing:
            self.missing.update(missing)

    def warn(self, code: str, message: str) -> None:
        """Something that the reader of the decision should know."""
        if (code, message) not in self.warnings:
            self.warnings.append((code, message))

    def clock(self, index: int) -> Reading:
        """The clock's reading, worked out once."""
        reading = self._readings.get(index)
        if reading is None:
            reading = self._readings[index] = self.read_clock(self, index)
        return reading

    @property
    def promised(self) -> Promised:
        """How what the customer was promised stands."""
        hist = self.hist
        if hist.promises is None:
            hist.promises = promises_of(self.ticket, hist)
        return promised(hist.promises, hist.cycle, self.now)

    def has_promised(self, about: str, due: int) -> bool:
        """Whether just this was promised, and still is."""
        if not self.hist.known or self.promised.promise is None:
            return False
        return any(
            p.ended is None and (p.about, p.due) == (about, due) for p in self.hist.promises or ()
        )

    def since(self) -> tuple[int, int | None, int | None, bool]:
        """What the index wants to know of the history; one that still has to enter has not
        come to its level."""
        created, entered, idle, asked = self.hist.since()
        return created, None if self.fresh else entered, idle, asked

    def knows(self, moment: str) -> bool:
        """Whether the history tells of such moments. Finer point 9."""
        if self.hist.known or moment == "created":
            return True
        if moment == "entered":
            return not self.fresh and self.hist.level is not None
        if moment == "agent-reply":
            return not isinstance(self.ticket.first_reply_at, Unset)
        return moment == "resolved" and resolution_known(self.ticket, self.hist.phase)

    @property
    def away(self) -> dict[str, int]:
        """Who is not there now, and until when (:data:`NEVER` where it is not known)."""
        if self._away is None:
            self._away = {}
            for entry in self.desk.away:
                until = entry.until_us
                until = NEVER if until is None else until
                if until > self.now:
                    self._away[entry.who] = max(until, self._away.get(entry.who, 0))
        return self._away

    def desk_value(self, name: str) -> int | Fraction | None:
        """A fact of the desk, or ``None`` where it is not known."""
        _, what, *owner = name.split(".", 2)
        if what == "similar":
            return self.desk.similar.get(self.ticket.id)
        tickets = self.desk.open.get(owner[0])
        if what == "open":
            return tickets
        capacity = self.desk.capacity.get(owner[0])
        if tickets is None or not capacity:
            return None
        return Fraction(tickets, capacity)
