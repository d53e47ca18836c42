"""One ticket's life: asked when the policy wants to be asked, carried out at once.

Language: "Laws", before the first: simulation is `decide` and `apply` until `hold`, jump to
`next_check_at`, and again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from escalate.decision import Decision
from escalate.desk import EMPTY, Desk
from escalate.errors import EscalateError
from escalate.evaluator.apply import apply
from escalate.event import Event
from escalate.simulation.happened import happened, in_order
from escalate.ticket import Ticket
from escalate.worktime.zone import from_us

if TYPE_CHECKING:
    from escalate.evaluator.choosing import SetEngine
    from escalate.evaluator.engine import Engine

__all__ = ["Life", "RestlessError"]

MOST_STEPS = 10_000
"""Decisions at one instant; the laws of the language allow far fewer."""


class RestlessError(EscalateError):
    """The decisions at one instant never come to a `hold`."""


class Life:
    """A ticket on its way through time.

    ``ticket`` and ``desk`` are as they are now; ``trace`` asks for every decision with its
    trace. Instants are microseconds since 1970.
    """

    def __init__(
        self,
        engine: Engine | SetEngine,
        ticket: Ticket,
        desk: Desk = EMPTY,
        *,
        trace: bool = False,
    ) -> None:
        self.engine = engine
        self.ticket = in_order(ticket)
        self.desk = desk
        self.trace = trace
        self._next: int | None = None

    def happens(self, events: Sequence[Event]) -> None:
        """Something happens to the ticket that no decision caused."""
        self.ticket = happened(self.ticket, events)

    def at(self, us: int) -> list[Decision]:
        """Ask at an instant and carry out what is decided, until there is nothing to do.

        Every decision in order; the last is the `hold`.

        Raises:
            RestlessError: there is always something more to do.
            TicketError: the ticket has become one that the policy does not take.
        """
        made: list[Decision] = []
        now = from_us(us)
        for _ in range(MOST_STEPS):
            decision = self.engine.decide(self.ticket, now=now, desk=self.desk, trace=self.trace)
            made.append(decision)
            if decision.step == "hold":
                self._next = decision.next_us
                return made
            self.ticket = in_order(apply(self.ticket, decision))
        raise RestlessError(f"the decisions at {now.isoformat()} do not come to a hold")

    def until(self, us: int) -> Iterator[list[Decision]]:
        """The decisions between the last instant asked and ``us``, at each instant at which
        the policy wanted to be asked. Nothing comes before the first :meth:`at`."""
        while self._next is not None and self._next < us:
            yield self.at(self._next)
