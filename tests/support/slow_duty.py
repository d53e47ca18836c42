"""Who has duty in a policy's rotation: hand-overs walked one after the other.

Changes of clocks are left to `slow_rotation`: none falls into the weeks that are generated.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from escalate.policy.owner import RotationOf, RotationOwner
from escalate.policy.rotation import Days, Hours, Layer, Swap, Weeks
from escalate.ticket import EPOCH
from support.slow_time import timeline

if TYPE_CHECKING:
    from escalate.policy.policy import Policy

HOUR = 3_600_000_000
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def us_of(wall: datetime, zone: str) -> int:
    return (wall.replace(tzinfo=ZoneInfo(zone)) - EPOCH) // timedelta(microseconds=1)


def step_of(every: Any) -> timedelta:
    match every:
        case Days(days=n):
            return timedelta(days=n)
        case Weeks(weeks=n):
            return timedelta(weeks=n)
        case Hours(hours=n):
            return timedelta(hours=n)
    return {"day": timedelta(days=1), "week": timedelta(weeks=1)}[every]


def starts_of(owner: Any, layer: Any) -> datetime:
    written = layer.starts or owner.starts
    starts = datetime.fromisoformat(written)
    if "T" in written:
        return starts
    over = layer.hands_over or owner.hands_over
    return datetime.combine(starts.date(), time.fromisoformat(over.at))


def layers_of(owner: Any) -> Any:
    if isinstance(owner, RotationOwner):
        return [Layer.model_construct(members=owner.members)]
    return owner.layers


def begin_of(policy: Policy, name: str) -> list[int]:
    """When the layers of a rotation begin."""
    owner: Any = policy.owners[name]
    zone = owner.timezone or policy.timezone
    return [us_of(starts_of(owner, layer), layer.timezone or zone) for layer in layers_of(owner)]


def nobody_before(policy: Policy, name: str) -> int:
    """The first instant at which anybody can have duty: a layer's begin, or an override's."""
    owner: Any = policy.owners[name]
    zone = owner.timezone or policy.timezone
    changes = [us_of(datetime.fromisoformat(change.from_), zone) for change in owner.overrides]
    return min([*begin_of(policy, name), *changes])


def layer_order(policy: Policy, owner: Any, layer: Any, zone: str, now: int) -> list[str]:
    zone = layer.timezone or zone
    over = layer.hands_over or owner.hands_over
    at = time.fromisoformat(over.at)
    starts = starts_of(owner, layer)
    start = us_of(starts, zone)
    hours = layer.calendar or owner.calendar
    line = timeline(policy, hours or "always")
    if now < start or not line.is_open(now):
        return []
    step, turn = step_of(over.every), 0
    if isinstance(over.every, Hours) and not line.always:
        turn = line.between(start, now) // (over.every.hours * HOUR)
    else:
        following = datetime.combine(starts.date(), at)
        short = step if step < timedelta(days=1) else timedelta(days=1)
        while following > starts:
            following -= short
        while following + short <= starts:
            following += short
        weekly = step % timedelta(weeks=1) == timedelta(0)
        while weekly and DAYS[following.weekday()] != over.day:
            following -= timedelta(days=1)
        following += step
        while us_of(following, zone) <= now:
            turn += 1
            following += step
    first = turn % len(layer.members)
    return [*layer.members[first:], *layer.members[:first]]


def in_turn(policy: Policy, name: str, now: int) -> tuple[list[str], list[str]]:
    """Who stands in, and whose turns it is one after the other."""
    owner: Any = policy.owners[name]
    zone = owner.timezone or policy.timezone
    order: list[str] = []
    if owner.calendar is None or timeline(policy, owner.calendar).is_open(now):
        for layer in layers_of(owner):
            order += layer_order(policy, owner, layer, zone, now)
    stands_in: list[str] = []
    for change in owner.overrides:
        start, until = (
            us_of(datetime.fromisoformat(t), zone) for t in (change.from_, change.until)
        )
        if not start <= now < until:
            continue
        if isinstance(change, Swap):
            one, other = change.swap
            order = [{one: other, other: one}.get(who, who) for who in order]
        else:
            stands_in.insert(0, change.member)
    return stands_in, list(dict.fromkeys(order))


def on_duty(policy: Policy, name: str, now: int, there: Any) -> str | None:
    """Who has duty of those who are ``there``, a function of names."""
    owner: Any = policy.owners[name]
    places, of = (owner.offset, owner.of) if isinstance(owner, RotationOf) else (0, name)
    stands_in, order = in_turn(policy, of, now)
    found: list[str | None] = []
    for place in range(places + 1):
        turn = place % len(order) if order else 0
        line = [*(stands_in if place == 0 else []), *order[turn:], *order[:turn]]
        free = [who for who in line if there(who) and who not in found]
        found.append(free[0] if free else None)
    return found[-1]
