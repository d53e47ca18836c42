"""Small pieces that the schemas of what comes out are made of."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["INSTANT", "INSTANT_OR_NULL", "OR_NULL", "TEXT", "closed", "list_of"]

TEXT: Final = {"type": "string"}
OR_NULL: Final = {"type": ["string", "null"]}
INSTANT: Final = {"type": "string", "format": "date-time"}
INSTANT_OR_NULL: Final = {"type": ["string", "null"], "format": "date-time"}


def closed(properties: dict[str, Any], *optional: str, description: str) -> dict[str, Any]:
    """A mapping with these keys and no others; all but the ``optional`` ones are there."""
    return {
        "description": description,
        "type": "object",
        "required": [key for key in properties if key not in optional],
        "properties": properties,
        "additionalProperties": False,
    }


def list_of(items: dict[str, Any], description: str) -> dict[str, Any]:
    """A list of items of one kind."""
    return {"type": "array", "items": items, "description": description}
