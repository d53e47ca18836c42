"""Movements to where the ticket is already. Language: "Triggers"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.space import Region
from escalate.analysis.subject import Finding, Subject
from escalate.policy.condition import Test

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Movements of triggers that hold only where the ticket is at the goal, or above it."""
    levels = subject.policy.levels
    for number, trigger, where in subject.regions():
        if not trigger.moves or trigger.for_ != "active":
            continue
        stands = subject.levels_of(where)
        goal = trigger.escalate
        if goal in subject.ranks and all(rank >= subject.ranks[goal] for rank in stands):
            names = " or ".join(f"`{levels[rank].id}`" for rank in stands)
            yield Finding(
                f"`escalate: {goal}` moves nothing: `{trigger.id}` holds only at {names}",
                ("triggers", number, "escalate"),
                "name a higher level, or other levels under `at`",
            )
        elif goal == "next" and stands == [len(levels) - 1]:
            yield Finding(
                f"`escalate: next` moves nothing: no level is above `{levels[-1].id}`",
                ("triggers", number, "escalate"),
                "name other levels under `at`, or tell somebody instead",
            )
        elif trigger.transfer is not None:
            owner = trigger.transfer.plain
            if isinstance(owner, str) and owner != "requested" and _with(subject, where, owner):
                yield Finding(
                    f"`transfer: {owner}` moves nothing: `{trigger.id}` holds only where "
                    f"`{owner}` has the ticket",
                    ("triggers", number, "transfer"),
                    "name another owner, or change the condition",
                )


def _with(subject: Subject, where: Region, owner: str) -> bool:
    """Whether the ticket is with this owner wherever the trigger holds."""
    if not all("owner" in box for box in where):
        return False
    ((_, has),) = subject.meaning.world.form("owner").masks([Test("eq", owner)])
    return not any(box["owner"] & ~has for box in where)
