"""What a set of tickets shows of the desk: how much whom has, what is alike, who was last.

Language: "The ticket", the desk; finer point 46. A ticket's own events win over its
snapshot, as they do in decisions.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from escalate.event import MOVES, in_order
from escalate.phase import DEFAULT_STATUSES
from escalate.ticket import Ticket
from escalate.worktime.epoch import microseconds

__all__ = [
    "USUAL_PHASES",
    "Account",
    "account",
    "alike_counts",
    "last_assigned",
    "open_counts",
    "problems",
]

USUAL_PHASES: Final[Mapping[str, str]] = {
    status: phase for phase, words in DEFAULT_STATUSES.items() for status in words
}
"""Status to phase in a policy that says nothing of them."""

_ACTIVE: Final = frozenset({"open", "waiting"})
# Of all keys, only those of problems end with a day. Finer point 29.
_PROBLEM: Final = re.compile(r"trigger:[^:]+:.+:\d{4}-\d\d-\d\d", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Account:
    """One ticket, in so far as the desk is concerned.

    ``given`` are the times that somebody of an owner got it: microseconds since 1970,
    the owner, the person.
    """

    ticket: Ticket
    active: bool
    holders: frozenset[str]
    given: tuple[tuple[int, str, str], ...]


def account(ticket: Ticket, phases: Mapping[str, str]) -> Account:
    """What one ticket shows; a status without a phase is open."""
    said = ticket.values.get
    events = in_order(ticket.events or (), microseconds(ticket.created_at))
    moves = [event for event in events if event.type in MOVES]
    status, assignee = said("status"), said("assignee")
    # Before the first move that is known, nobody knows whose the ticket was.
    owner = None if moves else said("owner")
    given = []
    for event in events:
        if event.type == "status":
            status = event.to if event.to is not None else status
            continue
        if event.type in MOVES:
            named = event.to if event.type == "transferred" else None
            owner = event.owner if event.owner is not None else named
            if owner is None and event is moves[-1]:
                owner = said("owner")  # the level's own, which only the snapshot tells
            assignee = event.assignee
        elif event.type == "assigned":
            assignee = event.to
        else:
            continue
        if owner is not None and assignee is not None:
            given.append((event.us, owner, assignee))
    return Account(
        ticket,
        phases.get(status or "", "open") in _ACTIVE,
        frozenset(name for name in (owner, assignee) if name is not None),
        tuple(given),
    )


def open_counts(accounts: Iterable[Account], names: Iterable[str]) -> dict[str, int]:
    """Active tickets by owner and by person; ``names`` are shown also where they have none."""
    counts = Counter(name for one in accounts if one.active for name in one.holders)
    return {name: counts[name] for name in sorted({*counts, *names})}


def alike_counts(accounts: Sequence[Account], similar: Sequence[str]) -> dict[str, int]:
    """For each ticket, how many other active ones have the same in every field of
    ``similar``; one that lacks a field is like none."""
    if not similar:
        return {}
    kinds = [_kind(one.ticket, similar) for one in accounts]
    active = Counter(kind for one, kind in zip(accounts, kinds, strict=True) if one.active)
    return {
        one.ticket.id: 0 if kind is None else active[kind] - one.active
        for one, kind in zip(accounts, kinds, strict=True)
    }


def last_assigned(accounts: Iterable[Account]) -> dict[str, str]:
    """Who of each owner got a ticket last; of one instant, by the order of ticket ids."""
    given = sorted(
        (us, one.ticket.id, nth, owner, who)
        for one in accounts
        for nth, (us, owner, who) in enumerate(one.given)
    )
    last = {owner: who for *_, owner, who in given}
    return dict(sorted(last.items()))


def problems(accounts: Iterable[Account]) -> frozenset[str]:
    """The keys of wide problems that these tickets have fired. Finer point 36."""
    return frozenset(
        key
        for one in accounts
        for key in (*one.ticket.done, *(event.key for event in one.ticket.events or ()))
        if key is not None and _PROBLEM.fullmatch(key)
    )


def _kind(ticket: Ticket, similar: Sequence[str]) -> tuple[Any, ...] | None:
    values = [ticket.values.get(name) for name in similar]
    if any(value is None for value in values):
        return None
    return tuple(v if isinstance(v, str | int | float) else json.dumps(v) for v in values)
