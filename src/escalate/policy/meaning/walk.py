"""Every condition and every value with cases of a policy, with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from escalate.policy.cases import Cases
from escalate.policy.condition import Condition
from escalate.policy.effects import Effects, Notice
from escalate.policy.level import Deadline, Fallback, Level
from escalate.policy.policy import Policy

__all__ = ["Asked", "Spot", "conditions_of", "deadlines_of", "effects_of", "spots_of"]

Path = tuple[str | int, ...]

What = Literal[
    "review",
    "derive",
    "channels",
    "target",
    "calendar",
    "owner",
    "message",
    "channel",
    "notified",
    "urgency",
    "argument",
]
"""What the cases give; ``notified`` is an owner who is only told."""


class Spot(NamedTuple):
    """A value with cases, or a plain one, and what it is."""

    path: Path
    cases: Cases[Any]
    what: What


class Asked(NamedTuple):
    """A condition, and what for: what its cases give, or what holds it."""

    path: Path
    condition: Condition
    use: str


def spots_of(policy: Policy) -> Iterator[Spot]:
    """Every value that may have cases, in the order of the model."""
    if policy.review is not None:
        yield Spot(("review",), policy.review, "review")
    if policy.tell_customer is not None:
        yield Spot(("tell_customer",), policy.tell_customer, "message")
    if policy.urgency is not None:
        yield Spot(("urgency",), policy.urgency, "urgency")
    for field, cases in policy.derive.items():
        yield Spot(("derive", field), cases, "derive")
    for name, owner in policy.owners.items():
        if owner.channels is not None:
            yield Spot(("owners", name, "channels"), owner.channels, "channels")
    for name, clock in policy.clocks.items():
        if clock.target is not None:
            yield Spot(("clocks", name, "target"), clock.target, "target")
        if clock.calendar is not None:
            yield Spot(("clocks", name, "calendar"), clock.calendar, "calendar")
    for i, level in enumerate(policy.levels):
        at: Path = ("levels", i)
        yield Spot((*at, "owner"), level.owner, "owner")
        if isinstance(level.if_unavailable, Fallback):
            here = (*at, "if_unavailable", "fallback")
            yield Spot(here, level.if_unavailable.fallback, "owner")
        if level.calendar is not None:
            yield Spot((*at, "calendar"), level.calendar, "calendar")
        if level.tell_customer is not None:
            yield Spot((*at, "tell_customer"), level.tell_customer, "message")
        yield from _notices(level.notify, at)
        for name, deadline in level.deadlines.given():
            here = (*at, "deadlines", name)
            yield Spot((*here, "target"), deadline.target, "target")
            if deadline.calendar is not None:
                yield Spot((*here, "calendar"), deadline.calendar, "calendar")
    for at, effects in effects_of(policy):
        if effects.transfer is not None:
            yield Spot((*at, "transfer"), effects.transfer, "owner")
        if effects.tell_customer is not None:
            yield Spot((*at, "tell_customer"), effects.tell_customer, "message")
        if effects.notify:
            yield from _notices(effects.notify, at)
        for i, do in enumerate(effects.do):
            for name, argument in do.with_.items():
                yield Spot((*at, "do", i, "with", name), argument, "argument")


def _notices(notices: Iterable[Notice], at: Path) -> Iterator[Spot]:
    for i, notice in enumerate(notices):
        here = (*at, "notify", i)
        yield Spot((*here, "owner"), notice.owner, "notified")
        if notice.message is not None:
            yield Spot((*here, "message"), notice.message, "message")
        if notice.channel is not None:
            yield Spot((*here, "channel"), notice.channel, "channel")
        if notice.urgency is not None:
            yield Spot((*here, "urgency"), notice.urgency, "urgency")


def deadlines_of(policy: Policy) -> Iterator[tuple[Path, Level, Deadline]]:
    """Every deadline that a level has itself, with its path and the level."""
    for i, level in enumerate(policy.levels):
        for name, deadline in level.deadlines.given():
            yield ("levels", i, "deadlines", name), level, deadline


def effects_of(policy: Policy) -> Iterator[tuple[Path, Effects]]:
    """What triggers and missed deadlines do."""
    for path, _, deadline in deadlines_of(policy):
        if deadline.on_breach is not None:
            yield (*path, "on_breach"), deadline.on_breach
    for i, trigger in enumerate(policy.triggers):
        yield ("triggers", i), trigger


def conditions_of(policy: Policy, spots: Iterable[Spot]) -> Iterator[Asked]:
    """Every condition, those with names first."""
    for name, condition in policy.conditions.items():
        yield Asked(("conditions", name), condition, "named")
    if policy.applies_to is not None:
        yield Asked(("applies_to",), policy.applies_to, "applies_to")
    for i, path in enumerate(policy.paths):
        if path.when is not None:
            yield Asked(("paths", i, "when"), path.when, "path")
    for i, trigger in enumerate(policy.triggers):
        yield Asked(("triggers", i, "when"), trigger.when, "trigger")
    for spot in spots:
        if spot.cases.written:
            for inner, condition in spot.cases.conditions():
                yield Asked((*spot.path, *inner), condition, spot.what)
