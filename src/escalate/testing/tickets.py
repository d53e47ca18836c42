"""The tickets and desks of tests: written in the file, joined, or from files of tickets.

The author's page is docs/testing.md, "Tickets".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from escalate.desk import EMPTY, Desk, read_desk
from escalate.errors import Diagnostic, TicketError, did_you_mean
from escalate.intake.record import Record, is_of_key, segments
from escalate.testing.events import full_events
from escalate.testing.layers import Layers, joined
from escalate.testing.layout import TIMES, UNKNOWN
from escalate.testing.pen import Pen, Way
from escalate.testing.rules import Rules
from escalate.testing.shelf import Shelf, desk_file
from escalate.testing.times import TimeError, Times, looks_like_a_time
from escalate.ticket import Ticket
from escalate.worktime.zone import from_us

__all__ = [
    "Clock",
    "Written",
    "created",
    "desk_layers",
    "read_desk_at",
    "read_ticket_at",
    "told",
]

USUAL_ID: Final = "T-1"


@dataclass(frozen=True)
class Written:
    """A ticket as it is written, with what locates its mistakes; ``record`` is that of a
    file, if it comes from one."""

    layers: Layers
    record: Record | None = None

    def located(self, diagnostics: tuple[Diagnostic, ...]) -> list[Diagnostic]:
        """What is wrong with the ticket, each where it stands."""
        found: list[Diagnostic] = []
        for diagnostic in diagnostics:
            steps = segments(diagnostic.path)
            way = self.layers.way(steps)
            if self.record is not None and not self.layers.holds(way):
                found += self.record.located([diagnostic])
                continue
            place = self.layers.source.place(way, key=is_of_key(diagnostic))
            found.append(diagnostic._replace(place=place))
        return found


def told(test: Mapping[str, Any], way: Way, shelf: Shelf, pen: Pen) -> Written | None:
    """The ticket that a test tells of."""
    raw = test.get("ticket", {})
    here = (*way, "ticket")
    own: Mapping[str, Any] = {}
    name = raw if isinstance(raw, str) else raw.get("like")
    if isinstance(raw, Mapping):
        own = {key: value for key, value in raw.items() if key != "like"}
    parts: list[tuple[Way, Mapping[str, Any]]] = []
    record = None
    if name is None or name in shelf.named:
        parts.append((("ticket",), shelf.base))
    if name is not None and name in shelf.named:
        parts.append((("tickets", name), shelf.named[name]))
    elif name is not None:
        record = shelf.records.get(name)
        if record is None:
            at = here if isinstance(raw, str) else (*here, "like")
            known = [*shelf.named, *shelf.records]
            near = did_you_mean(name, known)
            help_ = f"did you mean `{near}`?" if near else "name it under `tickets`"
            pen.report("ESC969", f"there is no ticket `{name}`", at, help_)
            return None
    parts.append((here, own))
    layers = Layers.of(shelf.source, parts)
    if record is not None:
        layers = replace(layers, data=joined(record.value, layers.data))
    return Written(layers, record)


class Clock:
    """Reads the times of one test, and reports those that cannot be read."""

    def __init__(self, times: Times, pen: Pen) -> None:
        self.times = times
        self.pen = pen

    def read(
        self, written: Any, way: Way, base: int | None, *, at_once: bool = False
    ) -> int | None:
        """Microseconds since 1970, or ``None`` where it is no time."""
        try:
            return self.times.read(str(written), base, at_once=at_once)
        except TimeError as error:
            self.pen.report(error.code, str(error), way, error.help)
            return None

    def text(self, written: Any, way: Way, base: int | None) -> Any:
        """The time as an instant of the language; what has no form of ours stays."""
        if not isinstance(written, str) or not looks_like_a_time(written):
            return written
        us = self.read(written, way, base, at_once=True)
        return written if us is None else from_us(us, self.times.zone).isoformat()


def created(written: Written, clock: Clock) -> int | None:
    """When the ticket was created, if it says so."""
    raw = written.layers.data.get("created_at")
    if not isinstance(raw, str) or not looks_like_a_time(raw):
        return None
    return clock.read(raw, written.layers.way(("created_at",)), None)


def read_ticket_at(
    written: Written, usual: int, clock: Clock, rules: Rules, pen: Pen
) -> Ticket | None:
    """The ticket, created at ``usual`` where it does not say when; or every mistake in it."""
    layers = written.layers
    raw = dict(layers.data)
    before = len(pen.found)
    base = created(written, clock)
    if base is not None:
        raw["created_at"] = from_us(base, clock.times.zone).isoformat()
    else:
        base = usual
        raw.setdefault("created_at", from_us(usual, clock.times.zone).isoformat())
    raw.setdefault("id", USUAL_ID)
    if written.record is None and "level" in raw:
        raw.setdefault("level_entered_at", raw["created_at"])
    fields = {name for name in rules.instants if name in raw}
    for key in (*TIMES[1:], *sorted(fields)):
        if key in raw:
            raw[key] = clock.text(raw[key], layers.way((key,)), base)
    if raw.get("events") == UNKNOWN:
        del raw["events"]
    elif raw.get("events") is not None or written.record is None:
        raw["events"] = _events(raw, layers, clock, base)
    if len(pen.found) > before:
        return None
    try:
        return rules.engine.ticket(raw)
    except TicketError as error:
        pen.found += written.located(error.diagnostics)
        return None


def _events(raw: Mapping[str, Any], layers: Layers, clock: Clock, base: int) -> list[Any]:
    """The events in full, with instants; what is wrong in full ones the reader finds."""
    now: dict[str, Any] = {}
    done: list[Any] = []
    for i, item in enumerate(raw.get("events") or ()):
        if not isinstance(item, str | Mapping):
            done.append(item)
            continue
        for event in full_events(item, now.get):
            if "at" in event:
                event["at"] = clock.text(event["at"], layers.way(("events", i, "at")), base)
            remember(event, now)
            done.append(event)
    return done


def remember(event: Mapping[str, Any], now: dict[str, Any]) -> None:
    """What an event makes of the facts that later events may change again."""
    match event.get("type"):
        case "status":
            now["status"] = event.get("to")
        case "entered" | "escalated" | "returned":
            now["level"] = event.get("to")
        case "field" if "name" in event:
            now[event["name"]] = event.get("to")
        case _:
            pass


def desk_layers(shelf: Shelf, parts: Sequence[tuple[Way, Any]], pen: Pen) -> Layers | None:
    """The parts of a desk joined, the farthest first; a text is the name of a file."""
    read: list[tuple[Way, Mapping[str, Any]]] = []
    for way, raw in parts:
        content = desk_file(shelf.folder / raw, raw, way, pen) if isinstance(raw, str) else raw
        if isinstance(content, Mapping):
            read.append((way, content))
        elif content is not None or isinstance(raw, str):
            return None
    return Layers.of(shelf.source, read)


def read_desk_at(layers: Layers, base: int, clock: Clock, pen: Pen) -> Desk | None:
    """The desk; clock times in it are of the day of ``base``."""
    said = dict(layers.data)
    before = len(pen.found)
    if isinstance(said.get("away"), list):
        said["away"] = [
            {**item, "until": clock.text(item["until"], layers.way(("away", i, "until")), base)}
            if isinstance(item, Mapping) and item.get("until") is not None
            else item
            for i, item in enumerate(said["away"])
        ]
    if len(pen.found) > before:
        return None
    try:
        return read_desk(said) if said else EMPTY
    except TicketError as error:
        for diagnostic in error.diagnostics:
            way = layers.way(segments(diagnostic.path))
            pen.found.append(diagnostic._replace(place=layers.source.place(way)))
        return None
