"""Who has duty by a list of shifts, minute by minute: the plain twin of `escalate.worktime.listed`.

It walks the days of what recurs one after the other and shares no code with what it judges.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from support.slow_rotation import Wall


@dataclass(frozen=True)
class SlowShift:
    """An event: ``every`` so many days again (0: never), ``times`` in all."""

    member: str
    start: datetime
    lasts: timedelta
    zone: str
    every: int = 0
    times: int = 1
    also: tuple[datetime, ...] = ()
    never: tuple[datetime, ...] = ()

    def beginnings(self) -> list[datetime]:
        days = [self.start + timedelta(days=self.every * n) for n in range(self.times)]
        return [at for at in [*days, *self.also] if at not in self.never]

    def text(self) -> str:
        """The same as an event of an iCalendar file."""
        zone = {"": "", "UTC": ""}.get(self.zone, f";TZID={self.zone}")
        end = "Z" if self.zone == "UTC" else ""

        def line(name: str, at: datetime) -> str:
            return f"{name}{zone}:{at:%Y%m%dT%H%M%S}{end}"

        rule = f"RRULE:FREQ=DAILY;INTERVAL={self.every};COUNT={self.times}"
        lines = [
            "BEGIN:VEVENT",
            line("DTSTART", self.start),
            line("DTEND", self.start + self.lasts),
            *([rule] if self.every else []),
            *(line("RDATE", at) for at in self.also),
            *(line("EXDATE", at) for at in self.never),
            f"SUMMARY:On call: {self.member.upper()}",
            "END:VEVENT",
        ]
        return "\r\n".join(lines)


@dataclass(frozen=True)
class SlowList:
    members: tuple[str, ...]
    shifts: tuple[SlowShift, ...]
    walls: dict[str, Wall]

    def pieces(self) -> list[tuple[int, int, str]]:
        """From which minute until which somebody has duty."""
        found = []
        for shift in self.shifts:
            wall = self.walls[shift.zone]
            for at in shift.beginnings():
                start, end = wall.first(at), wall.last(at + shift.lasts)
                if start < end:
                    found.append((start, end, shift.member))
        return found

    def order(self, minute: int) -> tuple[str, ...]:
        pieces = sorted(self.pieces(), key=lambda piece: piece[0])
        on = [who for start, end, who in pieces if start <= minute < end]
        if not on:
            return ()
        following = [who for start, _, who in pieces if start > minute]
        return tuple(dict.fromkeys([*reversed(on), *following, *self.members]))
