"""Do the names that a policy uses stand for something?

Levels, owners, calendars, messages, statuses, in every place but conditions and
actions, which have checks of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from escalate.policy.choice import Choice
from escalate.policy.facts import PHASES
from escalate.policy.meaning.context import Context, Path
from escalate.policy.meaning.walk import Spot, deadlines_of, effects_of
from escalate.policy.owner import Group, LayeredRotation, Owner, RotationOf, Team

__all__ = ["check_names"]


def check_names(context: Context) -> None:
    """Every use of a name, where it is written."""
    policy = context.policy
    _calendar(context, policy.calendar, ("calendar",))
    for spot in context.spots:
        _spot(context, spot)
    for at, _, deadline in deadlines_of(policy):
        if deadline.paused is not None:
            _paused(context, deadline.paused, (*at, "paused"))
    for name, clock in policy.clocks.items():
        if clock.paused is not None:
            _paused(context, clock.paused, ("clocks", name, "paused"))
    for name, owner in policy.owners.items():
        _owner_itself(context, owner, ("owners", name))
    for i, path in enumerate(policy.paths):
        for j, level_id in enumerate(path.levels):
            _level(context, level_id, ("paths", i, "levels", j))
    for i, trigger in enumerate(policy.triggers):
        for j, level_id in enumerate(trigger.at or ()):
            _level(context, level_id, ("triggers", i, "at", j))
    for at, effects in effects_of(policy):
        to = effects.escalate
        if to is not None and to not in context.levels and to not in ("next", "requested"):
            known = [*context.levels, "next", "requested"]
            context.unknown("ESC301", "level", to, known, (*at, "escalate"))


def _spot(context: Context, spot: Spot) -> None:
    what = spot.what
    if what in ("owner", "notified"):
        transfer = spot.path[-1] == "transfer"
        for inner, value in spot.cases.values():
            here = (*spot.path, *inner)
            if isinstance(value, Choice):
                _choice(context, value, here, owns=what == "owner")
            elif not (transfer and value == "requested"):
                _owner(context, value, here, owns=what == "owner")
    elif what == "message":
        for inner, name in spot.cases.values():
            _known(
                context, "ESC306", "message", name, context.policy.messages, (*spot.path, *inner)
            )
    elif what == "calendar":
        for inner, name in spot.cases.values():
            _calendar(context, name, (*spot.path, *inner))
    elif what == "target":
        for i, case in enumerate(spot.cases.cases):
            if case.calendar is not None:
                _calendar(context, case.calendar, (*spot.path, i, "calendar"))


def _known(
    context: Context, code: str, what: str, name: str, known: Collection[str], path: Path
) -> None:
    if name not in known:
        context.unknown(code, what, name, known, path)


def _level(context: Context, name: str, path: Path) -> None:
    _known(context, "ESC301", "level", name, context.levels, path)


def _calendar(context: Context, name: str, path: Path) -> None:
    calendars: Mapping[str, object] = context.policy.calendars
    if name != "always" and name not in calendars:
        context.unknown("ESC304", "calendar", name, [*calendars, "always"], path)


def _owner(context: Context, name: str, path: Path, owns: bool = False) -> None:
    owner = context.policy.owners.get(name)
    if owner is None:
        context.unknown("ESC302", "owner", name, context.policy.owners, path)
    elif owns and owner.kind == "group":
        context.report(
            "ESC603",
            f"`{name}` is a group, and no ticket can stand with a group",
            path,
            "groups are only told; name one of its owners",
        )


def _owner_itself(context: Context, owner: Owner, path: Path) -> None:
    """What an owner's definition names: calendars, and other owners."""
    if owner.calendar is not None:
        _calendar(context, owner.calendar, (*path, "calendar"))
    match owner:
        case Group(of=of):
            for i, member in enumerate(of):
                _owner(context, member, (*path, "of", i))
        case RotationOf(of=name):
            _owner(context, name, (*path, "of"))
        case LayeredRotation(layers=layers):
            for i, layer in enumerate(layers):
                if layer.calendar is not None:
                    _calendar(context, layer.calendar, (*path, "layers", i, "calendar"))
        case Team(rotation=str(name)):
            _owner(context, name, (*path, "rotation"))
        case _:
            pass


def _choice(context: Context, choice: Choice, path: Path, owns: bool) -> None:
    """Owners among whom one is chosen: a group may be, since it stands for its owners."""
    for inner, name in choice.names:
        _owner(context, name, (*path, *inner), owns=owns and inner == ("otherwise",))


def _paused(context: Context, names: tuple[str, ...], path: Path) -> None:
    if names == ("none",):
        return
    statuses = context.policy.status_phases()
    for i, name in enumerate(names):
        if name not in statuses and name not in PHASES:
            known = [*statuses, *(phase for phase in PHASES if phase not in statuses)]
            context.unknown("ESC310", "status or phase", name, known, (*path, i))
