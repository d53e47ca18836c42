"""What conditions may read, and of what type it is.

Language: "Facts that conditions may read". One table tells it to the checks, to the
compiler and to the documentation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple, get_args

from escalate.policy.base import Moment, Phase
from escalate.policy.field import FieldSpec
from escalate.policy.policy import Policy

__all__ = ["CLOCK_STATES", "DECLARABLE", "FREE", "MOMENTS", "PHASES", "Fact", "FactKind", "Facts"]

FactKind = Literal[
    "text",  # free text, or one of `choices`
    "number",
    "integer",
    "boolean",
    "list",  # of texts, or of `choices`
    "ordered",  # one of `choices`, lowest first
    "instant",
    "duration",  # working time in a calendar
    "percent",
    "state",  # of a clock, a calendar or what was promised
    "object",
]

Source = Literal[
    "snapshot", "events", "time", "clock", "promise", "calendar", "desk", "request", "authority"
]
"""What a fact is drawn from. Only ``snapshot`` and ``events`` are the ticket itself."""

MOMENTS: Final[tuple[Moment, ...]] = get_args(Moment)
PHASES: Final[tuple[Phase, ...]] = ("open", "waiting", "resolved", "closed")
PROMISE_STATES: Final = ("none", "open", "broken", "kept")
CLOCK_STATES: Final = ("not-started", "running", "paused", "met", "breached", "ended")


class Fact(NamedTuple):
    """One fact: its type, where it comes from, and the values it may have, if listed."""

    name: str
    kind: FactKind
    source: Source = "snapshot"
    choices: tuple[object, ...] | None = None
    of: FieldSpec | None = None


FREE: Final = ("severity", "priority", "category", "channel")
"""Fields that tickets have without being declared, and that may hold anything."""

_TEXTS: Final = (
    *FREE,
    "id",
    "subject",
    "description",
    "language",
    "assignee",
    "customer.id",
    "customer.name",
    "customer.email",
    "customer.language",
    "customer.timezone",
)
DECLARABLE: Final = frozenset({*_TEXTS, "tags"})
"""The facts of every ticket that an author may declare nevertheless, with a type of his own."""

_COUNTS: Final = (
    "escalations",
    "transfers",
    "replies.agent",
    "replies.customer",
    "replies.bot",
    "reopens",
)
_MEASURES: Final[Mapping[str, FactKind]] = {
    "elapsed": "duration",
    "remaining": "duration",
    "overdue": "duration",
    "percent": "percent",
}


def _declared(name: str, spec: FieldSpec) -> Fact:
    if spec.ordered is not None:
        return Fact(name, "ordered", "snapshot", spec.ordered, spec)
    kinds: Mapping[str, FactKind] = {
        "integer": "integer",
        "number": "number",
        "boolean": "boolean",
        "array": "list",
        "object": "object",
    }
    kind: FactKind = kinds.get(spec.type or "string", "text")
    if spec.format == "date-time" and kind == "text":
        kind = "instant"
    choices = spec.enum
    if kind == "list":
        choices = spec.items.choices if spec.items is not None else None
    return Fact(name, kind, "snapshot", choices, spec)


def _powers(policy: Policy) -> dict[str, dict[str, bool | float]]:
    """What each owner may decide, where it is a number for all who have it, or a truth."""
    found: dict[str, dict[str, Any]] = {}
    for owner, said in policy.owners.items():
        for what, value in said.authority.items():
            found.setdefault(f"authority.{what}", {})[owner] = value
    return {
        name: powers
        for name, powers in found.items()
        if len({isinstance(value, bool) for value in powers.values()}) == 1
        and all(isinstance(value, bool | int | float) for value in powers.values())
    }


class Facts:
    """The facts of one policy, by name."""

    def __init__(self, policy: Policy) -> None:
        facts = [Fact(name, "text") for name in _TEXTS]
        facts += [
            Fact("status", "text", "snapshot", tuple(policy.status_phases())),
            Fact("phase", "text", "snapshot", PHASES),
            Fact("tags", "list"),
            Fact("level", "ordered", "snapshot", tuple(level.id for level in policy.levels)),
            Fact("owner", "text", "snapshot", tuple(policy.owners)),
            Fact("created_at", "instant"),
            Fact("last_customer_text", "text", "events"),
            Fact("active", "boolean"),
            Fact("age", "duration", "time"),
            Fact("idle", "duration", "time"),
            Fact("at_level", "duration", "time"),
            Fact("desk.similar", "integer", "desk"),
            Fact("promise", "state", "promise", PROMISE_STATES),
            Fact("promise.remaining", "duration", "promise"),
            Fact("promise.overdue", "duration", "promise"),
        ]
        facts += [Fact(name, "integer", "events") for name in _COUNTS]
        for moment in MOMENTS:
            facts.append(Fact(f"since.{moment}", "duration", "time"))
            facts.append(Fact(f"since_first.{moment}", "duration", "time"))
        for owner in policy.owners:
            facts.append(Fact(f"desk.open.{owner}", "integer", "desk"))
            facts.append(Fact(f"desk.load.{owner}", "number", "desk"))
        for clock in policy.clocks:
            facts.append(Fact(f"clock.{clock}", "state", "clock", CLOCK_STATES))
            facts += [Fact(f"clock.{clock}.{m}", k, "clock") for m, k in _MEASURES.items()]
        for calendar in ("always", *policy.calendars):
            facts.append(Fact(f"calendar.{calendar}", "state", "calendar", ("open", "closed")))
        self.powers = _powers(policy)
        """What owners may decide, by fact and owner."""
        for name, powers in self.powers.items():
            truths = all(isinstance(value, bool) for value in powers.values())
            facts.append(Fact(name, "boolean" if truths else "number", "authority"))
        self._facts = {fact.name: fact for fact in facts}
        # The author's word on a field beats ours, but only where the fact is a plain field.
        for name, spec in policy.fields.items():
            if name in DECLARABLE or name not in self._facts:
                self._facts[name] = _declared(name, spec)

    def __getitem__(self, name: str) -> Fact:
        return self._facts[name]

    @property
    def names(self) -> Collection[str]:
        """What conditions may ask for."""
        return self._facts.keys()

    def get(self, name: str) -> Fact | None:
        """The fact of that name, if the policy has it."""
        return self._facts.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)
