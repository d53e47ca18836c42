"""Levels that no path holds. Language: "Levels and paths"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.space import EVERYTHING
from escalate.analysis.subject import Finding, Subject
from escalate.policy.meaning.walk import effects_of

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Levels that stand in no path, where a path always holds and nothing leads there."""
    policy = subject.policy
    listed = {level for path in policy.paths for level in path.levels}
    if not policy.paths or len(listed) == len(policy.levels) or subject.uses.requested:
        return
    where = [subject.within(path.when) for path in policy.paths]
    taken = [box for region in where if region is not None for box in region]
    if not subject.covers(taken, EVERYTHING):
        return  # with no path holding, the path is all levels
    listed.update(e.escalate for _, e in effects_of(policy) if e.escalate is not None)
    for i, level in enumerate(policy.levels):
        if level.id not in listed:
            yield Finding(
                f"no path holds the level `{level.id}`, so no ticket comes there",
                ("levels", i, "id"),
                "put it into a path, or remove it",
            )
