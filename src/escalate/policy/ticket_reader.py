"""Tickets of one policy from what JSON holds. Language: "The ticket".

Nearly every ticket of a desk is as it should be, and has the keys of many before it. Such a
one is read by a function that is written for its shape (`ticket_shapes`); any other is read by
`Reader`, key by key, which says all that is wrong with it. Tests hold the two to the same
tickets.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from escalate.errors import TicketError
from escalate.event import Event
from escalate.policy import ticket_shapes as shapes
from escalate.policy.json_text import read_json, read_pairs
from escalate.policy.policy import Policy
from escalate.policy.ticket_fields import FieldChecker
from escalate.policy.ticket_shapes import ALLOWED, SCALARS, TEXT, Facts, Names, OddError
from escalate.reading import CUSTOMER, FREE, TOP, read_ticket
from escalate.reading import TEXT as TEXTS
from escalate.ticket import STAND_INS, Ticket

__all__ = ["TicketReader"]

_NOT_YET: Final = frozenset[str](STAND_INS)
_MOST_SHAPES: Final = 500
_ODD: Final = (OddError, IndexError, KeyError, TypeError, ValueError)

Open = Callable[[Any], tuple[Names, tuple[Any, ...]]]
"""Takes an object apart into its keys and its values."""


class TicketReader:
    """Reads tickets as the policy declares them."""

    def __init__(self, policy: Policy) -> None:
        self._declared = frozenset(policy.fields)
        self._checker = FieldChecker(policy)
        facts = Facts({}, dict.fromkeys(sorted(TEXTS), TEXT), {})
        facts.classes.update(dict.fromkeys(sorted(FREE), SCALARS))
        customers = Facts({}, dict.fromkeys(sorted(CUSTOMER), TEXT), {})
        for name, spec in policy.fields.items():
            of_customer = name.startswith("customer.")
            (customers if of_customer else facts).declare(name.removeprefix("customer."), spec)
        # A field of this name would have a meaning of its own beside the built-in one.
        self._swift = not self._declared & (TOP - TEXTS - FREE)
        self._mappings = _Form(facts, customers, _of_mapping)
        self._pairs = _Form(facts, customers, _of_pairs)

    def read(self, raw: object) -> Ticket:
        """The ticket, from what JSON holds.

        Raises:
            TicketError: with every mistake, each located.
        """
        ticket = self._swiftly(raw, self._mappings)
        if ticket is not None:
            return ticket
        return read_ticket(raw, self._declared, self._checker.check_values)

    def read_text(self, text: str | bytes) -> Ticket:
        """The ticket, from JSON text.

        Raises:
            TicketError: with every mistake, each located.
        """
        ticket = self._swiftly(read_pairs(text), self._pairs)
        if ticket is not None:
            return ticket
        held, wrong = read_json(text, "<ticket>")
        if wrong:
            raise TicketError(wrong)
        return read_ticket(held, self._declared, self._checker.check_values)

    def _swiftly(self, raw: Any, form: _Form) -> Ticket | None:
        """The ticket, if its shape is known and nothing in it is odd."""
        if not self._swift:
            return None
        try:
            return form.ticket(raw)
        except _ODD:
            pass
        try:
            return self._mappings.ticket(form.without_nulls(raw))
        except _ODD:
            return None


class _Shapes:
    """Functions that read objects, by shape. Threads may share them: writing one twice does no
    harm."""

    def __init__(self, write: Callable[[Any], Callable[[Any], Any] | None]) -> None:
        self._write = write
        self._known: dict[Any, Callable[[Any], Any] | None] = {}
        self._seen: set[Any] = set()

    def of(self, shape: Any) -> Callable[[Any], Any]:
        """The function for a shape, if there is one and it has come before: for what comes but
        once it is not worth it."""
        reads = self._known.get(shape)
        if reads is None and shape not in self._known and len(self._known) < _MOST_SHAPES:
            if shape in self._seen:
                reads = self._known[shape] = self._write(shape)
            elif len(self._seen) < _MOST_SHAPES:
                self._seen.add(shape)
            else:
                self._seen = {shape}
        if reads is None:
            raise OddError
        return reads


class _Form:
    """The shapes of tickets, of what they say of customers and of events, where objects are
    taken apart in one way."""

    def __init__(self, facts: Facts, customers: Facts, opened: Open) -> None:
        self.open = opened
        self._tickets = _Shapes(
            lambda names: shapes.ticket(names, facts, self._customer, self._event)
        )
        self._customers = _Shapes(lambda names: shapes.customer(names, customers))
        self._events = _Shapes(lambda shape: shapes.event(*shape))

    def ticket(self, raw: Any) -> Ticket:
        """The ticket, if its shape is known and nothing in it is odd."""
        names, held = self.open(raw)
        ticket: Ticket = self._tickets.of(names)(held)
        return ticket

    def _customer(self, raw: Any) -> dict[str, Any]:
        names, held = self.open(raw)
        said: dict[str, Any] = self._customers.of(names)(held)
        return said

    def _event(self, raw: Any) -> Event:
        names, held = self.open(raw)
        event: Event = self._events.of((held[names.index("type")], names))(held)
        return event

    def without_nulls(self, raw: Any) -> dict[str, Any]:
        """The ticket as a mapping without what is `null`, which says as much as nothing; but
        of instants that stand for events it says "not yet"."""
        said = self._filled(raw, _NOT_YET)
        if "customer" in said:
            said["customer"] = self._filled(said["customer"], frozenset())
        if said.get("events").__class__ is list:
            said["events"] = [self._filled_event(item) for item in said["events"]]
        return said

    def _filled_event(self, raw: Any) -> dict[str, Any]:
        names, held = self.open(raw)
        # What this kind of event does not have is a mistake also where it is null.
        return self._filled(raw, frozenset(names) - ALLOWED[held[names.index("type")]])

    def _filled(self, raw: Any, kept: frozenset[str]) -> dict[str, Any]:
        names, held = self.open(raw)
        opened = dict(zip(names, held, strict=True))
        if len(opened) < len(names):
            raise OddError
        return {k: v for k, v in opened.items() if v is not None or k in kept}


def _of_mapping(held: Any) -> tuple[Names, tuple[Any, ...]]:
    if held.__class__ is not dict:
        raise OddError
    return tuple(held), tuple(held.values())


def _of_pairs(pairs: Any) -> tuple[Names, tuple[Any, ...]]:
    if pairs.__class__ is not tuple:
        raise OddError
    if not pairs:
        return (), ()
    names, held = zip(*pairs, strict=True)
    return names, held
