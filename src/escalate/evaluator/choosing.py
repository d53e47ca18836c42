"""Which policy of a set decides a ticket. Language: "The text", `applies_to`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from escalate.decision import ClockState, Decision, PolicyId, Stand
from escalate.desk import EMPTY, Desk, read_desk
from escalate.errors import TicketError
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.engine import Engine, ticket_of
from escalate.evaluator.prepared import prepared
from escalate.evaluator.status import DONE
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet
from escalate.policy.ticket_fields import FieldChecker
from escalate.reading import read_instant
from escalate.tally import USUAL_PHASES
from escalate.ticket import BUILT_IN, Ticket
from escalate.worktime.epoch import DAY, microseconds
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.clock_explanation import ClockExplanation
    from escalate.evaluator.handover import Handover

__all__ = ["SetEngine", "decide", "engine_for"]

NOBODY = PolicyId("", None, "")
"""In a decision: no policy wanted the ticket."""


class _Member:
    """One policy of a set, and the fields that it knows."""

    def __init__(self, policy: Policy) -> None:
        self.engine = Engine(policy)
        self.known = frozenset((*BUILT_IN, *policy.fields))
        self._checker = FieldChecker(policy) if policy.fields else None

    def own(self, ticket: Ticket) -> Ticket:
        """The ticket with the fields that this policy knows."""
        foreign = ticket.values.keys() - self.known
        return ticket.with_values(dict.fromkeys(foreign)) if foreign else ticket

    def wrong(self, ticket: Ticket) -> TicketError | None:
        """What the policy's fields find wrong with its own form of a ticket."""
        found = self._checker.check(ticket) if self._checker else []
        return TicketError(found) if found else None


class _Choice(NamedTuple):
    """Which policy's engine decides, the ticket as that policy sees it, until when that is
    so at least, and what would have helped to choose."""

    engine: Engine | None
    ticket: Ticket
    horizon: int
    missing: set[str]


class SetEngine:
    """A set of policies, compiled: the first that applies decides.

    A ticket may hold the fields of every policy of the set; each sees its own.
    """

    def __init__(self, policies: PolicySet) -> None:
        self.policies = policies
        self._members = [_Member(policy) for policy in policies]
        self._declared = frozenset(name for policy in policies for name in policy.fields)

    def ticket(self, raw: Ticket | Mapping[str, Any] | str | bytes) -> Ticket:
        """A ticket of this set. Raises :class:`TicketError` with every mistake."""
        return raw if isinstance(raw, Ticket) else ticket_of(raw, self._declared)

    def decide(
        self,
        ticket: Ticket | Mapping[str, Any] | str | bytes,
        *,
        now: datetime | str,
        desk: Desk | Mapping[str, Any] | None = None,
        trace: bool = False,
        handover: bool = False,
    ) -> Decision:
        """The next step by the first policy that applies; where none does, a `hold` that
        says so. A policy whose `applies_to` is unknown is passed over, and what it lacks
        is `missing`.

        Raises:
            TicketError: the ticket, the desk or ``now`` cannot be read.
        """
        read = self.ticket(ticket)
        at = read_instant(now)
        around = EMPTY if desk is None else read_desk(desk)
        chosen = self._choose(read, around, microseconds(at))
        if chosen.engine is None:
            return _unwanted(read, microseconds(at), chosen.horizon, chosen.missing)
        decision = chosen.engine.decide(
            chosen.ticket, now=at, desk=around, trace=trace, handover=handover
        )
        return _with(decision, chosen.horizon, chosen.missing)

    def handover(
        self,
        ticket: Ticket | Mapping[str, Any] | str | bytes,
        *,
        now: datetime | str,
        desk: Desk | Mapping[str, Any] | None = None,
        decision: Decision | None = None,
    ) -> Handover | None:
        """The hand-over note by the policy that decides; ``None`` where none does.

        Raises:
            TicketError: the ticket, the desk or ``now`` cannot be read.
        """
        engine, own = self.deciding(ticket, now=now, desk=desk)
        if engine is None:
            return None
        return engine.handover(own, now=now, desk=desk, decision=decision)

    def clocks(
        self,
        ticket: Ticket | Mapping[str, Any] | str | bytes,
        *,
        now: datetime | str,
        desk: Desk | Mapping[str, Any] | None = None,
    ) -> dict[str, ClockState]:
        """All clocks of a ticket by the policy that decides it; none where no policy does.

        Raises:
            TicketError: the ticket, the desk or ``now`` cannot be read.
        """
        engine, own = self.deciding(ticket, now=now, desk=desk)
        return {} if engine is None else engine.clocks(own, now=now, desk=desk)

    def explain_clock(
        self,
        ticket: Ticket | Mapping[str, Any] | str | bytes,
        name: str,
        *,
        now: datetime | str,
        desk: Desk | Mapping[str, Any] | None = None,
        cycle: int | None = None,
        limit: int = 40,
    ) -> ClockExplanation:
        """The account of a clock or deadline by the policy that decides the ticket: see
        :meth:`Engine.explain_clock`.

        Raises:
            TicketError: the ticket, the desk or ``now`` cannot be read.
            ClockNameError: nothing is called so, or no policy applies.
        """
        engine, own = self.deciding(ticket, now=now, desk=desk)
        if engine is None:
            from escalate.evaluator.clock_subject import ClockNameError

            raise ClockNameError("no policy of the set applies to this ticket")
        return engine.explain_clock(own, name, now=now, desk=desk, cycle=cycle, limit=limit)

    def deciding(
        self,
        ticket: Ticket | Mapping[str, Any] | str | bytes,
        *,
        now: datetime | str,
        desk: Desk | Mapping[str, Any] | None = None,
    ) -> tuple[Engine | None, Ticket]:
        """The engine of the policy that decides a ticket, if any does, and the ticket in
        that policy's form.

        Raises:
            TicketError: the ticket, the desk or ``now`` cannot be read.
        """
        around = EMPTY if desk is None else read_desk(desk)
        chosen = self._choose(self.ticket(ticket), around, microseconds(read_instant(now)))
        return chosen.engine, chosen.ticket

    def _choose(self, ticket: Ticket, desk: Desk, now: int) -> _Choice:
        horizon, missing = NEVER, set[str]()
        for member in self._members:
            own = member.own(ticket)
            holds, until, lacking = self._applies(member, own, desk, now)
            horizon = min(horizon, until)
            missing.update(lacking)
            if not holds:
                continue
            wrong = member.wrong(own)
            if wrong is not None:
                raise wrong
            return _Choice(member.engine, own, horizon, missing)
        return _Choice(None, ticket, horizon, missing)

    def _applies(
        self, member: _Member, ticket: Ticket, desk: Desk, now: int
    ) -> tuple[bool | None, int, tuple[str, ...]]:
        program = member.engine.program
        if program.applies is None:
            return True, NEVER, ()
        if member.wrong(ticket) is not None:
            # Whatever is wrong by this policy's fields cannot make it apply.
            ticket = ticket.with_values(dict.fromkeys(ticket.values.keys() - set(BUILT_IN)))
        known, around = prepared(program, ticket, now), member.engine.desk(desk)
        holds, until, lacking = program.applies(Deciding(program, known, around, now).ctx)
        return holds, until, tuple(lacking)


def _with(decision: Decision, horizon: int, missing: set[str]) -> Decision:
    """The decision, never to be slept on beyond what chose its policy."""
    following = decision.next_us
    if horizon < NEVER and (following is None or horizon < following):
        following = horizon
    every = tuple(sorted(missing.union(decision.missing)))
    return decision._replace(next_us=following, missing=every)


def _unwanted(ticket: Ticket, now: int, horizon: int, missing: set[str]) -> Decision:
    stand = Stand(
        ticket.values.get("level"), ticket.values.get("owner"), ticket.values.get("assignee")
    )
    return Decision(
        ticket=ticket.id,
        now_us=now,
        zone="UTC",
        step="hold",
        trigger=None,
        fired=(),
        kind=None,
        path=None,
        from_=stand,
        to=stand,
        deadlines={},
        clocks={},
        actions=(),
        missing=tuple(sorted(missing)),
        warnings=(),
        sentence=("No policy of the set applies to this ticket, so nothing is decided.", None),
        next_us=_following(ticket, now, horizon),
        policy=NOBODY,
    )


def _following(ticket: Ticket, now: int, horizon: int) -> int | None:
    """An active ticket is looked at once a day, by the usual statuses: nobody has it."""
    if horizon < NEVER:
        return horizon
    done = USUAL_PHASES.get(ticket.values.get("status") or "") in DONE
    return None if done else now + DAY


def engine_for(rules: Policy | PolicySet) -> Engine | SetEngine:
    """The engine of a policy, or of a set."""
    return Engine(rules) if isinstance(rules, Policy) else SetEngine(rules)


def decide(
    policy: Policy | PolicySet,
    ticket: Ticket | Mapping[str, Any] | str | bytes,
    *,
    now: datetime | str,
    desk: Desk | Mapping[str, Any] | None = None,
    trace: bool = False,
) -> Decision:
    """One decision by a policy or a set; where there are many, make an engine once
    (:func:`engine_for`).

    Raises:
        TicketError: the ticket, the desk or ``now`` cannot be read.
    """
    return engine_for(policy).decide(ticket, now=now, desk=desk, trace=trace)
