"""What decisions warn of, as footnotes of a table."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from escalate.decision import Warned

__all__ = ["MARK", "Notes"]

MARK: Final = "*"
"""Stands behind the step of a ticket whose decision warns of something."""

MOST: Final = 10
"""Different notes that are kept and shown; of more only the number of tickets is told."""


class Notes:
    """Counts what was warned of: each code and message once, with how many tickets."""

    def __init__(self) -> None:
        self._tickets: dict[Warned, int] = {}
        self._others = 0

    def add(self, warnings: Iterable[Warned]) -> None:
        """The warnings of one ticket."""
        other = False
        for warned in dict.fromkeys(warnings):
            if warned in self._tickets:
                self._tickets[warned] += 1
            elif len(self._tickets) < MOST:
                self._tickets[warned] = 1
            else:
                other = True
        self._others += other

    def lines(self, plain: Callable[[str], str], width: int) -> Iterator[str]:
        """A note each, folded to the width, in the order in which they came."""
        for (code, message), tickets in self._tickets.items():
            said = f"{code}: {plain(message)}" + (f" ({tickets:,} tickets)" if tickets > 1 else "")
            yield from _folded(said, width)
        if self._others:
            who = "1 ticket warns" if self._others == 1 else f"{self._others:,} tickets warn"
            yield from _folded(f"{who} of other things; `explain` tells of what", width)


def _folded(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, 40),
        initial_indent=f"{MARK} ",
        subsequent_indent="  ",
        break_on_hyphens=False,
    )
