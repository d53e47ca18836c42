"""One ticket of a stream as it came, and where each piece of it stands."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from escalate.errors import Diagnostic, Place

__all__ = ["Chunk", "Record", "Written", "segments"]

Locate = Callable[[Sequence[str | int], bool], Place]
"""From a way into the ticket, and whether its key is meant, to a place in the file."""

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_NAMES_A_KEY = frozenset({"ESC914"})
"""Findings about a key, not about its value."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some inputs in a row, as they came; may be sent to another process.

    ``line`` is the line of the first, ``content`` the form's own, ``size`` the bytes
    that were read for it.
    """

    line: int
    content: Any
    size: int = 0


@dataclass(frozen=True, slots=True)
class Record(ABC):
    """One input: ``value`` is what it holds, unless something is ``wrong`` with it."""

    file: str
    line: int
    value: Any
    wrong: tuple[Diagnostic, ...]

    @abstractmethod
    def located(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings about this ticket, each with where it stands."""


@dataclass(frozen=True, slots=True)
class Written(Record):
    """An input that stands in a text: every piece of it has a line and a column."""

    _locate: Locate

    def located(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings about this ticket, each with its place in the file."""
        return tuple(
            d
            if d.place is not None
            else d._replace(place=self._locate(segments(d.path), d.code in _NAMES_A_KEY))
            for d in diagnostics
        )


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
