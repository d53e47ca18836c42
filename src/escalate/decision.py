"""What comes out: the next step of a ticket, and everything that explains it.

Language: "The decision".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from escalate.worktime.epoch import EPOCH, US

__all__ = [
    "NOTHING",
    "Action",
    "ClockState",
    "Decision",
    "Fired",
    "PolicyId",
    "Stand",
    "State",
    "Step",
    "Warned",
    "duration_text",
    "instant",
    "instant_text",
    "minute_text",
]

Step = Literal["enter", "escalate", "transfer", "ask", "act", "hold"]
State = Literal["not-started", "running", "paused", "met", "breached", "ended", "unknown"]

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_json_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def instant(us: int, zone: str) -> datetime:
    """Microseconds since 1970 as an aware datetime of a zone."""
    return (EPOCH + us * US).astimezone(_zone(zone))


@lru_cache(maxsize=4096)  # a desk is asked about at one instant, and one ticket again and again
def instant_text(us: int | None, zone: str) -> str | None:
    """An instant as ISO 8601 with the zone's offset."""
    return None if us is None else instant(us, zone).isoformat()


def minute_text(us: int, zone: str) -> str:
    """An instant to the minute, on the clocks of a zone: ``2026-11-20 13:15``."""
    return instant(us, zone).isoformat(" ", "minutes")[:16]


def duration_text(us: int | None) -> str | None:
    """A duration as ISO 8601 in hours, minutes and seconds: ``PT3H30M``."""
    if us is None:
        return None
    sign, us = ("-", -us) if us < 0 else ("", us)
    seconds, micro = divmod(us, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    said = (f"{hours}H" if hours else "") + (f"{minute}M" if minute else "")
    if micro:
        said += f"{second}.{micro:06d}".rstrip("0") + "S"
    elif second or not said:
        said += f"{second}S"
    return f"{sign}PT{said}"


class PolicyId(NamedTuple):
    """Which policy decided; ``digest`` is that of its content."""

    name: str
    version: str | None
    digest: str

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "version": self.version, "digest": self.digest}


class Stand(NamedTuple):
    """Where a ticket stands: its level, whose it is, and who of them has it."""

    level: str | None = None
    owner: str | None = None
    assignee: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {"level": self.level, "owner": self.owner, "assignee": self.assignee}


class Fired(NamedTuple):
    """A cause that fired: a trigger, or a missed deadline (``resolve`` at ``L1``).

    ``trigger`` is the trigger's id or ``deadline:LEVEL:NAME``; ``requests`` are the
    ordinals of the requests that the firing closes; ``spent`` tells that it is only
    recorded, since its trigger had acted at this very instant.
    """

    trigger: str
    key: str
    requests: tuple[int, ...] = ()
    spent: bool = False

    def to_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {"trigger": self.trigger, "key": self.key}
        if self.requests:
            said["requests"] = list(self.requests)
        if self.spent:
            said["spent"] = True
        return said


class Action(NamedTuple):
    """Something for the host to carry out once; ``key`` tells whether it has.

    ``action`` is ``assign``, ``notify``, ``tell_customer``, ``remind``, ``warn``,
    ``ask``, ``set``, or the name of an action of the author's own. ``to`` is an owner
    or person, ``message`` the message's name, ``text`` what it says in ``language``,
    ``channels`` the ways to reach them, ``what`` further words of the action
    (``fields`` of ``set``, ``items`` of ``ask``, ``with`` of the author's own).
    """

    action: str
    key: str
    to: str | None = None
    message: str | None = None
    text: str | None = None
    language: str | None = None
    channels: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    what: Mapping[str, Any] = NOTHING

    def to_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {"action": self.action, "key": self.key}
        for name in ("to", "message", "text", "language"):
            if getattr(self, name) is not None:
                said[name] = getattr(self, name)
        if self.channels:
            said["channels"] = list(self.channels)
        if self.because:
            said["because"] = list(self.because)
        said.update(self.what)
        return said


class ClockState(NamedTuple):
    """A clock at the decision's instant. Times are microseconds.

    ``elapsed``, ``remaining``, ``overdue`` count working time; ``due`` is absent while
    the clock stands still; ``paused_by`` is the status that holds it, ``outside`` tells
    that it runs but its calendar is closed.
    """

    state: State
    cycle: int = 0
    due_us: int | None = None
    elapsed_us: int | None = None
    remaining_us: int | None = None
    overdue_us: int | None = None
    target_us: int | None = None
    paused_by: str | None = None
    outside: bool = False

    def to_json(self, zone: str) -> dict[str, Any]:
        said: dict[str, Any] = {"state": self.state}
        if self.due_us is not None:
            said["due"] = instant_text(self.due_us, zone)
        for name in ("elapsed", "remaining", "overdue"):
            us = getattr(self, f"{name}_us")
            if us is not None and (us or name != "overdue"):
                said[name] = duration_text(us)
        if self.paused_by is not None:
            said["paused_by"] = self.paused_by
        if self.outside:
            said["outside_hours"] = True
        return said


class Warned(NamedTuple):
    """Something about the ticket or the desk that the reader should know."""

    code: str
    message: str

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message}


class Decision(NamedTuple):
    """The next step of one ticket at one instant.

    Instants are microseconds since 1970 inside and aware datetimes in the policy's
    zone at the door (:attr:`now`, :attr:`next_check_at`).
    """

    ticket: str
    now_us: int
    zone: str
    step: Step
    trigger: str | None
    fired: tuple[Fired, ...]
    kind: str | None
    path: str | None
    from_: Stand
    to: Stand
    deadlines: Mapping[str, int | None]
    clocks: Mapping[str, ClockState]
    actions: tuple[Action, ...]
    missing: tuple[str, ...]
    warnings: tuple[Warned, ...]
    sentence: tuple[str, int | None]
    next_us: int | None
    policy: PolicyId
    key: str | None = None
    trace: Mapping[str, Any] | None = None
    handover: Mapping[str, Any] | None = None

    @property
    def reason(self) -> str:
        """The decision in one plain sentence."""
        text, us = self.sentence
        return text if us is None else text.replace("{due}", minute_text(us, self.zone))

    @property
    def now(self) -> datetime:
        """The instant of the decision."""
        return instant(self.now_us, self.zone)

    @property
    def next_check_at(self) -> datetime | None:
        """When to ask again; ``None`` only for a ticket that is no longer active."""
        return None if self.next_us is None else instant(self.next_us, self.zone)

    def due(self, deadline: str) -> datetime | None:
        """The instant at which a level's deadline is due, if it runs."""
        us = self.deadlines.get(deadline)
        return None if us is None else instant(us, self.zone)

    def to_json(self) -> dict[str, Any]:
        """The decision as JSON, always with the same keys in the same order."""
        zone = self.zone
        said: dict[str, Any] = {
            "ticket": self.ticket,
            "now": instant_text(self.now_us, zone),
            "step": self.step,
            "key": self.key,
            "trigger": self.trigger,
            "fired": [f.to_json() for f in self.fired],
            "kind": self.kind,
            "path": self.path,
            "from": self.from_.to_json(),
            "to": self.to.to_json(),
            "deadlines": {k: instant_text(v, zone) for k, v in self.deadlines.items()},
            "clocks": {k: v.to_json(zone) for k, v in self.clocks.items()},
            "actions": [a.to_json() for a in self.actions],
            "missing": list(self.missing),
            "warnings": [w.to_json() for w in self.warnings],
            "reason": self.reason,
            "next_check_at": instant_text(self.next_us, zone),
            "policy": self.policy.to_json(),
        }
        if self.handover is not None:
            said["handover"] = self.handover
        if self.trace is not None:
            said["trace"] = self.trace
        return said

    def to_json_text(self) -> str:
        """The decision as one line of JSON: the same bytes everywhere."""
        return _json_text(self.to_json())
