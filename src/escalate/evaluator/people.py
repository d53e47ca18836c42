"""The owners of a policy: who is there, who has duty, and how they are reached.

Language: "Owners", "Who can take it"; finer points 21, 28 and 42.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from escalate.decision import NOTHING, minute_text
from escalate.desk import EMPTY, Desk
from escalate.evaluator.assigning import NOBODY, Given, give
from escalate.evaluator.conditions import CompiledCases, Compiler
from escalate.evaluator.context import Context
from escalate.policy.cases import Cases
from escalate.policy.owner import Owner, Team
from escalate.policy.policy import Policy
from escalate.policy.rotations import offset_of, rotation_of
from escalate.worktime.roster import Roster
from escalate.worktime.timeline import NEVER, Timeline

__all__ = ["Crew", "People"]

_EMAIL = ("email",)


@dataclass(frozen=True, slots=True)
class Crew:
    """An owner made ready.

    ``roster`` tells who has duty, ``offset`` places behind; ``duty`` is the rotation that a
    team's `assign: on-duty` goes by. ``speaks`` tells that a member's languages are known.
    ``calendar`` is absent where it never closes.
    """

    id: str
    kind: str
    name: str
    members: tuple[str, ...] = ()
    assign: str = "none"
    roster: Roster | None = None
    offset: int = 0
    duty: str | None = None
    speaks: bool = False
    channels: CompiledCases[tuple[str, ...]] | None = None
    calendar: Timeline | None = None
    authority: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


class PlainOwner(NamedTuple):
    """An owner of whom nothing hangs on the ticket or the desk."""

    assignee: str | None
    channels: tuple[str, ...]
    calendar: Timeline | None


class People:
    """The owners of a policy."""

    def __init__(self, policy: Policy, compiler: Compiler) -> None:
        self.directory = compiler.directory
        self._zone = policy.timezone
        self.crews: Mapping[str, Crew] = {
            name: _crew(policy, name, owner, compiler) for name, owner in policy.owners.items()
        }
        self._plain: dict[str, PlainOwner | None] = {}
        self._desk = (EMPTY, EMPTY)

    def furnished(self, desk: Desk) -> Desk:
        """The desk with the capacities that the policy names and the desk does not."""
        own = self.directory.capacity
        if not own:
            return desk
        given, furnished = self._desk
        if desk is not given:  # nearly always the same as for the ticket before
            furnished = replace(desk, capacity={**own, **desk.capacity})
            self._desk = (desk, furnished)
        return furnished

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
        until = self.directory.away_until(ctx, owner)
        if until is None:
            return True
        ctx.note(until)
        return False

    def absence(self, ctx: Context, owner: str) -> str:
        """That an owner is away, and until when if the desk tells."""
        return f"`{owner}` is away{self.until(self.directory.back_at(ctx, owner))}"

    def until(self, us: int) -> str:
        """An instant at which somebody comes back, in words, if it is known."""
        return f" until {minute_text(us, self._zone)}" if us < NEVER else ""

    def given(self, ctx: Context, owner: str | None) -> Given:
        """Who of the owner gets the ticket, and by what."""
        crew = None if owner is None else self.crews.get(owner)
        return NOBODY if crew is None else give(ctx, self, crew)

    def plain(self, owner: str) -> PlainOwner | None:
        """Who gets the owner's tickets and how it is reached, if that is always the same."""
        if owner not in self._plain:
            self._plain[owner] = _plain(owner, self.crews[owner])
        return self._plain[owner]

    def on_duty(self, ctx: Context, owner: str, among: Collection[str] | None = None) -> str | None:
        """Who of a rotation has duty now, of those who are there (or of those ``among``
        whom it has to be). Where nobody has, a warning says so."""
        crew = self.crews.get(owner)
        if crew is None or crew.roster is None:
            return None
        roster = crew.roster
        passed: Collection[str] = ctx.away
        if among is not None:
            passed = {who for who in roster.members if who not in among}
        found = roster.on_duty(ctx.now, crew.offset, passed)
        if found is None and self.directory.away_until(ctx, owner) is None:
            self._warn(ctx, crew, roster)
        return found

    def _warn(self, ctx: Context, crew: Crew, roster: Roster) -> None:
        """Somebody could have duty, and nobody has."""
        if roster.in_turn(ctx.now):
            ctx.warn("ESC630", f"nobody who is there has duty in `{crew.id}` now")
            return
        early = ctx.now < roster.start
        why = f"`{crew.id}` has not started" if early else f"nobody has duty in `{crew.id}` now"
        at = roster.next_cover(ctx.now)
        if at < NEVER:
            who = roster.on_duty(at, crew.offset)
            why += f"; the next is `{who}`, at {minute_text(at, self._zone)}"
        ctx.warn("ESC631" if early else "ESC630", why)

    def duty(self, ctx: Context, owner: str | None) -> Mapping[str, Any]:
        """What an action for an owner says of who has duty: nothing but for a rotation."""
        crew = None if owner is None else self.crews.get(owner)
        if crew is None or crew.roster is None:
            return NOTHING
        present = self.on_duty(ctx, crew.id)
        return NOTHING if present is None else {"on_duty": present}

    def quiet_until(self, owner: str | None, now: int) -> int | None:
        """The end of an owner's quiet hours; ``None`` where it is not in them, or where no
        end of them is in sight."""
        crew = None if owner is None else self.crews.get(owner)
        if crew is None:
            return None
        if crew.roster is not None:
            until = now if crew.roster.in_turn(now) else crew.roster.next_cover(now)
        else:
            until = now if crew.calendar is None else crew.calendar.next_open(now)
        return until if now < until < NEVER else None

    def channels(self, ctx: Context, owner: str) -> tuple[str, ...]:
        """How the owner is reached."""
        crew = self.crews.get(owner)
        if crew is None or crew.channels is None:
            return ()
        chosen = crew.channels.choose(ctx)
        ctx.note(ctx.horizon, chosen.missing)
        return chosen.value or ()


def _crew(policy: Policy, name: str, owner: Owner, compiler: Compiler) -> Crew:
    written, directory = owner.channels, compiler.directory
    if written is None and owner.kind == "vendor":
        written = Cases.of(_EMAIL)
    entry = directory.entries[name]
    timeline = None if owner.calendar is None else compiler.names.timelines[owner.calendar]
    crew = Crew(
        name,
        owner.kind,
        owner.name or name,
        entry.members,
        channels=None if written is None else compiler.cases(written, tuple),
        calendar=None if timeline is None or timeline.always else timeline,
        authority=owner.authority,
    )
    if isinstance(owner, Team):
        known = [directory.entries[who] for who in entry.members if who in directory.entries]
        speaks = any(member.languages for member in known)
        return replace(crew, assign=owner.assign, duty=owner.rotation, speaks=speaks)
    if owner.kind == "rotation":
        return replace(
            crew, roster=rotation_of(policy, name).roster, offset=offset_of(policy, name)
        )
    return crew


def _plain(owner: str, crew: Crew) -> PlainOwner | None:
    channels = None if crew.channels is None else crew.channels.plain
    if crew.roster is not None or (crew.channels is not None and channels is None):
        return None
    if crew.kind != "person" and crew.assign != "none":
        return None
    ways = None if channels is None else channels.value
    person = owner if crew.kind == "person" else None
    return PlainOwner(person, ways or (), crew.calendar)
