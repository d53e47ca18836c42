"""What happened to a ticket. Language: "The ticket", events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

__all__ = ["EVENT_KEYS", "MOVES", "Event", "in_order"]

MOVES: Final = frozenset({"entered", "escalated", "transferred", "returned"})
"""The kinds of event that change where a ticket stands."""

_MOVE = ("from", "to", "owner", "assignee", "trigger")

EVENT_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "entered": _MOVE,
    "escalated": _MOVE,
    "transferred": _MOVE,
    "returned": _MOVE,
    "status": ("from", "to"),
    "reply": ("by", "public", "text"),
    "assigned": ("to", "by"),
    "acknowledged": ("to", "by"),
    "requested": ("by", "to", "summary"),
    "documented": ("item", "text"),
    "field": ("name", "from", "to"),
    "action": ("action", "to", "message", "hold_until"),
    "promised": ("due", "about", "by", "text"),
    "fired": ("trigger", "requests"),
}
"""The kinds of event, each with the keys it may have beside ``at``, ``type`` and ``key``."""


class Event(NamedTuple):
    """One event. ``us`` is ``at`` in microseconds since 1970, for arithmetic.

    ``from_`` and ``to`` hold levels, statuses, people or a field's values, by the
    kind of event. ``key`` names the cause, where an engine appended the event. ``due`` is
    what the customer was promised, ``about`` the deadline or clock that it comes from.
    ``message`` is what was said, ``hold_until`` until when it was held back.
    """

    at: datetime
    us: int
    type: str
    key: str | None = None
    from_: Any = None
    to: Any = None
    owner: str | None = None
    assignee: str | None = None
    trigger: str | None = None
    by: str | None = None
    public: bool = True
    text: str | None = None
    summary: str | None = None
    item: str | None = None
    name: str | None = None
    action: str | None = None
    requests: tuple[int, ...] = ()
    due: datetime | None = None
    about: str | None = None
    message: str | None = None
    hold_until: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """The event as a ticket's JSON holds it."""
        said: dict[str, Any] = {"at": self.at.isoformat(), "type": self.type}
        for key in EVENT_KEYS[self.type]:
            value = getattr(self, "from_" if key == "from" else key)
            if key == "requests":
                if value:
                    said[key] = list(value)
            elif key == "public":
                if value is False:
                    said[key] = value
            elif key in ("due", "hold_until"):
                if value is not None:
                    said[key] = value.isoformat()
            elif value is not None or (self.type == "field" and key in ("from", "to")):
                said[key] = value
        if self.key is not None:
            said["key"] = self.key
        return said


def in_order(events: Iterable[Event], created: int) -> list[Event]:
    """Events as they count: by their instants, those of one instant as they are listed. One
    before the creation (in microseconds since 1970) counts as at it. Finer point 1."""
    return sorted(events, key=lambda event: max(event.us, created))
