"""Who is there, and who gets the ticket. Language: "Owners", "Who can take it"."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from escalate.policy.level import Fallback
from escalate.policy.owner import (
    Group,
    LayeredRotation,
    Person,
    RotationOf,
    RotationOwner,
    Team,
)
from support.slow_duty import begin_of, in_turn, nobody_before, on_duty
from support.slow_time import timeline

if TYPE_CHECKING:
    from escalate.desk import Desk
    from escalate.policy.choice import Choice
    from escalate.policy.policy import Policy
    from support.slow_world import World

ROTATIONS = (RotationOwner, LayeredRotation, RotationOf)


def gone(desk: Desk, who: str, now: int) -> bool:
    return any(a.who == who and (a.until_us is None or now < a.until_us) for a in desk.away)


def members(policy: Policy, owner: str) -> set[str]:
    spec: Any = policy.owners.get(owner)
    if isinstance(spec, RotationOf):
        return members(policy, spec.of)
    found = set(getattr(spec, "members", ()))
    for layer in getattr(spec, "layers", ()):
        found |= set(layer.members)
    stands_in = [getattr(o, "member", None) for o in getattr(spec, "overrides", ())]
    return found | {who for who in stands_in if who is not None}


def away(world: World, owner: str, at: int | None = None) -> bool:
    now = world.now if at is None else at
    if gone(world.desk, owner, now):
        return True
    everybody = members(world.policy, owner)
    there = [who for who in everybody if not gone(world.desk, who, now)]
    spec = world.policy.owners.get(owner)
    needed = 1 + spec.offset if isinstance(spec, RotationOf) else 1
    return bool(everybody) and len(there) < needed


def full(world: World, who: str) -> bool:
    spec = world.policy.owners.get(who)
    most = world.desk.capacity.get(who, spec.capacity if spec is not None else None)
    tickets = world.desk.open.get(who)
    return most is not None and tickets is not None and tickets >= most


def language(world: World) -> str | None:
    for name in ("language", "customer.language"):
        if world.ticket.get(name):
            return world.ticket.get(name)
        world.missing.add(name)
    return world.policy.language


def speaks(world: World, who: str, tag: str | None) -> bool:
    spec = world.policy.owners.get(who)
    if tag is None or spec is None:
        return False
    wanted = tag.lower().split("-")
    for own in (one.lower().split("-") for one in spec.languages):
        shorter = min(len(own), len(wanted))
        if own[:shorter] == wanted[:shorter]:
            return True
    return False


def stand_for(policy: Policy, names: Any) -> list[str]:
    found: list[str] = []
    for name in names:
        spec: Any = policy.owners.get(name)
        if isinstance(spec, Group):
            found += stand_for(policy, spec.of)
        elif isinstance(spec, Team) and not (spec.handles or spec.languages):
            found += stand_for(policy, spec.members)
        elif spec is not None:
            found.append(name)
    return list(dict.fromkeys(found))


def chosen(world: World, choice: Choice) -> str | None:
    from support.slow_facts import Unknown, fact

    fit = stand_for(world.policy, choice.from_)
    if choice.topic is not None:
        value, _ = fact(world, choice.topic)
        if isinstance(value, Unknown):
            world.missing |= {choice.topic}
        topics = value if isinstance(value, list | tuple) else [value]
        fit = [n for n in fit if any(t in world.policy.owners[n].handles for t in topics)]
    if choice.language is not None and fit:
        tag = language(world)
        speakers = [name for name in fit if speaks(world, name, tag)]
        others = [name for name in fit if name not in speakers]
        fit = speakers + others if choice.topic is not None else speakers
    if not fit:
        return choice.otherwise
    there = [name for name in fit if not away(world, name)]
    persons = [n for n in there if isinstance(world.policy.owners[n], Person) and full(world, n)]
    best = [name for name in there if name not in persons] or there
    return best[0] if best else min(fit, key=lambda name: back(world, name))


def back(world: World, owner: str) -> int:
    """The first instant at which an owner who is away is there, as far as is known."""
    ends = sorted(a.until_us for a in world.desk.away if a.until_us is not None)
    later = (at for at in ends if at > world.now)
    return next((at for at in later if not away(world, owner, at)), 1 << 62)


def own_owner(world: World, level: Any) -> str | None:
    return world.choose_owner(level.owner)


def taker(world: World, level: Any) -> tuple[str, str | None]:
    """Whether a level can take the ticket, and who: `takes`, `pass` or `wait`."""
    owner = own_owner(world, level)
    if owner is None:
        return "pass", None
    if not away(world, owner):
        return "takes", owner
    if isinstance(level.if_unavailable, Fallback):
        fallback = world.choose_owner(level.if_unavailable.fallback)
        there = fallback is not None and not away(world, fallback)
        return ("takes", fallback) if there else ("pass", None)
    return ("wait", None) if level.if_unavailable == "wait" else ("pass", None)


def duty(world: World, owner: str) -> str | None:
    """Who of a rotation has duty; where nobody has, the decision warns."""
    if not isinstance(world.policy.owners.get(owner), ROTATIONS):
        return None
    found = on_duty(
        world.policy, owner, world.now, lambda who: not gone(world.desk, who, world.now)
    )
    if found is None and not away(world, owner):
        duty_warning(world, owner)
    return found


def quiet_until(world: World, owner: str | None) -> int | None:
    """When the owner's quiet hours end: at the calendar's opening, or when somebody has duty."""
    spec: Any = world.policy.owners.get(owner or "")
    if isinstance(spec, ROTATIONS):
        of = getattr(spec, "of", owner)
        half = 30 * 60 * 1_000_000
        at = max(world.now, nobody_before(world.policy, of))
        for _ in range(2 * 24 * 20):
            if any(in_turn(world.policy, of, at)):
                return at if at > world.now else None
            at = (at // half + 1) * half
        return None
    if spec is None or spec.calendar is None:
        return None
    line = timeline(world.policy, spec.calendar)
    return None if line.is_open(world.now) else line.next_open(world.now)


def channels(world: World, owner: str) -> list[str]:
    """How the owner is reached."""
    spec = world.policy.owners.get(owner)
    if spec is None:
        return []
    if spec.channels is None:
        return ["email"] if spec.kind == "vendor" else []
    return list(world.choose(spec.channels) or ())


def urgent(world: World, own: Any = None) -> bool:
    word = world.choose(own) or world.choose(world.policy.urgency)
    return word == "urgent"


def when_told(world: World, owner: str | None, hurry: bool) -> dict[str, Any]:
    """What an action says of when its owner is told."""
    if hurry:
        return {"urgency": "urgent"}
    until = quiet_until(world, owner)
    return {} if until is None else {"hold_until": until}


def free_members(world: World, team: Team) -> list[str]:
    there = [who for who in team.members if not gone(world.desk, who, world.now)]
    return [who for who in there if not full(world, who)]


def assignees(world: World, owner: str | None) -> list[str]:
    spec = world.policy.owners.get(owner) if owner is not None else None
    if isinstance(spec, Team) and spec.assign == "all":
        return free_members(world, spec)
    return []


def assignee(world: World, owner: str | None) -> str | None:
    spec = world.policy.owners.get(owner) if owner is not None else None
    if isinstance(spec, Person):
        return owner
    if isinstance(spec, ROTATIONS):
        return duty(world, str(owner))
    if not isinstance(spec, Team) or spec.assign in ("none", "all"):
        return None
    free = free_members(world, spec)
    if not free:
        return None
    if spec.assign == "on-duty":
        return on_duty_of_team(world, spec, free)
    if any(world.policy.owners[m].languages for m in spec.members if m in world.policy.owners):
        tag = language(world)
        free = [who for who in free if speaks(world, who, tag)] or free
    by_id = free[int(sha256(world.ticket.id.encode()).hexdigest()[:16], 16) % len(free)]
    if spec.assign == "round-robin":
        last = world.desk.last_assigned.get(str(owner))
        if last not in spec.members:
            return by_id
        after = spec.members.index(last) + 1
        turn = [*spec.members[after:], *spec.members[:after]]
        return next(who for who in turn if who in free)
    if spec.assign == "least-loaded":
        if not any(who in world.desk.open for who in free):
            return by_id
        return min(free, key=lambda who: world.desk.open.get(who, 0))
    return free[0]


def on_duty_of_team(world: World, team: Team, free: list[str]) -> str | None:
    rotation = str(team.rotation)
    found = on_duty(world.policy, rotation, world.now, lambda who: who in free)
    if found is None and not away(world, rotation):
        duty_warning(world, rotation)
    return found


def duty_warning(world: World, rotation: str) -> None:
    of = getattr(world.policy.owners[rotation], "of", rotation)
    stands_in, order = in_turn(world.policy, of, world.now)
    late = not (stands_in or order) and world.now < min(begin_of(world.policy, of))
    world.warnings.add("ESC631" if late else "ESC630")
