"""What each kind of event does to what is known of a ticket. Language: "The ticket", events.

One entry of the table for each kind; requests are numbered where the events are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from escalate.event import Event
from escalate.worktime.epoch import microseconds

if TYPE_CHECKING:
    from escalate.evaluator.history import History

__all__ = ["HAPPENINGS"]

_TELLING: Final = frozenset({"remind", "warn", "ask", "notify"})


def _entering(hist: History, event: Event, us: int) -> None:
    hist.moves += 1
    hist.desk_acted = us
    if hist.requests:
        hist.close_requests(by_person=event.key is None)
    hist.level, hist.owner, hist.assignee = event.to, event.owner, event.assignee
    hist.entry_assumed = hist.reentry = False
    hist.visit += 1
    hist.anew = 0
    hist.enter(us)
    if event.type == "entered":
        hist.happen(us, "entered")
        return
    if event.type == "escalated":
        hist.counts["escalations"] += 1
    hist.happen_together(us, "entered", event.type)


def _transferred(hist: History, event: Event, us: int) -> None:
    hist.moves += 1
    hist.desk_acted = us
    hist.close_requests(by_person=event.key is None)
    hist.owner = event.owner if event.owner is not None else event.to
    hist.assignee = event.assignee
    hist.counts["transfers"] += 1
    hist.anew += 1
    hist.begin_anew(us)
    hist.happen(us, "transferred")


def _changed_status(hist: History, event: Event, us: int) -> None:
    hist.desk_acted = us
    if event.to is not None:
        hist.turn(event.to, us)


def _replied(hist: History, event: Event, us: int) -> None:
    if event.by == "agent":
        hist.desk_acted = us
        if event.public:
            hist.counts["replies.agent"] += 1
        hist.happen(us, "agent-reply" if event.public else "internal-note")
    elif event.by == "customer":
        hist.counts["replies.customer"] += 1
        if event.text is not None:
            hist.customer_text = event.text
        hist.happen(us, "customer-reply")
    elif event.by == "bot":
        hist.counts["replies.bot"] += 1
        hist.happen(us, "bot-reply")


def _assigned(hist: History, event: Event, us: int) -> None:
    hist.desk_acted = us
    hist.assignee = event.to
    hist.happen_together(us, "assigned", quiet=None if event.by is None else "taken")


def _acknowledged(hist: History, event: Event, us: int) -> None:
    hist.desk_acted = us
    hist.happen(us, "acknowledged")


def _documented(hist: History, event: Event, us: int) -> None:
    hist.desk_acted = us
    if event.item is not None:
        hist.documented |= {event.item}
    hist.happen(us, "documented")


def _promised(hist: History, event: Event, us: int) -> None:
    if event.key is None:  # a person's
        hist.desk_acted = us
    hist.happen(us, "promised")


def _acted(hist: History, event: Event, us: int) -> None:
    if event.action not in _TELLING:
        return
    if event.hold_until is not None:
        us = max(us, microseconds(event.hold_until))
        hist.undelivered = {**hist.undelivered, (event.to, event.message): us}
    hist.told = {**hist.told, event.to: max(us, hist.told.get(event.to, us))}


def _fired(hist: History, event: Event, us: int) -> None:
    if event.trigger is not None:
        hist.acted[event.trigger] = us
    for request in hist.requests:
        if request.ordinal in event.requests:
            request.open = False


HAPPENINGS: Final[Mapping[str, Callable[[History, Event, int], None]]] = {
    "entered": _entering,
    "escalated": _entering,
    "returned": _entering,
    "transferred": _transferred,
    "status": _changed_status,
    "reply": _replied,
    "assigned": _assigned,
    "acknowledged": _acknowledged,
    "documented": _documented,
    "action": _acted,
    "promised": _promised,
    "fired": _fired,
}
