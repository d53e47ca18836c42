"""The door: a policy compiled once, and decisions from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from escalate.decision import ClockState, Decision
from escalate.desk import EMPTY, Desk, read_desk
from escalate.errors import TicketError
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.holding import holding
from escalate.evaluator.prepared import Prepared, prepared
from escalate.evaluator.program import Program
from escalate.evaluator.quick import quick
from escalate.policy.json_text import read_json
from escalate.policy.policy import Policy
from escalate.reading import read_instant, read_ticket
from escalate.ticket import EPOCH, Ticket

if TYPE_CHECKING:
    from escalate.evaluator.clock_explanation import ClockExplanation
    from escalate.evaluator.handover import Handover

__all__ = ["Engine", "ticket_of"]

_CHANGES_HANDS = frozenset(("enter", "escalate", "transfer"))


def ticket_of(
    raw: Mapping[str, Any] | str | bytes, declared: frozenset[str] | None = None
) -> Ticket:
    """A ticket from JSON text or what JSON holds; ``declared`` are the policy's fields.

    Raises:
        TicketError: with every mistake, each located.
    """
    if isinstance(raw, str | bytes):
        raw, wrong = read_json(raw, "<ticket>")
        if wrong:
            raise TicketError(wrong)
    return read_ticket(raw, declared)


class Engine:
    """A policy, compiled. Deciding changes nothing in it that shows; threads may share one."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.program = Program(policy)
        self._named = self.program.triggers.names
        self._reader: Any = None
        self._recording: Any = None
        self._last: tuple[datetime | str | None, int] = (None, 0)

    def ticket(self, raw: Ticket | Mapping[str, Any] | str | bytes) -> Ticket:
        """A ticket of this policy, from JSON text or what JSON holds.

        Checked against the policy's fields; a :class:`Ticket` is taken as it is.

        Raises:
            TicketError: with every mistake, each located.
        """
        if isinstance(raw, Ticket):
            return raw
        if self._reader is None:
            from escalate.policy.ticket_reader import TicketReader

            self._reader = TicketReader(self.policy)
        from_text = isinstance(raw, str | bytes)
        ticket: Ticket = self._reader.read_text(raw) if from_text else self._reader.read(raw)
        return ticket

    def _instant(self, now: datetime | str) -> int:
        """The instant in microseconds."""
        instant = read_instant(now)
        us = (instant - EPOCH) // EPOCH.resolution
        self._last = (now, us)
        return us

    def desk(self, raw: Desk | Mapping[str, Any] | None) -> Desk:
        """The desk as this policy sees it, with the capacities that it names.

        Raises:
            TicketError: with every mistake, each located.
        """
        return EMPTY if raw is None else self.program.people.furnished(read_desk(raw))

    def clocks(
        self,
        ticket: Ticket | Mapping[str, Any] | str | bytes,
        *,
        now: datetime | str,
        desk: Desk | Mapping[str, Any] | None = None,
    ) -> dict[str, ClockState]:
        """All clocks of a ticket at an instant, by name, as a decision shows them.

        Language: "Time".

        Raises:
            TicketError: the ticket, the desk or ``now`` cannot be read.
        """
        from escalate.evaluator.clocks import clock_states

        at = self._instant(now)
        return clock_states(self.program, self.ticket(ticket), self.desk(desk), at)

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
        """The account of a clock or of a level's deadline at an instant: what was counted,
        what was not and why, when it was due.

        ``name`` is a clock's, a deadline's of the present level (``resolve``), or that of the
        latest stay at a level (``L1.resolve``); ``cycle`` picks an earlier cycle or stay, from
        1. More than ``limit`` rows are summed up by day, week, month or year.
        Language: "Time", "Deadlines".

        Raises:
            TicketError: the ticket, the desk or ``now`` cannot be read.
            ClockNameError: nothing is called so.
        """
        from escalate.evaluator.explaining import explain_clock

        read, around, at = self.ticket(ticket), self.desk(desk), self._instant(now)
        return explain_clock(self.program, read, name, around, at, cycle=cycle, limit=limit)

    def decide(
        self,
        ticket: Ticket | Mapping[str, Any] | str | bytes,
        *,
        now: datetime | str,
        desk: Desk | Mapping[str, Any] | None = None,
        trace: bool = False,
        handover: bool = False,
    ) -> Decision:
        """The next step of a ticket at an instant. Language: "The decision".

        With ``handover`` a decision by which the ticket changes hands carries the note
        that goes with it (:meth:`handover`), as JSON.

        Raises:
            TicketError: the ticket, the desk or ``now`` cannot be read.
        """
        read = ticket if isinstance(ticket, Ticket) else self.ticket(ticket)
        around = EMPTY if desk is None else self.desk(desk)
        last, us = self._last
        if now is not last:  # nearly always the same one as for the ticket before
            us = self._instant(now)
        if trace or handover:
            return self._in_full(read, around, us, trace, handover)
        program = self.program
        # Nobody asks again about a ticket that was read just now: nothing is kept with it.
        known = read.memo if read is ticket else Prepared(program, read, us)
        if known is None or known.program is not program or us < known.since:
            known = prepared(program, read, us)
        return quick(program, known, around, us) or Deciding(program, known, around, us).run()

    def _in_full(
        self, ticket: Ticket, desk: Desk, now: int, trace: bool, handover: bool
    ) -> Decision:
        """The decision with its trace, or with the note that goes with a change of hands."""
        if trace:
            decided = self._traced(ticket, desk, now)
        else:
            known = prepared(self.program, ticket, now)
            decided = Deciding(self.program, known, desk, now).run()
        if handover and decided.step in _CHANGES_HANDS:
            return decided._replace(handover=self._note(ticket, desk, now, decided).to_json())
        return decided

    def holding(
        self,
        ticket: Ticket | Mapping[str, Any] | str | bytes,
        *,
        now: datetime | str,
        desk: Desk | Mapping[str, Any] | None = None,
    ) -> tuple[str, ...]:
        """The triggers whose conditions hold for a ticket at an instant, as written, whether
        or not they have fired already. Language: "Triggers".

        Raises:
            TicketError: the ticket, the desk or ``now`` cannot be read.
        """
        if not isinstance(ticket, Ticket):
            ticket = self.ticket(ticket)
        last, us = self._last
        if now is not last:
            us = self._instant(now)
        program, known = self.program, ticket.memo
        if known is None or known.program is not program or us < known.since:
            known = prepared(program, ticket, us)
        look = known.look
        if desk is None and look is not None:
            held = look(known.row, us)[0] & known.phased
            if not held & known.asked:
                found = self._named.get(held)
                return program.triggers.named(held) if found is None else found
        return holding(program, known, self.desk(desk), us)

    def source(self) -> str:
        """The Python that is generated for this policy and tells which triggers hold, as it
        runs. The tables that it looks into stand beside it."""
        return self.program.triggers.index.source

    def handover(
        self,
        ticket: Ticket | Mapping[str, Any] | str | bytes,
        *,
        now: datetime | str,
        desk: Desk | Mapping[str, Any] | None = None,
        decision: Decision | None = None,
    ) -> Handover:
        """The note for whoever has the ticket next: what is known, what was tried, what
        the customer was promised and until when, what is missing.

        It goes with the decision at that instant, or with ``decision``, which was made
        of the ticket before; on request it is made of a ticket that stays where it is, too.
        Language: "Hand-over note".

        Raises:
            TicketError: the ticket, the desk or ``now`` cannot be read.
        """
        now_us = self._instant(now)
        return self._note(self.ticket(ticket), self.desk(desk), now_us, decision)

    def _note(self, ticket: Ticket, desk: Desk, now: int, decision: Decision | None) -> Handover:
        from escalate.evaluator.handover import handover_of

        deciding = Deciding(self.program, prepared(self.program, ticket, now), desk, now)
        decided = deciding.run()
        return handover_of(deciding, decision or decided)

    def _traced(self, ticket: Ticket, desk: Desk, now: int) -> Decision:
        """The same decision, by a program that notes what it chooses on its way."""
        from escalate.evaluator.recorder import Recorder
        from escalate.evaluator.trace import with_trace

        if self._recording is None:
            recorder = Recorder(self.policy)
            self._recording = (Program(self.policy, recorder), recorder)
        program, recorder = self._recording
        # A copy, since what was worked out of the ticket before would not be chosen again.
        with recorder.recording() as chosen:
            known = prepared(program, replace(ticket), now)
            deciding = Deciding(program, known, desk, now)
            decision = with_trace(deciding, deciding.run())
        if decision.trace is None:
            return decision
        cases = [{"path": path, "case": case} for path, case in chosen]
        return decision._replace(trace={**decision.trace, "cases": cases})
