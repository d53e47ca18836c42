"""Expectations of how things stand: the level, deadlines, clocks, the next check."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from escalate.decision import ClockState, Decision
from escalate.testing.difference import KEPT, NONE, REMOVED, Difference, Seen, as_written, brief
from escalate.testing.forms import Absent, Flag, Form, Instant, Named, Span, Text, Word
from escalate.testing.pen import Way
from escalate.testing.shapes import Keyed, OneOf, Open
from escalate.testing.spans import read_span, show_span
from escalate.testing.times import TimeError

__all__ = [
    "ByName",
    "Clocks",
    "Deadlines",
    "Expectation",
    "NextCheck",
    "Part",
    "Reason",
    "Stands",
    "WrongTimeError",
    "about",
    "differs",
    "forbidden",
]


class WrongTimeError(Exception):
    """A time that is expected cannot be read after all: its day does not exist."""

    def __init__(self, way: Way, wrong: TimeError) -> None:
        self.way = way
        self.wrong = wrong
        super().__init__(str(wrong))


def _read(written: Any, way: Way, seen: Seen) -> int | None:
    """An expected instant; ``None`` for `none`."""
    if written == NONE:
        return None
    try:
        return seen.times.read(written, seen.base)
    except TimeError as error:
        raise WrongTimeError(way, error) from None


class Expectation(ABC):
    """One key of what can be expected: its form, and what it is compared with."""

    form: Form

    @abstractmethod
    def differences(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        """Each way in which what was decided is not what is written."""

    def unwanted(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        """What is written stands under `not`, and is so nevertheless."""
        if not any(True for _ in self.differences(raw, way, seen)):
            yield forbidden(way, raw)


class ByName(Expectation):
    """A mapping of names, each of which is met or not by itself; or none at all."""

    def unwanted(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        if raw == NONE:
            yield from super().unwanted(raw, way, seen)
            return
        for name, written in raw.items():
            if not any(True for _ in self.differences({name: written}, way, seen)):
                yield forbidden((*way, name), written)


def about(way: Way) -> str:
    """The key that a way leads to, below `expect`: ``deadlines.resolve``."""
    below = list(way)
    for mark in ("expect", "meanwhile"):
        if mark in below:
            below = below[below.index(mark) + 1 :]
    if below[:1] == ["not"]:
        below = below[1:]
    return ".".join(part for part in below if isinstance(part, str) and part != "only")


def forbidden(way: Way, raw: Any) -> Difference:
    """Something is so that must not be."""
    key = about(way)
    said = as_written(raw)
    return Difference(
        way, key, f"`{key}` is `{brief(said)}`, which must not be", f"not {said}", said
    )


def differs(way: Way, raw: Any, got: str, becomes: Any = None) -> Difference:
    """A value is not what is written."""
    key, said = about(way), as_written(raw)
    message = f"`{key}` is {_quoted(got)}, not {_quoted(said)}"
    return Difference(way, key, message, said, got, got if becomes is None else becomes)


def _quoted(said: str) -> str:
    return said if said == NONE else f"`{brief(said)}`"


@dataclass(frozen=True)
class Stands(Expectation):
    """A name that the last decision gives, or none."""

    kind: str
    get: Callable[[Decision], str | None]

    @property
    def form(self) -> Form:  # type: ignore[override]
        return Named(self.kind, absent=True)

    def differences(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        got = self.get(seen.last) or NONE
        if got != raw:
            yield differs(way, raw, got)


@dataclass(frozen=True)
class Part(Expectation):
    """A mapping of which each key is an expectation by itself."""

    keys: Mapping[str, Expectation]

    @property
    def form(self) -> Form:  # type: ignore[override]
        return Keyed({key: inner.form for key, inner in self.keys.items()})

    def differences(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        for key, value in raw.items():
            yield from self.keys[key].differences(value, (*way, key), seen)

    def unwanted(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        for key, value in raw.items():
            yield from self.keys[key].unwanted(value, (*way, key), seen)


class Deadlines(ByName):
    """When the level's deadlines are due."""

    form = OneOf(Open(Instant(), "deadline"), Absent())

    def differences(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        due = seen.last.deadlines
        if raw == NONE:
            if due:
                got = {name: seen.shown(us) for name, us in due.items()}
                yield differs(way, raw, as_written(got), got)
            return
        for name, written in raw.items():
            us = due.get(name)
            if us != _read(written, (*way, name), seen):
                yield differs((*way, name), written, seen.shown(us, written))


class NextCheck(Expectation):
    """When the policy wants to be asked again."""

    form = Instant()

    def differences(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        us = seen.last.next_us
        if us != _read(raw, way, seen):
            yield differs(way, raw, seen.shown(us, raw))


_STATES: Final = ("not-started", "running", "paused", "met", "breached", "ended", "unknown")
_SPANS: Final = ("elapsed", "remaining", "overdue")


class Clocks(ByName):
    """What the clocks show: the state alone, or more of it."""

    form = Open(
        OneOf(
            Word(_STATES),
            Keyed(
                {
                    "state": Word(_STATES),
                    "due": Instant(),
                    **dict.fromkeys(_SPANS, Span()),
                    "paused_by": Named("status", absent=True),
                    "outside_hours": Flag(),
                }
            ),
        ),
        "clock",
    )

    def differences(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        for name, written in raw.items():
            clock = seen.last.clocks.get(name) or ClockState("unknown")
            here = (*way, name)
            found = list(self._clock(clock, written, here, seen))
            every = isinstance(written, Mapping) and len(found) == len(written)
            if every and all(one.becomes is REMOVED for one in found):
                # It has nothing of all that: its state is all that can be said.
                found = [differs(here, written, clock.state)]
            yield from found

    def _clock(self, clock: ClockState, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        if isinstance(raw, str):
            if clock.state != raw:
                yield differs(way, raw, clock.state)
            return
        for key, written in raw.items():
            here = (*way, key)
            if key == "due":
                if clock.due_us != _read(written, here, seen):
                    yield differs(here, written, seen.shown(clock.due_us, written))
            elif key in _SPANS:
                got = getattr(clock, f"{key}_us")
                if got != read_span(written):
                    # A clock without that measure: nothing that could be written there is met.
                    said = NONE if got is None else show_span(got)
                    yield differs(here, written, said, REMOVED if got is None else said)
            elif key == "outside_hours":
                if clock.outside is not written:
                    yield differs(here, written, as_written(clock.outside), clock.outside)
            else:
                said = getattr(clock, key) or NONE
                if said != written:
                    yield differs(here, written, said)


class Reason(Expectation):
    """Words of the sentence that explains a decision."""

    form = Text()

    def differences(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        if not any(raw in decision.reason for decision in seen.decisions):
            said = [d.reason for d in seen.steps or seen.decisions[-1:]]
            becomes = said[0] if len(said) == 1 else KEPT
            message = "`reason` does not say what is expected"
            yield Difference(way, about(way), message, raw, " ".join(said), becomes)
