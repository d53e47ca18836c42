"""The rotations of a policy as working ones. Language: "Rotations"."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from escalate.policy.owner import LayeredRotation, RotationOf, RotationOwner
from escalate.policy.policy import Policy
from escalate.policy.rotation import (
    AnyChange,
    AnyLayer,
    Days,
    HandsOver,
    Hours,
    IcalLayer,
    Layer,
    Swap,
    Weeks,
)
from escalate.worktime.calendar import Calendar
from escalate.worktime.hours import DAYS
from escalate.worktime.rotation import Layer as Turns
from escalate.worktime.rotation import Override, Rotation, ShiftList
from escalate.worktime.rotation import Swap as Exchange

__all__ = ["offset_of", "rotation_of"]

_WORDS: Final = {"day": 1, "week": 7}


def rotation_of(policy: Policy, name: str) -> Rotation:
    """The rotation that an owner is, or behind which it stands (see :func:`offset_of`).

    Raises:
        KeyError: the policy has no such owner, or it is no rotation.
    """
    owner = policy.owners[name]
    match owner:
        case RotationOf(of=of):
            return rotation_of(policy, of)
        case RotationOwner() as single:
            whole = Layer.model_construct(members=single.members)
            return _rotation(policy, single, (whole,))
        case LayeredRotation() as layered:
            return _rotation(policy, layered, layered.layers)
        case _:
            raise KeyError(name)


def offset_of(policy: Policy, name: str) -> int:
    """How many places an owner stands behind the one who has duty in its rotation."""
    owner = policy.owners[name]
    return owner.offset if isinstance(owner, RotationOf) else 0


def _rotation(
    policy: Policy, owner: RotationOwner | LayeredRotation, layers: tuple[AnyLayer, ...]
) -> Rotation:
    zone = owner.timezone or policy.timezone
    return Rotation(
        tuple(_layer(policy, owner, layer, zone) for layer in layers),
        zone,
        tuple(map(_change, owner.overrides)),
        _calendar(policy, owner.calendar, zone),
    )


def _layer(
    policy: Policy, owner: RotationOwner | LayeredRotation, layer: AnyLayer, zone: str
) -> Turns | ShiftList:
    """A layer with all that it leaves to its rotation."""
    if isinstance(layer, IcalLayer):
        zone = layer.timezone or zone
        calendar = _calendar(policy, layer.calendar or owner.calendar, zone)
        return ShiftList(layer.members, layer.shifts, calendar, zone)
    over = layer.hands_over or owner.hands_over
    starts = layer.starts or owner.starts
    if starts is None:
        raise ValueError("a layer does not say when it starts, and neither does its rotation")
    lasts, zone = _lasts(over), layer.timezone or zone
    return Turns(
        layer.members,
        local(starts),
        **lasts,
        at=time.fromisoformat(over.at),
        weekday=DAYS.index(over.day) if lasts.get("days", 1) % 7 == 0 else None,
        calendar=_calendar(policy, layer.calendar or owner.calendar, zone),
        zone=zone,
    )


def _lasts(over: HandsOver) -> dict[str, Any]:
    match over.every:
        case Days(days=count):
            return {"days": count}
        case Weeks(weeks=count):
            return {"days": 7 * count}
        case Hours(hours=count):
            return {"hours": count}
        case word:
            return {"days": _WORDS[word]}


def local(written: str) -> date | datetime:
    """A local date, or a local instant, as written. Raises ``ValueError``."""
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


def _change(change: AnyChange) -> Override | Exchange:
    start, until = datetime.fromisoformat(change.from_), datetime.fromisoformat(change.until)
    if isinstance(change, Swap):
        one, other = change.swap
        return Exchange(one, other, start, until)
    return Override(change.member, start, until)


def _calendar(policy: Policy, name: str | None, zone: str) -> Calendar | None:
    """The calendar of that name; where it names no zone, its hours are in the policy's."""
    if name is None or name == "always":
        return None
    calendar = policy.calendars[name]
    if calendar.timezone or zone == policy.timezone:
        return calendar
    return calendar.model_copy(update={"timezone": policy.timezone})
