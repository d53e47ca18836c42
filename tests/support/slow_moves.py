"""Where a movement would lead. Language: "Levels and paths"; docs: "Standing and moving"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from support.slow_conditions import matched_requests
from support.slow_people import away, own_owner, taker

if TYPE_CHECKING:
    from escalate.policy.effects import Effects
    from support.slow_world import World


@dataclass(frozen=True)
class Goal:
    """`kind`: `none` moves nothing, `wait` waits, `escalate` and `transfer` move."""

    kind: str
    level: str | None = None
    owner: str | None = None
    above: bool = True
    asks: bool = False


NOWHERE = Goal("none")


def path_of(world: World) -> tuple[str | None, list[Any]]:
    """The path that holds, and its levels; without one, all levels."""
    for path in world.policy.paths:
        value, missing = world.judge(path.when)
        if value:
            return path.id, [lv for lv in world.policy.levels if lv.id in path.levels]
        world.missing |= missing
    return None, list(world.policy.levels)


def first_level(world: World) -> Any:
    """Where a ticket enters that stands nowhere."""
    _, levels = path_of(world)
    for level in levels:
        if taker(world, level)[0] == "takes":
            return level
    world.warnings.add("ESC938")
    return next((level for level in levels if own_owner(world, level) is not None), levels[0])


def above(world: World) -> list[Any]:
    here = world.rank(world.standing)
    return [level for level in path_of(world)[1] if world.rank(level.id) > here]


def climb(world: World, levels: list[Any]) -> Goal:
    for level in levels:
        verdict, owner = taker(world, level)
        if verdict == "takes":
            return Goal("escalate", level.id, owner)
        if verdict == "wait":
            break
    world.warnings.add("ESC938")
    return Goal("wait")


def escalation(world: World, name: str) -> Goal:
    if name == "next":
        higher = above(world)
        return climb(world, higher) if higher else Goal("none", above=False)
    if world.rank(name) <= world.rank(world.standing):
        return NOWHERE
    beyond = [lv for lv in above(world) if world.rank(lv.id) > world.rank(name)]
    return climb(world, [world.level(name), *beyond])


def transfer(world: World, owner: str | None) -> Goal:
    if owner is None:
        return NOWHERE
    if world.past.level is None or world.past.reopened:
        return Goal("wait")
    if owner == world.owner:
        return NOWHERE
    if away(world, owner):
        world.warnings.add("ESC938")
        return Goal("wait")
    return Goal("transfer", world.past.level, owner)


def requested(world: World, effects: Effects, asked: list[Any]) -> Goal:
    """Where the latest open request that matches wants to go."""
    latest = max(asked, key=lambda one: (one.us, one.ordinal), default=None)
    to = latest.event.to if latest is not None else None
    if world.level(to) is not None:
        return escalation(world, to)
    if to in world.policy.owners:
        if effects.transfer is not None:
            return transfer(world, to)
        for level in above(world):
            if own_owner(world, level) == to:
                return escalation(world, level.id)
    return Goal("none", asks=True)


def goal_of(world: World, effects: Effects, when: Any) -> Goal:
    if effects.escalate == "requested":
        return requested(world, effects, matched_requests(world, when.root) if when else [])
    if effects.escalate is not None:
        return escalation(world, effects.escalate)
    if effects.transfer is None:
        return NOWHERE
    if effects.transfer.plain == "requested":
        return requested(world, effects, matched_requests(world, when.root) if when else [])
    return transfer(world, world.choose_owner(effects.transfer))
