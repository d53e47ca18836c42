"""The tables of `tests/spec/time/clocks`: read, and asked of whoever can answer.

Their form is in `tests/spec/time/clocks/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from escalate import Engine, Ticket
from escalate.policy.loader import load_text
from escalate.reading import read_ticket
from escalate.worktime import Duration
from support.slow_history import us_of
from support.spec_cases import BASE_POLICY, SPEC, policy_text

FOLDER = SPEC / "time" / "clocks"

CLOCK = {"from": "created", "until": "resolved"}
LEVELS = [{"id": "L1", "owner": "desk"}, {"id": "L2", "owner": "manager"}]
STATES = ("state", "paused_by")
NUMBERS = ("cycle",)
INSTANTS = ("due", "wrong")
DURATIONS = ("elapsed", "remaining", "overdue")


@dataclass(frozen=True)
class Row:
    """One question, with all that its table and file say about it."""

    name: str
    why: str
    policy: str
    ticket: dict[str, Any]
    now: datetime
    deadline: str | None
    expected: dict[str, Any]
    warns: dict[str, datetime] = field(default_factory=dict)
    wrong: datetime | None = None

    def __str__(self) -> str:
        return self.name

    @property
    def engine(self) -> Engine:
        return _engine(self.policy)

    def read(self) -> Ticket:
        return read_ticket(self.ticket, frozenset(self.engine.policy.fields))

    @property
    def now_us(self) -> int:
        return us_of(self.now)


@cache
def _engine(text: str) -> Engine:
    loaded = load_text(text)
    errors = [str(d) for d in loaded.diagnostics if str(d.severity) == "error"]
    assert not errors, "\n".join(errors)
    assert loaded.policy is not None
    return Engine(loaded.policy)


def tables() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        file = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        for table in file["tables"]:
            yield path.stem, file, table


def rows() -> list[Row]:
    return [
        _row(stem, file, table, number, said)
        for stem, file, table in tables()
        for number, said in enumerate(table["rows"])
    ]


def _row(
    stem: str, file: dict[str, Any], table: dict[str, Any], number: int, said: dict[str, Any]
) -> Row:
    above = {**file, **table, **said}
    policy = {
        **BASE_POLICY,
        "timezone": "UTC",
        **file.get("policy", {}),
        **table.get("policy", {}),
    }
    zone = ZoneInfo(policy["timezone"])

    def at(text: str) -> datetime:
        instant = datetime.fromisoformat(text)
        return instant if instant.tzinfo else instant.replace(tzinfo=zone)

    if "deadline" in table:
        level = {"id": "L1", "owner": "desk", "deadlines": table["deadlines"]}
        policy["levels"] = [{**level, **above.get("level", {})}, LEVELS[1]]
    else:
        policy["clocks"] = {"c": {**CLOCK, **table["clock"]}}
    created = at(above["created"])
    ticket = {
        "id": "T-1",
        "created_at": created.isoformat(),
        "level": "L1",
        "owner": "desk",
        **file.get("ticket", {}),
        **table.get("ticket", {}),
        **said.get("ticket", {}),
    }
    entered = {"at": created.isoformat(), "type": "entered", "to": "L1", "owner": "desk"}
    ticket["events"] = [{**entered, "key": "enter:0"}]
    for text in said.get("events", []):
        event = _event(text, ticket)
        event["at"] = at(event["at"]).isoformat()
        ticket["events"].append(event)
    expected = {name: value for name in STATES if (value := _none(said, name)) is not ...}
    expected |= {name: int(said[name]) for name in NUMBERS if name in said}
    for name in DURATIONS:
        if name in said:
            value = _none(said, name)
            expected[name] = None if value is None else Duration.parse(value).us
    if "due" in said:
        due = _none(said, "due")
        expected["due"] = due if due in (None, "ended") else us_of(at(due))
    if "outside" in said:
        expected["outside"] = said["outside"] == "true"
    return Row(
        name=f"{stem}: {table['title']} {number + 1}",
        why=said["why"],
        policy=policy_text(_scalars(policy)),
        ticket=_scalars(ticket),
        now=at(said.get("now", above["created"])),
        deadline=table.get("deadline"),
        expected=expected,
        warns={point: at(text) for point, text in said.get("warns", {}).items()},
        wrong=at(said["wrong"]) if "wrong" in said else None,
    )


def _none(said: dict[str, Any], name: str) -> Any:
    """What is expected; ``None`` where that is nothing, ``...`` where nothing is said."""
    value = said.get(name, ...)
    return None if value == "none" else value


def _scalars(value: Any) -> Any:
    """The base loader reads all as text."""
    if isinstance(value, dict):
        return {k: _scalars(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_scalars(v) for v in value]
    return {"true": True, "false": False}.get(value, value)


def _event(text: str, ticket: dict[str, Any]) -> dict[str, Any]:
    """``INSTANT WHAT [HOW]``; the snapshot follows."""
    at, kind, *rest = text.split(" ")
    match kind, *rest:
        case "status", status:
            before = ticket.get("status", "open")
            ticket["status"] = status
            return {"at": at, "type": "status", "from": before, "to": status}
        case "reply", who:
            return {"at": at, "type": "reply", "by": who}
        case ("note",):
            return {"at": at, "type": "reply", "by": "agent", "public": False}
        case "field", name, value:
            before = ticket.get(name)
            ticket[name] = value
            return {"at": at, "type": "field", "name": name, "from": before, "to": value}
        case "assigned", *_:
            ticket["assignee"] = "ana"
            return {"at": at, "type": "assigned", "to": "ana", "by": "ana"}
        case ("acknowledged",):
            return {"at": at, "type": "acknowledged", "by": "ana"}
        case ("documented",):
            return {"at": at, "type": "documented", "item": "summary"}
        case "transferred", *_:
            return {"at": at, "type": "transferred", "owner": "desk"}
        case ("escalated",):
            ticket |= {"level": "L2", "owner": "manager"}
            return {"at": at, "type": "escalated", "from": "L1", "to": "L2", "owner": "manager"}
    raise AssertionError(f"no such event: {text}")
