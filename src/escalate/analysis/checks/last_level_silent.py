"""Last levels at which nobody is reminded. Language: "Deadlines", `remind`."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.ladder import moves_on, reminds, top_levels
from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Last levels, of the ladder or of a path, without deadline and reminder."""
    policy = subject.policy
    tops = top_levels(policy)
    for rank, level in enumerate(policy.levels):
        if level.id in tops and not reminds(level) and not moves_on(subject, rank):
            yield Finding(
                f"nobody is above `{level.id}`, and nothing but the review reminds its owner",
                ("levels", rank, "id"),
                "let it remind, as in `remind: {every: 4h}`",
            )
