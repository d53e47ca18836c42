"""What every model of the language shares: closed, frozen, and its small words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, cast

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from escalate.modelling.words import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from escalate.phase import Phase

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

__all__ = [
    "FIELD_PATTERN",
    "NAME_PATTERN",
    "SCALAR_SCHEMA",
    "FieldName",
    "Language",
    "LocalInstant",
    "Model",
    "Moment",
    "Name",
    "Phase",
    "Scalar",
]

# Neither blanks nor the signs that keys of causes and names of facts are built with. The
# blanks are written out, since every dialect of patterns means others by `\s`.
_SIGN = (
    r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
    r".:,|/{}]"
)
NAME_PATTERN = f"^{_SIGN}+$"
FIELD_PATTERN = rf"^{_SIGN}+(\.{_SIGN}+)*$"
LONGEST_NAME = 200
LOCAL_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$"


class _Once:
    """Text of a form, whose pattern is compiled once for all the places that use it."""

    def __init__(self, name: str, pattern: str) -> None:
        self.name = name
        self.pattern = pattern

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.str_schema(
            pattern=self.pattern, max_length=LONGEST_NAME, ref=f"escalate.{self.name}"
        )


SCALAR_SCHEMA: Final[dict[str, Any]] = {"type": ["string", "number", "boolean"]}


def _scalar(raw: Any) -> Any:
    if isinstance(raw, str | int | float):
        return raw
    raise PydanticCustomError("scalar_type", "a scalar is expected")


Scalar = Annotated[bool | int | float | str, PlainValidator(_scalar), WithJsonSchema(SCALAR_SCHEMA)]
"""A value that a field may have: text, a number, true or false."""

Name = Annotated[str, _Once("Name", NAME_PATTERN)]
"""What an author calls a level, an owner, a clock, a message, ..."""

FieldName = Annotated[str, _Once("FieldName", FIELD_PATTERN)]
"""The name of a ticket's field; a dot leads into a nested one (``customer.tier``)."""

Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$")]
"""A language tag such as ``en`` or ``pt-BR``."""

LocalInstant = Annotated[str, Field(pattern=LOCAL_PATTERN)]
"""A date or a date and time in the policy's own zone, as written."""

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
    "promised",
    "status",
    "resolved",
    "closed",
    "reopened",
]
"""What may start or stop a clock. Language: "Facts that conditions may read"."""


class Model(BaseModel):
    """A closed mapping: an unknown key is an error, and nothing changes after loading.

    What may be left out may not be written as nothing: ``None`` stands only for a key
    that is absent.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=False,
        hide_input_in_errors=True,
        defer_build=True,
    )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        inner = cast("dict[str, Any]", handler.resolve_ref_schema(schema))
        while inner["type"] != "model-fields":
            inner = inner["schema"]
        for field in inner["fields"].values():
            default = field["schema"]
            if default["type"] == "default" and default["schema"]["type"] == "nullable":
                default["schema"] = default["schema"]["schema"]
        return schema
