"""The published JSON Schema of test files (draft 7), for editors.

The file is generated (``python -m escalate.testing.schema``) and never edited; a test
holds it to the forms that check.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

__all__ = ["desk_schema", "generated", "schema", "ticket_schema"]

_NAME: Final = "test.v1.json"


def schema() -> dict[str, Any]:
    """The JSON Schema, as published."""
    text = files("escalate.testing").joinpath(_NAME).read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def generated() -> str:
    """The text of the schema's file."""
    from escalate.policy.schema.generate import DRAFT
    from escalate.testing.layout import FILE

    named: dict[str, Any] = {}
    whole = FILE.schema(named)
    said = {
        "$schema": DRAFT,
        "title": "Tests of an escalation policy, version 1",
        **whole,
        "required": ["policy", *whole["required"]],
        "definitions": {name: named[name] for name in sorted(named)},
    }
    return json.dumps(_proper(said), indent=2, ensure_ascii=False) + "\n"


def _proper(node: Any) -> Any:
    """In draft 7 nothing beside a reference counts; patterns end at the very end."""
    if isinstance(node, list):
        return [_proper(item) for item in node]
    if not isinstance(node, dict):
        return node
    said = {key: _proper(value) for key, value in node.items()}
    pattern = said.get("pattern")
    if isinstance(pattern, str) and pattern.endswith("$"):
        said["pattern"] = f"{pattern}(?!\\n)"
    if isinstance(said.get("$ref"), str) and len(said) > 1:
        return {"allOf": [{"$ref": said.pop("$ref")}], **said}
    return said


def ticket_schema(named: dict[str, Any], events: Any) -> dict[str, Any]:
    """A ticket as it may be written here: anything may be left out, and be added."""
    from escalate.policy.schema import schema as published
    from escalate.testing.forms import Moment

    properties = dict(published("ticket")["properties"])
    time = Moment().schema(named)
    for name in ("created_at", "level_entered_at", "first_reply_at", "resolved_at"):
        properties[name] = {"anyOf": [time, {"type": "null"}]}
    properties["events"] = {
        "anyOf": [events.schema(named), {"type": "null"}],
        "description": "What happened, in order; absent: nothing yet.",
    }
    properties["like"] = {"type": "string", "description": "The ticket that it is like, but."}
    properties["id"] = {"type": ["string", "integer", "null"]}
    return {"type": "object", "properties": properties}


_COUNTS: Final = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
_TEXTS: Final = {"type": "array", "items": {"type": "string"}}


def desk_schema(named: dict[str, Any]) -> dict[str, Any]:
    """A desk; nothing takes a key away."""
    from escalate.testing.forms import Moment

    away = {
        "type": "object",
        "required": ["who"],
        "properties": {"who": {"type": "string"}, "until": Moment().schema(named)},
        "additionalProperties": False,
    }
    persons = {"type": "object", "additionalProperties": {"type": "string"}}
    parts: dict[str, tuple[str, dict[str, Any]]] = {
        "open": ("Open tickets by owner and person.", _COUNTS),
        "capacity": ("How many they can have.", _COUNTS),
        "away": (
            "Who is not there, and until when.",
            {"type": "array", "items": {"anyOf": [{"type": "string"}, away]}},
        ),
        "similar": ("Other open tickets alike, by the ticket's id.", _COUNTS),
        "last_assigned": ("Who of an owner got the last ticket.", persons),
        "fired": ("Keys of wide problems that have been dealt with.", _TEXTS),
    }
    properties = {
        key: {"description": said, "anyOf": [node, {"type": "null"}]}
        for key, (said, node) in parts.items()
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


if __name__ == "__main__":
    Path(__file__).with_name(_NAME).write_bytes(generated().encode())
