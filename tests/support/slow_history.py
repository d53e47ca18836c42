"""What has happened to a ticket, read in the plainest way.

The slow evaluator is the engine's independent twin: recursion over the models, nothing
compiled, nothing kept from one question to the next. Docs: "Finer points", History.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from escalate.event import MOVES, Event
from escalate.policy.policy import Policy
from escalate.ticket import EPOCH, Ticket, Unset

ENTERING = frozenset({"entered", "escalated", "returned"})
ACTIVE = frozenset({"open", "waiting"})
ENDED = frozenset({"resolved", "closed"})


def us_of(instant: datetime) -> int:
    return (instant - EPOCH) // EPOCH.resolution


@dataclass
class Happening:
    """The creation, one seen event, or what a stand-in of the snapshot says happened."""

    us: int
    event: Event | None
    moments: frozenset[str]
    status: str | None
    phase: str
    cycle: int = 0
    ordinal: int | None = None  # of a request

    @property
    def move(self) -> Event | None:
        return self.event if self.event is not None and self.event.type in MOVES else None

    @property
    def entering(self) -> Event | None:
        return self.event if self.event is not None and self.event.type in ENTERING else None


def moments_of(event: Event) -> set[str]:
    if event.type == "reply":
        if event.by == "agent":
            return {"agent-reply" if event.public else "internal-note"}
        return {f"{event.by}-reply"}
    return {event.type, "entered"} if event.type in ENTERING else {event.type}


def given(instant: datetime | Unset | None) -> bool:
    return not isinstance(instant, Unset)


@dataclass
class Past:
    policy: Policy
    ticket: Ticket
    now: int
    warnings: set[str] = field(default_factory=set)
    happenings: list[Happening] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.created = us_of(self.ticket.created_at)
        self.known = self.ticket.events is not None
        listed = list(self.ticket.events or ())
        if any(e.us < self.created for e in listed):
            self.warnings.add("ESC931")
        if any(a.us > b.us for a, b in pairwise(listed)):
            self.warnings.add("ESC932")
        asked = [i for i, e in enumerate(listed) if e.type == "requested"]
        ordinals = {i: ordinal for ordinal, i in enumerate(asked)}
        order = sorted(range(len(listed)), key=lambda i: max(listed[i].us, self.created))
        self.all = [(max(listed[i].us, self.created), listed[i], ordinals.get(i)) for i in order]
        self.seen = [entry for entry in self.all if entry[0] <= self.now]
        self.unseen = [entry for entry in self.all if entry[0] > self.now]
        self._stand()
        self._tell()

    # Where it stands.

    def _stand(self) -> None:
        values = self.ticket.values
        entering = [e for _, e, _ in self.all if e.type in ENTERING]
        seen = [(us, e) for us, e, _ in self.seen if e.type in ENTERING]
        self.entry_is_assumed = not seen
        self.entered_us: int | None = None
        if seen:
            self.entered_us, self.level = seen[-1][0], seen[-1][1].to
        else:
            self.level = entering[0].from_ if entering else values.get("level")
            if self.level is not None:
                at = self.ticket.level_entered_at
                if isinstance(at, datetime):
                    self.entered_us = us_of(at)
                else:
                    self.entered_us = self.created
        self.stated_level, self.unknown_level = self.level, False
        if self.level is not None and self.level not in [lv.id for lv in self.policy.levels]:
            self.unknown_level = True
            self.level = None
        self.unknown_owner = False
        self._people(bool(entering))

    def _people(self, moved: bool) -> None:
        values = self.ticket.values
        kinds = {e.type for _, e, _ in self.all}
        self.owner = None if moved or "transferred" in kinds else values.get("owner")
        told = moved or kinds & {"transferred", "assigned"}
        self.assignee = None if told else values.get("assignee")
        for _, event, _ in self.seen:
            if event.type in ENTERING:
                self.owner, self.assignee = event.owner, event.assignee
            elif event.type == "transferred":
                self.owner, self.assignee = event.owner or event.to, event.assignee
            elif event.type == "assigned":
                self.assignee = event.to
        self.unknown_owner = self.owner is not None and self.owner not in self.policy.owners

    # What happened, step by step.

    def phase_of(self, status: str | None) -> str:
        return self.policy.status_phases().get(status, "open") if status is not None else "open"

    def _tell(self) -> None:
        changes = [e for _, e, _ in self.all if e.type == "status"]
        resolved_at = self.ticket.resolved_at
        stands_in = not changes and isinstance(resolved_at, datetime)
        status = changes[0].from_ if changes else self.ticket.get("status")
        last = status
        if stands_in:
            status = None
        phase = self.phase_of(status)
        steps = [(self.created, None, None, frozenset({"created"}), status)]
        if self.entry_is_assumed and self.entered_us is not None:
            steps.append((self.entered_us, None, None, frozenset({"entered"}), "same"))
        if not self.known and isinstance(self.ticket.first_reply_at, datetime):
            at = us_of(self.ticket.first_reply_at)
            steps.append((at, None, None, frozenset({"agent-reply"}), "same"))
        for us, event, ordinal in self.seen:
            to = event.to if event.type == "status" else "same"
            steps.append((us, event, ordinal, frozenset(moments_of(event)), to))
        if stands_in:
            steps.append((us_of(resolved_at), None, None, frozenset({"status"}), last))
        cycle = 0
        for us, event, ordinal, moments, to in sorted(steps, key=lambda step: step[0]):
            if us > self.now:
                continue
            before = phase
            if "created" not in moments and "status" in moments:
                status, phase = to, self.phase_of(to)
            found = set(moments)
            if before in ACTIVE and phase in ENDED:
                found.add("resolved")
            if before != "closed" and phase == "closed":
                found.add("closed")
            if before in ENDED and phase in ACTIVE:
                found.add("reopened")
                cycle += 1
            told = Happening(us, event, frozenset(found), status, phase, cycle, ordinal)
            self.happenings.append(told)
        self.status, self.phase, self.cycle = status, phase, cycle
        if {h.status for h in self.happenings} - self.policy.status_phases().keys() - {None}:
            self.warnings.add("ESC935")
        if self.unknown_level and self.active:
            self.warnings.add("ESC933")
        if self.unknown_owner and self.active:
            self.warnings.add("ESC934")
        assumed = self.entry_is_assumed and self.level is not None
        told = isinstance(self.ticket.level_entered_at, datetime)
        if assumed and not told and self.active and not self.reopened:
            self.warnings.add("ESC937")
        self._differences(changes)

    def _differences(self, changes: list[Event]) -> None:
        """Where the snapshot says other than the last event, seen or not."""
        last: dict[str, object] = {}
        if changes:
            last["status"] = changes[-1].to
        for _, event, _ in self.all:
            if event.type in ENTERING:
                last |= {"level": event.to, "owner": event.owner, "assignee": event.assignee}
            elif event.type == "transferred":
                last |= {"owner": event.owner or event.to, "assignee": event.assignee}
            elif event.type == "assigned":
                last["assignee"] = event.to
        for name, value in last.items():
            said = self.ticket.get(name)
            if said is not None and value is not None and said != value:
                self.warnings.add("ESC936")

    # Questions.

    @property
    def active(self) -> bool:
        return self.phase in ACTIVE

    @property
    def present(self) -> list[Happening]:
        """What belongs to the present cycle."""
        return [h for h in self.happenings if h.cycle == self.cycle]

    def knows(self, moment: str) -> bool:
        """Whether the history tells if and when that moment was."""
        if self.known or moment == "created":
            return True
        if moment == "entered":
            return self.level is not None
        if moment == "agent-reply":
            return given(self.ticket.first_reply_at)
        if moment == "resolved":
            return given(self.ticket.resolved_at) or self.active
        return False

    @property
    def keys(self) -> set[str]:
        """Every key of a cause or an action that the ticket holds, seen or not."""
        return {e.key for _, e, _ in self.all if e.key is not None} | set(self.ticket.done)

    def keyed_at(self, key: str) -> int | None:
        return next((us for us, e, _ in self.all if e.key == key), None)

    def acted_now(self, trigger: str) -> bool:
        """Whether that trigger or deadline has already acted at this very instant."""
        fired = [e for us, e, _ in self.seen if e.type == "fired" and us == self.now]
        return any(e.trigger == trigger for e in fired)

    @property
    def moves(self) -> int:
        return len([h for h in self.happenings if h.move]) + self._kept(
            "enter", "escalate", "transfer"
        )

    @property
    def visit(self) -> int:
        return len([h for h in self.happenings if h.entering]) + self._kept("enter", "escalate")

    def _kept(self, *kinds: str) -> int:
        """Moves of which the host kept the keys alone."""
        told = {event.key for _, event, _ in self.all}
        alone = {key for key in self.ticket.done if key not in told}
        moved = [k for k in alone if k.count(":") == 1 and "/" not in k]
        return len([k for k in moved if k.split(":")[0] in kinds])

    @property
    def since_entry(self) -> list[Happening]:
        """What came after the ticket entered its level."""
        at = [
            i
            for i, h in enumerate(self.happenings)
            if h.entering or (self.entry_is_assumed and h.event is None and "entered" in h.moments)
        ]
        return self.happenings[at[-1] + 1 :] if at else []

    @property
    def reopened(self) -> bool:
        """Reopened, and has entered no level since."""
        return any("reopened" in h.moments for h in self.since_entry) or (
            self.entered_us is None and self.cycle > 0
        )

    @property
    def documented(self) -> set[str]:
        items = {h.event.item for h in self.present if h.event and h.event.type == "documented"}
        if any(h.event and h.event.type == "requested" and h.event.summary for h in self.present):
            items.add("summary")
        return {item for item in items if item}

    def lacking(self, items: tuple[str, ...]) -> list[str]:
        """What is not documented yet."""
        return [item for item in items if item not in self.documented]

    def open_requests(self) -> list[Happening]:
        """The requests that nothing has closed yet, in the order in which they were made."""
        found = []
        for i, asked in enumerate(self.happenings):
            if asked.ordinal is None:
                continue
            if not any(self._closes(later, asked) for later in self.happenings[i + 1 :]):
                found.append(asked)
        return found

    @staticmethod
    def _closes(later: Happening, asked: Happening) -> bool:
        if "resolved" in later.moments:
            return True
        if later.move is not None:
            return later.move.key is None or asked.event.by == "agent"
        event = later.event
        return event is not None and event.type == "fired" and asked.ordinal in event.requests
