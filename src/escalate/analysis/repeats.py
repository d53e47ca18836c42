"""Which triggers say what an earlier one says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from escalate.analysis.uses import reads

if TYPE_CHECKING:
    from escalate.analysis.subject import Subject

__all__ = ["repeats_of"]

_DOES: Final = ("transfer", "notify", "tell_customer", "do", "repeat")


def repeats_of(subject: Subject) -> dict[int, int]:
    """For each trigger that holds just when an earlier one does, and does the same, that
    one."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, trigger, where in subject.regions():
        key = (
            trigger.for_,
            trigger.escalate,
            trigger.once,
            trigger.requires,
            len(trigger.notify),
            len(trigger.do),
            repr(sorted(trigger.set.items())),
            subject.space.outline(where),
        )
        groups.setdefault(key, []).append(number)
    found: dict[int, int] = {}
    for numbers in groups.values():
        for i, later in enumerate(numbers):
            same = (earlier for earlier in numbers[:i] if _same(subject, earlier, later))
            earlier = next(same, None)
            if earlier is not None:
                found[later] = earlier
    return found


def _same(subject: Subject, a: int, b: int) -> bool:
    policy = subject.policy
    one, other = policy.triggers[a], policy.triggers[b]
    if any(getattr(one, name) != getattr(other, name) for name in _DOES):
        return False
    if reads(policy, one.when) != reads(policy, other.when):
        return False  # they fire for other causes
    where, there = subject.region(a) or [], subject.region(b) or []
    return subject.covers(where, there) and subject.covers(there, where)
