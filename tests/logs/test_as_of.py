"""A ticket taken back to an instant, where logs are at their worst: several changes in one
minute, and lists out of order."""

from __future__ import annotations

from datetime import datetime

import pytest

from escalate.reading import read_ticket

CREATED = "2026-01-01T00:00:00+00:00"


def status(at: str, before: str, after: str) -> dict[str, str]:
    return {"at": f"2026-01-{at}T00:00:00+00:00", "type": "status", "from": before, "to": after}


def field(at: str, before: str, after: str) -> dict[str, str]:
    at = f"2026-01-{at}T00:00:00+00:00"
    return {"at": at, "type": "field", "name": "severity", "from": before, "to": after}


@pytest.mark.parametrize(
    ("events", "day", "held"),
    [
        # Two changes at one instant are undone from the last to the first.
        ([status("02", "new", "open"), status("02", "open", "solved")], 1, "new"),
        # What stays is read by its instants, not by its place in the list.
        (
            [
                status("03", "open", "solved"),
                status("02", "new", "open"),
                status("05", "solved", "open"),
            ],
            4,
            "solved",
        ),
    ],
)
def test_status(events: list[dict[str, str]], day: int, held: str) -> None:
    last = max(events, key=lambda event: event["at"])["to"]
    raw = {"id": "1", "created_at": CREATED, "status": last, "events": events}
    past = read_ticket(raw).as_of(datetime.fromisoformat(f"2026-01-{day:02}T12:00:00+00:00"))
    assert past.get("status") == held


def test_field_changed_twice_at_once() -> None:
    changes = [field("02", "low", "high"), field("02", "high", "critical")]
    raw = {"id": "1", "created_at": CREATED, "severity": "critical", "events": changes}
    past = read_ticket(raw).as_of(datetime.fromisoformat("2026-01-01T12:00:00+00:00"))
    assert past.get("severity") == "low"
