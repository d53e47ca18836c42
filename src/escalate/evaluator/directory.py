"""Who belongs where, who is there, who has room, and who knows or speaks what.

Language: "Owners", "Who can take it"; finer point 21.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from escalate.evaluator.context import Context
from escalate.policy.choice import Choice
from escalate.policy.owner import Owner, RotationOf, Team, people_of
from escalate.policy.policy import Policy
from escalate.worktime.timeline import NEVER

__all__ = ["Directory", "Entry", "topic_of"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What an owner says of itself. ``needs`` is how many of its members must be there."""

    id: str
    kind: str
    members: tuple[str, ...] = ()
    needs: int = 1
    handles: frozenset[Any] = frozenset()
    languages: tuple[str, ...] = ()

    def speaks(self, language: str) -> bool:
        """Whether the language is spoken here: itself, its parent, or a form of it."""
        wanted = language.casefold()
        return any(
            own == wanted or wanted.startswith(f"{own}-") or own.startswith(f"{wanted}-")
            for own in self.languages
        )


class Directory:
    """The owners of a policy, as far as nothing has to be compiled for them."""

    def __init__(self, policy: Policy) -> None:
        self.owners = policy.owners
        self.language = policy.language
        self.entries = {name: _entry(name, owner, policy) for name, owner in policy.owners.items()}
        self.capacity: Mapping[str, int] = {
            name: owner.capacity
            for name, owner in policy.owners.items()
            if owner.capacity is not None
        }

    def away_until(self, ctx: Context, owner: str) -> int | None:
        """When an owner may be there again (``NEVER`` where that is not known); ``None``
        where it can take a ticket now. Language: "Who can take it"."""
        if not ctx.desk.away:
            return None
        away = ctx.away
        if owner in away:
            return away[owner]
        entry = self.entries.get(owner)
        if entry is None or not entry.members:
            return None
        gone = [away[member] for member in entry.members if member in away]
        if len(entry.members) - len(gone) >= entry.needs:
            return None
        return min(gone)

    def back_at(self, ctx: Context, owner: str) -> int:
        """The first instant from now on at which an owner is there, as far as the desk
        tells; ``NEVER`` where it does not."""
        away, entry = ctx.away, self.entries.get(owner)
        until = away.get(owner, ctx.now)
        if entry is None or not entry.members:
            return until
        back = sorted(away.get(member, ctx.now) for member in entry.members)
        return max(until, back[entry.needs - 1] if len(back) >= entry.needs else NEVER)

    def has_room(self, ctx: Context, who: str) -> bool:
        """Whether somebody can have one more ticket; what is not known is no hindrance."""
        most, tickets = ctx.desk.capacity.get(who), ctx.desk.open.get(who)
        return most is None or tickets is None or tickets < most

    def speaks(self, who: str, language: str) -> bool:
        """Whether an owner, or a member who is one too, speaks the language."""
        entry = self.entries.get(who)
        return entry is not None and entry.speaks(language)

    def ticket_language(
        self, ctx: Context, field: str = "language"
    ) -> tuple[str | None, tuple[str, ...]]:
        """The ticket's language, else the customer's, else the policy's; and which of the
        first two it lacks."""
        fields = ("language", "customer.language") if field == "language" else (field,)
        lacking: list[str] = []
        for name in fields:
            said = ctx.values.get(name)
            if isinstance(said, str) and said:
                return said, tuple(lacking)
            lacking.append(name)
        return self.language, tuple(lacking)

    def candidates(self, choice: Choice) -> tuple[Entry, ...]:
        """Those whom a choice is among: groups, and teams that say nothing themselves of
        topics or languages, stand for their owners."""
        found: dict[str, Entry] = {}
        for name in choice.from_:
            for entry in self._standing_for(name, set()):
                found.setdefault(entry.id, entry)
        return tuple(found.values())

    def _standing_for(self, name: str, seen: set[str]) -> Iterator[Entry]:
        owner, entry = self.owners.get(name), self.entries.get(name)
        if owner is None or entry is None or name in seen:
            return
        seen.add(name)
        if owner.kind == "group":
            inner = owner.of
        elif isinstance(owner, Team) and not entry.handles and not entry.languages:
            inner = owner.members
        else:
            yield entry
            return
        for member in inner:
            yield from self._standing_for(member, seen)


def topic_of(value: Any) -> tuple[bool, Any]:
    """A topic such that `true` and `1` are two."""
    return isinstance(value, bool), value


def _entry(name: str, owner: Owner, policy: Policy) -> Entry:
    return Entry(
        name,
        owner.kind,
        _members(owner, policy),
        1 + owner.offset if isinstance(owner, RotationOf) else 1,
        frozenset(map(topic_of, owner.handles)),
        tuple(tag.casefold() for tag in owner.languages),
    )


def _members(owner: Owner, policy: Policy) -> tuple[str, ...]:
    """Those of whom somebody has to be there."""
    return people_of(policy.owners[owner.of] if isinstance(owner, RotationOf) else owner)
