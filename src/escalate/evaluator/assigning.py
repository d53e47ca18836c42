"""Who of an owner gets the ticket. Language: "Owners", `assign`; finer point 28."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from escalate.evaluator.context import Context

if TYPE_CHECKING:
    from escalate.evaluator.people import Crew, People

__all__ = ["NOBODY", "NO_ROOM", "Given", "give"]


class Given(NamedTuple):
    """Who gets it: one, or several of whom nobody has it yet; and by what, in words."""

    assignee: str | None
    by: str
    assignees: tuple[str, ...] = ()


NOBODY: Final = Given(None, "nobody in particular")
NO_ROOM: Final = Given(None, "nobody has room")
_ABSENT: Final = Given(None, "nobody is there")
_UNNAMED: Final = Given(None, "no members are named")


def give(ctx: Context, people: People, crew: Crew) -> Given:
    """Who of an owner gets the ticket now."""
    if crew.kind == "person":
        return Given(crew.id, "it is this person's")
    if crew.roster is not None:
        return Given(people.on_duty(ctx, crew.id), "duty")
    if crew.assign == "none" or crew.kind != "team":
        return NOBODY
    present = [who for who in crew.members if who not in ctx.away]
    free = [who for who in present if people.directory.has_room(ctx, who)]
    if not free:
        return NO_ROOM if present else _ABSENT if crew.members else _UNNAMED
    return _RULES[crew.assign](ctx, people, crew, free)


def _first(ctx: Context, people: People, crew: Crew, free: list[str]) -> Given:
    return Given(_speaking(ctx, people, crew, free)[0], "the order of members")


def _round_robin(ctx: Context, people: People, crew: Crew, free: list[str]) -> Given:
    likely = _speaking(ctx, people, crew, free)
    last = ctx.desk.last_assigned.get(crew.id)
    if last not in crew.members:
        return _by_id(ctx, likely, f"desk.last_assigned does not tell who of {crew.id} was last")
    after = crew.members.index(last) + 1
    turn = crew.members[after:] + crew.members[:after]
    return Given(next(who for who in turn if who in likely), f"the turn after {last}")


def _least_loaded(ctx: Context, people: People, crew: Crew, free: list[str]) -> Given:
    likely, open_ = _speaking(ctx, people, crew, free), ctx.desk.open
    if not any(who in open_ for who in likely):
        return _by_id(ctx, likely, "desk.open does not tell what each of them has")
    least = min(likely, key=lambda who: open_.get(who, 0))
    return Given(least, f"the fewest open tickets, {open_.get(least, 0)}")


def _on_duty(ctx: Context, people: People, crew: Crew, free: list[str]) -> Given:
    by = f"duty in {crew.duty}"
    return Given(people.on_duty(ctx, crew.duty or "", among=free), by)


def _all(ctx: Context, people: People, crew: Crew, free: list[str]) -> Given:
    return Given(None, "whoever takes it", tuple(free))


_RULES: Final[Mapping[str, Callable[[Context, People, Crew, list[str]], Given]]] = {
    "first": _first,
    "round-robin": _round_robin,
    "least-loaded": _least_loaded,
    "on-duty": _on_duty,
    "all": _all,
}


def _speaking(ctx: Context, people: People, crew: Crew, free: list[str]) -> list[str]:
    """Those who speak the ticket's language, where any of them does; else all."""
    if not crew.speaks:
        return free
    language, lacking = people.directory.ticket_language(ctx)
    ctx.note(ctx.horizon, lacking)
    if language is None:
        return free
    return [who for who in free if people.directory.speaks(who, language)] or free


def _by_id(ctx: Context, likely: Sequence[str], why: str) -> Given:
    """The same choice for a ticket, everywhere and always."""
    digest = hashlib.sha256(ctx.ticket.id.encode()).digest()
    number = int.from_bytes(digest[:8], "big") % len(likely)
    return Given(likely[number], f"the ticket's id, since {why}")
