"""The steps of the ladder, their deadlines and reminders. Language: "Levels and paths"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from escalate.modelling.words import BeforeValidator, Discriminator, Field, StrictInt, Tag
from escalate.policy.base import Model, Name
from escalate.policy.cases import Cases
from escalate.policy.choice import OwnerCases
from escalate.policy.clock import Names
from escalate.policy.condition import Condition
from escalate.policy.effects import Effects, Notices
from escalate.policy.target import Target
from escalate.worktime.duration import Duration

__all__ = ["DEADLINES", "Deadline", "Deadlines", "Fallback", "Level", "PathSpec", "Remind"]

Kind = Literal["functional", "hierarchical"]

Percent = Annotated[str, Field(pattern=r"^(100|[1-9]?[0-9])%$")]


def _warn_form(raw: Any) -> str:
    return "<percent>" if isinstance(raw, str) and raw.endswith("%") else "<duration>"


WarnPoint = Annotated[
    Annotated[Percent, Tag("<percent>")] | Annotated[Duration, Tag("<duration>")],
    Discriminator(_warn_form),
]


class Deadline(Model):
    """A promise of one level, from the moment that the ticket entered it."""

    target: Cases[Target]
    warn: tuple[WarnPoint, ...] = ()
    paused: Names | None = None
    calendar: Cases[Name] | None = None
    on_breach: Effects | None = None


def _deadline(raw: Any) -> Any:
    """A target alone is a whole deadline."""
    if isinstance(raw, dict) and "at" not in raw:
        return raw
    return raw if isinstance(raw, Deadline) else {"target": raw}


AnyDeadline = Annotated[
    Deadline, BeforeValidator(_deadline, json_schema_input_type=Deadline | Cases[Target])
]


DEADLINES: Final = ("acknowledge", "respond", "resolve")
"""What deadlines there are, in the order in which they are due."""


class Deadlines(Model):
    """What must have happened by when, at one level."""

    acknowledge: AnyDeadline | None = None
    respond: AnyDeadline | None = None
    resolve: AnyDeadline | None = None

    def given(self) -> Iterator[tuple[str, Deadline]]:
        """Those that the level has, by name, in the order of :data:`DEADLINES`."""
        for name in DEADLINES:
            deadline: Deadline | None = getattr(self, name)
            if deadline is not None:
                yield name, deadline


class Remind(Model):
    """Again and again, ``times`` at the most (absent: without end)."""

    every: Duration
    times: Annotated[StrictInt, Field(ge=1, le=1000)] | None = None


class Fallback(Model):
    """Who is tried where the owner is not there."""

    fallback: OwnerCases


def _mapping_or_word(raw: Any) -> str:
    return "<mapping>" if isinstance(raw, dict | Fallback) else "<word>"


IfUnavailable = Annotated[
    Annotated[Literal["skip", "wait"], Tag("<word>")] | Annotated[Fallback, Tag("<mapping>")],
    Discriminator(_mapping_or_word),
]


class Level(Model):
    """One step of the ladder; levels are written in rank order."""

    id: Name
    name: str | None = None
    description: str | None = None
    kind: Kind | None = None
    owner: OwnerCases
    if_unavailable: IfUnavailable = "skip"
    requires: tuple[Name, ...] = ()
    calendar: Cases[Name] | None = None
    deadlines: Annotated[Deadlines, Field(default_factory=Deadlines.model_construct)]
    remind: Remind | None = None
    notify: Notices = ()
    tell_customer: Cases[Name] | None = None


class PathSpec(Model):
    """The levels that a kind of ticket climbs, in rank order."""

    id: Name
    description: str | None = None
    when: Condition | None = None
    levels: Annotated[tuple[Name, ...], Field(min_length=1)]
