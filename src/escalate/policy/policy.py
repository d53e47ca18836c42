"""The whole policy as written. Language: "A whole policy"."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictInt

from escalate.policy.base import FieldName, Language, Model, Name, Phase, Scalar
from escalate.policy.cases import Cases
from escalate.policy.clock import Clock
from escalate.policy.condition import Condition
from escalate.policy.field import FieldSpec
from escalate.policy.level import Level, PathSpec
from escalate.policy.owner import Owner
from escalate.policy.trigger import Trigger
from escalate.worktime.calendar import Calendar
from escalate.worktime.duration import Duration

__all__ = ["DEFAULT_STATUSES", "Message", "Policy", "Review", "Shared"]

DEFAULT_STATUSES: dict[Phase, tuple[str, ...]] = {
    "open": ("new", "open", "in-progress"),
    "waiting": ("pending", "on-hold", "waiting-on-customer", "waiting-on-vendor"),
    "resolved": ("solved", "resolved"),
    "closed": ("closed",),
}
"""What statuses mean in a policy that says nothing of them. Language: "The ticket"."""

Status = Annotated[str, Field(min_length=1, max_length=200)]


def _never(raw: Any) -> Any:
    return "none" if raw == "never" else raw


Review = Cases[Duration]


def _message(raw: Any) -> Any:
    """A text alone is in the policy's own language, which is written as ``und`` here."""
    return {"und": raw} if isinstance(raw, str) else raw


Texts = Annotated[dict[Language, str], Field(min_length=1)]
Message = Annotated[Texts, BeforeValidator(_message, json_schema_input_type=str | Texts)]
"""A message: one text, or one for each language."""


class Statuses(Model):
    """The desk's words, by the four phases that the engine knows."""

    open: tuple[Status, ...] = ()
    waiting: tuple[Status, ...] = ()
    resolved: tuple[Status, ...] = ()
    closed: tuple[Status, ...] = ()


class Shared(Model):
    """What an included file may bring. Language: "The text", ``include``."""

    escalate: Literal[1] | None = None
    name: str | None = None
    description: str | None = None
    include: tuple[str, ...] = ()
    statuses: Statuses | None = None
    fields: dict[FieldName, FieldSpec] = {}
    calendars: dict[Name, Calendar] = {}
    conditions: dict[Name, Condition] = {}
    owners: dict[Name, Owner] = {}
    clocks: dict[Name, Clock] = {}
    messages: dict[Name, Message] = {}
    actions: dict[Name, dict[Name, FieldSpec]] = {}


class Policy(Shared):
    """A checked policy; what compiles into an engine."""

    escalate: Literal[1]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    version: str | None = None
    timezone: str = "UTC"
    language: Language | None = None
    calendar: Name = "always"
    review: Review | None = None
    derive: dict[FieldName, Cases[Scalar]] = {}
    similar: tuple[FieldName, ...] = ()
    applies_to: Condition | None = None
    precedence: StrictInt = 0
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    paths: tuple[PathSpec, ...] = ()
    triggers: tuple[Trigger, ...] = ()

    def status_phases(self) -> dict[str, Phase]:
        """Status to phase, by this policy's words or the usual ones."""
        if self.statuses is None:
            named = DEFAULT_STATUSES
        else:
            said = self.statuses
            named = {
                "open": said.open,
                "waiting": said.waiting,
                "resolved": said.resolved,
                "closed": said.closed,
            }
        return {status: phase for phase, words in named.items() for status in words}
