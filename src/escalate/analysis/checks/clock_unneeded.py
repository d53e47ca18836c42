"""Triggers that hold without the clock or the promise that they read. Language: "Triggers",
once per cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from escalate.analysis.clocks import dimensions_of, recurs
from escalate.analysis.promised import BASE, dimensions_of_promises
from escalate.analysis.space import Region, TooLargeError
from escalate.analysis.subject import Finding, Subject
from escalate.analysis.uses import reads

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Triggers that can hold whatever a recurring clock shows, or whatever was promised, and
    fire again in each of its cycles, or for each promise, because they read it."""
    policy = subject.policy
    for number, trigger, where in subject.regions():
        if trigger.once is not None:
            continue
        read = reads(policy, trigger.when)
        here = ("triggers", number, "when")
        for name in read.clocks:
            own = f"clock.{name}"
            dimensions = dimensions_of(subject.space, name)
            if recurs(policy.clocks[name]) and _indifferent(subject, where, own, dimensions):
                yield Finding(
                    f"the trigger `{trigger.id}` can hold whatever the clock `{name}` shows, "
                    "yet it fires once in each of its cycles",
                    here,
                    "write two triggers, one that reads the clock and one that does not",
                    related=((("clocks", name), "this clock may begin again"),),
                )
        if read.promises:
            dimensions = dimensions_of_promises(subject.space)
            if _indifferent(subject, where, BASE, dimensions):
                yield Finding(
                    f"the trigger `{trigger.id}` can hold whatever the customer was promised, "
                    "yet it fires once for each promise",
                    here,
                    "write two triggers, one that reads `promise` and one that does not",
                )


def _indifferent(subject: Subject, where: Region, own: str, dimensions: Sequence[str]) -> bool:
    """Whether, all else being the same, the region holds every state of something."""
    space = subject.space
    shown = [{own: subject.meaning.world.form(own).there}]
    try:
        for shadow in space.without(where, dimensions):
            # Of a ticket without events nothing is shown.
            left = space.meet(shown, space.minus([shadow], where))
            if space.minus([shadow], space.without(left, dimensions)):
                return True
    except TooLargeError:
        pass
    return False
