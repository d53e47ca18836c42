"""Which names a policy uses, and which facts its conditions read, through named ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from escalate.policy.base import Model
from escalate.policy.condition import Compare, Condition, Is, Node, Requested
from escalate.policy.meaning.walk import effects_of
from escalate.policy.placeholder import Placeholder, read_message

if TYPE_CHECKING:
    from escalate.analysis.subject import Subject
    from escalate.policy.choice import Choice
    from escalate.policy.policy import Policy

__all__ = ["Reads", "Uses", "reads", "through", "uses_of"]


class Reads(NamedTuple):
    """The clocks that a condition reads, and whether it reads requests and promises."""

    clocks: tuple[str, ...]
    requests: bool
    promises: bool


def through(policy: Policy, condition: Condition) -> Iterator[Compare | Requested]:
    """Every comparison of a condition, those of named conditions too."""
    for node in _nodes(policy, [condition]):
        if isinstance(node, Compare | Requested):
            yield node


def _nodes(policy: Policy, asked: Iterable[Condition]) -> Iterator[Node]:
    """Every node of some conditions, and of the named ones that they lead to, each of those
    once."""
    stack, seen = list(asked), set[str]()
    while stack:
        for node in stack.pop().walk():
            yield node
            if isinstance(node, Is) and node.name not in seen:
                seen.add(node.name)
                stack.append(policy.conditions[node.name])


def reads(policy: Policy, condition: Condition) -> Reads:
    """What a trigger's cause goes by."""
    clocks: set[str] = set()
    requests = promises = False
    for node in through(policy, condition):
        if isinstance(node, Requested):
            requests = True
        elif node.fact.startswith("clock."):
            clocks.add(node.fact.split(".")[1])
        elif node.fact.partition(".")[0] == "promise":
            promises = True
    return Reads(tuple(sorted(clocks)), requests, promises)


class Uses(NamedTuple):
    """By section, the names that something outside of the section's own definitions uses."""

    conditions: frozenset[str]
    owners: frozenset[str]
    calendars: frozenset[str]
    clocks: frozenset[str]
    messages: frozenset[str]
    actions: frozenset[str]
    requested: bool
    """Whether a request may name any owner or level."""


def uses_of(subject: Subject) -> Uses:
    """All the names that a policy uses."""
    policy = subject.policy
    asked = [a.condition for a in subject.conditions if a.use != "named"]
    conditions = {node.name for node in _nodes(policy, asked) if isinstance(node, Is)}
    owners: set[str] = set()
    calendars = {policy.calendar}
    clocks: set[str] = set()
    messages: set[str] = set()
    actions: set[str] = set()
    requested = False
    for _, node in subject.comparisons:
        kind, _, rest = node.fact.partition(".")
        if node.calendar is not None:
            calendars.add(node.calendar)
        if kind == "calendar":
            calendars.add(rest)
        elif kind == "clock":
            clocks.add(rest.partition(".")[0])
        elif kind == "desk":
            owners.add(rest.partition(".")[2])
        elif kind == "owner":
            owners.update(_texts(node))
    for spot in subject.spots:
        for case in spot.cases.cases:
            if case.calendar is not None:
                calendars.add(case.calendar)
            if case.use is None:
                continue
            if spot.what in ("owner", "notified"):
                requested = requested or (spot.path[-1] == "transfer" and case.use == "requested")
                owners.update((case.use,) if isinstance(case.use, str) else _named_in(case.use))
            elif spot.what == "message":
                messages.add(case.use)
            elif spot.what == "calendar":
                calendars.add(case.use)
    for _, effects in effects_of(policy):
        actions.update(do.action for do in effects.do)
        requested = requested or effects.escalate == "requested"
    for owner in policy.owners.values():
        said = set(_words({**vars(owner), "kind": "", "name": "", "channels": ()}))
        owners |= said
        calendars |= said
    for texts in policy.messages.values():
        clocks.update(_clocks_said(texts.values()))
    return Uses(
        frozenset(conditions),
        frozenset(owners),
        frozenset(calendars),
        frozenset(clocks),
        frozenset(messages),
        frozenset(actions),
        requested,
    )


def _named_in(choice: Choice) -> Iterator[str]:
    """The owners among whom a choice is made."""
    return (name for _, name in choice.names)


def _words(value: object) -> Iterator[str]:
    """Every text within an owner's values: rosters and members name owners and calendars."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | Model):
        inside = value if isinstance(value, Mapping) else vars(value)
        for inner in inside.values():
            yield from _words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _words(inner)


def _texts(node: Compare) -> Iterator[str]:
    for test in node.tests:
        yield from (value for value in test.operands if isinstance(value, str))


def _clocks_said(texts: Iterable[str]) -> Iterator[str]:
    parts = (part for text in texts if "clock." in text for part in read_message(text))
    for part in parts:
        if isinstance(part, Placeholder):
            name = part.name.removeprefix("ticket.")
            if name.startswith("clock."):
                yield name.split(".")[1]
