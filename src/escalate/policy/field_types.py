"""The types that a declared field may have: what is of them, and what they are called.

Language: "Types are checked at load". The words and tests of JSON Schema, where a list may
also be a tuple of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

__all__ = ["CLASSES", "IS", "TYPES", "Test", "is_listed", "is_number"]

Test = Callable[[Any], bool]


def is_number(value: Any) -> bool:
    """Whether it is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return is_number(value) and (isinstance(value, int) or value.is_integer())


IS: Final[Mapping[str, Test]] = {
    "string": lambda value: isinstance(value, str),
    "integer": _is_whole,
    "number": is_number,
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list | tuple),
    "object": lambda value: isinstance(value, Mapping),
}
"""Whether a value is of a type."""

CLASSES: Final[Mapping[str, frozenset[type]]] = {
    "string": frozenset({str}),
    "integer": frozenset({int}),
    "number": frozenset({int, float}),
    "boolean": frozenset({bool}),
}
"""The classes of which a value of a plain type usually is; others may pass the test, too."""

TYPES: Final[Mapping[str, str]] = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}
"""What a type is called in messages."""


def is_listed(value: Any, choices: tuple[Any, ...]) -> bool:
    """Whether it is one of them; true is not 1."""
    return any(value == c and isinstance(value, bool) == isinstance(c, bool) for c in choices)
