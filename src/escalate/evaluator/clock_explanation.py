"""Why a clock or a level's deadline shows what it shows, as something to print or to send.

Language: "Time", "Deadlines".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from escalate.decision import State, duration_text, instant, instant_text, minute_text
from escalate.evaluator.clock_rows import Row, Unit
from escalate.evaluator.trace_words import duration_words

__all__ = ["ClockExplanation", "Effect", "Skipped", "TargetSaid", "WarningPoint"]


class TargetSaid(NamedTuple):
    """The target as its author wrote it, and the condition of the case that gave it (``None``
    where there is but one)."""

    written: str
    because: str | None

    def to_json(self) -> dict[str, Any]:
        return {"written": self.written, "because": self.because}


class Skipped(NamedTuple):
    """A holiday or a short day: local date, name, and the hours that it had, if any."""

    date: str
    name: str
    hours: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        hours = ["-".join(pair) for pair in self.hours]
        return {"date": self.date, "name": self.name, "hours": hours}


class WarningPoint(NamedTuple):
    """A point of ``warn``: when it is or was reached (``None``: it is not known when), and
    whether its warning was sent, then or later."""

    point: str
    at_us: int | None
    sent: bool
    sent_us: int | None = None


class Effect(NamedTuple):
    """A trigger or deadline that this clock set off, and when, where events say so."""

    trigger: str
    at_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExplanation:
    """How a clock, or a deadline of a level, came to what it shows at ``now``.

    Instants are microseconds since 1970, durations microseconds of working time. ``rows``
    are the account: the ``time_us`` of those that are worked and not ``ahead`` add up to
    ``elapsed_us``, and where the running total reaches ``target_us`` it was, or is, due. A
    long account is summed up by ``unit``.

    ``begun_by`` and ``ended_by`` are moments. ``left_us`` tells of a deadline that the
    ticket had left its level by then: it shows what it showed at that instant. ``late_us``
    is real time from the due instant on, ``overdue_us`` the working time in it that counted.
    ``skipped`` names the first of the days that were not as usual, ``skipped_count`` is how
    many there were. ``starts`` are the moments that begin it.
    """

    ticket: str
    name: str
    level: str | None
    cycle: int
    cycles: int
    now_us: int
    zone: str
    calendar: str
    state: State
    starts: tuple[str, ...]
    begun_us: int | None = None
    begun_by: str | None = None
    ended_us: int | None = None
    ended_by: str | None = None
    left_us: int | None = None
    target: TargetSaid | None = None
    target_us: int | None = None
    due_us: int | None = None
    elapsed_us: int | None = None
    remaining_us: int | None = None
    overdue_us: int | None = None
    late_us: int | None = None
    paused_by: str | None = None
    outside: bool = False
    rows: tuple[Row, ...] = ()
    unit: Unit = "interval"
    skipped: tuple[Skipped, ...] = ()
    skipped_count: int = 0
    warnings: tuple[WarningPoint, ...] = ()
    effects: tuple[Effect, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What is explained: ``resolution``, or ``resolve at L1``."""
        return self.name if self.level is None else f"{self.name} at {self.level}"

    @property
    def due(self) -> datetime | None:
        """The due instant in the calendar's zone, if there is one."""
        return None if self.due_us is None else instant(self.due_us, self.zone)

    @property
    def sentence(self) -> str:
        """What came of it, in a sentence or two."""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.state == "unknown":
            lacks = ", ".join(f"`{name}`" for name in self.missing)
            yield f"It is not known how it stands, for want of {lacks or 'its history'}."
        elif self.state == "not-started":
            if self.level is None:
                yield f"It has not begun: it waits for {_or(self.starts)}."
            else:
                yield f"It has not begun: it begins when the ticket enters `{self.level}`."
        elif self.due_us is not None and self.state == "breached":
            yield from self._breached(self._at(self.due_us))
        elif self.state == "met":
            left = "" if self.remaining_us is None else f", with {self._left()} left"
            yield f"It was met: it ended at {self._at(self.ended_us)}{left}."
        elif self.state == "ended":
            yield f"It ended with the ticket at {self._at(self.ended_us)}, without a verdict."
        elif self.state == "paused":
            yield f"It stands still while the ticket is {self.paused_by}: {self._so_far()}."
        elif self.due_us is not None:
            yield f"It is due at {self._at(self.due_us)}: {self._so_far()}."
            if self.outside:
                yield "It is outside hours now."
        else:
            yield f"It has no target and is never due: {self._so_far()}."
        if self.left_us is not None:
            yield f"The ticket left the level at {self._at(self.left_us)}."

    def _breached(self, due: str) -> Iterator[str]:
        missed = f"It was due at {due}"
        by = f"{_words(self.overdue_us)} of working time"
        if not self.overdue_us:
            by = "no working time yet" if self.ended_us is None else "no working time"
        late = f" ({_words(self.late_us)} by the clock)" if self.late_us != self.overdue_us else ""
        if self.ended_us is None:
            yield f"{missed} and is overdue by {by}{late}."
            if self.paused_by is not None:
                yield f"It stands still while the ticket is {self.paused_by}."
        else:
            yield f"{missed} and ended at {self._at(self.ended_us)}, late by {by}{late}."

    def _so_far(self) -> str:
        counted = f"{_words(self.elapsed_us)} counted"
        if self.target_us is None or self.remaining_us is None:
            return counted
        return f"{counted}, {self._left()} left"

    def _left(self) -> str:
        return _words(self.remaining_us)

    def _at(self, us: int | None) -> str:
        return "an unknown time" if us is None else minute_text(us, self.zone)

    def to_json(self) -> dict[str, Any]:
        """The explanation as JSON, always with the same keys in the same order."""

        def at(us: int | None) -> str | None:
            return instant_text(us, self.zone)

        return {
            "ticket": self.ticket,
            "clock": self.name,
            "level": self.level,
            "cycle": self.cycle,
            "cycles": self.cycles,
            "now": at(self.now_us),
            "calendar": self.calendar,
            "timezone": self.zone,
            "state": self.state,
            "sentence": self.sentence,
            "target": None if self.target is None else self.target.to_json(),
            "target_time": duration_text(self.target_us),
            "begun": at(self.begun_us),
            "begun_by": self.begun_by,
            "due": at(self.due_us),
            "ended": at(self.ended_us),
            "ended_by": self.ended_by,
            "left": at(self.left_us),
            "elapsed": duration_text(self.elapsed_us),
            "remaining": duration_text(self.remaining_us),
            "overdue": duration_text(self.overdue_us),
            "late": duration_text(self.late_us),
            "paused_by": self.paused_by,
            "outside_hours": self.outside,
            "unit": self.unit,
            "rows": [_row(row, self.zone) for row in self.rows],
            "skipped": [day.to_json() for day in self.skipped],
            "skipped_count": self.skipped_count,
            "warnings": [
                {"point": w.point, "at": at(w.at_us), "sent": w.sent, "sent_at": at(w.sent_us)}
                for w in self.warnings
            ],
            "effects": [{"trigger": e.trigger, "at": at(e.at_us)} for e in self.effects],
            "missing": list(self.missing),
        }


def _row(row: Row, zone: str) -> dict[str, Any]:
    counted = row.kind == "worked"
    return {
        "kind": row.kind,
        "from": instant_text(row.start_us, zone),
        "to": instant_text(row.end_us, zone),
        "worked": duration_text(row.time_us if counted else 0),
        "not_counted": duration_text(0 if counted else row.time_us),
        "total": duration_text(row.total_us),
        "because": list(row.because),
        "stretches": row.stretches,
        "ahead": row.ahead,
    }


def _words(us: int | None) -> str:
    return duration_words(duration_text(us))


def _or(moments: tuple[str, ...]) -> str:
    return " or ".join(f"`{moment}`" for moment in moments)
