"""Calendars that nothing is counted in. Language: "Time"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Those of the policy's own text; included files serve other policies too."""
    for name in subject.policy.calendars:
        if name not in subject.uses.calendars and subject.own("calendars", name):
            yield Finding(
                f"the calendar `{name}` is never used",
                ("calendars", name),
                f"count something in it, as with `calendar: {name}`, or remove it",
                key=True,
            )
