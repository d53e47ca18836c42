"""Models as plain classes, which ``pydantic_core`` checks and fills from kept schemas.

What is said of fields was read when the schemas were written, so the words that say it mean
nothing here. Nobody is kept from changing a light model; where that happens, tests of the
other form tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, NamedTuple, Self, TypeVar

from pydantic_core import PydanticUndefined, SchemaValidator

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

F = TypeVar("F")

_STATE = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")
_set = object.__setattr__


def _nothing(*_: Any, **__: Any) -> None:
    """Said when the schemas were written."""


def _as_it_is(*_: Any, **__: Any) -> Callable[[F], F]:
    """The schemas name the function itself."""
    return lambda function: function


AfterValidator = BeforeValidator = PlainValidator = WrapValidator = _nothing
ConfigDict = Discriminator = Field = PlainSerializer = Tag = WithJsonSchema = _nothing
StrictBool, StrictInt = bool, int
field_validator = model_validator = _as_it_is


class PrivateAttr:
    """An attribute that is no field."""

    def __init__(self, default: Any = None, default_factory: Callable[[], Any] | None = None):
        self.default = default
        self.factory = default_factory

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, model: Any, owner: type) -> Any:
        return self if model is None else _held(model)[self.name]

    def __set__(self, model: Any, value: Any) -> None:
        _held(model)[self.name] = value

    def made(self) -> Any:
        """What it is at first."""
        return self.factory() if self.factory else self.default


def _held(model: Any) -> dict[str, Any]:
    """The attributes of a model that are no fields."""
    held: dict[str, Any] | None = getattr(model, "__pydantic_private__", None)
    if held is None:
        said = [vars(each).values() for each in type(model).__mro__]
        held = {a.name: a.made() for each in said for a in each if isinstance(a, PrivateAttr)}
        _set(model, "__pydantic_private__", held or None)
    return held


class FieldInfo(NamedTuple):
    """What a field is called in the text, where that is not its own name, and what it holds
    where it is left out."""

    alias: str | None
    default: Any


class _Fields:
    def __get__(self, model: Any, owner: type) -> Mapping[str, FieldInfo]:
        return {
            name: FieldInfo(
                field.get("validation_alias"), field["schema"].get("default", PydanticUndefined)
            )
            for name, field in _fields(owner).items()
        }


class BaseModel:
    """As much of pydantic's as a program needs that only reads policies."""

    __slots__ = _STATE

    model_fields = _Fields()

    def __init__(self, **said: Any) -> None:
        _validator(type(self)).validate_python(said, self_instance=self)

    @classmethod
    def model_validate(cls, said: Any, *, context: Any = None) -> Self:
        """Checked and filled; raises ``pydantic_core.ValidationError``."""
        made: Self = _validator(cls).validate_python(said, context=context)
        return made

    @classmethod
    def model_construct(cls, **said: Any) -> Self:
        """Filled without a check."""
        made = cls.__new__(cls)
        values = {}
        for name, field in _fields(cls).items():
            if name in said:
                values[name] = said[name]
            elif field["schema"]["type"] == "default":
                values[name] = _default(field["schema"])
        for name, value in zip(_STATE, (values, None, set(said), None), strict=True):
            _set(made, name, value)
        return made

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """A copy, in which some fields are others."""
        made = self.__copy__()
        if update:
            vars(made).update(update)
            made.model_fields_set.update(update)
        return made

    @property
    def model_fields_set(self) -> set[str]:
        """The fields that were written."""
        written: set[str] = getattr(self, "__pydantic_fields_set__")  # noqa: B009 - a slot
        return written

    def __copy__(self) -> Self:
        made = type(self).__new__(type(self))
        made.__setstate__({name: _copied(value) for name, value in self.__getstate__().items()})
        return made

    def __getstate__(self) -> dict[str, Any]:
        _held(self)
        return {name: getattr(self, name, None) for name in _STATE}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        for name in _STATE:
            _set(self, name, state[name])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BaseModel):
            return NotImplemented
        return type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), *self._values().values()))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.__repr_args__())
        return f"{type(self).__name__}({said})"

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        return self._values().items()

    def _values(self) -> dict[str, Any]:
        """The fields alone; a calendar keeps with them what it has built."""
        held = vars(self)
        return {name: held[name] for name in _fields(type(self)) if name in held}


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, dict | set) else value


def _default(said: Mapping[str, Any]) -> Any:
    return said["default_factory"]() if "default_factory" in said else _copied(said["default"])


def _kept(model: type) -> tuple[Any, Any, Mapping[str, Any]]:
    # Above all models, since it names them; by now they have been imported.
    found: tuple[Any, Any, Mapping[str, Any]]
    found = import_module("escalate.policy.core_schemas").MODELS[model]
    return found


def _fields(model: type) -> Mapping[str, Any]:
    return _kept(model)[2]


_validators: dict[type, SchemaValidator] = {}


def _validator(model: type) -> SchemaValidator:
    made = _validators.get(model)
    if made is None:
        schema, config, _ = _kept(model)
        made = _validators[model] = SchemaValidator(schema, config)
    return made
