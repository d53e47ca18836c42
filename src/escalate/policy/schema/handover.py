"""The JSON Schema of hand-over notes. Language: "The decision", the hand-over note."""

from __future__ import annotations

from typing import Any

from escalate.policy.schema.forms import INSTANT, OR_NULL, TEXT, closed, list_of

__all__ = ["handover_definitions"]

_STATES = ("open", "kept", "broken", "replaced")


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/definitions/{name}"}


def handover_definitions() -> dict[str, Any]:
    """What ``Handover.to_json`` gives, by name."""
    return {
        "Handover": closed(
            {
                "ticket": TEXT,
                "now": INSTANT,
                "step": TEXT,
                "reason": TEXT,
                "from": _ref("Party"),
                "to": _ref("Party"),
                "subject": OR_NULL,
                "description": OR_NULL,
                "created_at": INSTANT,
                "due": _instants("When the deadlines that run are due."),
                "clocks": _instants("When the clocks that run are due."),
                "promised": list_of(_ref("Pledge"), "What the customer was promised."),
                "known": closed(
                    {
                        "customer": {"type": "object"},
                        "fields": {"type": "object"},
                        "documented": list_of(_ref("Said"), "What was documented."),
                        "heard": list_of(_ref("Said"), "What the customer wrote."),
                    },
                    description="What is known.",
                ),
                "tried": closed(
                    {
                        "held": list_of(_ref("Held"), "Who had the ticket."),
                        "said": list_of(_ref("Said"), "Answers, notes, and what was tried."),
                    },
                    description="What was tried.",
                ),
                "missing": list_of(TEXT, "Items that are to be documented."),
                "unknown": list_of(TEXT, "Fields that are not known."),
            },
            description="What goes with a ticket from one to the next.",
        ),
        "Held": closed(
            {**_PARTY, "from": INSTANT, "until": INSTANT},
            *(*_PARTY, "until"),
            description="Who had the ticket, from when until when.",
        ),
        "Party": closed(
            dict.fromkeys(_PARTY, OR_NULL), description="Where a ticket stands, and with whom."
        ),
        "Pledge": closed(
            {
                "due": INSTANT,
                "made_at": INSTANT,
                "about": TEXT,
                "by": TEXT,
                "text": TEXT,
                "state": {"enum": list(_STATES)},
            },
            "about",
            "by",
            "text",
            description="A promise to the customer.",
        ),
        "Said": closed(
            {
                "at": INSTANT,
                "by": TEXT,
                "item": TEXT,
                "public": {"const": False},
                "asked_for": TEXT,
                "text": TEXT,
            },
            "item",
            "public",
            "asked_for",
            "text",
            description="Something that somebody wrote.",
        ),
    }


_PARTY = dict.fromkeys(("level", "level_name", "owner", "owner_name", "assignee"), TEXT)


def _instants(description: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": INSTANT, "description": description}
