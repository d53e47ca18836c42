"""A ticket's history that keeps what a decision lets go: earlier cycles, levels left.

For explanations alone. It is the same pass over the events as everywhere; it only listens.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from copy import copy
from operator import itemgetter
from typing import NamedTuple

from escalate.evaluator.history import History, Plan
from escalate.evaluator.origin import Origin
from escalate.evaluator.status import DONE, moments_of
from escalate.evaluator.timers import Run, TimerSpec
from escalate.ticket import Ticket

__all__ = ["ClockLog", "Visit"]


_since = itemgetter(0)


class _KeptRun(Run):
    """A run that remembers its earlier cycles."""

    __slots__ = ("earlier",)

    def __init__(self, spec: TimerSpec) -> None:
        super().__init__(spec)
        self.earlier: list[Run] = []

    def start(self, us: int, status: str | None, resolved: bool, through: bool = False) -> None:
        if self.cycle and not self.live:
            self.earlier.append(copy(self))
        super().start(us, status, resolved, through)


class Visit(NamedTuple):
    """A stay at a level; ``owner`` is whose the ticket was last, ``number`` counts the
    entering moves, ``anew`` the transfers in it, ``left`` is ``None`` while it lasts."""

    level: str | None
    owner: str | None
    number: int
    anew: int
    left: int | None
    runs: Sequence[Run]


class ClockLog(History):
    """The history of a ticket, and what happened when.

    ``statuses`` holds each status with the instant from which it held; ``marks`` what
    happened at an instant, as moments; ``visits`` the stays at levels.
    """

    make_run = _KeptRun

    def __init__(self, ticket: Ticket, now: int, plan: Plan) -> None:
        self.statuses: list[tuple[int, str | None]] = []
        self.marks: dict[int, list[str]] = {}
        self._left: list[Visit] = []
        self._at: int | None = None
        self._here: tuple[str | None, str | None, int] = (None, None, 0)
        self._anew = 0
        super().__init__(ticket, now, plan)

    def cycles(self, index: int) -> list[Run]:
        """All cycles of a clock so far, by its number in the policy."""
        run = self.clocks[index]
        earlier = run.earlier if isinstance(run, _KeptRun) else []
        return [*earlier, run] if run.cycle else []

    @property
    def visits(self) -> list[Visit]:
        """All stays at levels so far, the present one the last."""
        if self.entered is None:
            return self._left
        return [
            *self._left,
            Visit(self.level, self.owner, self.visit, self._anew, None, self.deadlines),
        ]

    def held(self, start: int, end: int) -> list[tuple[int, int, str | None, bool]]:
        """What the status was between two instants: from, to, status, whether resolved."""
        found = []
        first = max(bisect_right(self.statuses, start, key=_since) - 1, 0)
        for i in range(first, len(self.statuses)):
            since, status = self.statuses[i]
            if since >= end:
                break
            until = self.statuses[i + 1][0] if i + 1 < len(self.statuses) else end
            a, b = max(since, start), min(until, end)
            if a < b:
                done = status is not None and self.plan.statuses.phase(status) in DONE
                found.append((a, b, status, done))
        return found

    # What is listened to.

    def _begin(self, origin: Origin) -> None:
        self._mark(self.created, "created")
        super()._begin(origin)

    def _turn_to(self, status: str | None) -> None:
        super()._turn_to(status)
        self.statuses.append((self.created if self._at is None else self._at, status))

    def turn(self, status: str, us: int) -> None:
        was, self._at = self.phase, us
        super().turn(status, us)
        self._mark(us, *moments_of(was, self.phase))

    def happen(self, us: int, moment: str) -> None:
        self._mark(us, moment)
        super().happen(us, moment)

    def happen_together(self, us: int, *moments: str, quiet: str | None = None) -> None:
        self._mark(us, *moments, *(() if quiet is None else (quiet,)))
        super().happen_together(us, *moments, quiet=quiet)

    def enter(self, us: int) -> None:
        if self.entered is not None:
            self._left.append(Visit(*self._here, self._anew, us, self.deadlines))
        self._here = (self.level, self.owner, self.visit)
        self._anew = 0
        super().enter(us)

    def begin_anew(self, us: int) -> None:
        self._anew += 1
        self._here = (self.level, self.owner, self.visit)
        super().begin_anew(us)

    def _mark(self, us: int, *moments: str) -> None:
        self.marks.setdefault(us, []).extend(moments)
