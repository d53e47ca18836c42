"""Working time for the slow evaluator: stretches that are walked one after another."""

from __future__ import annotations

from dataclasses import dataclass

from escalate.policy.policy import Policy
from escalate.worktime.calendar import Calendar
from escalate.worktime.duration import Duration
from escalate.worktime.timeline import Timeline

Stretch = tuple[int, int | None]
"""From when to when something ran; ``None``: it still runs."""


def timeline(policy: Policy, name: str | None) -> Timeline:
    name = policy.calendar if name is None else name
    calendar = policy.calendars.get(name)
    if calendar is None:
        assert name == "always", name
        calendar = Calendar.always()
    return calendar.timeline(policy.timezone)


def after(line: Timeline, start: int, duration: Duration) -> int:
    """The instant at which that much has passed since ``start``."""
    if duration.workdays:
        return line.add_workdays(start, duration.workdays)
    return line.add(start, duration.us)


def working(line: Timeline, start: int, duration: Duration) -> int:
    """Workdays become working time at the start."""
    if duration.workdays:
        return line.between(start, line.add_workdays(start, duration.workdays))
    return duration.us


@dataclass
class Run:
    """One cycle of a clock or a deadline: when it ran, and when it stopped."""

    start: int
    stretches: list[Stretch]
    stopped: int | None = None
    by_resolution: bool = False
    begun_by_resolution: bool = False

    @property
    def running(self) -> bool:
        return self.stopped is None and bool(self.stretches) and self.stretches[-1][1] is None

    def still_since(self) -> int:
        """When the pause began that it stands still in."""
        return self.stretches[-1][1] if self.stretches else self.start

    def elapsed(self, line: Timeline, now: int, since: int = 0) -> int:
        ends = [(max(a, since), now if b is None else b) for a, b in self.stretches]
        return sum(line.between(a, b) for a, b in ends if b > a)

    def due(self, line: Timeline, amount: int) -> int | None:
        """When ``amount`` of working time has passed, if no pause comes before it.

        A pause, or the stop, that comes at that very instant comes before it.
        """
        left = amount
        for start, end in self.stretches:
            at = line.add(start, left) if left else line.next_open(start)
            if end is None or at < end:
                return at
            left -= line.between(start, end)
        return None

    def due_at(self, instant: int) -> int | None:
        """A given instant, where it comes while the run goes on, or is past when it does."""
        for _, end in self.stretches:
            if end is None or instant < end:
                return instant
        return None
