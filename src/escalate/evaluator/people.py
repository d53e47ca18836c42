"""Who is there, who has duty, and who of a team gets the ticket.

Language: "Who can take it"; finer points 21 and 28.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, NamedTuple

from escalate.decision import NOTHING
from escalate.evaluator.conditions import CompiledCases, Compiler
from escalate.evaluator.context import Context
from escalate.policy.owner import Days, Owner, RotationOwner, Team, Weeks
from escalate.policy.policy import Policy
from escalate.worktime.roster import Roster
from escalate.worktime.rotation import Layer, Override, Rotation

__all__ = ["Crew", "People"]


@dataclass(frozen=True, slots=True)
class Crew:
    """An owner made ready: who belongs to it and how one of them is chosen."""

    id: str
    kind: str
    name: str
    members: tuple[str, ...] = ()
    assign: str = "none"
    roster: Roster | None = None
    channels: CompiledCases[tuple[str, ...]] | None = None


class PlainOwner(NamedTuple):
    """An owner of whom nothing hangs on the ticket or the desk."""

    assignee: str | None
    channels: tuple[str, ...]


class People:
    """The owners of a policy."""

    def __init__(self, policy: Policy, compiler: Compiler) -> None:
        self.crews: Mapping[str, Crew] = {
            name: _crew(name, owner, policy.timezone, compiler)
            for name, owner in policy.owners.items()
        }
        self._plain: dict[str, PlainOwner | None] = {}

    def name(self, owner: str | None) -> str | None:
        """What an owner is called in words."""
        if owner is None:
            return None
        crew = self.crews.get(owner)
        return crew.name if crew is not None else owner

    def there(self, ctx: Context, owner: str) -> bool:
        """Whether the owner can take a ticket now."""
        if not ctx.desk.away:
            return True
        away = ctx.away
        if owner in away:
            ctx.note(away[owner])
            return False
        crew = self.crews.get(owner)
        members = crew.members if crew is not None else ()
        if not members or any(member not in away for member in members):
            return True
        ctx.note(min(away[member] for member in members))
        return False

    def assignee(self, ctx: Context, owner: str) -> str | None:
        """Who of the owner gets the ticket."""
        crew = self.crews.get(owner)
        if crew is None:
            return None
        if crew.kind == "person":
            return owner
        if crew.roster is not None:
            return self.on_duty(ctx, owner)
        if crew.assign == "none":  # nobody in particular
            return None
        present = [member for member in crew.members if member not in ctx.away]
        if not present:
            return None
        if crew.assign == "first":
            return present[0]
        if crew.assign == "round-robin":
            return _next_in_turn(ctx, crew, present)
        return _least_loaded(ctx, present)

    def plain(self, owner: str) -> PlainOwner | None:
        """Who gets the owner's tickets and how it is reached, if that is always the same."""
        if owner not in self._plain:
            self._plain[owner] = _plain(owner, self.crews[owner])
        return self._plain[owner]

    def on_duty(self, ctx: Context, owner: str) -> str | None:
        """Who of a rotation has duty now: the next in turn who is there."""
        crew = self.crews.get(owner)
        if crew is None or crew.roster is None:
            return None
        return crew.roster.on_duty(ctx.now, away=ctx.away)

    def duty(self, ctx: Context, owner: str | None) -> Mapping[str, Any]:
        """What an action for an owner says of who has duty: nothing but for a rotation."""
        crew = None if owner is None else self.crews.get(owner)
        if crew is None or crew.roster is None:
            return NOTHING
        present = self.on_duty(ctx, crew.id)
        return NOTHING if present is None else {"on_duty": present}

    def channels(self, ctx: Context, owner: str) -> tuple[str, ...]:
        """How the owner is reached."""
        crew = self.crews.get(owner)
        if crew is None or crew.channels is None:
            return ()
        chosen = crew.channels.choose(ctx)
        ctx.note(ctx.horizon, chosen.missing)
        return chosen.value or ()


def _crew(name: str, owner: Owner, zone: str, compiler: Compiler) -> Crew:
    kind, called = owner.kind, owner.name or name
    cases = owner.channels
    channels = None if cases is None else compiler.cases(cases, tuple)
    if isinstance(owner, Team):
        return Crew(name, kind, called, owner.members, owner.assign, None, channels)
    if isinstance(owner, RotationOwner):
        roster = _rotation(owner, zone).roster
        return Crew(name, kind, called, roster.members, "none", roster, channels)
    return Crew(name, kind, called, channels=channels)


def _plain(owner: str, crew: Crew) -> PlainOwner | None:
    channels = None if crew.channels is None else crew.channels.plain
    if crew.roster is not None or (crew.channels is not None and channels is None):
        return None
    if crew.kind != "person" and crew.assign != "none":
        return None
    ways = None if channels is None else channels.value
    return PlainOwner(owner if crew.kind == "person" else None, ways or ())


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _rotation(owner: RotationOwner, zone: str) -> Rotation:
    over = owner.hands_over
    match over.every:
        case Days(days=count):
            days = count
        case Weeks(weeks=count):
            days = 7 * count
        case every:
            days = 7 if every == "week" else 1
    starts = datetime.fromisoformat(owner.starts)
    weekly = days % 7 == 0
    layer = Layer(
        members=owner.members,
        starts=starts if "T" in owner.starts else starts.date(),
        days=days,
        at=time.fromisoformat(over.at),
        weekday=_DAYS.index(over.day) if weekly else None,
    )
    overrides = tuple(
        Override(o.member, datetime.fromisoformat(o.from_), datetime.fromisoformat(o.until))
        for o in owner.overrides
    )
    return Rotation((layer,), zone, overrides)


def _stable(ticket: str, count: int) -> int:
    """The same choice for a ticket, everywhere and always."""
    return int.from_bytes(hashlib.sha256(ticket.encode()).digest()[:8], "big") % count


def _next_in_turn(ctx: Context, crew: Crew, present: list[str]) -> str:
    last = ctx.desk.last_assigned.get(crew.id)
    if last not in crew.members:
        return present[_stable(ctx.ticket.id, len(present))]
    after = crew.members.index(last) + 1
    turn = crew.members[after:] + crew.members[:after]
    return next(member for member in turn if member in present)


def _least_loaded(ctx: Context, present: list[str]) -> str:
    open_ = ctx.desk.open
    if not any(member in open_ for member in present):
        return present[_stable(ctx.ticket.id, len(present))]
    return min(present, key=lambda member: open_.get(member, 0))
