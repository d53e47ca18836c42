"""The account of a clock for people: a table that can be added up."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, NamedTuple

from escalate.cli.tables import table_lines
from escalate.cli.terminal import Terminal
from escalate.decision import PolicyId, duration_text, instant
from escalate.evaluator.clock_explanation import ClockExplanation, Skipped
from escalate.evaluator.clock_rows import Row
from escalate.evaluator.trace_words import duration_words
from escalate.ticket import Ticket
from escalate.worktime import find_zone, wall_to_us
from escalate.worktime.epoch import MINUTE

__all__ = ["ClockAccount"]

_STYLES: Final = {"missed": "bold red", "mark": "bold", "warning": "yellow", "quiet": "dim", "": ""}


class _Line(NamedTuple):
    """A line of the table, and what it is sorted by."""

    order: tuple[int, int]
    cells: tuple[str, str, str, str, str]
    style: str = ""


class ClockAccount:
    """Prints what a clock or deadline shows and how it came to it."""

    def __init__(
        self, terminal: Terminal, ticket: Ticket, policy: PolicyId, told: ClockExplanation
    ) -> None:
        self.terminal = terminal
        self.ticket = ticket
        self.policy = policy
        self.told = told
        instants = [us for row in told.rows for us in (row.start_us, row.end_us)]
        self._length = 16 if all(us % MINUTE == 0 for us in instants) else 19

    def print(self) -> None:
        """Print it."""
        told = self.told
        self._head()
        for name, said in self._facts():
            self._say(f"  {name:<9} {said}", indent=12)
        if told.rows:
            self._table()
        if told.unit != "interval":
            self._say(
                f"It has too many intervals for a table, so they are summed up by {told.unit}."
            )
        more = told.skipped_count - len(told.skipped)
        if more:
            self._say(f"There were {more} more days that were not as usual.")
        self._section("Warnings", self._warnings())
        self._section("Set off", self._effects())

    def _head(self) -> None:
        told, terminal = self.told, self.terminal
        subject = self.ticket.get("subject")
        title = told.ticket + (f"  {subject}" if subject else "")
        terminal.print(terminal.paint(terminal.plain(title), "head"))
        version = f" {self.policy.version}" if self.policy.version else ""
        self._say(f"at {self._at(told.now_us)} ({told.zone}), by {self.policy.name}{version}")
        terminal.print()
        which = ""
        if told.cycles > 1:
            word = "cycle" if told.level is None else "stay"
            which = f", {word} {told.cycle} of {told.cycles}"
        self._say(f"{told.title}{which}: {told.state}")
        self._say(told.sentence)
        terminal.print()

    def _facts(self) -> Iterator[tuple[str, str]]:
        told = self.told
        if told.target is not None:
            said = told.target.written
            if told.target.because is not None:
                said += f" ({told.target.because})"
            time = _words(told.target_us)
            if told.target_us is not None and time != told.target.written:
                said += f", {time} of working time"
            yield "target", said
        yield "calendar", f"{told.calendar}, in the time of {told.zone}"
        for name, us, moment in (
            ("begun", told.begun_us, told.begun_by),
            ("due", told.due_us, None),
            ("ended", told.ended_us, told.ended_by),
            ("left", told.left_us, None),
        ):
            if us is not None:
                yield name, self._at(us) + (f" ({moment})" if moment else "")

    # The table.

    def _table(self) -> None:
        rows = (
            (line.cells, _STYLES[line.style])
            for line in sorted(self._lines(), key=lambda line: line.order)
        )
        heads = ("from", "to", "counted", "total", "")
        lines = table_lines(self.terminal, heads, rows, frozenset({2, 3}))
        self.terminal.print("\n".join(lines).rstrip())

    def _lines(self) -> Iterator[_Line]:
        told = self.told
        yield from (self._row(row) for row in told.rows)
        yield from (self._day(day) for day in told.skipped)
        for warning in told.warnings:
            if warning.at_us is not None:
                yield self._mark(warning.at_us, f"warning, {_point(warning.point)}", "warning")
        if told.due_us is not None:
            yield self._mark(told.due_us, "due", "missed" if told.state == "breached" else "mark")
        if told.ended_us is not None:
            yield self._mark(told.ended_us, told.ended_by or "ended", "mark", last=1)
        elif told.left_us is not None:
            yield self._mark(told.left_us, "the ticket left the level", "mark", last=1)
        else:
            yield self._mark(told.now_us, "now", "mark", last=1)

    def _row(self, row: Row) -> _Line:
        start = self._at(row.start_us)
        end = self._at(row.end_us)
        if end[:10] == start[:10]:
            end = end[11:]
        said = [f"{row.stretches} intervals"] if row.stretches > 1 else []
        if row.kind == "worked":
            said += ["to come"] if row.ahead else []
            cells = (start, end, _words(row.time_us), _words(row.total_us), ", ".join(said))
            return _Line((row.start_us, 3), cells, "quiet" if row.ahead else "")
        said = [f"{row.stretches} times"] if row.stretches > 1 else []
        status = ", ".join(row.because)
        why = f"{row.kind} ({status})" if status else row.kind
        said = [why, *said, f"{_words(row.time_us)} not counted"]
        return _Line((row.start_us, 3), (start, end, "", "", ", ".join(said)), "quiet")

    def _day(self, day: Skipped) -> _Line:
        at = datetime.combine(date.fromisoformat(day.date), datetime.min.time())
        kind = "short day" if day.hours else "holiday"
        hours = " and ".join("-".join(pair) for pair in day.hours)
        said = kind if day.name in ("", kind) else f"{kind}: {day.name}"
        said += f", {hours}" if hours else ""
        cells = (day.date, "", "", "", said)
        return _Line((wall_to_us(at, find_zone(self.told.zone)), 0), cells, "quiet")

    def _mark(self, us: int, said: str, style: str, last: int = 0) -> _Line:
        return _Line((us, 1 + last), (self._at(us), "", "", "", said), style)

    # What follows.

    def _warnings(self) -> Iterator[str]:
        for warning in self.told.warnings:
            said = f"{_point(warning.point)}"
            if warning.at_us is not None:
                said += f", {self._at(warning.at_us)}"
            if warning.sent_us is not None:
                said += f": sent at {self._at(warning.sent_us)}"
            elif warning.sent:
                said += ": sent"
            elif warning.at_us is None:
                said += ": not reached"
            else:
                said += ": to come" if warning.at_us > self.told.now_us else ": not sent"
            yield said

    def _effects(self) -> Iterator[str]:
        for effect in self.told.effects:
            yield effect.trigger + (f", {self._at(effect.at_us)}" if effect.at_us else "")

    def _section(self, title: str, lines: Iterator[str]) -> None:
        for i, line in enumerate(lines):
            if i == 0:
                self.terminal.print()
                self.terminal.print(self.terminal.paint(title, "head"))
            self._say(f"  {line}", indent=4)

    def _at(self, us: int) -> str:
        return instant(us, self.told.zone).isoformat(" ")[: self._length]

    def _say(self, text: str, indent: int = 2) -> None:
        width = max(shutil.get_terminal_size().columns, 40)
        for line in textwrap.wrap(
            self.terminal.plain(text),
            width,
            subsequent_indent=" " * indent,
            break_on_hyphens=False,
            drop_whitespace=True,
        ):
            self.terminal.print(line)


def _point(written: str) -> str:
    return written if written.endswith("%") else f"{written} before"


def _words(us: int | None) -> str:
    return "" if us is None else duration_words(duration_text(us))
