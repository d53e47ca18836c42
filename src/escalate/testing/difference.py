"""What an expectation is held against, and how it differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final, NamedTuple

from escalate.decision import Decision
from escalate.testing.pen import Way
from escalate.testing.times import TimeError, Times
from escalate.worktime.zone import to_us

__all__ = ["KEPT", "NONE", "REMOVED", "At", "Difference", "Seen", "as_written", "brief", "same"]

NONE: Final = "none"
"""The word for: there is none."""


class _Mark:
    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name

    def __reduce__(self) -> str:
        return self._name


KEPT: Final = _Mark("KEPT")
"""No other text would make it right."""

REMOVED: Final = _Mark("REMOVED")
"""What makes it right is to take the entry away."""


class Difference(NamedTuple):
    """One expectation that was not met.

    ``way`` leads to it in the test file, ``about`` is its key (``deadlines.resolve``).
    ``becomes`` is the value that would be met: one of YAML's, :data:`REMOVED`, or
    :data:`KEPT` where nothing written there would be.
    """

    way: Way
    about: str
    message: str
    expected: str
    got: str
    becomes: Any = KEPT


class At(str):
    """An instant that an action names, as a test would write it first."""

    _us: int
    _seen: Seen

    @classmethod
    def of(cls, us: int, seen: Seen) -> At:
        """The instant, for a test."""
        made = cls(seen.shown(us))
        made._us, made._seen = us, seen
        return made

    def reads(self, written: str) -> bool:
        """Whether another way of writing it means the same instant."""
        try:
            return self._seen.times.read(written, self._seen.base) == self._us
        except TimeError:
            return False


@dataclass(frozen=True)
class Seen:
    """What was decided in a stretch of time that ends at ``base``.

    ``decisions`` are all in order, of which the last tells how things stand.
    """

    decisions: tuple[Decision, ...]
    times: Times
    base: int

    @property
    def last(self) -> Decision:
        """How things stand afterwards."""
        return self.decisions[-1]

    @cached_property
    def steps(self) -> tuple[Decision, ...]:
        """The decisions that did something."""
        return tuple(d for d in self.decisions if d.step != "hold")

    @cached_property
    def actions(self) -> list[dict[str, Any]]:
        """Everything that was done, as decisions tell of it."""
        done = [action.to_json() for d in self.decisions for action in d.actions]
        for action in done:
            if "hold_until" in action:
                us = to_us(datetime.fromisoformat(action["hold_until"]))
                action["hold_until"] = At.of(us, self)
        return done

    def shown(self, us: int | None, written: object = None) -> str:
        """An instant in the form in which another was written; `none` if there is none."""
        if us is None:
            return NONE
        if isinstance(written, str) and written != NONE:
            return self.times.like(us, written, self.base)
        return self.times.shown(us, self.base)


def same(written: Any, seen: Any) -> bool:
    """Whether two values of YAML and JSON are the same; true is not 1."""
    if isinstance(written, Mapping):
        return isinstance(seen, Mapping) and all(same(v, seen.get(k)) for k, v in written.items())
    if isinstance(written, list):
        return (
            isinstance(seen, list | tuple)
            and len(written) == len(seen)
            and all(map(same, written, seen))
        )
    if isinstance(written, bool) or isinstance(seen, bool):
        return written is seen
    return bool(written == seen)


_LONGEST: Final = 60


def brief(said: str) -> str:
    """A value for a message: on one line, cut where it is long."""
    line = " ".join(said.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 3] + "..."


def as_written(value: Any) -> str:
    """A value on one line, as an author would write it."""
    match value:
        case None:
            return NONE
        case bool():
            return str(value).lower()
        case Mapping():
            return "{" + ", ".join(f"{k}: {as_written(v)}" for k, v in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(as_written, value)) + "]"
        case _:
            return str(value)
