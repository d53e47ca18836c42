"""Triggers that hold without the clock that they read. Language: "Triggers", once per cause."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.clocks import dimensions_of, recurs
from escalate.analysis.space import Region, TooLargeError
from escalate.analysis.subject import Finding, Subject
from escalate.analysis.uses import reads

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Triggers that can hold whatever a recurring clock shows, and fire in each of its
    cycles because they read it."""
    policy = subject.policy
    for number, trigger, where in subject.regions():
        if trigger.once is not None:
            continue
        for name in reads(policy, trigger.when).clocks:
            if recurs(policy.clocks[name]) and _indifferent(subject, where, name):
                yield Finding(
                    f"the trigger `{trigger.id}` can hold whatever the clock `{name}` shows, "
                    "yet it fires once in each of its cycles",
                    ("triggers", number, "when"),
                    "write two triggers, one that reads the clock and one that does not",
                    related=((("clocks", name), "this clock may begin again"),),
                )


def _indifferent(subject: Subject, where: Region, clock: str) -> bool:
    """Whether, all else being the same, the region holds every state of the clock."""
    space = subject.space
    own = f"clock.{clock}"
    shown = [{own: subject.meaning.world.form(own).there}]
    dimensions = dimensions_of(space, clock)
    try:
        for shadow in space.without(where, dimensions):
            # Of a ticket without events the clock shows nothing.
            left = space.meet(shown, space.minus([shadow], where))
            if space.minus([shadow], space.without(left, dimensions)):
                return True
    except TooLargeError:
        pass
    return False
