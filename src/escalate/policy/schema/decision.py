"""The JSON Schema of decisions. Language: "The decision".

What ``Decision.to_json`` gives; a test holds decisions of the engine to it.
"""

from __future__ import annotations

from typing import Any, Final, get_args

from escalate.decision import State, Step

__all__ = ["decision_schema"]

_TEXT: Final = {"type": "string"}
_OR_NULL: Final = {"type": ["string", "null"]}
_INSTANT: Final = {"type": "string", "format": "date-time"}
_INSTANT_OR_NULL: Final = {"type": ["string", "null"], "format": "date-time"}
_DURATION: Final = {
    "type": "string",
    "pattern": r"^-?PT([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?$(?!\n)",
    "description": "Working time in hours, minutes and seconds, as in ISO 8601.",
}


def _closed(properties: dict[str, Any], *optional: str, description: str) -> dict[str, Any]:
    return {
        "description": description,
        "type": "object",
        "required": [key for key in properties if key not in optional],
        "properties": properties,
        "additionalProperties": False,
    }


def _list(items: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "array", "items": items, "description": description}


def decision_schema() -> dict[str, Any]:
    """The schema, without its title."""
    stand = {"$ref": "#/definitions/Stand"}
    texts = {"type": "array", "items": _TEXT}
    return {
        **_closed(
            {
                "ticket": {**_TEXT, "description": "The ticket's id."},
                "now": {**_INSTANT, "description": "The instant of the decision."},
                "step": {"enum": list(get_args(Step)), "description": "What is to be done."},
                "key": {**_OR_NULL, "description": "The key of the movement, if there is one."},
                "trigger": {**_OR_NULL, "description": "What decided."},
                "fired": _list({"$ref": "#/definitions/Fired"}, "Every cause that fired."),
                "kind": {**_OR_NULL, "description": "The kind of the level that is entered."},
                "path": {**_OR_NULL, "description": "The path that holds, if one does."},
                "from": stand,
                "to": stand,
                "deadlines": {
                    "type": "object",
                    "additionalProperties": _INSTANT_OR_NULL,
                    "description": "When each deadline of the level is due.",
                },
                "clocks": {
                    "type": "object",
                    "additionalProperties": {"$ref": "#/definitions/Clock"},
                    "description": "Every clock at this instant.",
                },
                "actions": _list({"$ref": "#/definitions/Action"}, "What the host carries out."),
                "missing": _list(_TEXT, "Fields whose absence kept something from being decided."),
                "warnings": _list(
                    {"$ref": "#/definitions/Warning"}, "What the reader should know."
                ),
                "reason": {**_TEXT, "description": "Why, in a sentence."},
                "next_check_at": {
                    **_INSTANT_OR_NULL,
                    "description": "When to ask again; null for a ticket that is not active.",
                },
                "policy": {"$ref": "#/definitions/PolicyId"},
                "trace": {"type": "object", "description": "How it came about, on request."},
            },
            "trace",
            description="The next step of one ticket at one instant, with the reason.",
        ),
        "definitions": {
            "Action": {
                "description": "Something for the host to carry out once.",
                "type": "object",
                "required": ["action", "key"],
                "properties": {
                    "action": {**_TEXT, "description": "What to do."},
                    "key": {**_TEXT, "description": "Tells whether it was done."},
                    "to": {**_TEXT, "description": "An owner or a person."},
                    "message": {**_TEXT, "description": "The message's name."},
                    "text": {**_TEXT, "description": "What the message says."},
                    "language": _TEXT,
                    "channels": texts,
                    "because": texts,
                },
            },
            "Clock": _closed(
                {
                    "state": {"enum": list(get_args(State))},
                    "due": _INSTANT,
                    "elapsed": _DURATION,
                    "remaining": _DURATION,
                    "overdue": _DURATION,
                    "paused_by": {**_TEXT, "description": "The status that holds it."},
                    "outside_hours": {"const": True},
                },
                "due",
                "elapsed",
                "remaining",
                "overdue",
                "paused_by",
                "outside_hours",
                description="A clock at the instant of the decision.",
            ),
            "Fired": _closed(
                {
                    "trigger": _TEXT,
                    "key": _TEXT,
                    "requests": {"type": "array", "items": {"type": "integer"}},
                    "spent": {"const": True},
                },
                "requests",
                "spent",
                description="A trigger or missed deadline that fired, by its cause.",
            ),
            "PolicyId": _closed(
                {
                    "name": _TEXT,
                    "version": _OR_NULL,
                    "digest": {"type": "string", "pattern": r"^[0-9a-f]*$(?!\n)"},
                },
                description="Which policy decided.",
            ),
            "Stand": _closed(
                {"level": _OR_NULL, "owner": _OR_NULL, "assignee": _OR_NULL},
                description="Where a ticket stands, and whose it is.",
            ),
            "Warning": _closed(
                {"code": {"type": "string", "pattern": r"^ESC[0-9]{3}$(?!\n)"}, "message": _TEXT},
                description="Something about the ticket or the desk.",
            ),
        },
    }
