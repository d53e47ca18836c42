"""What runs from a moment to another and stands still in between: clocks and deadlines.

Language: "Time", "Deadlines". A timer gathers stretches of time in one pass over the
events; how much working time they hold is asked later, of the calendar that the
target's case names.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

from escalate.policy.clock import OnReopen

__all__ = ["STOPS", "Run", "TimerSpec"]

STOPS: Final[Mapping[str, frozenset[str]]] = {
    "acknowledge": frozenset({"acknowledged", "taken", "agent-reply"}),
    "respond": frozenset({"agent-reply"}),
    "resolve": frozenset({"resolved"}),
}
"""The moments that end each deadline of a level. Language: "Deadlines"."""


@dataclass(frozen=True, slots=True)
class TimerSpec:
    """When a timer starts, stops and pauses. ``pauses`` are statuses."""

    name: str
    starts: frozenset[str]
    stops: frozenset[str]
    pauses: frozenset[str]
    on_reopen: OnReopen = "resume"
    resolved_counts: bool = True
    anew: bool = False
    """A deadline that a transfer begins from the beginning."""


class Run:
    """A timer at work on one ticket: its latest cycle."""

    # What most timers never change stands here once, and is not set for each of them.
    cycle = 0
    tally: Any = None
    """What the run comes to with its latest target; kept by ``readings``."""
    live = False
    begun = 0
    ended: int | None = None
    by_resolution = False
    paused_by: str | None = None
    since: int | None = None
    """Where the open stretch begins, if it runs."""
    through = False
    """Begun by the resolution or closing itself, so it runs on after it."""

    def __init__(self, spec: TimerSpec) -> None:
        self.spec = spec
        self.stretches: list[tuple[int, int]] = []

    @classmethod
    def begun_at(cls, us: int, spec: TimerSpec, status: str | None, resolved: bool) -> Run:
        """A timer that starts its first cycle."""
        run = cls(spec)
        run.cycle = 1
        run.begun = us
        run.live = True
        if resolved or status in spec.pauses:
            run.paused_by = status
        else:
            run.since = us
        return run

    def start(self, us: int, status: str | None, resolved: bool, through: bool = False) -> None:
        """Begin a new cycle, unless one runs."""
        if self.live:
            return
        self.cycle += 1
        self.begun = us
        self.stretches = []
        self.through = through
        self.resume(us, status, resolved)

    def resume(self, us: int, status: str | None, resolved: bool = False) -> None:
        """Go on in the cycle, which a resolution had ended."""
        self.live = True
        self.ended = None
        self.by_resolution = False
        if status in self.spec.pauses or (resolved and not self.through):
            self.since, self.paused_by = None, status
        else:
            self.since, self.paused_by = us, None

    def stop(self, us: int, by_resolution: bool) -> None:
        """End the cycle."""
        if self.since is not None:
            self.stretches.append((self.since, us))
            self.since = None
        self.live = False
        self.ended = us
        self.by_resolution = by_resolution
        self.paused_by = None

    def turn(self, us: int, status: str | None, resolved: bool) -> None:
        """The status is now ``status``: stand still or run."""
        since = self.since
        if status in self.spec.pauses or (resolved and not self.through):
            if since is not None:
                self.stretches.append((since, us))
                self.since = None
            self.paused_by = status
        elif since is None:
            self.since = us
            self.paused_by = None

    def turned(self, us: int, status: str | None) -> Run:
        """The run as it goes on if the status becomes another; itself stays as it is."""
        other = copy(self)
        other.stretches = list(self.stretches)
        other.tally = None
        other.turn(us, status, False)
        return other
