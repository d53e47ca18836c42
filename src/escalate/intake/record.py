"""One ticket of a stream as it came, and where each piece of it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from escalate.errors import Diagnostic, Place, TicketError

__all__ = ["Chunk", "Held", "Record", "Written", "in_text", "is_of_key", "segments"]

Locate = Callable[[Sequence[str | int], bool], Place]
"""From a way into the ticket, and whether its key is meant, to a place in the file."""

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_OF_KEYS = frozenset({"ESC914"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some inputs in a row, as they came; may be sent to another process.

    ``line`` is the line of the first, ``content`` the form's own, ``size`` the bytes
    that were read for it.
    """

    line: int
    content: Any
    size: int = 0


class Record(Protocol):
    """One input: ``value`` is what it holds, unless something is ``wrong`` with it."""

    @property
    def file(self) -> str: ...

    @property
    def line(self) -> int: ...

    @property
    def value(self) -> Any: ...

    @property
    def wrong(self) -> tuple[Diagnostic, ...]: ...

    @property
    def raw(self) -> Any:
        """What an engine reads: the value, or the text where that is not read yet.

        Raises:
            TicketError: something is known to be wrong with it.
        """

    def located(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings about this ticket, each with where it stands."""


@dataclass(frozen=True, slots=True)
class Held:
    """An input that is read."""

    file: str
    line: int
    value: Any
    wrong: tuple[Diagnostic, ...]

    @property
    def raw(self) -> Any:
        """The value, if nothing is wrong with it."""
        if self.wrong:
            raise TicketError(self.wrong)
        return self.value


@dataclass(frozen=True, slots=True)
class Written(Held):
    """An input that stands in a text: every piece of it has a line and a column."""

    _locate: Locate

    def located(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings about this ticket, each with its place in the file."""
        return in_text(diagnostics, self._locate)


def in_text(diagnostics: Iterable[Diagnostic], locate: Locate) -> tuple[Diagnostic, ...]:
    """The findings, each with its place in a text."""
    return tuple(
        d if d.place is not None else d._replace(place=locate(segments(d.path), is_of_key(d)))
        for d in diagnostics
    )


def is_of_key(diagnostic: Diagnostic) -> bool:
    """Whether a finding about a ticket is about a key, not about its value."""
    return diagnostic.code in _OF_KEYS


def segments(path: str) -> list[str | int]:
    """``events[2].at`` as ``events``, 2, ``at``.

    A dot may lead into a mapping or belong to a key (``customer.tier``); both readings
    are given, and whoever looks them up skips what names nothing.
    """
    way: list[str | int] = []
    for match in _STEP.finditer(path):
        number, name = match.groups()
        if number is not None:
            way.append(int(number))
            continue
        rest = path[match.start() :]
        if "." in rest and "[" not in rest:
            way.append(rest)
        way.append(name)
    return way
