"""The published JSON Schema of test files (draft 7), for editors.

The file is generated (``python -m escalate.testing.schema``) and never edited; a test
holds it to the forms that check.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

__all__ = ["generated", "schema", "ticket_schema"]

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


def ticket_schema(named: dict[str, Any], events: Any, *, like: bool) -> dict[str, Any]:
    """A ticket as it may be written here. Editors are told which keys there are; what they
    hold is checked when the ticket is read."""
    from escalate.policy.schema import schema as published
    from escalate.testing.forms import Moment
    from escalate.testing.layout import TIMES

    known = published("ticket")["properties"]
    properties = {
        name: {k: v for k, v in node.items() if k == "description"} for name, node in known.items()
    }
    properties["customer"] = {"properties": {name: {} for name in known["customer"]["properties"]}}
    time = Moment().schema(named)
    for name in TIMES:
        properties[name] = {"anyOf": [time, {"type": "null"}]}
    properties["events"] = {
        "description": "What happened, in order; absent: nothing yet.",
        "anyOf": [events.schema(named), {"type": "null"}, {"type": "array", "maxItems": 0}],
    }
    if like:
        text = {"type": "string", "pattern": "\\S"}
        properties["like"] = {"description": "The ticket that it is like, but.", **text}
    return {"type": "object", "properties": properties}


if __name__ == "__main__":
    Path(__file__).with_name(_NAME).write_bytes(generated().encode())
