"""Simulated histories: decide, apply until `hold`, go on, with things happening between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from escalate.desk import Desk
from escalate.policy.policy import Policy
from escalate.ticket import Ticket
from support.generators import Case, outside_event
from support.slow import slow_decide
from support.slow_apply import slow_apply

__all__ = ["Moment", "most_steps", "slow_history"]

QUARTER = 15 * 60 * 1_000_000


@dataclass(frozen=True)
class Moment:
    """One decision of a history, with all that it was decided from."""

    policy: Policy
    ticket: Ticket
    desk: Desk
    now: int
    decision: Any


def most_steps(policy: Policy) -> int:
    """The bound of law 2."""
    names = ("acknowledge", "respond", "resolve")
    agreed = [a for o in policy.owners.values() if (a := getattr(o, "agreed", None)) is not None]
    deadlines = sum(
        any(getattr(one, name) is not None for one in (level.deadlines, *agreed))
        for level in policy.levels
        for name in names
    )
    return 2 * (len(policy.triggers) + deadlines) + 4


def history(
    case: Case,
    rng: Random,
    decide: Callable[[Policy, Ticket, Desk, int], Any],
    apply: Callable[[Ticket, Any, int], Ticket],
    next_check: Callable[[Any], int | None],
    rounds: int = 4,
) -> Iterator[Moment]:
    """The decisions of a history. Fails where `hold` is not reached (law 2)."""
    policy, ticket, desk, now = case.read()
    for _ in range(rounds):
        for _ in range(most_steps(policy) + 1):
            decision = decide(policy, ticket, desk, now)
            yield Moment(policy, ticket, desk, now, decision)
            step = decision["step"] if isinstance(decision, dict) else decision.step
            if step == "hold":
                break
            ticket = apply(ticket, decision, now)
        else:
            raise AssertionError("no hold is reached (law 2)")
        draw, wake = rng.random(), next_check(decision)
        if draw < 0.5 and wake is not None:
            now = max(now, wake)
        else:
            now += QUARTER * rng.randrange(0, rng.choice([2, 8, 60]))
        if rng.random() < 0.4:
            ticket = outside_event(rng, case.policy, ticket, now)


def slow_history(case: Case, rng: Random, rounds: int = 4) -> Iterator[Moment]:
    """A history that the slow evaluator decides alone; it knows no time to ask again."""
    return history(case, rng, slow_decide, slow_apply, lambda _: None, rounds)


def keys_of(ticket: Ticket) -> list[str]:
    """Every key that a ticket holds, as often as it holds it."""
    return [e.key for e in ticket.events or () if e.key is not None] + list(ticket.done)
