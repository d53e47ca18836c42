"""A ticket's history in one pass: where it stands, what was counted, what runs.

Language: "Facts that conditions may read", "The ticket"; finer points 1 to 10. How a
kind of event changes what is known: `happenings`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from escalate.evaluator.happenings import HAPPENINGS
from escalate.evaluator.origin import Origin, disagreements, origin_of
from escalate.evaluator.status import ACTIVE, DONE, StatusTable, moments_of
from escalate.evaluator.timers import Run, TimerSpec
from escalate.event import Event, in_order
from escalate.ticket import EPOCH, Ticket
from escalate.worktime import Duration

if TYPE_CHECKING:
    from escalate.evaluator.promises import Promise

__all__ = ["History", "Plan", "Request"]

_US: Final = EPOCH.resolution
_INSTANT: Final = attrgetter("us")
_NO_COUNTS: Final = {
    "escalations": 0,
    "transfers": 0,
    "reopens": 0,
    "replies.agent": 0,
    "replies.customer": 0,
    "replies.bot": 0,
}


@dataclass(slots=True)
class Request:
    """Somebody asked for somebody; ``ordinal`` counts requests in the ticket's list."""

    ordinal: int
    us: int
    by: str | None
    to: str | None
    open: bool = True


class Plan:
    """What of a policy the pass over the events needs.

    ``ladder`` holds the deadlines of each level; ``heard`` the moments that start or stop
    anything, each with the clocks, by number, that it stops and that it starts.
    """

    __slots__ = ("clocks", "heard", "ladder", "statuses")

    def __init__(
        self,
        statuses: StatusTable,
        clocks: Sequence[TimerSpec] = (),
        ladder: Mapping[str, tuple[TimerSpec, ...]] | None = None,
    ) -> None:
        self.statuses = statuses
        self.clocks = tuple(clocks)
        self.ladder = ladder or {}
        heard = {moment for timer in clocks for moment in timer.starts | timer.stops}
        heard.update(m for timers in self.ladder.values() for t in timers for m in t.stops)
        self.heard = {
            moment: (
                tuple(i for i, timer in enumerate(clocks) if moment in timer.stops),
                tuple(i for i, timer in enumerate(clocks) if moment in timer.starts),
            )
            for moment in sorted(heard)
        }


class History:
    """What the events seen at ``now`` say. Instants are microseconds since 1970."""

    make_run: type[Run] = Run
    # What most tickets never change stands here once, and is not set for each of them.
    known = True
    customer_text: str | None = None
    cycle = 0
    moves = 0
    visit = 0
    anew = 0
    reentry = False
    level: str | None = None
    owner: str | None = None
    assignee: str | None = None
    entered: int | None = None
    entry_assumed = False
    next_unseen: int | None = None
    notes: Sequence[tuple[str, str]] = ()
    requests: Sequence[Request] = ()
    documented: frozenset[str] = frozenset()
    told: Mapping[str | None, int] = MappingProxyType({})
    """When owners were last told something."""
    undelivered: Mapping[tuple[str | None, str | None], int] = MappingProxyType({})
    """Until when what owners are told, a message or nothing but the step, was held back."""
    deadlines: Sequence[Run] = ()
    done_only: frozenset[str] = frozenset()
    status: str | None = None
    phase = "open"
    review: tuple[Duration | None, int] = (None, 0)
    """When a review of this length is due; kept by ``reminders``."""
    promises: Sequence[Promise] | None = None
    """What the customer was promised; worked out when it is first asked for."""

    def __init__(self, ticket: Ticket, now: int, plan: Plan) -> None:
        self.now = now
        self.plan = plan
        self.created = created = (ticket.created_at - EPOCH) // _US
        self.idle_from = self.desk_acted = created
        self.last = {"created": created}
        self.first = {"created": created}
        self.counts = _NO_COUNTS.copy()
        self.acted: dict[str, int] = {}
        self.keys: dict[str, int | None] = {}
        """Every key known, with the instant of its event where that is seen."""
        self.clocks = [self.make_run(spec) for spec in plan.clocks]
        self.running: Sequence[Run] = self.clocks
        every = ticket.events
        if every is None:
            self.known = False
            every = ()
        seen, ordinals = self._seen(every)
        origin = origin_of(ticket, every, seen, now, plan.statuses)
        self._begin(origin)
        keys = self.keys
        for event in seen:
            us = event.us
            if us < created:
                us = created
            key = event.key
            if key is None:
                self.idle_from = us
            elif key not in keys:
                keys[key] = us
            taken = HAPPENINGS.get(event.type)
            if taken is not None:
                taken(self, event, us)
            elif event.type == "requested":
                self._requested(event, us, ordinals)
        self._finish(ticket, every, seen)

    def warn(self, code: str, message: str) -> None:
        """Something odd that the reader of the decision should know."""
        self.notes = (*self.notes, (code, message))

    # The pass.

    def _seen(self, every: Sequence[Event]) -> tuple[Sequence[Event], dict[int, int] | None]:
        """The events up to now in order, and, where that is not the list's own order,
        the ordinals of requests by the identity of their event."""
        now = self.now
        if not every or (len(every) == 1 and self.created <= every[0].us <= now):
            return every, None
        instants = list(map(_INSTANT, every))
        ordered = sorted(instants)
        if ordered[0] < self.created and ordered[0] <= now:
            self.warn("ESC931", "an event lies before the ticket's creation")
        whole = ordered[-1] <= now
        if whole and instants == ordered:  # by far the most
            return every, None
        if not whole:
            self.next_unseen = ordered[bisect_right(ordered, now)]
            if instants == ordered:
                return [e for e in every if e.us <= now], None
        self.warn("ESC932", "the events are out of order")
        asked = [e for e in every if e.type == "requested"]
        ordinals = {id(event): i for i, event in enumerate(asked)}
        return in_order((e for e in every if e.us <= now), self.created), ordinals

    def _begin(self, origin: Origin) -> None:
        """What stood before the first event, and what stands for events."""
        status, self.level, self.owner, self.assignee, assumed, stand_ins, resolved_as = origin
        if assumed:
            self.entry_assumed = True
        self._turn_to(status)
        created, resolved = self.created, self.phase in DONE
        for run in self.clocks:
            if "created" in run.spec.starts:
                run.start(created, self.status, resolved)
        if resolved:
            self.mark("resolved", created)
        for at, moment in stand_ins:
            us = max(at, created)
            if us > self.now:
                if self.next_unseen is None or us < self.next_unseen:
                    self.next_unseen = us
                continue
            self.desk_acted = max(us, self.desk_acted)
            if moment == "resolved":
                self.turn(resolved_as or "", us)
            elif moment == "entered":
                self.enter(us)
                self.happen(us, "entered")
            else:
                self.counts["replies.agent"] += 1
                self.happen(us, "agent-reply")

    def _requested(self, event: Event, us: int, ordinals: dict[int, int] | None) -> None:
        ordinal = len(self.requests) if ordinals is None else ordinals[id(event)]
        self.requests = [*self.requests, Request(ordinal, us, event.by, event.to)]
        if event.summary:
            self.documented |= {"summary"}
        self.happen(us, "requested")

    def _finish(self, ticket: Ticket, every: Sequence[Event], seen: Sequence[Event]) -> None:
        keys = self.keys
        if every:
            told = ticket.values.get
            if (
                seen is not every
                or told("status", self.status) != self.status
                or told("level", self.level) != self.level
                or told("owner", self.owner) != self.owner
                or told("assignee", self.assignee) != self.assignee
            ):
                self.notes = (*self.notes, *disagreements(ticket, every))
        if seen is not every:
            for event in every:
                if event.key is not None:
                    keys.setdefault(event.key, None)
        if ticket.done:
            self.done_only = frozenset(ticket.done) - keys.keys()
            keys.update(dict.fromkeys(sorted(self.done_only)))
            # An action's key is its cause's with a slash and more: no move of its own.
            moved = [key.split(":")[0] for key in self.done_only if "/" not in key]
            entries = moved.count("enter") + moved.count("escalate")
            self.visit += entries
            self.moves += entries + moved.count("transfer")

    def since(self) -> tuple[int, int | None, int | None, bool]:
        """When the ticket was created and came to its level, since when it is idle (``None``
        where that is not known), and whether there may be an open request."""
        known = self.known
        idle = self.idle_from if known else None
        return self.created, self.entered, idle, not known or bool(self.requests)

    # What happens to the state.

    def _turn_to(self, status: str | None) -> None:
        self.status = status
        phase = "open" if status is None else self.plan.statuses.phases.get(status)
        if phase is None:
            phase = "open"
            self.warn("ESC935", f"no phase is named for the status `{status}`")
        self.phase = phase

    def turn(self, status: str, us: int) -> None:
        """The status is another one. Within one event: stop, pause, start."""
        was = self.phase
        self._turn_to(status)
        phase = self.phase
        if was in ACTIVE and phase in ACTIVE and "status" not in self.plan.heard:
            # By far the most of them: nothing begins or ends.
            self.mark("status", us)
            for run in self.running:
                if run.live and (run.since is None or status in run.spec.pauses):
                    run.turn(us, status, False)
            return
        moments = moments_of(was, phase)
        resolved = phase in DONE
        ends = "resolved" in moments or "closed" in moments
        heard = not self.plan.heard.keys().isdisjoint(moments)
        for run in self.running:
            if run.live:
                if ends or (heard and not run.spec.stops.isdisjoint(moments)):
                    run.stop(us, ends)
                elif run.since is None or resolved or status in run.spec.pauses:
                    run.turn(us, status, resolved)
        if "reopened" in moments:
            self._reopen(us)
        for moment in moments:
            self.last[moment] = us
            if moment not in self.first:
                self.first[moment] = us
        if heard:
            for run in self.clocks:
                if not run.live and not run.spec.starts.isdisjoint(moments):
                    through = ends and not run.spec.starts.isdisjoint(("resolved", "closed"))
                    run.start(us, status, resolved, through)
        if resolved:
            for request in self.requests:
                request.open = False

    def _reopen(self, us: int) -> None:
        """The next cycle begins."""
        self.cycle += 1
        self.reentry = self.level is not None
        reopens = self.counts["reopens"] + 1
        self.counts = {**_NO_COUNTS, "reopens": reopens}
        self.last = {"created": self.created}
        self.first = {"created": self.created}
        self.documented = frozenset()
        for run in self.running:
            if run.by_resolution and run.spec.on_reopen == "resume":
                run.resume(us, self.status)
            elif run.by_resolution and run.spec.on_reopen == "restart":
                run.start(us, self.status, False)

    def enter(self, us: int) -> None:
        """The present level's deadlines begin."""
        self.entered = us
        specs = self.plan.ladder.get(self.level or "", ())
        if not specs:
            self.deadlines = ()
            self.running = self.clocks
            return
        resolved = self.phase in DONE
        deadlines = [Run.begun_at(us, spec, self.status, resolved) for spec in specs]
        self.deadlines = deadlines
        self.running = [*self.clocks, *deadlines]

    def begin_anew(self, us: int) -> None:
        """The deadlines that go by who has the ticket start from the beginning."""
        deadlines = list(self.deadlines)
        for i, run in enumerate(deadlines):
            if run.spec.anew:
                deadlines[i] = Run.begun_at(us, run.spec, self.status, self.phase in DONE)
        self.deadlines = deadlines
        self.running = [*self.clocks, *self.deadlines]

    def close_requests(self, by_person: bool) -> None:
        """A person's move closes every request, any move an agent's."""
        for request in self.requests:
            if by_person or request.by == "agent":
                request.open = False

    # Moments.

    def mark(self, moment: str, us: int) -> None:
        self.last[moment] = us
        if moment not in self.first:
            self.first[moment] = us

    def happen(self, us: int, moment: str) -> None:
        """Something happened: noted, and heard by clocks and deadlines. Most events are
        one moment, so this is `happen_together` written out for one."""
        self.last[moment] = us
        if moment not in self.first:
            self.first[moment] = us
        heard = self.plan.heard.get(moment)
        if heard is None:
            return
        clocks = self.clocks
        for i in heard[0]:
            if clocks[i].live:
                clocks[i].stop(us, False)
        for run in self.deadlines:
            if run.live and moment in run.spec.stops:
                run.stop(us, False)
        for i in heard[1]:
            if not clocks[i].live:
                clocks[i].start(us, self.status, self.phase in DONE)

    def happen_together(self, us: int, *moments: str, quiet: str | None = None) -> None:
        """Several moments at once: what they stop stops before what they start starts.
        A ``quiet`` one is heard and not noted."""
        for moment in moments:
            self.mark(moment, us)
        happened = moments if quiet is None else (*moments, quiet)
        if self.plan.heard.keys().isdisjoint(happened):
            return
        for run in self.running:
            if run.live and not run.spec.stops.isdisjoint(happened):
                run.stop(us, False)
        for run in self.clocks:
            if not run.live and not run.spec.starts.isdisjoint(happened):
                run.start(us, self.status, self.phase in DONE)
