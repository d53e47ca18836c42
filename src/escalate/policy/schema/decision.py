"""The JSON Schema of decisions. Language: "The decision".

What ``Decision.to_json`` gives; a test holds decisions of the engine to it.
"""

from __future__ import annotations

from typing import Any, Final, get_args

from escalate.decision import State, Step
from escalate.policy.schema.forms import INSTANT, INSTANT_OR_NULL, OR_NULL, TEXT, closed, list_of
from escalate.policy.schema.handover import handover_definitions

__all__ = ["decision_schema"]

_DURATION: Final = {
    "type": "string",
    "pattern": r"^-?PT([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?$(?!\n)",
    "description": "Working time in hours, minutes and seconds, as in ISO 8601.",
}


def decision_schema() -> dict[str, Any]:
    """The schema, without its title."""
    stand = {"$ref": "#/definitions/Stand"}
    texts = {"type": "array", "items": TEXT}
    return {
        **closed(
            {
                "ticket": {**TEXT, "description": "The ticket's id."},
                "now": {**INSTANT, "description": "The instant of the decision."},
                "step": {"enum": list(get_args(Step)), "description": "What is to be done."},
                "key": {**OR_NULL, "description": "The key of the movement, if there is one."},
                "trigger": {**OR_NULL, "description": "What decided."},
                "fired": list_of({"$ref": "#/definitions/Fired"}, "Every cause that fired."),
                "kind": {**OR_NULL, "description": "The kind of the level that is entered."},
                "path": {**OR_NULL, "description": "The path that holds, if one does."},
                "from": stand,
                "to": stand,
                "deadlines": {
                    "type": "object",
                    "additionalProperties": INSTANT_OR_NULL,
                    "description": "When each deadline of the level is due.",
                },
                "clocks": {
                    "type": "object",
                    "additionalProperties": {"$ref": "#/definitions/Clock"},
                    "description": "Every clock at this instant.",
                },
                "actions": list_of({"$ref": "#/definitions/Action"}, "What the host carries out."),
                "missing": list_of(TEXT, "Fields whose absence kept something from being decided."),
                "warnings": list_of(
                    {"$ref": "#/definitions/Warning"}, "What the reader should know."
                ),
                "reason": {**TEXT, "description": "Why, in a sentence."},
                "next_check_at": {
                    **INSTANT_OR_NULL,
                    "description": "When to ask again; null for a ticket that is not active.",
                },
                "policy": {"$ref": "#/definitions/PolicyId"},
                "handover": {
                    "$ref": "#/definitions/Handover",
                    "description": "The note that goes with the ticket, on request.",
                },
                "trace": {"type": "object", "description": "How it came about, on request."},
            },
            "handover",
            "trace",
            description="The next step of one ticket at one instant, with the reason.",
        ),
        "definitions": {
            **handover_definitions(),
            "Action": {
                "description": "Something for the host to carry out once.",
                "type": "object",
                "required": ["action", "key"],
                "properties": {
                    "action": {**TEXT, "description": "What to do."},
                    "key": {**TEXT, "description": "Tells whether it was done."},
                    "to": {**TEXT, "description": "An owner or a person."},
                    "message": {**TEXT, "description": "The message's name."},
                    "text": {**TEXT, "description": "What the message says."},
                    "language": TEXT,
                    "channels": texts,
                    "because": texts,
                    "urgency": {"const": "urgent"},
                    "hold_until": {
                        **INSTANT,
                        "description": "The end of quiet hours, until which it is held back.",
                    },
                    "promises": {
                        "type": "array",
                        "items": {"$ref": "#/definitions/Promise"},
                        "description": "What the customer is promised by being told.",
                    },
                },
            },
            "Clock": closed(
                {
                    "state": {"enum": list(get_args(State))},
                    "due": INSTANT,
                    "elapsed": _DURATION,
                    "remaining": _DURATION,
                    "overdue": _DURATION,
                    "paused_by": {**TEXT, "description": "The status that holds it."},
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
            "Fired": closed(
                {
                    "trigger": TEXT,
                    "key": TEXT,
                    "requests": {"type": "array", "items": {"type": "integer"}},
                    "spent": {"const": True},
                },
                "requests",
                "spent",
                description="A trigger or missed deadline that fired, by its cause.",
            ),
            "PolicyId": closed(
                {
                    "name": TEXT,
                    "version": OR_NULL,
                    "digest": {"type": "string", "pattern": r"^[0-9a-f]*$(?!\n)"},
                },
                description="Which policy decided.",
            ),
            "Promise": closed(
                {
                    "about": {**TEXT, "description": "The deadline or the clock."},
                    "due": INSTANT,
                },
                description="An instant that a customer is told.",
            ),
            "Stand": closed(
                {"level": OR_NULL, "owner": OR_NULL, "assignee": OR_NULL},
                description="Where a ticket stands, and whose it is.",
            ),
            "Warning": closed(
                {"code": {"type": "string", "pattern": r"^ESC[0-9]{3}$(?!\n)"}, "message": TEXT},
                description="Something about the ticket or the desk.",
            ),
        },
    }
