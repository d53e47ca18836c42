"""Warnings that come with the deadline's beginning. Language: "Deadlines", `warn`."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject
from escalate.analysis.targets import warnings
from escalate.worktime.duration import Duration

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Warnings so long before the end that it has not begun."""
    for path, cases, point in warnings(subject.policy):
        if point == "0%":
            yield Finding(
                "a warning at `0%` comes as soon as the deadline begins",
                path,
                "let it come later, as at `50%`",
            )
        if not isinstance(point, Duration):
            continue
        for _, target in cases.values():
            if isinstance(target, Duration) and 0 < target.us <= point.us:
                yield Finding(
                    f"a warning `{point}` before the end of `{target}` comes as soon as the "
                    "deadline begins",
                    path,
                    "make it shorter, or give it as a share, as in `80%`",
                )
                break
