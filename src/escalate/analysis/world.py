"""Every fact that a policy's conditions ask for, as dimensions of a space.

A fact is cut into cells by all that the policy compares it with, when it is first asked
for. Language: "Facts that conditions may read".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from escalate.analysis.clocks import TargetSides, clock_form
from escalate.analysis.forms import Form, Sides, sides_of
from escalate.analysis.history import History
from escalate.analysis.measured import duration_form, instant_form, number_form
from escalate.analysis.promised import PromisedSides, promise_form
from escalate.analysis.requests import Requests
from escalate.analysis.space import Box, Space
from escalate.analysis.values import level_form, list_form, phase_form, present_form, text_form
from escalate.phase import Phase
from escalate.policy.condition import Compare, Node, Requested, Test
from escalate.policy.facts import Fact, Facts
from escalate.policy.policy import Policy

__all__ = ["World"]

LEVEL: Final = "level"

PHASES: Final[Mapping[str, tuple[Phase, ...]]] = {
    "active": ("open", "waiting"),
    "resolved": ("resolved",),
    "closed": ("closed",),
    "any": ("open", "waiting", "resolved", "closed"),
}
"""The phases of the tickets that a trigger is for."""


class World:
    """What may be so of a ticket of one policy, at any instant and with any desk."""

    def __init__(self, policy: Policy, facts: Facts, nodes: Iterable[Node]) -> None:
        self.policy = policy
        self.facts = facts
        self.space = Space()
        self.history = History(self.space)
        self.tests: dict[str, list[Test]] = {}
        asked: list[Requested] = []
        for node in nodes:
            if isinstance(node, Compare):
                self.tests.setdefault(node.fact, []).extend(node.tests)
            elif isinstance(node, Requested):
                asked.append(node)
        self.requests = Requests(self.space, self.history, asked)
        self.targets: dict[str, TargetSides] = {}
        self.promised: PromisedSides | None = None
        self._frames: dict[tuple[str, tuple[str, ...] | None], Box] = {}
        self._forms: dict[tuple[str, str], Form] = {}
        self._sides: dict[tuple[str, str, tuple[tuple[str, str], ...]], Sides] = {}

    def compare(self, node: Compare) -> Sides:
        """Where a comparison is true, and where it is false."""
        calendar = node.calendar or ""
        key = (
            node.fact,
            calendar,
            tuple((test.op, repr(test.value)) for test in node.tests),
        )
        sides = self._sides.get(key)
        if sides is None:
            form = self.form(node.fact, calendar)
            sides = self._sides[key] = sides_of(self.space, form, node.tests)
        return sides

    def form(self, fact: str, calendar: str = "") -> Form:
        """What comparisons of a fact depend on."""
        form = self._forms.get((fact, calendar))
        if form is None:
            known = self.facts[fact]
            form = self._forms[fact, calendar] = _MAKERS[known.source](self, known, calendar)
        return form

    def frame(self, for_: str = "any", at: Iterable[str] | None = None) -> Box:
        """The tickets of some phases, at some levels.

        An active ticket stands at one of the policy's levels.
        """
        key = (for_, None if at is None else tuple(at))
        known = self._frames.get(key)
        if known is not None:
            return known
        space = self.space
        masks: list[tuple[str, int]] = []
        if for_ != "any":
            phase = self.form("phase")
            masks += phase.masks([Test("in", PHASES[for_])])
        if for_ == "active" or at is not None:
            self.form(LEVEL)
            mask = (1 << len(self.policy.levels)) - 1
            if at is not None:
                named = set(at)
                mask = sum(1 << i for i, v in enumerate(self.policy.levels) if v.id in named)
            masks.append((LEVEL, mask))
        box = self._frames[key] = space.box(masks) or {}
        return box

    def certain(self, field: str) -> bool:
        """Whether `derive` gives the field a value where the ticket does not."""
        cases = self.policy.derive.get(field)
        if cases is None or any(case.use is None for case in cases.cases):
            return False
        return any(case.when is None for case in cases.cases)


def _snapshot(world: World, fact: Fact, calendar: str) -> Form:
    match fact.kind:
        case "list":
            return list_form(world, fact)
        case "object":
            return present_form(world, fact)
        case "instant":
            return instant_form(world, fact)
        case "number" | "integer":
            return number_form(world, fact)
    if fact.name in ("phase", "active"):
        return phase_form(world, fact)
    if fact.name == LEVEL:
        return level_form(world, fact)
    return text_form(world, fact)


def _counted(world: World, fact: Fact, calendar: str) -> Form:
    if fact.kind == "text":
        form = text_form(world, fact)
        absent = world.space.full[fact.name] & ~form.there
        world.history.tells(fact.name, absent, anyway=True)
        return form
    return number_form(world, fact)


def _calendar(world: World, fact: Fact, calendar: str) -> Form:
    named = world.policy.calendars.get(fact.name.partition(".")[2])
    always = named is None or named.hours.always
    world.space.add(fact.name, 1 if always else 3)

    def masks(tests: Iterable[Test]) -> list[tuple[str, int]]:
        from escalate.evaluator.operators import MAKERS

        found = []
        for test in tests:
            holds = MAKERS[test.op](test.value)
            found.append((fact.name, sum(1 << i for i, s in enumerate(_STATES) if holds(s))))
        return found

    return Form(None, 0, 0, 0, masks)


_STATES: Final = ("open", "closed")

_MAKERS: Final[Mapping[str, Callable[[World, Fact, str], Form]]] = {
    "snapshot": _snapshot,
    "events": _counted,
    "time": duration_form,
    "clock": lambda world, fact, calendar: clock_form(world, fact),
    "promise": promise_form,
    "calendar": _calendar,
    "desk": lambda world, fact, calendar: number_form(world, fact),
    "authority": _snapshot,
}
