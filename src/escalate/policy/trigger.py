"""What makes a ticket move, and what is done then. Language: "Triggers"."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from escalate.modelling.words import BeforeValidator, Field
from escalate.policy.base import Name
from escalate.policy.condition import Condition
from escalate.policy.effects import Effects
from escalate.policy.level import Remind

__all__ = ["Trigger"]


def _as_list(raw: Any) -> Any:
    return [raw] if isinstance(raw, str) else raw


At = Annotated[
    tuple[Name, ...],
    Field(min_length=1),
    BeforeValidator(
        _as_list, json_schema_input_type=Name | Annotated[list[Name], Field(min_length=1)]
    ),
]


class Trigger(Effects):
    """Fires once for each cause while ``when`` holds."""

    id: Name
    name: str | None = None
    description: str | None = None
    for_: Annotated[Literal["active", "resolved", "closed", "any"], Field(alias="for")] = "active"
    at: At | None = None
    when: Condition
    once: Literal["ticket", "problem"] | None = None
    repeat: Remind | None = None
