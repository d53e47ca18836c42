"""A decision for people: what was decided and why, and why not otherwise."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final

from escalate.cli.rows import moment
from escalate.cli.terminal import Terminal
from escalate.decision import Action, Decision, duration_text
from escalate.evaluator.assigning import NOBODY
from escalate.evaluator.trace_words import (
    Line,
    condition_lines,
    duration_words,
    minute,
    place_text,
    seen_words,
)
from escalate.ticket import Ticket

__all__ = ["Explanation"]

_HOLDS: Final = {True: ("yes", "good"), False: ("no", "quiet"), None: ("?", "warning")}


class Explanation:
    """Prints one decision with its trace, section by section; an empty one is left out."""

    def __init__(self, terminal: Terminal, ticket: Ticket, decision: Decision) -> None:
        self.terminal = terminal
        self.ticket = ticket
        self.decision = decision
        self.trace: Mapping[str, Any] = decision.trace or {}
        self.width = max(shutil.get_terminal_size().columns, 40)

    def print(self) -> None:
        """Print it."""
        self._head()
        for title, lines in (
            ("To be done", self._actions()),
            ("Who gets it", self._assigned()),
            ("Path", self._path()),
            ("Levels passed over", self._levels()),
            ("Deadlines", self._deadlines()),
            ("Clocks", self._clocks()),
            ("Fired", self._triggers(fired=True)),
            ("Did not fire", self._triggers(fired=False)),
            ("Not known", iter([(0, ", ".join(self.decision.missing), "")])),
            ("Warnings", ((0, f"{w.code}: {w.message}", "") for w in self.decision.warnings)),
        ):
            said = [line for line in lines if line[1]]
            if not said:
                continue
            self.terminal.print()
            self.terminal.print(self.terminal.paint(title, "head"))
            for depth, text, mark in said:
                self._line(depth + 1, text, mark)

    def _line(self, depth: int, text: str, mark: bool | str | None = "") -> None:
        """One line, wrapped; ``mark`` tells whether a condition holds."""
        indent = "  " * depth
        word, colour = _HOLDS[mark] if not isinstance(mark, str) else ("", "")
        lead = f"{word:<4}" if word else ""
        wrapped = textwrap.wrap(
            self.terminal.plain(text),
            max(self.width - len(indent) - len(lead), 20),
            subsequent_indent="  ",
            break_on_hyphens=False,
        ) or [""]
        for i, part in enumerate(wrapped):
            shown = self.terminal.paint(lead, colour) if lead and not i else " " * len(lead)
            self.terminal.print(indent + shown + part)

    def _head(self) -> None:
        d, terminal = self.decision, self.terminal
        subject = self.ticket.get("subject")
        title = d.ticket + (f"  {subject}" if subject else "")
        terminal.print(terminal.paint(terminal.plain(title), "head"))
        version = f" {d.policy.version}" if d.policy.version else ""
        now = moment(d.now_us, d.zone)
        self._line(0, f"at {now} ({d.zone}), by {d.policy.name}{version}")
        terminal.print()
        here, there = place_text(d.from_), place_text(d.to)
        kind = f" ({d.kind})" if d.kind else ""
        self._line(0, f"{d.step}{kind}: {here}" + (f" -> {there}" if there != here else ""))
        self._line(0, d.reason)
        if d.step != "hold":
            self._line(0, "Ask again at once, when this has been carried out.")
        elif d.next_us is None:
            self._line(0, "There is nothing more to ask.")
        else:
            self._line(0, f"Ask again at {moment(d.next_us, d.zone)}.")

    def _actions(self) -> Iterator[Line]:
        for action in self.decision.actions:
            yield 0, _action(action), ""
            if action.text:
                yield 1, f'"{action.text}"', ""

    def _assigned(self) -> Iterator[Line]:
        given = self.trace.get("assigned")
        if given and given["assignee"] != given["owner"] and given["by"] != NOBODY.by:
            yield 0, f"{given['assignee'] or 'nobody'} of {given['owner']}: {given['by']}", ""

    def _path(self) -> Iterator[Line]:
        path = self.trace.get("path", {})
        if not path.get("tried"):
            return
        for tried in path["tried"]:
            yield 0, tried["id"], tried["holds"]
            if "text" in tried:
                yield from condition_lines(tried, 2)
        if path["chosen"] is None:
            yield 0, "none holds, so it is all levels", ""

    def _levels(self) -> Iterator[Line]:
        for level in self.trace.get("levels", ()):
            yield 0, f"{level['id']}: {level['why']}", ""

    def _deadlines(self) -> Iterator[Line]:
        for deadline in self.trace.get("deadlines", ()):
            parts = [deadline["state"]]
            if deadline["due"]:
                parts.append(f"due {minute(deadline['due'])}")
            parts += _measures(deadline["elapsed"], deadline["remaining"])
            if deadline["overdue"] not in (None, "PT0S"):
                parts.append(f"{duration_words(deadline['overdue'])} overdue")
            if deadline["calendar"]:
                parts.append(f"in calendar {deadline['calendar']}")
            yield 0, f"{deadline['name']}: {', '.join(parts)}", ""
            if deadline["skipped"]:
                days = ", ".join(f"{day} {name}".strip() for day, name in deadline["skipped"])
                yield 1, f"days skipped: {days}", ""

    def _clocks(self) -> Iterator[Line]:
        zone = self.decision.zone
        for name, clock in self.decision.clocks.items():
            parts = [clock.state + (f" by {clock.paused_by}" if clock.paused_by else "")]
            if clock.due_us is not None:
                parts.append(f"due {moment(clock.due_us, zone)}")
            parts += _measures(duration_text(clock.elapsed_us), duration_text(clock.remaining_us))
            if clock.overdue_us:
                parts.append(f"{duration_words(duration_text(clock.overdue_us))} overdue")
            if clock.outside:
                parts.append("outside hours")
            yield 0, f"{name}: {', '.join(parts)}", ""

    def _triggers(self, *, fired: bool) -> Iterator[Line]:
        for cause in self.decision.fired if fired else ():
            if cause.trigger.startswith("deadline:"):
                yield 0, f"{cause.trigger} was missed", ""
        for trigger in self.trace.get("triggers", ()):
            if (trigger["why"] == "fired") is not fired:
                continue
            said = "" if fired else f": {trigger['why']}"
            if trigger["wants"]:
                said += f"; wants to {trigger['wants']}"
            if trigger["missing"]:
                said += f", for want of {', '.join(trigger['missing'])}"
            yield 0, trigger["id"] + (said.replace("; ", ", ", 1) if fired else said), ""
            yield from condition_lines(trigger["when"], 1)


def _action(action: Action) -> str:
    said = action.action.replace("_", " ")
    if action.to:
        said += f" {action.to}"
    if action.what.get("assignee") not in (None, action.to):
        said += f" ({action.what['assignee']})"
    if action.channels:
        said += f" by {', '.join(action.channels)}"
    if action.message:
        said += f", message {action.message}"
    if "urgency" in action.what:
        said += f", {action.what['urgency']}"
    if "hold_until" in action.what:
        said += f", held back until {minute(action.what['hold_until'])}"
    said_already = ("assignee", "urgency", "hold_until")
    more = {k: v for k, v in action.what.items() if k not in said_already}
    return said + "".join(f", {k}: {seen_words(v)}" for k, v in more.items())


def _measures(elapsed: str | None, remaining: str | None) -> list[str]:
    said = [] if elapsed is None else [f"{duration_words(elapsed)} elapsed"]
    return said + ([] if remaining is None else [f"{duration_words(remaining)} remaining"])
