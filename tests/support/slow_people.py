"""Who is there, and who gets the ticket. Language: "Who can take it"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from escalate.policy.level import Fallback
from escalate.policy.owner import Person, Team

if TYPE_CHECKING:
    from escalate.desk import Desk
    from support.slow_world import World


def gone(desk: Desk, who: str, now: int) -> bool:
    return any(a.who == who and (a.until_us is None or now < a.until_us) for a in desk.away)


def away(world: World, owner: str) -> bool:
    if gone(world.desk, owner, world.now):
        return True
    members = getattr(world.policy.owners.get(owner), "members", ())
    return bool(members) and all(gone(world.desk, who, world.now) for who in members)


def own_owner(world: World, level: Any) -> str | None:
    return world.choose(level.owner)


def taker(world: World, level: Any) -> tuple[str, str | None]:
    """Whether a level can take the ticket, and who: `takes`, `pass` or `wait`."""
    owner = own_owner(world, level)
    if owner is None:
        return "pass", None
    if not away(world, owner):
        return "takes", owner
    if isinstance(level.if_unavailable, Fallback):
        fallback = level.if_unavailable.fallback
        return ("pass", None) if away(world, fallback) else ("takes", fallback)
    return ("wait", None) if level.if_unavailable == "wait" else ("pass", None)


def assignee(world: World, owner: str | None) -> str | None:
    spec = world.policy.owners.get(owner) if owner is not None else None
    if isinstance(spec, Person):
        return owner
    if not isinstance(spec, Team):
        return None
    there = [who for who in spec.members if not gone(world.desk, who, world.now)]
    if not there or spec.assign == "none":
        return None
    if spec.assign == "round-robin":
        last = spec.members.index(world.desk.last_assigned[owner])
        turn = [*spec.members[last + 1 :], *spec.members[: last + 1]]
        return next(who for who in turn if who in there)
    if spec.assign == "least-loaded":
        return min(there, key=lambda who: world.desk.open[who])
    return there[0]
