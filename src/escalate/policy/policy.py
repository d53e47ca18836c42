"""The whole policy as written. Language: "A whole policy"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from escalate.modelling.words import BeforeValidator, Field, PrivateAttr, StrictInt, model_validator
from escalate.phase import DEFAULT_STATUSES
from escalate.policy.base import FieldName, Language, Model, Name, Phase, Scalar
from escalate.policy.cases import CaseKind, Cases
from escalate.policy.clock import Clock
from escalate.policy.condition import Condition
from escalate.policy.effects import Urgency
from escalate.policy.field import FieldSpec
from escalate.policy.level import Level, PathSpec
from escalate.policy.owner import LayeredRotation, Owner
from escalate.policy.trigger import Trigger
from escalate.worktime.calendar import Calendar
from escalate.worktime.duration import Duration

if TYPE_CHECKING:
    from pydantic import ModelWrapValidatorHandler

__all__ = ["DateForm", "Message", "Policy", "Review", "Shared"]

Status = Annotated[str, Field(min_length=1, max_length=200)]


Review = Cases[Annotated[Duration, CaseKind("Review", no_value=("none", "never"))]]


def _message(raw: Any) -> Any:
    """A text alone is in the policy's own language, which is written as ``und`` here."""
    return {"und": raw} if isinstance(raw, str) else raw


Texts = Annotated[dict[Language, str], Field(min_length=1)]
Message = Annotated[Texts, BeforeValidator(_message, json_schema_input_type=str | Texts)]
"""A message: one text, or one for each language."""


def _version(raw: Any) -> Any:
    """The number alone: neither ``1.0`` nor ``true``, which Python takes for equal."""
    return raw if type(raw) is int else str(raw)


Version = Annotated[Literal[1], BeforeValidator(_version, json_schema_input_type=Literal[1])]


class Statuses(Model):
    """The desk's words, by the four phases that the engine knows."""

    open: tuple[Status, ...] = ()
    waiting: tuple[Status, ...] = ()
    resolved: tuple[Status, ...] = ()
    closed: tuple[Status, ...] = ()


Value = Annotated[Scalar, CaseKind("Value")]

DateForm = Literal["iso", "language"]
"""How messages write instants."""


class Shared(Model):
    """What an included file may bring. Language: "The text", ``include``."""

    escalate: Version | None = None
    description: str | None = None
    include: tuple[str, ...] = ()
    statuses: Statuses | None = None
    fields: dict[FieldName, FieldSpec] = Field({})
    calendars: dict[Name, Calendar] = Field({})
    conditions: dict[Name, Condition] = Field({})
    owners: dict[Name, Owner] = Field({})
    clocks: dict[Name, Clock] = Field({})
    messages: dict[Name, Message] = Field({})
    actions: dict[Name, dict[Name, FieldSpec]] = Field({})


class Policy(Shared):
    """A checked policy; what compiles into an engine."""

    escalate: Version
    name: Annotated[str, Field(min_length=1, max_length=200)]
    version: str | None = None
    timezone: str = "UTC"
    language: Language | None = None
    calendar: Name = "always"
    dates: DateForm = "iso"
    tell_customer: Cases[Name] | None = None
    urgency: Cases[Urgency] | None = None
    review: Review | None = None
    derive: dict[FieldName, Cases[Value]] = Field({})
    similar: tuple[FieldName, ...] = ()
    applies_to: Condition | None = None
    precedence: StrictInt = 0
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    paths: tuple[PathSpec, ...] = ()
    triggers: tuple[Trigger, ...] = ()

    _data: Mapping[str, Any] = PrivateAttr(default_factory=dict)
    _digest: str | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_data(cls, raw: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        policy = handler(raw)
        if isinstance(raw, Mapping):
            policy._data = raw
        return policy

    def extended(self, sections: Mapping[str, Any], data: Mapping[str, Any]) -> Self:
        """The policy with what it includes; ``data`` is the content of the whole."""
        policy = self.model_copy(update=dict(sections))
        policy._data = data
        policy._digest = None
        return policy

    @property
    def digest(self) -> str:
        """Tells contents apart: 16 hexadecimal digits, the same for any layout of the
        same content, includes, files of holidays and of shifts and all."""
        if self._digest is None:
            from escalate.policy.digest import digest_of  # a check needs none

            files = {
                name: [entry.digest for entry in calendar.holidays if entry.digest]
                for name, calendar in self.calendars.items()
            }
            rotas = {
                f"owner {name}": [found for layer in owner.layers if (found := layer.digest)]
                for name, owner in self.owners.items()
                if isinstance(owner, LayeredRotation)
            }
            self._digest = digest_of(
                self._data, {name: found for name, found in (files | rotas).items() if found}
            )
        return self._digest

    def status_phases(self) -> dict[str, Phase]:
        """Status to phase, by this policy's words or the usual ones."""
        if self.statuses is None:
            named: Mapping[Phase, tuple[str, ...]] = DEFAULT_STATUSES
        else:
            said = self.statuses
            named = {
                "open": said.open,
                "waiting": said.waiting,
                "resolved": said.resolved,
                "closed": said.closed,
            }
        return {status: phase for phase, words in named.items() for status in words}
