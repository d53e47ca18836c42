"""The words of pydantic that models are written with, in the form that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalate.modelling import is_light

__all__ = [
    "AfterValidator",
    "BaseModel",
    "BeforeValidator",
    "ConfigDict",
    "Discriminator",
    "Field",
    "PlainSerializer",
    "PlainValidator",
    "PrivateAttr",
    "StrictBool",
    "StrictInt",
    "Tag",
    "WithJsonSchema",
    "WrapValidator",
    "field_validator",
    "model_validator",
]

if TYPE_CHECKING or not is_light():
    from pydantic import (
        AfterValidator,
        BaseModel,
        BeforeValidator,
        ConfigDict,
        Discriminator,
        Field,
        PlainSerializer,
        PlainValidator,
        PrivateAttr,
        StrictBool,
        StrictInt,
        Tag,
        WithJsonSchema,
        WrapValidator,
        field_validator,
        model_validator,
    )
else:
    from escalate.modelling.light import (
        AfterValidator,
        BaseModel,
        BeforeValidator,
        ConfigDict,
        Discriminator,
        Field,
        PlainSerializer,
        PlainValidator,
        PrivateAttr,
        StrictBool,
        StrictInt,
        Tag,
        WithJsonSchema,
        WrapValidator,
        field_validator,
        model_validator,
    )
