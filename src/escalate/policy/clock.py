"""Promises about the whole ticket. Language: "A whole policy", ``clocks``; "Time"."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from escalate.modelling.words import BeforeValidator, Field, StrictBool
from escalate.policy.base import Model, Moment, Name
from escalate.policy.cases import Cases
from escalate.policy.target import Target

__all__ = ["Clock", "Moments", "Names", "OnReopen"]

OnReopen = Literal["resume", "restart", "ignore"]


def _as_list(raw: Any) -> Any:
    return [raw] if isinstance(raw, str) else raw


Moments = Annotated[
    tuple[Moment, ...],
    Field(min_length=1),
    BeforeValidator(
        _as_list, json_schema_input_type=Moment | Annotated[list[Moment], Field(min_length=1)]
    ),
]
"""One moment or several, whichever comes first."""

Status = Annotated[str, Field(min_length=1, max_length=200)]

Names = Annotated[
    tuple[Status, ...],
    Field(min_length=1),
    BeforeValidator(
        _as_list, json_schema_input_type=Status | Annotated[list[Status], Field(min_length=1)]
    ),
]
"""One name or several."""


class Clock(Model):
    """Runs from a moment until another, pauses with the status, and may have a target."""

    from_: Annotated[Moments, Field(alias="from")]
    until: Moments
    paused: Names | None = None
    target: Cases[Target] | None = None
    calendar: Cases[Name] | None = None
    on_reopen: OnReopen = "resume"
    resolved_counts: StrictBool = True
    description: str | None = None
