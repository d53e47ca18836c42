"""Levels that nothing moves a ticket on from. Language: "Levels and paths"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.ladder import moves_on, reminds, top_levels
from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Levels below the last without deadline, reminder or trigger that could move on."""
    policy = subject.policy
    tops = top_levels(policy)
    for rank, level in enumerate(policy.levels):
        if level.id in tops or reminds(level) or moves_on(subject, rank):
            continue
        yield Finding(
            f"nothing moves a ticket on from `{level.id}`: it has no deadline and no reminder, "
            "and no trigger moves it there",
            ("levels", rank, "id"),
            "give the level a deadline or `remind`; as it is, only the review remembers it",
        )
