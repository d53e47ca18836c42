"""Movements that another trigger's always comes before. Language: "Triggers"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.space import Region, cells_of
from escalate.analysis.subject import Finding, Subject
from escalate.policy.level import Level

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Movements of triggers that hold only where another holds that goes at least as far.

    The other one names its level, waits for no hand-over and fires in every cycle: once it
    has fired, the ticket is at least there, unless somebody returned it.
    """
    triggers = subject.policy.triggers
    moving = [
        (number, where)
        for number, trigger, where in subject.regions()
        if trigger.moves and trigger.for_ == "active"
    ]
    far = [
        (number, where)
        for number, where in moving
        if (goal := triggers[number].escalate) in subject.ranks
        and _owned(subject.policy.levels[subject.ranks[goal or ""]])
        and triggers[number].once is None
        and not triggers[number].requires
    ]
    index = _Index(subject, far)
    for number, where in moving:
        if number in subject.repeats:
            continue
        stands = subject.levels_of(where)
        for other in index.candidates(where):
            if other != number and _farther(subject, other, number, stands):
                there = subject.region(other)
                if there and subject.covers(there, where):
                    trigger = triggers[number]
                    key = "escalate" if trigger.escalate is not None else "transfer"
                    yield Finding(
                        f"the movement of `{trigger.id}` never decides: `{triggers[other].id}` "
                        "holds whenever it does, and goes at least as far",
                        ("triggers", number, key),
                        f"remove it, or narrow `{triggers[other].id}`",
                        related=((("triggers", other, "escalate"), "this goes at least as far"),),
                    )
                    break


def _farther(subject: Subject, far: int, near: int, stands: list[int]) -> bool:
    """Whether the movement of ``far`` always comes before that of ``near``."""
    policy, ranks = subject.policy, subject.ranks
    goal = ranks[policy.triggers[far].escalate or ""]
    trigger = policy.triggers[near]
    if trigger.transfer is not None:
        return max(stands) < goal
    if trigger.escalate == "requested":
        return False
    if trigger.escalate == "next":
        level = policy.levels[goal].id
        on_every_path = all(level in path.levels for path in policy.paths)
        return far < near and max(stands) < goal and on_every_path
    own = ranks[trigger.escalate or ""]
    if own > goal or min(stands) >= own:
        return False
    if far < near:
        return True
    # Of two that come to the same level the first written decides, and a level without
    # an owner is passed over.
    return own < goal and _owned(policy.levels[own])


def _owned(level: Level) -> bool:
    """Whether every ticket has an owner at the level."""
    cases = level.owner.cases
    return all(isinstance(case.use, str) for case in cases) and any(
        case.when is None for case in cases
    )


class _Index:
    """Finds the regions that may cover another, without looking at each of them."""

    def __init__(self, subject: Subject, regions: list[tuple[int, Region]]) -> None:
        self._space = subject.space
        self._cells: dict[tuple[str, int], list[int]] = {}
        self._dimensions: dict[str, None] = {}
        self._free: list[int] = []
        for number, region in regions:
            for box in region:
                if not box:
                    self._free.append(number)
                    continue
                dimension = min(box, key=lambda d: (box[d].bit_count(), d))
                self._dimensions[dimension] = None
                self._space.spend(box[dimension].bit_count())
                for cell in cells_of(box[dimension]):
                    self._cells.setdefault((dimension, cell), []).append(number)

    def candidates(self, region: Region) -> Iterator[int]:
        """Those that have some point of the region, one that is easily named."""
        box = region[0]
        found = dict.fromkeys(self._free)
        for dimension in self._dimensions:
            lowest = next(cells_of(box.get(dimension, self._space.full[dimension])))
            found.update(dict.fromkeys(self._cells.get((dimension, lowest), ())))
        self._space.spend(len(found))
        return iter(sorted(found))
