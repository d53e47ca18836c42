"""The JSON Schema of tickets. Language: "The ticket".

``escalate.reading`` is what counts; a test holds the two to the same verdict on
structure. What a pattern cannot say, that an instant exists and lies within the years,
is left to the reader.
"""

from __future__ import annotations

from typing import Any, Final

from escalate.event import EVENT_KEYS
from escalate.policy.policy import Policy

__all__ = ["ticket_schema"]

_TEXT: Final = {"type": ["string", "null"]}
_TEXTS: Final = {"type": ["array", "null"], "items": {"type": "string"}}
_IDENT: Final = {"type": ["string", "integer"]}
_INSTANT: Final = {
    "type": "string",
    "format": "date-time",
    "description": "An instant with its offset, such as 2026-11-20T09:12:00+02:00.",
}
_INSTANT_OR_NOT_YET: Final = {
    "anyOf": [_INSTANT, {"type": "null"}],
    "description": "Stands for the event where a source has none; null means: not yet.",
}
_NOTHING: Final = {"type": "null"}
"""What an unknown key may hold: null is the same as absent."""

_FREE: Final = {"type": ["string", "number", "boolean", "null"]}
_BY: Final = {"enum": ["agent", "customer", "bot", None]}
_EVENT_VALUES: Final[dict[str, Any]] = {
    "public": {"type": ["boolean", "null"], "description": "Whether the customer saw it."},
    "requests": {"type": ["array", "null"], "items": {"type": "integer"}},
    "due": _INSTANT,
    "hold_until": _INSTANT,
}

_NEEDED: Final[dict[str, tuple[str, ...]]] = {"promised": ("due",)}
"""What an event needs beside its instant, by its kind."""


def ticket_schema(policy: Policy | None = None) -> dict[str, Any]:
    """The whole JSON Schema of tickets; with a policy, of that policy's tickets.

    Without a policy any further key may be a field. With one, fields are what it
    declares, at the top, under ``fields``, and nested where their names have dots.
    """
    said: dict[str, Any] = {
        "description": "A ticket: what it is now, and what happened to it.",
        "type": "object",
        "required": ["id", "created_at"],
        "properties": {
            "id": {**_IDENT, "description": "The ticket's name, a text or a number."},
            "created_at": _INSTANT,
            **dict.fromkeys(("subject", "description", "status", "language"), _TEXT),
            **dict.fromkeys(("severity", "priority", "category", "channel"), _FREE),
            "tags": _TEXTS,
            "level": {**_TEXT, "description": "Where the ticket stands."},
            "owner": {**_TEXT, "description": "Whose it is, by the policy's name."},
            "assignee": {**_TEXT, "description": "Who of them has it."},
            "customer": {
                "type": ["object", "null"],
                "properties": {
                    "id": {"type": ["string", "integer", "null"]},
                    **dict.fromkeys(("name", "email", "language", "timezone"), _TEXT),
                },
            },
            "level_entered_at": _INSTANT_OR_NOT_YET,
            "first_reply_at": _INSTANT_OR_NOT_YET,
            "resolved_at": _INSTANT_OR_NOT_YET,
            "events": {
                "type": ["array", "null"],
                "items": {"$ref": "#/definitions/Event"},
                "description": "What happened, in order; absent: the history is not known.",
            },
            "done": {**_TEXTS, "description": "Keys of what was done, kept instead of events."},
            "fields": {"type": ["object", "null"]},
        },
        "definitions": {"Event": _event()},
    }
    if policy is not None:
        _declare(said, policy)
    return said


def _event() -> dict[str, Any]:
    return {
        "description": "One event.",
        "type": "object",
        "required": ["at", "type"],
        "properties": {"type": {"enum": list(EVENT_KEYS)}},
        "anyOf": [_event_of(kind, keys) for kind, keys in EVENT_KEYS.items()],
    }


def _event_of(kind: str, keys: tuple[str, ...]) -> dict[str, Any]:
    properties: dict[str, Any] = {"at": _INSTANT, "type": {"const": kind}, "key": _TEXT}
    for key in keys:
        properties[key] = _EVENT_VALUES.get(key, _TEXT)
        if kind == "field" and key in ("from", "to"):
            properties[key] = {}
        elif key == "by" and kind in ("reply", "requested"):
            properties[key] = _BY
    return {
        "type": "object",
        "required": ["at", "type", *_NEEDED.get(kind, ())],
        "properties": properties,
        "additionalProperties": False,
    }


def _declare(said: dict[str, Any], policy: Policy) -> None:
    """The policy's fields, in all the places where a ticket may hold them."""
    top: dict[str, Any] = said["properties"]
    fields: dict[str, Any] = {}
    for name, spec in policy.fields.items():
        field = _or_null(spec.json_schema())
        fields[name] = field
        _nested(fields, name, field)
        top[name] = field
        _nested(top, name, field)
    customer = top["customer"]
    customer["additionalProperties"] = _NOTHING
    top["fields"] = {"type": ["object", "null"], "properties": fields}
    for closed in (said, top["fields"]):
        closed["additionalProperties"] = _NOTHING
    title = f"A ticket of the policy {policy.name}"
    said["title"] = title


def _nested(properties: dict[str, Any], name: str, field: dict[str, Any]) -> None:
    """``order.total`` may also stand as a mapping ``order`` with the key ``total``."""
    first, dot, rest = name.partition(".")
    if not dot:
        return
    inner = properties.setdefault(
        first, {"type": ["object", "null"], "properties": {}, "additionalProperties": _NOTHING}
    )
    if "properties" in inner:
        inner["properties"][rest] = field
        _nested(inner["properties"], rest, field)


def _or_null(field: dict[str, Any]) -> dict[str, Any]:
    """Null is the same as absent."""
    return {"anyOf": [field, {"type": "null"}]}
