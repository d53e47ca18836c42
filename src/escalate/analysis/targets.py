"""Targets of deadlines and clocks: for which tickets each of them counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from escalate.analysis.space import Region
from escalate.policy.cases import Cases
from escalate.policy.meaning.walk import deadlines_of
from escalate.policy.policy import Policy
from escalate.worktime.duration import Duration

if TYPE_CHECKING:
    from escalate.analysis.subject import Path, Subject

__all__ = [
    "Promise",
    "promises",
    "targets",
    "targets_with_calendar",
    "warnings",
]


class Promise(NamedTuple):
    """A duration that is the target of some tickets, and the calendar it is counted in."""

    where: Region
    duration: Duration
    calendar: object
    path: Path

    @property
    def said(self) -> str:
        """The duration in an author's words."""
        return f"`{self.duration}`"

    def shorter(self, other: Promise) -> bool:
        """Whether it is surely shorter: durations of two kinds, or of two calendars, cannot
        be compared."""
        if self.calendar != other.calendar:
            return False
        one, two = self.duration, other.duration
        if bool(one.workdays) != bool(two.workdays):
            return False
        return (one.workdays, one.us) < (two.workdays, two.us)


def targets(policy: Policy) -> Iterator[tuple[Path, Cases[Any]]]:
    """Every target with where it stands."""
    for path, cases, _ in targets_with_calendar(policy):
        yield path, cases


def targets_with_calendar(policy: Policy) -> Iterator[tuple[Path, Cases[Any], Cases[str] | None]]:
    """Every target with where it stands, and the calendar where no case names one."""
    for name, clock in policy.clocks.items():
        if clock.target is not None:
            yield ("clocks", name, "target"), clock.target, clock.calendar
    for path, level, deadline in deadlines_of(policy):
        yield (*path, "target"), deadline.target, deadline.calendar or level.calendar


def promises(subject: Subject, cases: Cases[Any], calendar: Cases[str] | None) -> list[Promise]:
    """Every duration that a target may be, each with where it is the one that counts."""
    usual: object = calendar
    if calendar is None:
        usual = subject.policy.calendar
    elif calendar.plain is not None:
        usual = calendar.plain
    return [
        Promise(
            outcome.where,
            outcome.use,
            outcome.calendar or usual,
            cases.path_of(outcome.number),
        )
        for outcome in subject.outcomes(cases)
        if isinstance(outcome.use, Duration)
    ]


def warnings(policy: Policy) -> Iterator[tuple[Path, Cases[Any], str | Duration]]:
    """Every point of a deadline's `warn`, with the deadline's target."""
    for path, _, deadline in deadlines_of(policy):
        for j, point in enumerate(deadline.warn):
            yield (*path, "warn", j), deadline.target, point
