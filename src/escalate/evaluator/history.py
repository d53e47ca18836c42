"""A ticket's history in one pass: where it stands, what was counted, what runs.

Language: "Facts that conditions may read", "The ticket"; finer points 1 to 10.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Final

from escalate.evaluator.timers import Run, TimerSpec
from escalate.event import MOVES, Event
from escalate.ticket import EPOCH, Ticket, Unset

__all__ = ["History", "Request", "StatusTable"]

_US: Final = EPOCH.resolution
_BY_TIME: Final = attrgetter("us")
_REPLIES: Final = {"customer": "customer-reply", "bot": "bot-reply"}
_ENTERING: Final = frozenset({"entered", "escalated", "returned"})
_TELLING: Final = frozenset({"remind", "warn", "ask"})
_MOVE_KEYS: Final = ("enter:", "escalate:", "transfer:")
_RESOLVED: Final = frozenset({"resolved", "closed"})


def _us(instant: datetime) -> int:
    return (instant - EPOCH) // _US


@dataclass(slots=True)
class Request:
    """Somebody asked for somebody."""

    ordinal: int
    us: int
    by: str | None
    to: str | None
    summary: str | None
    open: bool = True


@dataclass(frozen=True, slots=True)
class StatusTable:
    """The desk's words for the four phases; an unknown one is open."""

    phases: Mapping[str, str]

    def phase(self, status: str) -> str:
        return self.phases.get(status, "open")

    def first(self, phase: str) -> str:
        """The first word for a phase, or the phase itself."""
        return next((s for s, p in self.phases.items() if p == phase), phase)


class History:
    """What the events seen at ``now`` say. Instants are microseconds since 1970."""

    __slots__ = (
        "acted",
        "anew",
        "assignee",
        "counts",
        "created",
        "customer_text",
        "cycle",
        "deadlines",
        "desk_acted",
        "documented",
        "done_only",
        "entered",
        "entry_assumed",
        "first",
        "idle_from",
        "key_at",
        "keys",
        "known",
        "ladder",
        "last",
        "level",
        "moves",
        "next_unseen",
        "notes",
        "now",
        "owner",
        "phase",
        "reentry",
        "requests",
        "resolved_known",
        "running",
        "runs",
        "status",
        "statuses",
        "visit",
    )

    def __init__(
        self,
        ticket: Ticket,
        now: int,
        statuses: StatusTable,
        clocks: Sequence[TimerSpec] = (),
        ladder: Mapping[str, Sequence[TimerSpec]] | None = None,
    ) -> None:
        self.now = now
        self.statuses = statuses
        created = _us(ticket.created_at)
        self.created = created
        self.known = ticket.events is not None
        self.notes: list[tuple[str, str]] = []
        self.runs = [Run(spec) for spec in clocks]
        self.ladder: Mapping[str, Sequence[TimerSpec]] = ladder or {}
        self.deadlines: list[Run] = []
        self.running = list(self.runs)
        self.last: dict[str, int] = {"created": created}
        self.first: dict[str, int] = {"created": created}
        self.counts = {"escalations": 0, "transfers": 0, "reopens": 0}
        self.counts.update({"replies.agent": 0, "replies.customer": 0, "replies.bot": 0})
        self.customer_text: str | None = None
        self.cycle = 0
        self.requests: list[Request] = []
        self.documented: set[str] = set()
        self.acted: dict[str, int] = {}
        self.keys: set[str] = set(ticket.done)
        self.key_at: dict[str, int] = {}
        self.moves = 0
        self.visit = 0
        self.anew = 0
        self.reentry = False
        self.idle_from = created
        self.desk_acted = created
        self.done_only = frozenset[str]()
        self.entry_assumed = False
        self.next_unseen: int | None = None
        self.level: str | None = None
        self.owner: str | None = None
        self.assignee: str | None = None
        self.entered: int | None = None
        self._read(ticket)
        self.resolved_known = (
            self.known or self.phase not in _RESOLVED or not isinstance(ticket.resolved_at, Unset)
        )

    # The pass.

    def _read(self, ticket: Ticket) -> None:
        every = ticket.events or ()
        seen = self._seen(every)
        self._begin(ticket, every)
        ordinal = 0
        numbered: dict[int, int] = {}
        for event in every:
            if event.type == "requested":
                numbered[id(event)] = ordinal
                ordinal += 1
        for event in seen:
            us = event.us if event.us > self.created else self.created
            if event.key is None:
                self.idle_from = us
            else:
                self.key_at.setdefault(event.key, us)
            kind = event.type
            if kind == "status":
                self._status(event, us)
            elif kind in MOVES:
                self._move(event, us)
            elif kind == "reply":
                self._reply(event, us)
            elif kind == "requested":
                request = Request(numbered[id(event)], us, event.by, event.to, event.summary)
                self.requests.append(request)
                if event.summary:
                    self.documented.add("summary")
                self._moment("requested", us)
            elif kind == "assigned":
                self.assignee = event.to
                self._moment("assigned", us)
                if event.by is not None:
                    self._moment("taken", us, quiet=True)
                self.desk_acted = us
            elif kind == "acknowledged":
                self._moment("acknowledged", us)
                self.desk_acted = us
            elif kind == "documented":
                if event.item is not None:
                    self.documented.add(event.item)
                self._moment("documented", us)
                self.desk_acted = us
            elif kind == "action":
                told = event.action in _TELLING or (
                    event.action == "notify" and event.to is not None and event.to == self.owner
                )
                if told:
                    self.desk_acted = us
            elif kind == "fired":
                self._fired(event, us)
        for event in every:
            if event.key is not None:
                self.keys.add(event.key)
        if ticket.done:
            self.done_only = frozenset(ticket.done) - self.key_at.keys()
            moved = sum(1 for key in self.done_only if key.startswith(_MOVE_KEYS))
            self.moves += moved
            self.visit += sum(
                1 for key in self.done_only if key.startswith(("enter:", "escalate:"))
            )
        self._compare(ticket, every)

    def _seen(self, every: Sequence[Event]) -> Sequence[Event]:
        now, last, early, disorder = self.now, -1, False, False
        unseen = None
        for event in every:
            us = event.us
            if us < last:
                disorder = True
            last = us
            if us > now:
                if unseen is None or us < unseen:
                    unseen = us
            elif us < self.created:
                early = True
        self.next_unseen = unseen
        if early:
            self.notes.append(("ESC931", "an event lies before the ticket's creation"))
        if not disorder:
            return every if unseen is None else [e for e in every if e.us <= now]
        self.notes.append(("ESC932", "the events are out of order"))
        return sorted((e for e in every if e.us <= now), key=_BY_TIME)

    def _begin(self, ticket: Ticket, every: Sequence[Event]) -> None:
        """The state at creation, and what stands for events where a source has none."""
        created = self.created
        status, resolved_as = self._first_status(ticket, every)
        self._take(status)
        moves = [e for e in every if e.type in MOVES]
        entering = min((e for e in moves if e.type in _ENTERING), key=_BY_TIME, default=None)
        if entering is None:
            self.level = ticket.get("level")
        elif entering.us > self.now:
            self.level = entering.from_
        if not moves:
            self.owner = ticket.get("owner")
            if not any(e.type == "assigned" for e in every):
                self.assignee = ticket.get("assignee")
        resolved = self.phase in _RESOLVED
        for run in self.runs:
            if "created" in run.spec.starts:
                run.start(created, status, resolved)
        if resolved:
            self._note("resolved", created)
        stand_ins: list[tuple[int, str]] = []
        if self.level is not None:
            given = ticket.level_entered_at
            self.entry_assumed = isinstance(given, Unset) or given is None
            entered = created if isinstance(given, Unset) or given is None else _us(given)
            stand_ins.append((max(entered, created), "entered"))
        reply = ticket.first_reply_at
        if not self.known and reply is not None and not isinstance(reply, Unset):
            stand_ins.append((max(_us(reply), created), "agent-reply"))
        if resolved_as is not None and isinstance(ticket.resolved_at, datetime):
            stand_ins.append((max(_us(ticket.resolved_at), created), "resolved"))
        for us, moment in sorted(stand_ins, key=lambda pair: pair[0]):
            if us > self.now:
                if self.next_unseen is None or us < self.next_unseen:
                    self.next_unseen = us
                continue
            self.desk_acted = us
            if moment == "resolved":
                self._turn(resolved_as or "", us)
            elif moment == "entered":
                self._enter(us)
                self._moment("entered", us)
            else:
                self.counts["replies.agent"] += 1
                self._moment("agent-reply", us)

    def _enter(self, us: int) -> None:
        """The present level's deadlines begin."""
        self.entered = us
        self.deadlines = [Run(spec) for spec in self.ladder.get(self.level or "", ())]
        for run in self.deadlines:
            run.start(us, self.status, self.phase in _RESOLVED)
        self.running = [*self.runs, *self.deadlines]

    def _first_status(self, ticket: Ticket, every: Sequence[Event]) -> tuple[str, str | None]:
        """The status at creation, and what `resolved_at` turns it into, if anything."""
        change = min((e for e in every if e.type == "status"), key=_BY_TIME, default=None)
        if change is not None:
            return change.from_ or self.statuses.first("open"), None
        said = ticket.get("status") or self.statuses.first("open")
        given = ticket.resolved_at
        if isinstance(given, Unset):
            return said, None
        resolved = self.statuses.phase(said) in _RESOLVED
        if given is None or not resolved:
            return said, None
        return self.statuses.first("open"), said

    def _take(self, status: str) -> None:
        self.status = status
        phase = self.statuses.phases.get(status)
        if phase is None:
            self.phase = "open"
            self.notes.append(("ESC935", f"no phase is named for the status `{status}`"))
        else:
            self.phase = phase

    # One kind of event each.

    def _status(self, event: Event, us: int) -> None:
        self.desk_acted = us
        if event.to is None:
            return
        self._turn(event.to, us)

    def _turn(self, status: str, us: int) -> None:
        was = self.phase
        self._take(status)
        phase = self.phase
        moments = ["status"]
        if was not in _RESOLVED and phase in _RESOLVED:
            moments.append("resolved")
        if phase == "closed" and was != "closed":
            moments.append("closed")
        reopened = was in _RESOLVED and phase not in _RESOLVED
        if reopened:
            moments.append("reopened")
        self._stop(us, moments)
        resolved = phase in _RESOLVED
        for run in self.running:
            if run.live:
                run.turn(us, status, resolved)
        if reopened:
            self._reopen(us)
        for moment in moments:
            self._note(moment, us)
        self._start(us, moments)
        if resolved:
            for request in self.requests:
                request.open = False

    def _reopen(self, us: int) -> None:
        self.cycle += 1
        self.reentry = self.level is not None
        self.counts["reopens"] += 1
        for name in self.counts:
            if name != "reopens":
                self.counts[name] = 0
        created = self.last["created"]
        self.last = {"created": created}
        self.first = {"created": created}
        self.documented = set()
        for run in self.running:
            if run.by_resolution and run.spec.on_reopen == "resume":
                run.resume(us, self.status)
            elif run.by_resolution and run.spec.on_reopen == "restart":
                run.start(us, self.status, False)

    def _move(self, event: Event, us: int) -> None:
        kind = event.type
        self.moves += 1
        self.desk_acted = us
        by_person = event.key is None
        for request in self.requests:
            if by_person or request.by == "agent":
                request.open = False
        if kind == "transferred":
            self.owner = event.owner if event.owner is not None else event.to
            self.assignee = event.assignee
            self.counts["transfers"] += 1
            self.anew += 1
            for i, run in enumerate(self.deadlines):
                if run.spec.name == "acknowledge":
                    fresh = Run(run.spec)
                    fresh.start(us, self.status, self.phase in _RESOLVED)
                    self.deadlines[i] = fresh
            self.running = [*self.runs, *self.deadlines]
            self._moment("transferred", us)
            return
        self.level = event.to
        self.owner = event.owner
        self.assignee = event.assignee
        self.entry_assumed = False
        self.visit += 1
        self.anew = 0
        self.reentry = False
        if kind == "escalated":
            self.counts["escalations"] += 1
        self._enter(us)
        self._moments(["entered"] if kind == "entered" else ["entered", kind], us)

    def _reply(self, event: Event, us: int) -> None:
        if event.by == "agent":
            self.desk_acted = us
            if not event.public:
                self._moment("internal-note", us)
                return
            self.counts["replies.agent"] += 1
            self._moment("agent-reply", us)
            return
        moment = _REPLIES.get(event.by or "")
        if moment is None:
            return
        self.counts[f"replies.{event.by}"] += 1
        if event.by == "customer" and event.text is not None:
            self.customer_text = event.text
        self._moment(moment, us)

    def _fired(self, event: Event, us: int) -> None:
        trigger = event.trigger
        if trigger is not None:
            self.acted[trigger] = us
        if event.requests:
            closed = set(event.requests)
            for request in self.requests:
                if request.ordinal in closed:
                    request.open = False

    # Moments.

    def _note(self, moment: str, us: int) -> None:
        self.last[moment] = us
        self.first.setdefault(moment, us)

    def _moment(self, moment: str, us: int, quiet: bool = False) -> None:
        if not quiet:
            self._note(moment, us)
        for run in self.running:
            if run.live and moment in run.spec.stops:
                run.stop(us, False)
        for run in self.running:
            if not run.live and moment in run.spec.starts:
                run.start(us, self.status, self.phase in _RESOLVED)

    def _moments(self, moments: list[str], us: int) -> None:
        for moment in moments:
            self._note(moment, us)
        for run in self.running:
            if run.live and not run.spec.stops.isdisjoint(moments):
                run.stop(us, False)
        self._start(us, moments)

    def _stop(self, us: int, moments: list[str]) -> None:
        """A status ends what it ends; resolving and closing end all that runs."""
        resolving = "resolved" in moments
        closing = "closed" in moments
        for run in self.running:
            if not run.live:
                continue
            if resolving or closing:
                run.stop(us, True)
            elif not run.spec.stops.isdisjoint(moments):
                run.stop(us, False)

    def _start(self, us: int, moments: list[str]) -> None:
        resolved = self.phase in _RESOLVED
        through = "resolved" in moments or "closed" in moments
        for run in self.running:
            if not run.live and not run.spec.starts.isdisjoint(moments):
                run.start(us, self.status, resolved, through)

    # Snapshot against events.

    def _compare(self, ticket: Ticket, every: Sequence[Event]) -> None:
        """Where the snapshot says otherwise than the last event, events win."""
        values = ticket.values
        latest: dict[str, object] = {}
        for event in sorted(every, key=_BY_TIME) if len(every) > 1 else every:
            if event.type == "status":
                latest["status"] = event.to
            elif event.type in _ENTERING:
                latest["level"] = event.to
                latest["owner"] = event.owner
                latest["assignee"] = event.assignee
            elif event.type == "transferred":
                latest["owner"] = event.owner if event.owner is not None else event.to
                latest["assignee"] = event.assignee
            elif event.type == "assigned":
                latest["assignee"] = event.to
        for name, value in latest.items():
            said = values.get(name)
            if said is not None and value is not None and said != value:
                self.notes.append(("ESC936", f"`{name}` is `{said}`, but the events say `{value}`"))
