"""Where a ticket stands, and which levels it can reach from there.

Language: "Levels and paths"; finer points 19 to 24.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from escalate.decision import Step
from escalate.evaluator.compiled import CompiledEffects, CompiledLevel
from escalate.evaluator.conditions import CompiledCases
from escalate.evaluator.context import Context
from escalate.evaluator.people import People
from escalate.worktime.timeline import NEVER

__all__ = ["Ladder", "Move", "Standing", "Unclear", "Wait"]


class Move(NamedTuple):
    """A movement that can be made."""

    step: Step
    level: CompiledLevel
    owner: str | None


class Wait(NamedTuple):
    """A movement that waits for somebody; ``goal`` says for which level or owner."""

    goal: str
    why: str
    quiet: bool = False


class Unclear(NamedTuple):
    """A request names nobody whom the policy knows."""

    said: str | None


class Standing(NamedTuple):
    """Where a ticket counts as standing. ``entering`` tells that it still has to enter."""

    level: CompiledLevel
    owner: str | None
    assignee: str | None
    path: tuple[CompiledLevel, ...]
    entering: bool
    fresh: bool


class Ladder:
    """The levels of a policy and who can take a ticket at each."""

    def __init__(self, levels: Sequence[CompiledLevel], people: People) -> None:
        self.levels = tuple(levels)
        self.by_id: Mapping[str, CompiledLevel] = {level.id: level for level in levels}
        self.people = people
        self._ranks: dict[tuple[int, int], tuple[CompiledLevel, ...]] = {}

    def named_owner(self, ctx: Context, level: CompiledLevel) -> str | None:
        """The owner that the level's cases give, there or not."""
        return _one_of(ctx, level.owner)

    def taker(self, ctx: Context, level: CompiledLevel) -> str | None:
        """Who would take the ticket at this level now, if anybody."""
        owner = self.named_owner(ctx, level)
        if owner is None:
            ctx.passed.append((level.id, "no case gives an owner"))
            return None
        if self.people.there(ctx, owner):
            return owner
        fallback = None if level.fallback is None else _one_of(ctx, level.fallback)
        if fallback is not None and self.people.there(ctx, fallback):
            return fallback
        ctx.passed.append((level.id, self.people.absence(ctx, owner)))
        return None

    def stand(self, ctx: Context, path: tuple[CompiledLevel, ...]) -> Standing:
        """Where the ticket counts as standing."""
        hist = ctx.hist
        level = self.by_id.get(hist.level) if hist.level is not None else None
        if level is not None:
            owner = hist.owner
            if owner is None:
                owner = self.named_owner(ctx, level)
            if owner is not None and owner not in self.people.crews:
                ctx.warn("ESC934", f"the policy has no owner `{owner}`")
            return Standing(level, owner, hist.assignee, path, hist.reentry, False)
        if hist.level is not None:
            ctx.warn("ESC933", f"the policy has no level `{hist.level}`")
        owned: CompiledLevel | None = None
        for candidate in path:
            taker = self.taker(ctx, candidate)
            if taker is not None:
                return Standing(candidate, None, None, path, True, True)
            if owned is None and ctx.passed[-1][1] != "no case gives an owner":
                owned = candidate
        self._nobody(ctx, path)
        return Standing(owned or path[0], None, None, path, True, True)

    def _nobody(self, ctx: Context, levels: Sequence[CompiledLevel]) -> None:
        """A ticket enters though none of the levels can take it."""
        until = self.people.until(self._back_at(ctx, levels))
        ctx.warn("ESC938", f"nobody is there to take the ticket{until}")

    def enter(self, ctx: Context, standing: Standing) -> str | None:
        """Whose the ticket becomes when it enters where it counts as standing."""
        kept = standing.owner
        if not standing.fresh and kept is not None and self.people.there(ctx, kept):
            return kept
        taker = self.taker(ctx, standing.level)
        if taker is not None:
            return taker
        if not standing.fresh:
            self._nobody(ctx, (standing.level,))
        return self.named_owner(ctx, standing.level)

    def wanted(
        self,
        ctx: Context,
        standing: Standing,
        effects: CompiledEffects,
        requests: Sequence[int],
    ) -> Move | Wait | Unclear | None:
        """What a cause's movement comes to; ``None`` if it moves nothing."""
        if effects.escalate == "requested":
            return self._requested(ctx, standing, requests, transfer=False)
        if effects.escalate is not None:
            return self.climb(ctx, standing, effects.escalate)
        if effects.transfer is None:
            return None
        chosen = effects.transfer.choose(ctx)
        ctx.note(chosen.horizon, chosen.missing)
        if chosen.value == "requested":
            return self._requested(ctx, standing, requests, transfer=True)
        return None if chosen.value is None else self._transfer(ctx, standing, chosen.value)

    def climb(self, ctx: Context, standing: Standing, goal: str) -> Move | Wait | None:
        """An escalation to the next level, or to a named one or beyond."""
        rank = standing.level.rank
        if goal == "next":
            candidates = self._above(standing.path, rank)
        else:
            named = self.by_id[goal]
            if named.rank <= rank:
                return None
            candidates = (named, *self._above(standing.path, named.rank))
        if not candidates:
            return None
        for level in candidates:
            taker = self.taker(ctx, level)
            if taker is not None:
                return Move("escalate", level, taker)
            why = ctx.passed[-1][1]
            if level.waits and why != "no case gives an owner":
                return Wait(level.id, why)
        until = self.people.until(self._back_at(ctx, candidates))
        return Wait(candidates[0].id, f"nobody above can take it{until}")

    def _back_at(self, ctx: Context, levels: Sequence[CompiledLevel]) -> int:
        """The first instant at which one of the levels can take the ticket, if it is known."""
        back_at, found = self.people.directory.back_at, NEVER
        for level in levels:
            named = self.named_owner(ctx, level)
            if named is None:
                continue  # nor is the fallback asked
            found = min(found, back_at(ctx, named))
            fallback = None if level.fallback is None else _one_of(ctx, level.fallback)
            if fallback is not None:
                found = min(found, back_at(ctx, fallback))
        return found

    def _above(self, path: tuple[CompiledLevel, ...], rank: int) -> tuple[CompiledLevel, ...]:
        """The levels of a path above a rank; paths live as long as the ladder."""
        key = (id(path), rank)
        found = self._ranks.get(key)
        if found is None:
            found = self._ranks[key] = tuple(level for level in path if level.rank > rank)
        return found

    def _transfer(self, ctx: Context, standing: Standing, owner: str) -> Move | Wait | None:
        if standing.entering:
            return Wait(owner, "the ticket enters first", quiet=True)
        if owner == standing.owner:
            return None
        if not self.people.there(ctx, owner):
            return Wait(owner, self.people.absence(ctx, owner))
        return Move("transfer", standing.level, owner)

    def _requested(
        self, ctx: Context, standing: Standing, requests: Sequence[int], transfer: bool
    ) -> Move | Wait | Unclear | None:
        named = [r.to for r in ctx.hist.requests if r.ordinal in requests]
        goal = named[-1] if named else None
        if goal is None:
            return Unclear(None)
        if goal in self.by_id:
            return self.climb(ctx, standing, goal)
        crew = self.people.crews.get(goal)
        if crew is None or crew.kind == "group":
            return Unclear(goal)
        if transfer:
            return self._transfer(ctx, standing, goal)
        for level in standing.path:
            if level.rank > standing.level.rank and self.named_owner(ctx, level) == goal:
                return self.climb(ctx, standing, level.id)
        return Unclear(goal)


def _one_of(ctx: Context, cases: CompiledCases[str]) -> str | None:
    """The owner whom cases give."""
    if cases.plain is not None:
        return cases.plain.value
    chosen = cases.choose(ctx)
    ctx.note(chosen.horizon, chosen.missing)
    return chosen.value
