"""A field that tickets of a policy hold: JSON Schema, and ``ordered`` of our own.

Language: "Types are checked at load", ``fields``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic_core import PydanticCustomError

from escalate.modelling.words import (
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from escalate.policy.base import Model, Scalar

__all__ = ["FieldSpec"]

JsonType = Literal["string", "integer", "number", "boolean", "array", "object"]


def _number(raw: Any) -> Any:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return raw
    raise PydanticCustomError("number_type", "a number is expected")


Number = Annotated[int | float, PlainValidator(_number), WithJsonSchema({"type": "number"})]

Choices = Annotated[tuple[Scalar, ...], Field(min_length=1)]


class FieldSpec(Model):
    """What a declared field may hold.

    ``ordered`` is an enum from lowest to highest, whose order ``gte`` and ``lt`` know.
    """

    type: JsonType | None = None
    enum: Choices | None = None
    ordered: Choices | None = None
    items: FieldSpec | None = None
    format: Literal["date-time", "date", "email", "uri"] | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    description: str | None = None

    model_config = ConfigDict(json_schema_extra={"not": {"required": ["enum", "ordered"]}})

    @model_validator(mode="after")
    def _one_list(self) -> Self:
        if self.enum is not None and self.ordered is not None:
            raise PydanticCustomError(
                "field_spec",
                "a field has either `enum` or `ordered`, since both list its values; "
                "keep `ordered` if some of them are higher than others",
            )
        return self

    @property
    def choices(self) -> tuple[Scalar, ...] | None:
        """The values allowed, if they are listed."""
        return self.ordered if self.ordered is not None else self.enum

    def json_schema(self) -> dict[str, Any]:
        """The field as JSON Schema, without ``ordered``."""
        words = ("type", "format", "minimum", "maximum", "description")
        said = {word: value for word in words if (value := getattr(self, word)) is not None}
        if self.choices is not None:
            said["enum"] = list(self.choices)
        if self.items is not None:
            said["items"] = self.items.json_schema()
        return said
