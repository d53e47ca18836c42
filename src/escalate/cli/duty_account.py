"""What is shown of a rotation: who has duty from when until when, and when nobody has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from escalate.cli.calendar_account import WEEKDAYS
from escalate.cli.tables import table_lines
from escalate.cli.terminal import Terminal
from escalate.policy.duties import behind
from escalate.policy.policy import Policy
from escalate.policy.rotations import offset_of, rotation_of
from escalate.wording import many
from escalate.worktime.rotation import Override, Swap
from escalate.worktime.watch import watches
from escalate.worktime.zone import from_us, wall_to_us

__all__ = ["DutyAccount"]


class DutyAccount:
    """The duty of one owner over a while."""

    def __init__(
        self, terminal: Terminal, policy: Policy, name: str, start: datetime, end: datetime
    ) -> None:
        self.name = name
        self._terminal = terminal
        self._policy = policy
        self._start, self._end = start, end
        self._rotation = rotation_of(policy, name)
        self.watches = tuple(watches(self._rotation, start, end, offset_of(policy, name)))
        self.gaps = tuple(one for one in self.watches if one.kind == "gap")
        """When nobody has duty though somebody should."""

    def lines(self) -> Iterator[str]:
        """A table."""
        terminal, zone = self._terminal, self._rotation.zone
        title = self.name
        if (before := behind(self._policy, self.name)) is not None:
            of, places = before
            title += f", {many(places, 'place')} behind {of}"
        title += f", in the time of {zone}"
        yield terminal.paint(terminal.plain(title), "head")
        rows = [
            (
                (_at(one.start), _at(one.end), one.member or "nobody"),
                "bold red" if one.kind == "gap" else "",
            )
            for one in self.watches
            if one.kind != "closed"
        ]
        if rows:
            yield from table_lines(terminal, ("from", "until", "who"), rows)
        else:
            yield "Nobody needs to have duty then: its calendar is closed."
        changes = list(self._changes())
        if changes:
            yield "Out of turn"
        for change, start, end in changes:
            who = " and ".join(_names(change)) + (" swap" if isinstance(change, Swap) else "")
            yield terminal.plain(f"  {who}, from {_at(start)} until {_at(end)}")

    def _changes(self) -> Iterator[tuple[Override | Swap, datetime, datetime]]:
        zone = self._rotation.zone
        for change in self._rotation.overrides:
            start = from_us(wall_to_us(change.start, zone), zone)
            end = from_us(wall_to_us(change.until, zone, end=True), zone)
            if start < self._end and end > self._start:
                yield change, start, end

    def to_json(self) -> Any:
        """The same."""
        before = behind(self._policy, self.name)
        return {
            "owner": self.name,
            "policy": self._policy.name,
            "timezone": self._rotation.zone,
            "of": before and before[0],
            "offset": before[1] if before else 0,
            **_from_until(self.watches[0].start, self.watches[-1].end),
            "shifts": [
                {"member": one.member, **_from_until(one.start, one.end)}
                for one in self.watches
                if one.kind == "duty"
            ],
            "gaps": [_from_until(one.start, one.end) for one in self.gaps],
            "out_of_turn": [
                {
                    "swap" if isinstance(change, Swap) else "member": (
                        _names(change) if isinstance(change, Swap) else change.member
                    ),
                    **_from_until(start, end),
                }
                for change, start, end in self._changes()
            ],
        }


def _names(change: Override | Swap) -> list[str]:
    return [change.one, change.other] if isinstance(change, Swap) else [change.member]


def _from_until(start: datetime, end: datetime) -> dict[str, str]:
    return {"from": start.isoformat(), "until": end.isoformat()}


def _at(at: datetime) -> str:
    seconds = f":{at:%S}" if at.second else ""
    return f"{WEEKDAYS[at.weekday()]} {at:%Y-%m-%d %H:%M}{seconds}"
