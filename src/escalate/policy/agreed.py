"""The deadlines of a level, those that vendors have agreed to among them.

Language: "Owners", agreed times.
"""

from __future__ import annotations

from typing import NamedTuple

from escalate.policy.cases import Case, Cases
from escalate.policy.condition import Condition
from escalate.policy.level import DEADLINES, Deadline, Level
from escalate.policy.owner import Vendor
from escalate.policy.policy import Policy
from escalate.policy.target import Target
from escalate.worktime.duration import Duration

__all__ = ["LevelDeadline", "agreed_times", "level_deadlines"]


class LevelDeadline(NamedTuple):
    """One deadline of a level; ``vendors`` are those with whom the ticket must stand for
    it to count (none: with anybody)."""

    name: str
    deadline: Deadline
    vendors: frozenset[str] = frozenset()


def agreed_times(policy: Policy, name: str) -> dict[str, tuple[Duration, str]]:
    """Who has agreed to such a deadline: the time, and the calendar it is counted in."""
    found = {}
    for vendor, owner in policy.owners.items():
        if isinstance(owner, Vendor) and owner.agreed is not None:
            time: Duration | None = getattr(owner.agreed, name)
            if time is not None:
                found[vendor] = (time, owner.calendar or policy.calendar)
    return found


def level_deadlines(policy: Policy, level: Level) -> tuple[LevelDeadline, ...]:
    """The deadlines of a level: its own, and else what vendors have agreed to."""
    found = []
    for name in DEADLINES:
        own: Deadline | None = getattr(level.deadlines, name)
        if own is not None:
            found.append(LevelDeadline(name, own))
            continue
        agreed = agreed_times(policy, name)
        if agreed:
            cases: tuple[Case[Target], ...] = tuple(
                Case(Condition.parse({"owner": vendor}), time, calendar)
                for vendor, (time, calendar) in agreed.items()
            )
            target = Cases(cases, written=True)
            made = Deadline.model_construct(target=target)
            found.append(LevelDeadline(name, made, frozenset(agreed)))
    return tuple(found)
