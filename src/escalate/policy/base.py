"""What every model of the language shares: closed, frozen, and its small words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

__all__ = ["FieldName", "Language", "LocalInstant", "Model", "Moment", "Name", "Phase", "Scalar"]

# Neither blanks nor the signs that keys of causes and names of facts are built with.
NAME_PATTERN = r"^[^\s.:,|/{}]+$"
FIELD_PATTERN = r"^[^\s.:,|/{}]+(\.[^\s.:,|/{}]+)*$"
LOCAL_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$"

Scalar = StrictBool | StrictInt | StrictFloat | StrictStr
"""A value that a field may have: text, a number, true or false."""

Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=200)]
"""What an author calls a level, an owner, a clock, a message, ..."""

FieldName = Annotated[str, Field(pattern=FIELD_PATTERN, max_length=200)]
"""The name of a ticket's field; a dot leads into a nested one (``customer.tier``)."""

Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
"""A language tag such as ``en`` or ``pt-BR``."""

LocalInstant = Annotated[str, Field(pattern=LOCAL_PATTERN)]
"""A date or a date and time in the policy's own zone, as written."""

Phase = Literal["open", "waiting", "resolved", "closed"]
"""The four phases that the engine knows. Language: "A whole policy", ``statuses``."""

Moment = Literal[
    "created",
    "entered",
    "agent-reply",
    "customer-reply",
    "bot-reply",
    "internal-note",
    "assigned",
    "acknowledged",
    "escalated",
    "transferred",
    "returned",
    "requested",
    "documented",
    "status",
    "resolved",
    "closed",
    "reopened",
]
"""What may start or stop a clock. Language: "Facts that conditions may read"."""


class Model(BaseModel):
    """A closed mapping: an unknown key is an error, and nothing changes after loading."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=False,
        hide_input_in_errors=True,
        use_attribute_docstrings=False,
        defer_build=True,
    )
