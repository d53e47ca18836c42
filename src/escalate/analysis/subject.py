"""What every check has at hand: a policy, where its pieces stand, and what its conditions
mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from escalate.analysis.meaning import Meaning
from escalate.analysis.repeats import repeats_of
from escalate.analysis.space import EVERYTHING, Region, Space, TooLargeError, cells_of
from escalate.analysis.uses import Uses, uses_of
from escalate.policy.cases import Cases
from escalate.policy.condition import AllOf, Compare, Condition, Node, Requested
from escalate.policy.meaning.context import Context
from escalate.policy.meaning.walk import Asked, Spot
from escalate.policy.places import Places
from escalate.policy.policy import Policy
from escalate.policy.trigger import Trigger

__all__ = ["Finding", "Outcome", "Path", "Subject"]

T = TypeVar("T")

Path = tuple[str | int, ...]


class Finding(NamedTuple):
    """What a check found: a sentence, where, and what to do. ``key`` points at the key
    there, not at its value; ``related`` at other places, each with why."""

    message: str
    path: Path
    help: str
    key: bool = False
    related: tuple[tuple[Path, str], ...] = ()


class Outcome(NamedTuple, Generic[T]):
    """One of several cases: its number, where it is the one that counts, what it gives."""

    number: int
    where: Region
    use: T | None
    calendar: str | None


class Subject:
    """A policy without a mistake, for checks to read.

    ``today`` is the day on which it is checked, if that is to matter.
    """

    def __init__(self, policy: Policy, places: Places, today: date | None = None) -> None:
        self.policy = policy
        self.places = places
        self.today = today
        self._context = Context(policy, places)
        self.facts = self._context.facts
        self.ranks = {level.id: rank for rank, level in enumerate(policy.levels)}
        self._regions: dict[int, Region | None] = {}
        self._levels: dict[int, list[int]] = {}

    @property
    def spots(self) -> Sequence[Spot]:
        """Every value of the policy that may have cases."""
        return self._context.spots

    @property
    def conditions(self) -> Sequence[Asked]:
        """Every condition of the policy, named ones first."""
        return self._context.conditions

    @cached_property
    def comparisons(self) -> Sequence[tuple[Asked, Compare]]:
        """Every comparison of every condition, those within `requested` apart."""
        return [(asked, node) for asked, node in self._nodes if isinstance(node, Compare)]

    @cached_property
    def requests(self) -> Sequence[tuple[Asked, Requested]]:
        """Every `requested` of every condition."""
        return [(asked, node) for asked, node in self._nodes if isinstance(node, Requested)]

    @cached_property
    def _nodes(self) -> Sequence[tuple[Asked, Node]]:
        return [(asked, node) for asked in self.conditions for node in asked.condition.walk()]

    @cached_property
    def meaning(self) -> Meaning:
        """The conditions as regions."""
        return Meaning(self.policy, self.facts, [node for _, node in self._nodes])

    @property
    def space(self) -> Space:
        """Where the regions lie."""
        return self.meaning.space

    def own(self, section: str, name: str) -> bool:
        """Whether a definition stands in the policy's own text, not in an included one."""
        return (section, name) not in self.places.moved

    @cached_property
    def uses(self) -> Uses:
        """The names that the policy uses."""
        return uses_of(self)

    @cached_property
    def repeats(self) -> dict[int, int]:
        """The triggers that say what an earlier one says, each with that one."""
        return repeats_of(self)

    # Triggers.

    def frame(self, trigger: Trigger) -> Region:
        """The tickets that a trigger looks at, before its condition is asked."""
        return [self.meaning.world.frame(trigger.for_, trigger.at)]

    def region(self, number: int) -> Region | None:
        """Where a trigger holds: its condition, `for` and `at`; ``None`` if that is not
        known."""
        if number not in self._regions:
            trigger = self.policy.triggers[number]
            self._regions[number] = self.within(trigger.when, self.frame(trigger))
        return self._regions[number]

    def within(self, condition: Condition | None, frame: Region = EVERYTHING) -> Region | None:
        """Where a condition is true within a frame; ``None`` if that is not known."""
        region = self.meaning.where(condition)
        if region is None or frame is EVERYTHING:
            return region
        try:
            return self.space.meet(frame, region)
        except TooLargeError:
            return None

    def regions(self) -> Iterator[tuple[int, Trigger, Region]]:
        """Every trigger that can hold, with where it does, as far as that is known."""
        for number, trigger in enumerate(self.policy.triggers):
            region = self.region(number)
            if region:
                yield number, trigger, region

    # Questions that may be too large to answer: then nothing is claimed.

    def covers(self, b: Region, a: Region) -> bool:
        """Whether all of ``a`` is known to lie in ``b``."""
        try:
            return self.space.covers(b, a)
        except TooLargeError:
            return False

    def overlap(self, a: Region, b: Region) -> bool:
        """Whether something lies in both."""
        return self.space.overlap(a, b)

    def hiding(self, earlier: Sequence[tuple[int, Region]], where: Region) -> list[int]:
        """The numbers of the earlier regions that leave nothing of a later one: of a single
        one if it does that, else of all that touch it; none where something may be left."""
        near = [(number, region) for number, region in earlier if self.overlap(region, where)]
        near = [one for one in near if self.covers(one[1], where)][:1] or near
        whole = [box for _, region in near for box in region]
        return [number for number, _ in near] if near and self.covers(whole, where) else []

    def levels_of(self, region: Region) -> list[int]:
        """The ranks of the levels at which a region of active tickets has anything."""
        every = self._every_level
        mask = 0
        for box in region:
            mask |= box.get("level", every)
        return self._ranks(mask & every)

    @cached_property
    def _every_level(self) -> int:
        return (1 << len(self.policy.levels)) - 1

    def _ranks(self, mask: int) -> list[int]:
        found = self._levels.get(mask)
        if found is None:
            found = list(cells_of(mask))
            self._levels[mask] = found
        return found

    def movements(self) -> Iterator[tuple[int, Trigger]]:
        """The triggers that move tickets."""
        for number, trigger in enumerate(self.policy.triggers):
            if trigger.moves:
                yield number, trigger

    def outcomes(self, cases: Cases[T], frame: Region = EVERYTHING) -> list[Outcome[T]]:
        """Each case with where it is the first that holds; nothing where that is not
        known."""
        found: list[Outcome[T]] = []
        left = frame
        for i, case in enumerate(cases.cases):
            try:
                where = self.within(case.when, left)
                if where is None:
                    return []
                if where:
                    found.append(Outcome(i, where, case.use, case.calendar))
                left = self.space.minus(left, where)
            except TooLargeError:
                return []
        return found

    def contradiction(self, condition: Condition, frame: Region = EVERYTHING) -> list[Path]:
        """Where in a condition that never holds the trouble is: a part that alone never
        does, or two that never do together; else nothing."""
        root = condition.root
        parts = root.parts if isinstance(root, AllOf) else (root,)
        before: list[tuple[Path, Region]] = []
        for part in parts:
            region = self.within(Condition(part), frame)
            if region is None:
                continue
            if not region:
                return [part.path]
            for path, other in before:
                if not self.overlap(other, region):
                    return [part.path, path]
            before.append((part.path, region))
        return []
