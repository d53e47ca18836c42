"""Calendars that leave a weekday out. Language: "Time", `hours`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from escalate.analysis.subject import Finding, Subject
from escalate.worktime.hours import DAYS

__all__ = ["check"]

_USUAL: Final = tuple(
    frozenset(days.split()) for days in ("", "sun", "sat", "fri", "sat sun", "fri sat", "thu fri")
)
"""The days on which desks are closed in one country or another."""

_FEW: Final = 4


def check(subject: Subject) -> Iterator[Finding]:
    """Calendars of four days and more, whose other days are no weekend."""
    for name, calendar in subject.policy.calendars.items():
        if calendar.hours.always or not subject.own("calendars", name):
            continue
        closed = frozenset(
            day for day, spans in zip(DAYS, calendar.hours.week, strict=True) if not spans
        )
        if len(DAYS) - len(closed) < _FEW or closed in _USUAL:
            continue
        weekend = max(_USUAL, key=lambda usual: (len(usual & closed), -len(usual - closed)))
        out = " and ".join(f"`{day}`" for day in DAYS if day in closed - weekend)
        yield Finding(
            f"the calendar `{name}` has no hours on {out}",
            ("calendars", name, "hours"),
            "add them, if that day was forgotten",
            key=True,
        )
