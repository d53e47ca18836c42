"""The operators of conditions, and the form of a condition as JSON Schema.

Language: "Conditions".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from escalate.policy.base import FIELD_PATTERN, NAME_PATTERN, SCALAR_SCHEMA

__all__ = ["OPERATORS", "condition_schema"]

_SCALAR = SCALAR_SCHEMA
_SCALARS = {"type": "array", "minItems": 1, "items": _SCALAR}
_TEXTS = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "minItems": 1, "items": {"type": "string"}},
    ]
}

OPERATORS: Final[Mapping[str, dict[str, Any]]] = {
    "eq": _SCALAR,
    "ne": _SCALAR,
    "lt": _SCALAR,
    "lte": _SCALAR,
    "gt": _SCALAR,
    "gte": _SCALAR,
    "in": _SCALARS,
    "not_in": _SCALARS,
    "contains": _SCALAR,
    "contains_any": _SCALARS,
    "contains_all": _SCALARS,
    "mentions": _TEXTS,
    "like": {"type": "string"},
    "exists": {"type": "boolean"},
}
"""Every operator with the JSON Schema of what may stand behind it."""


def condition_schema(reference: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema of conditions; ``reference`` is how it refers to itself."""
    me = dict(reference)
    fact = {
        "anyOf": [
            _SCALAR,
            _SCALARS,
            {
                "type": "object",
                "minProperties": 1,
                "properties": {**OPERATORS, "calendar": {"type": "string"}},
                "additionalProperties": False,
                # a calendar alone asks nothing
                "anyOf": [{"required": [op]} for op in OPERATORS],
            },
        ]
    }
    parts = {"type": "array", "minItems": 1, "items": me}
    return {
        "type": "object",
        "minProperties": 1,
        "properties": {
            "all": parts,
            "any": parts,
            "not": me,
            "is": {"type": "string", "pattern": NAME_PATTERN},
            "requested": {
                "type": "object",
                "minProperties": 1,
                "properties": {"by": fact, "to": fact},
                "additionalProperties": False,
            },
        },
        "propertyNames": {"pattern": FIELD_PATTERN},
        "additionalProperties": fact,
    }
