"""What conditions mean: the region in which each is true.

Language: "Conditions", Kleene's logic. Regions are exact for facts that have nothing to do
with one another; what hangs together is told by the rules of the space, and where a
dependence is not told, a region may be too large, never too small. What is found to be
impossible, covered or disjoint is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from escalate.analysis.space import EVERYTHING, Region, TooLargeError
from escalate.analysis.world import World
from escalate.policy.condition import AllOf, AnyOf, Compare, Condition, Is, Node, NotOf
from escalate.policy.facts import Facts
from escalate.policy.policy import Policy

__all__ = ["Meaning"]


class Meaning:
    """The conditions of one policy as regions; ``None`` stands for one that grew too large.

    ``nodes`` are those of all conditions that will be asked about.
    """

    def __init__(self, policy: Policy, facts: Facts, nodes: Iterable[Node]) -> None:
        self.world = World(policy, facts, nodes)
        self.space = self.world.space
        self._named: Mapping[str, Condition] = policy.conditions
        self._known: dict[tuple[str, bool], Region | None] = {}

    def where(self, condition: Condition | None, side: bool = True) -> Region | None:
        """Where a condition is true (or, by ``side``, false); none at all always holds."""
        if condition is None:
            return EVERYTHING if side else []
        try:
            return self._side(condition.root, side)
        except TooLargeError:
            return None

    def _side(self, node: Node, side: bool) -> Region:
        match node:
            case AllOf(parts=parts):
                return self._all(parts, True) if side else self._any(parts, False)
            case AnyOf(parts=parts):
                return self._any(parts, True) if side else self._all(parts, False)
            case NotOf(part=part):
                return self._side(part, not side)
            case Is(name=name):
                return self._name(name, side)
            case Compare():
                return self.world.compare(node)[0 if side else 1]
            case _:
                return self.world.requests.sides(node)[0 if side else 1]

    def _name(self, name: str, side: bool) -> Region:
        key = (name, side)
        if key not in self._known:
            self._known[key] = self.where(self._named[name], side)
        known = self._known[key]
        if known is None:
            raise TooLargeError
        return known

    def _all(self, parts: Iterable[Node], side: bool) -> Region:
        regions = sorted((self._side(part, side) for part in parts), key=len)
        met = EVERYTHING
        for region in regions:
            met = self.space.meet(met, region)
            if not met:
                break
        return met

    def _any(self, parts: Iterable[Node], side: bool) -> Region:
        return self.space.simple([box for part in parts for box in self._side(part, side)])
