"""Random but valid policies, tickets, desks and instants, in small domains.

Everything is drawn from a ``random.Random``, so that one code serves both bulk brute
force (``Random(seed)``) and hypothesis (``st.randoms``), which shrinks what it draws.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from escalate.desk import Desk, read_desk
from escalate.policy.policy import Policy
from escalate.reading import read_ticket
from escalate.ticket import Ticket
from support.gen_policies import policy_dict
from support.gen_tickets import desk_dict, event_dict, ticket_dict
from support.slow_history import us_of

__all__ = ["Case", "case_of", "cases", "drawn_cases", "outside_event", "random_case"]


@dataclass(frozen=True)
class Case:
    """A question as an author, a desk and a host would write it."""

    policy: dict[str, Any]
    ticket: dict[str, Any]
    desk: dict[str, Any]
    now: datetime

    def read(self) -> tuple[Policy, Ticket, Desk, int]:
        policy = Policy.model_validate(self.policy)
        ticket = read_ticket(self.ticket, frozenset(policy.fields))
        return policy, ticket, read_desk(self.desk), us_of(self.now)

    def but(self, **changes: Any) -> Case:
        return replace(self, **changes)


def random_case(rng: Random, *, plain_weeks: bool = False) -> Case:
    """One case. ``plain_weeks``: every week is like every other (no holidays, UTC)."""
    policy = policy_dict(rng, plain_weeks=plain_weeks)
    created = datetime(2026, 11, 20, tzinfo=UTC) + timedelta(minutes=15 * rng.randrange(0, 96 * 4))
    span = rng.choice([4, 12, 40, 200, 700])
    now = created + timedelta(minutes=15 * rng.randrange(0, span))
    if rng.random() < 0.2:
        now += timedelta(microseconds=rng.choice([1, 999_999, 60_000_000]))
    ticket = ticket_dict(rng, policy, created, now, span)
    return Case(policy, ticket, desk_dict(rng, policy, now), now)


def case_of(seed: int, **more: Any) -> Case:
    return random_case(Random(seed), **more)


def cases(**more: Any) -> st.SearchStrategy[Case]:
    """Cases for hypothesis, by seed: quick to make; ``twins.smallest`` shrinks them."""
    return st.integers(0, 2**32).map(lambda seed: case_of(seed, **more))


def drawn_cases(**more: Any) -> st.SearchStrategy[Case]:
    """Cases that hypothesis draws piece by piece and shrinks by itself: much slower."""
    return st.randoms(use_true_random=False).map(lambda rng: random_case(rng, **more))


def outside_event(rng: Random, policy: dict[str, Any], ticket: Ticket, now: int) -> Ticket:
    """The ticket after a person or a customer did something at ``now``."""
    if ticket.events is None:
        return ticket
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=now)
    raw = ticket.to_json()
    event = event_dict(rng, policy, at, raw)
    later = [e for e in raw["events"] if datetime.fromisoformat(e["at"]) > at]
    seen = [e for e in raw["events"] if datetime.fromisoformat(e["at"]) <= at]
    raw["events"] = [*seen, event, *later]
    follow(raw, event)
    return read_ticket(raw)


def follow(raw: dict[str, Any], event: dict[str, Any]) -> None:
    """The snapshot follows what happened."""
    if event["type"] in ("entered", "escalated", "returned"):
        raw["level"] = event["to"]
    if event["type"] == "status":
        raw["status"] = event["to"]
    if event["type"] in ("entered", "escalated", "returned", "transferred"):
        raw["owner"], raw["assignee"] = event.get("owner"), event.get("assignee")
    if event["type"] == "assigned":
        raw["assignee"] = event.get("to")
    if event["type"] == "field":
        raw[event["name"]] = event["to"]
