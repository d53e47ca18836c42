"""Are rotations sound? Language: "Rotations"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from escalate.errors import Severity
from escalate.policy.meaning.context import Context, Path
from escalate.policy.owner import LayeredRotation, RotationOf, RotationOwner
from escalate.policy.rotation import AnyChange, AnyLayer, IcalLayer, Member, Swap

__all__ = ["check_rotations"]

_HORIZON = timedelta(days=366)


def check_rotations(context: Context) -> None:
    """Local instants exist, members and overrides make sense, and somebody has duty."""
    for name, owner in context.policy.owners.items():
        path: Path = ("owners", name)
        match owner:
            case RotationOf():
                _behind(context, owner, path)
            case RotationOwner():
                _instant(context, owner.starts, (*path, "starts"))
                _twice_in_a_row(context, owner.members, (*path, "members"))
                _overrides(context, owner, owner.members, path)
            case LayeredRotation():
                if _layers(context, owner, path):
                    _gap(context, name, owner, path)
            case _:
                pass


def _layers(context: Context, owner: LayeredRotation, path: Path) -> bool:
    """Whether the layers and overrides of a rotation are all sound."""
    found = len(context.found)
    if owner.starts is not None:
        _instant(context, owner.starts, (*path, "starts"))
    for i, layer in enumerate(owner.layers):
        _layer(context, owner, layer, (*path, "layers", i))
    everybody = tuple(dict.fromkeys(who for layer in owner.layers for who in layer.members))
    _overrides(context, owner, everybody, path)
    return not any(d.severity is Severity.ERROR for d in context.found[found:])


def _layer(context: Context, owner: LayeredRotation, layer: AnyLayer, path: Path) -> None:
    if isinstance(layer, IcalLayer):
        return  # its file says who has duty when
    _twice_in_a_row(context, layer.members, (*path, "members"))
    if layer.starts is not None:
        _instant(context, layer.starts, (*path, "starts"))
    elif owner.starts is None:
        message = "this layer does not say when it starts, and neither does its rotation"
        context.report("ESC616", message, path, "add `starts: 2026-01-05`, here or beside `layers`")


def _behind(context: Context, owner: RotationOf, path: Path) -> None:
    """`of` names a rotation of its own that has so many members."""
    of = context.policy.owners.get(owner.of)
    if of is None:
        return  # told with the other names
    here = (*path, "of")
    if isinstance(of, RotationOf):
        _behind_another(context, owner, of, here)
        return
    if not isinstance(of, RotationOwner | LayeredRotation):
        context.report("ESC618", f"`{owner.of}` is no rotation", here, "name a rotation")
        return
    layers = of.layers if isinstance(of, LayeredRotation) else (of,)
    count = len({who for layer in layers for who in layer.members})
    if owner.offset >= count:
        message = f"nobody stands {owner.offset} places behind in a rotation of {count}"
        help_ = "add members there, or make `offset` less"
        at = "offset" if "offset" in owner.model_fields_set else "of"
        context.report("ESC618", message, (*path, at), help_)


def _behind_another(context: Context, owner: RotationOf, of: RotationOf, here: Path) -> None:
    """The line goes on: to where somebody has turns of his own, or round in a circle."""
    owners, offset = context.policy.owners, owner.offset + of.offset
    seen, root = {owner.of}, of.of
    while root not in seen and isinstance(further := owners.get(root), RotationOf):
        seen.add(root)
        root, offset = further.of, offset + further.offset
    if root in seen:
        message = f"behind `{owner.of}` there are only rotations that stand behind one another"
        help_ = "name a rotation with `members` or `layers` of its own"
    else:
        message = f"`{owner.of}` stands behind another rotation itself"
        help_ = f"write `of: {root}` and `offset: {offset}`"
    context.report("ESC618", message, here, help_)


def _twice_in_a_row(context: Context, members: tuple[Member, ...], path: Path) -> None:
    """Nobody follows himself, who would have duty twice as long."""
    count = len(members)
    for i, who in enumerate(members):
        following = (i + 1) % count
        if count > 1 and members[following] == who:
            last = "the last is followed by the first" if following == 0 else "twice in a row"
            context.report(
                "ESC613",
                f"`{who}` follows himself: {last}",
                (*path, following),
                "remove one of them, or put somebody between them",
                related=(((*path, i), "his turn before"),),
                severity=Severity.WARNING,
            )


class _Written(NamedTuple):
    """An override with its instants."""

    number: int
    start: datetime
    until: datetime
    change: AnyChange


def _overrides(
    context: Context,
    owner: RotationOwner | LayeredRotation,
    members: tuple[Member, ...],
    path: Path,
) -> None:
    """Overrides name members, end after they begin, and do not overlap."""
    seen: list[_Written] = []
    for i, override in enumerate(owner.overrides):
        here = (*path, "overrides", i)
        for at, who in _named(override):
            if who not in members:
                near = context.nearest(who, members, str(path))
                help_ = f"did you mean `{near}`?" if near else "add it to `members`"
                message = f"`{who}` is no member of this rotation"
                context.report("ESC601", message, (*here, *at), help_)
        if isinstance(override, Swap) and len(set(override.swap)) == 1:
            message = f"`{override.swap[0]}` cannot swap turns with himself"
            context.report("ESC619", message, (*here, "swap"), "name two members")
        start = _instant(context, override.from_, (*here, "from"))
        until = _instant(context, override.until, (*here, "until"))
        if start is None or until is None:
            continue
        if until <= start:
            context.report(
                "ESC602",
                f"this override ends at `{override.until}`, before it has begun",
                (*here, "until"),
                "exchange `from` and `until`",
            )
        else:
            seen.append(_Written(i, start, until, override))
    _overlaps(context, seen, path)


def _named(override: AnyChange) -> Iterator[tuple[Path, Member]]:
    if isinstance(override, Swap):
        yield from ((("swap", i), who) for i, who in enumerate(override.swap))
    else:
        yield ("member",), override.member


def _overlaps(context: Context, seen: list[_Written], path: Path) -> None:
    """At one time there is one override, and one swap of each member."""
    latest: dict[str, _Written] = {}
    for one in sorted(seen, key=lambda one: (one.start, one.number)):
        for key in dict.fromkeys(one.change.swap) if isinstance(one.change, Swap) else ("",):
            before = latest.get(key)
            if before is not None and one.start < before.until:
                _overlap(context, before, one, path)
            if before is None or one.until > before.until:
                latest[key] = one


def _overlap(context: Context, before: _Written, after: _Written, path: Path) -> None:
    first, second = sorted((before, after), key=lambda one: one.number)
    swaps = isinstance(second.change, Swap)
    what = "swap" if swaps else "override"
    counts = "both are made, one after the other" if swaps else "the later written counts"
    begins = after.start.isoformat(timespec="minutes")
    until = min(before.until, after.until).isoformat(timespec="minutes")
    context.report(
        "ESC614",
        f"this {what} overlaps another, from `{begins}` until `{until}`",
        (*path, "overrides", second.number),
        f"make one end where the other begins; as it is, {counts}",
        related=(((*path, "overrides", first.number), "the other one"),),
        severity=Severity.WARNING,
    )


def _gap(context: Context, name: str, owner: LayeredRotation, path: Path) -> None:
    """The first time in which nobody has duty, in the year from the start on."""
    from escalate.policy.rotations import rotation_of
    from escalate.worktime.zone import from_us

    known = ("always", *context.policy.calendars, None)
    if any(c not in known for c in (owner.calendar, *(layer.calendar for layer in owner.layers))):
        return  # told with the other names
    rotation = rotation_of(context.policy, name)
    start = from_us(rotation.roster.start, rotation.zone)
    gap = rotation.first_gap(start, start + _HORIZON)
    if gap is None:
        return
    begins, ends = (f"{at:%Y-%m-%d %H:%M}" for at in gap)
    context.report(
        "ESC615",
        f"nobody has duty from {begins} to {ends}",
        (*path, "layers"),
        "add a layer without a `calendar` below the others, or say with the rotation's own "
        "`calendar` when there has to be somebody",
        severity=Severity.WARNING,
    )


def _instant(context: Context, written: str, path: Path) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        found = None
    if found is None or not 1970 <= found.year <= 2199:
        message = f"there is no local time `{written}`"
        context.report("ESC505", message, path, "write it as `2026-12-24` or `2026-12-24T09:00`")
        return None
    return found
