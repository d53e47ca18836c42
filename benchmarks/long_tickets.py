"""Tickets with long histories, for the example policy: the same ones every time.

Customer and agents write, the status changes, somebody is reminded or notes something,
and now and then the severity turns out to be another.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

POLICY = Path(__file__).parents[1] / "examples/policies/customer-support.escalation.yaml"
CREATED = datetime(2026, 11, 2, 9, 0, tzinfo=timezone(timedelta(hours=2)))
STATUSES = ("open", "waiting-on-customer", "on-hold")
SEVERITIES = ("low", "normal", "high", "critical")


def long_ticket(seed: int, events: int) -> tuple[dict[str, Any], datetime]:
    """A ticket with so many events, and an instant an hour after the last."""
    random = Random(f"long-{seed}")
    at, status, severity = CREATED, "open", "normal"
    entered = {"to": "L1", "owner": "front-line", "key": "enter:0"}
    history: list[dict[str, Any]] = [{"at": at.isoformat(), "type": "entered", **entered}]
    while len(history) < events:
        at += timedelta(minutes=random.randint(5, 120))
        kind = random.choices(
            ("customer", "agent", "status", "severity", "reminder", "note"),
            (35, 25, 25, 2, 8, 5),
        )[0]
        event: dict[str, Any] = {"at": at.isoformat(), "type": "reply", "by": "agent"}
        match kind:
            case "customer":
                event |= {"by": "customer", "text": "Is there any news?"}
            case "note":
                event["public"] = False
            case "status":
                following = random.choice([s for s in STATUSES if s != status])
                event = {**event, "type": "status", "from": status, "to": following}
                event.pop("by")
                status = following
            case "severity":
                following = random.choice([s for s in SEVERITIES if s != severity])
                change = {"name": "severity", "from": severity, "to": following}
                event = {"at": event["at"], "type": "field", **change}
                severity = following
            case "reminder":
                told = {"action": "remind", "to": "front-line", "key": f"review:{len(history)}"}
                event = {"at": event["at"], "type": "action", **told}
            case _:
                pass
        history.append(event)
    ticket = {
        "id": f"T-{seed}",
        "created_at": CREATED.isoformat(),
        "status": status,
        "severity": severity,
        "level": "L1",
        "owner": "front-line",
        "customer": {"id": "C-1", "tier": "gold"},
        "events": history,
    }
    return ticket, at + timedelta(hours=1)
