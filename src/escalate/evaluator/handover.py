"""The note that goes with a ticket from one to the next, so that nobody has to ask the
customer again.

Language: "Hand-over note". What is known, what was tried, what the customer was promised
and until when, what is missing: all of it from the ticket's events and its fields. Made
on request, beside the decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from escalate.decision import Decision, instant_text
from escalate.evaluator.promises import Promise, promises_of
from escalate.event import MOVES, Event, in_order
from escalate.worktime import ZoneError, find_zone
from escalate.worktime.epoch import microseconds

if TYPE_CHECKING:
    from escalate.evaluator.deciding import Deciding

__all__ = ["Handover", "Held", "Party", "Pledge", "Said", "handover_of"]

TRIED: Final = "tried"
"""The item that tells what was tried; every other item is something that is known."""

_APART: Final = frozenset(
    ("id", "subject", "description", "created_at", "level", "owner", "assignee", "phase", "active")
)
"""Facts of the snapshot that stand in the note in places of their own."""

_OF_TICKET: Final = frozenset(("snapshot", "events", "time"))


class Party(NamedTuple):
    """Where a ticket stands and with whom, each also by the name that people use."""

    level: str | None
    level_name: str | None
    owner: str | None
    owner_name: str | None
    assignee: str | None

    def to_json(self) -> dict[str, Any]:
        return self._asdict()


class Said(NamedTuple):
    """Something that somebody wrote: an answer, a note, what the customer says, an item
    that was documented; or whom the customer asked for. ``text`` is ``None`` where only
    its being written is known."""

    us: int
    by: str
    text: str | None
    public: bool = True
    item: str | None = None
    asked_for: str | None = None

    def to_json(self, zone: str) -> dict[str, Any]:
        said: dict[str, Any] = {"at": instant_text(self.us, zone), "by": self.by}
        if self.item is not None:
            said["item"] = self.item
        elif not self.public:
            said["public"] = False
        if self.asked_for is not None:
            said["asked_for"] = self.asked_for
        if self.text is not None:
            said["text"] = self.text
        return said


class Held(NamedTuple):
    """Who had the ticket, from when until when (``None``: still)."""

    party: Party
    from_us: int
    until_us: int | None

    def to_json(self, zone: str) -> dict[str, Any]:
        until = instant_text(self.until_us, zone)
        said = {**self.party.to_json(), "from": instant_text(self.from_us, zone), "until": until}
        return {name: value for name, value in said.items() if value is not None}


class Pledge(NamedTuple):
    """A promise to the customer: its instant, when it was made, what became of it (`open`,
    `kept`, `broken`, or `replaced` by a later one)."""

    due_us: int
    made_us: int
    about: str | None
    by: str | None
    text: str | None
    state: str

    def to_json(self, zone: str) -> dict[str, Any]:
        said = {
            "due": instant_text(self.due_us, zone),
            "made_at": instant_text(self.made_us, zone),
            "about": self.about,
            "by": self.by,
            "text": self.text,
            "state": self.state,
        }
        return {name: value for name, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Handover:
    """A hand-over note. Instants are microseconds since 1970, shown in ``zone``, the
    policy's; texts are as they were written.

    ``due`` and ``clocks`` hold the deadlines that run after the step, and when the clocks
    that run are due. ``missing`` are items that are to be documented and are not yet,
    ``unknown`` fields whose absence kept something from being decided.
    """

    ticket: str
    now_us: int
    zone: str
    step: str
    reason: str
    before: Party
    after: Party
    subject: str | None
    description: str | None
    created_us: int
    due: Mapping[str, int]
    clocks: Mapping[str, int]
    promised: tuple[Pledge, ...]
    customer: Mapping[str, Any]
    customer_zone: str | None
    fields: Mapping[str, Any]
    documented: tuple[Said, ...]
    heard: tuple[Said, ...]
    held: tuple[Held, ...]
    tried: tuple[Said, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def moves(self) -> bool:
        """Whether the ticket changes hands."""
        return self.step in ("enter", "escalate", "transfer")

    def to_json(self) -> dict[str, Any]:
        """The note as JSON, always with the same keys in the same order."""
        zone = self.zone
        return {
            "ticket": self.ticket,
            "now": instant_text(self.now_us, zone),
            "step": self.step,
            "reason": self.reason,
            "from": self.before.to_json(),
            "to": self.after.to_json(),
            "subject": self.subject,
            "description": self.description,
            "created_at": instant_text(self.created_us, zone),
            "due": {name: instant_text(us, zone) for name, us in self.due.items()},
            "clocks": {name: instant_text(us, zone) for name, us in self.clocks.items()},
            "promised": [pledge.to_json(zone) for pledge in self.promised],
            "known": {
                "customer": dict(self.customer),
                "fields": dict(self.fields),
                "documented": [said.to_json(zone) for said in self.documented],
                "heard": [said.to_json(zone) for said in self.heard],
            },
            "tried": {
                "held": [held.to_json(zone) for held in self.held],
                "said": [said.to_json(zone) for said in self.tried],
            },
            "missing": list(self.missing),
            "unknown": list(self.unknown),
        }

    def to_markdown(self) -> str:
        """The note as Markdown (CommonMark). What people wrote is quoted: no mark-up in it
        has an effect, and characters that a terminal would obey or hide are shown."""
        from escalate.evaluator.handover_text import markdown

        return markdown(self)


def handover_of(deciding: Deciding, decision: Decision) -> Handover:
    """The note for a decision; ``deciding`` is how it, or the same again, was come to."""
    program, ctx, ticket = deciding.program, deciding.ctx, deciding.ctx.ticket
    values = ctx.values
    created = deciding.hist.created
    seen = in_order((event for event in ticket.events or () if event.us <= ctx.now), created)
    documented = list(_documented(seen))
    zone = values.get("customer.timezone")
    return Handover(
        ticket=ticket.id,
        now_us=ctx.now,
        zone=program.zone,
        step=decision.step,
        reason=decision.reason,
        before=_party(deciding, *decision.from_),
        after=_party(deciding, *decision.to),
        subject=ticket.get("subject"),
        description=ticket.get("description"),
        created_us=deciding.hist.created,
        due={name: us for name, us in decision.deadlines.items() if us is not None},
        clocks={
            name: clock.due_us
            for name, clock in decision.clocks.items()
            if clock.due_us is not None and clock.state in ("running", "breached")
        },
        promised=tuple(_pledges(deciding, decision)),
        customer={
            name.removeprefix("customer."): _plain(value)
            for name, value in values.items()
            if name.startswith("customer.") and value is not None
        },
        customer_zone=zone if isinstance(zone, str) and _is_zone(zone) else None,
        fields={
            name: _plain(value)
            for name, value in values.items()
            if name not in _APART and not name.startswith("customer.") and value is not None
        },
        documented=tuple(said for said in documented if said.item != TRIED),
        heard=tuple(_heard(seen)),
        held=tuple(_held(deciding, seen)),
        tried=tuple(
            sorted(
                [*_answers(seen), *(s for s in documented if s.item == TRIED)],
                key=lambda said: said.us,
            )
        ),
        missing=_missing(deciding, decision),
        unknown=tuple(name for name in decision.missing if _of_ticket(deciding, name)),
    )


def _party(deciding: Deciding, level: str | None, owner: str | None, assignee: str | None) -> Party:
    program = deciding.program
    found = program.ladder.by_id.get(level or "")
    called = level if found is None else found.name
    return Party(level, called, owner, program.people.name(owner), assignee)


def _documented(seen: list[Event]) -> Iterator[Said]:
    for event in seen:
        if event.type == "documented" and event.item is not None:
            yield Said(event.us, "agent", event.text, item=event.item)
        elif event.type == "requested" and event.summary:
            yield Said(event.us, event.by or "agent", event.summary, item="summary")


def _answers(seen: list[Event]) -> Iterator[Said]:
    for event in seen:
        if event.type == "reply" and event.by in ("agent", "bot"):
            yield Said(event.us, str(event.by), event.text, event.public)


def _heard(seen: list[Event]) -> Iterator[Said]:
    for event in seen:
        if event.by == "customer" and event.type == "reply":
            yield Said(event.us, "customer", event.text)
        elif event.by == "customer" and event.type == "requested":
            yield Said(event.us, "customer", None, asked_for=event.to or "")


def _held(deciding: Deciding, seen: list[Event]) -> Iterator[Held]:
    """Who had the ticket one after the other, up to now."""
    hist = deciding.hist
    stays: list[tuple[int, Party]] = []
    level: str | None = None
    for event in seen:
        if event.type in MOVES:
            if event.type != "transferred":
                level = event.to
            elif level is None:
                level = hist.level
            owner = event.owner
            if owner is None and event.type == "transferred":
                owner = event.to
            stays.append(
                (max(event.us, hist.created), _party(deciding, level, owner, event.assignee))
            )
        elif event.type == "assigned" and stays:
            since, party = stays[-1]
            stays[-1] = since, party._replace(assignee=event.to)
    if not stays and hist.level is not None:
        entered = hist.created if hist.entered is None else hist.entered
        stays.append((entered, _party(deciding, *deciding.before)))
    ends: list[int | None] = [since for since, _ in stays[1:]]
    for (since, party), until in zip(stays, [*ends, None], strict=False):
        yield Held(party, since, until)


def _pledges(deciding: Deciding, decision: Decision) -> Iterator[Pledge]:
    """The promises of the present cycle, and those that are made with the decision."""
    ctx, hist = deciding.ctx, deciding.hist
    known: tuple[Promise, ...] = promises_of(ctx.ticket, hist)
    made = [
        (promise, action.text)
        for action in decision.actions
        if f"{action.key}/promise/0" not in hist.keys
        for promise in action.what.get("promises", ())
    ]
    again = {promise["about"] for promise, _ in made}
    for p in known:
        if p.cycle == hist.cycle:
            state = p.state(ctx.now)
            if state == "open" and p.about in again:
                state = "replaced"
            yield Pledge(p.due, p.made, p.about, p.by, p.text, state)
    for promise, text in made:
        due = microseconds(datetime.fromisoformat(promise["due"]))
        yield Pledge(due, ctx.now, promise["about"], None, text, "open")


def _missing(deciding: Deciding, decision: Decision) -> tuple[str, ...]:
    """What the level, or a trigger that waits for it, requires and nobody has documented."""
    level = deciding.program.ladder.by_id.get(decision.to.level or "")
    wanted = [*(level.requires if level is not None else ())]
    for lack in deciding.firing.lacking:
        wanted += lack.items
    for action in decision.actions:
        if action.action == "ask":
            wanted += action.what.get("items", ())
    lacking = dict.fromkeys(item for item in wanted if item not in deciding.hist.documented)
    return tuple(lacking)


def _of_ticket(deciding: Deciding, name: str) -> bool:
    fact = deciding.program.facts.get(name)
    return name == "events" or (fact is not None and fact.source in _OF_TICKET)


def _is_zone(name: str) -> bool:
    try:
        find_zone(name)
    except ZoneError:
        return False
    return True


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
