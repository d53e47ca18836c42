"""Triggers that never fire. Language: "Triggers", "Conditions"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.space import EVERYTHING
from escalate.analysis.subject import Finding, Path, Subject
from escalate.policy.condition import Compare, Condition

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Triggers whose condition holds for no ticket, or for none that they look at."""
    for number, trigger in enumerate(subject.policy.triggers):
        if subject.region(number) != []:
            continue
        here = ("triggers", number, "when")
        frame = EVERYTHING
        if subject.within(trigger.when) != []:
            frame = subject.frame(trigger)
        trouble = subject.contradiction(trigger.when, frame)
        related = tuple(((*here, *path), "this one") for path in trouble[1:])
        if frame is EVERYTHING:
            why, help_ = "its condition contradicts itself", "change one of the two"
            if len(trouble) == 1:
                why, help_ = "this never holds", "change it, or remove the trigger"
                clock = _without_target(subject, trigger.when, trouble[0])
                if clock is not None:
                    why = f"the clock `{clock}` has no target"
                    help_ = f"give it a `target`, or ask for `clock.{clock}.elapsed`"
        else:
            keys = [key for key in ("for", "at") if _matters(subject, number, key)]
            why = f"its condition does not hold where `{'` and `'.join(keys)}` put it"
            help_ = "change the condition, or what it is for"
            related += tuple((("triggers", number, key), "here") for key in keys if key != "for")
        yield Finding(
            f"the trigger `{trigger.id}` never fires: {why}",
            (*here, *(trouble[0] if trouble else ())),
            help_,
            related=related,
        )


def _without_target(subject: Subject, condition: Condition, path: Path) -> str | None:
    """The clock that is asked there for what only a clock with a target has."""
    for node in condition.walk():
        if isinstance(node, Compare) and node.path == path and node.fact.startswith("clock."):
            clock = node.fact.split(".")[1]
            if subject.policy.clocks[clock].target is None:
                return clock
    return None


def _matters(subject: Subject, number: int, key: str) -> bool:
    """Whether the condition could hold without `for`, or without `at`."""
    trigger = subject.policy.triggers[number]
    world = subject.meaning.world
    alone = world.frame(trigger.for_) if key == "for" else world.frame("any", trigger.at)
    return subject.within(trigger.when, [alone]) == []
