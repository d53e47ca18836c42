"""What the customer was promised, until when, and what became of it.

Language: "Promises". A second pass over the events, made only when something asks for
promises: most tickets never do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from escalate.evaluator.origin import origin_of
from escalate.evaluator.status import DONE, moments_of
from escalate.evaluator.timers import STOPS
from escalate.event import MOVES, Event, in_order
from escalate.ticket import Ticket
from escalate.worktime.epoch import microseconds

if TYPE_CHECKING:
    from escalate.evaluator.history import History, Plan

__all__ = ["Promise", "Promised", "promised", "promises_of"]

_ANSWER: Final = frozenset({"agent-reply"})
_REPLIES: Final = {"customer": "customer-reply", "bot": "bot-reply"}


@dataclass(slots=True)
class Promise:
    """One promise. Instants are microseconds since 1970; ``number`` counts the ticket's
    `promised` events from 1, as listed.

    ``ended`` is when it was kept, or when a later one took its place (``replaced``).
    """

    number: int
    made: int
    due: int
    about: str | None
    by: str | None
    text: str | None
    cycle: int
    ended: int | None = None
    replaced: bool = False

    def state(self, now: int) -> str:
        """`open`, `broken`, `kept`, or `replaced` in time by another."""
        if now >= self.due and (self.ended is None or self.ended > self.due):
            return "broken"
        if self.ended is None:
            return "open"
        return "replaced" if self.replaced else "kept"


class Promised(NamedTuple):
    """How promises stand: the state as conditions see it, the promise that counts (the
    open one that is due first), and the number of what is spoken of (0: nothing yet)."""

    state: str
    promise: Promise | None
    number: int


_NOTHING: Final = Promised("none", None, 0)


def promised(promises: Sequence[Promise], cycle: int, now: int) -> Promised:
    """How the promises of a cycle stand at an instant."""
    made = [p for p in promises if p.cycle == cycle]
    if not made:
        return _NOTHING
    open_ = [p for p in made if p.ended is None]
    if open_:
        first = min(open_, key=lambda p: (p.due, p.number))
        return Promised(first.state(now), first, first.number)
    states = {p.state(now) for p in made}
    state = "broken" if "broken" in states else "kept" if "kept" in states else "none"
    return Promised(state, None, made[-1].number)


def promises_of(ticket: Ticket, hist: History) -> tuple[Promise, ...]:
    """Every promise that is seen, in the order in which they were made."""
    every = ticket.events or ()
    listed = [event for event in every if event.type == "promised"]
    if not listed:
        return ()
    numbers = {id(event): number for number, event in enumerate(listed, 1)}
    seen = in_order((event for event in every if event.us <= hist.now), hist.created)
    found: list[Promise] = []
    cycle = 0
    for us, event, moments in _happened(ticket, hist, every, seen):
        resolved = not moments.isdisjoint(DONE)
        for promise in found:
            if promise.ended is None and (
                resolved
                or (us > promise.made and not moments.isdisjoint(_stops(promise, hist.plan)))
            ):
                promise.ended = us
        cycle += "reopened" in moments
        if event is None or event.type != "promised" or event.due is None:
            continue
        for promise in found:
            if promise.ended is None and promise.about == event.about:
                promise.ended, promise.replaced = us, True
        found.append(
            Promise(
                numbers[id(event)],
                us,
                microseconds(event.due),
                event.about,
                event.by,
                event.text,
                cycle,
            )
        )
    return tuple(found)


def _stops(promise: Promise, plan: Plan) -> frozenset[str]:
    """The moments that keep a promise: what ends its deadline or its clock; an answer
    keeps one that a person gave."""
    kind, _, name = (promise.about or "").partition(".")
    if kind == "deadline":
        return STOPS.get(name, _ANSWER)
    if kind == "clock":
        return next((spec.stops for spec in plan.clocks if spec.name == name), _ANSWER)
    return _ANSWER


def _happened(
    ticket: Ticket, hist: History, every: Sequence[Event], seen: Sequence[Event]
) -> Iterator[tuple[int, Event | None, frozenset[str]]]:
    """What happened, with the moments that it was."""
    statuses = hist.plan.statuses
    origin = origin_of(ticket, every, seen, hist.now, statuses)
    phase = "open" if origin.status is None else statuses.phase(origin.status)
    steps: list[tuple[int, Event | str]] = [
        (max(us, hist.created), moment) for us, moment in origin.stand_ins if us <= hist.now
    ]
    steps += [(max(event.us, hist.created), event) for event in seen]
    for us, step in sorted(steps, key=lambda pair: pair[0]):
        moments = {step} if isinstance(step, str) else _moments(step)
        status = origin.resolved_as if step == "resolved" else None
        if isinstance(step, Event) and step.type == "status":
            status = step.to
        if status is not None:
            was, phase = phase, statuses.phase(status)
            moments |= set(moments_of(was, phase))
        yield us, None if isinstance(step, str) else step, frozenset(moments)


def _moments(event: Event) -> set[str]:
    """The moments that an event is by itself."""
    if event.type == "reply":
        if event.by == "agent":
            return {"agent-reply" if event.public else "internal-note"}
        return {_REPLIES[event.by]} if event.by in _REPLIES else set()
    if event.type in MOVES and event.type != "transferred":
        return {event.type, "entered"}
    if event.type == "assigned" and event.by is not None:
        return {"assigned", "taken"}
    return {event.type}
