"""The desk as the tickets of a policy show it. Language: "The ticket", the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from escalate.desk import EMPTY, Desk
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.engine import Engine
from escalate.evaluator.prepared import prepared
from escalate.policy.policy import Policy
from escalate.reading import read_instant
from escalate.ticket import Ticket
from escalate.worktime.epoch import microseconds

__all__ = ["desk_of"]


def desk_of(
    rules: Policy | Engine,
    tickets: Iterable[Ticket | Mapping[str, Any] | str | bytes],
    *,
    now: datetime | str,
) -> Desk:
    """What a set of tickets shows at ``now``: :meth:`Desk.from_tickets` in a policy's words.

    Statuses, `similar` (derived fields too) and the owners of levels are the policy's;
    each of its owners and members has a count, 0 where he has nothing. What happens
    after ``now`` is not seen, nor a ticket that is created later.

    Raises:
        TicketError: a ticket or ``now`` cannot be read.
    """
    engine = rules if isinstance(rules, Engine) else Engine(rules)
    at = read_instant(now)
    policy = engine.policy
    seen = (
        _settled(engine, ticket.as_of(at), microseconds(at))
        for ticket in map(engine.ticket, tickets)
        if ticket.created_at <= at
    )
    crews = engine.program.people.crews.values()
    names = {name for crew in crews if crew.kind != "group" for name in (crew.id, *crew.members)}
    return Desk.from_tickets(
        seen, similar=policy.similar, phases=policy.status_phases(), names=names
    )


def _settled(engine: Engine, ticket: Ticket, now: int) -> Ticket:
    """The ticket with what its events and the policy say in place of the snapshot's."""
    deciding = Deciding(engine.program, prepared(engine.program, ticket, now), EMPTY, now)
    hist, values = deciding.hist, deciding.ctx.values
    said = {name: values.get(name) for name in engine.policy.similar}
    owner = deciding.before.owner
    return ticket.with_values(
        {**said, "status": hist.status, "owner": owner, "assignee": hist.assignee}
    )
