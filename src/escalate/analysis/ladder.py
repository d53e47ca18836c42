"""The ladder by itself: its last levels, and what moves a ticket on from a level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalate.policy.level import Level
from escalate.policy.policy import Policy

if TYPE_CHECKING:
    from escalate.analysis.subject import Subject

__all__ = ["moves_on", "reminds", "top_levels"]


def top_levels(policy: Policy) -> frozenset[str]:
    """The last level, or those of the paths."""
    if not policy.paths:
        return frozenset({policy.levels[-1].id})
    return frozenset(path.levels[-1] for path in policy.paths)


def reminds(level: Level) -> bool:
    """Whether the level has a deadline that may come, or a reminder."""
    return level.remind is not None or any(
        any(True for _ in deadline.target.values()) for _, deadline in level.deadlines.given()
    )


def moves_on(subject: Subject, rank: int) -> bool:
    """Whether a trigger that can hold at a level might move the ticket on from there."""
    top = len(subject.policy.levels) - 1
    for number, trigger in subject.movements():
        region = subject.region(number)
        if trigger.for_ != "active" or region == []:
            continue
        if region is not None and rank not in subject.levels_of(region):
            continue
        goal = subject.ranks.get(trigger.escalate or "")
        if goal is None:
            if trigger.escalate != "next" or rank < top:
                return True
        elif goal > rank:
            return True
    return False
