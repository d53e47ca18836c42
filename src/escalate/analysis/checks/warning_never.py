"""Warnings that come with the breach. Language: "Deadlines", `warn`."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject
from escalate.analysis.targets import warnings
from escalate.worktime.duration import Duration

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Warnings at the very end: no warning is sent once the deadline is missed."""
    for path, _, point in warnings(subject.policy):
        if point == "100%" or (isinstance(point, Duration) and not point.us):
            yield Finding(
                f"a warning at `{point}` is never sent, since the deadline is missed by then",
                path,
                "let it come earlier, as at `80%` or `30m` before",
            )
