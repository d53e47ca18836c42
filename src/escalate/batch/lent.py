"""Columns that are another's until they are written into: most of a block's never are.

A pass over a block costs as much as much of what is worked out in it. What is the same of
every row is therefore one array for all blocks, and what two columns have in common is one.
"""

from __future__ import annotations

from typing import Any, Final

from escalate.batch.coded import Ints
from escalate.batch.extra import np

__all__ = ["Lent", "blank", "upto"]

_BLANKS: Final[dict[tuple[str, Any], Ints]] = {}


def blank(count: int, value: int, kind: str) -> Ints:
    """A column that says the same of every row. Nobody may write into it."""
    found = _BLANKS.get((kind, value))
    if found is None or len(found) < count:
        found = np.full(count, value, kind)
        found.flags.writeable = False
        _BLANKS[(kind, value)] = found
    return found[:count]


def upto(count: int) -> Ints:
    """The numbers of so many rows. Nobody may write into it, either."""
    found = _BLANKS.get(("every", 0))
    if found is None or len(found) < count:
        found = np.arange(count)
        found.flags.writeable = False
        _BLANKS[("every", 0)] = found
    return found[:count]


class Lent:
    """Has columns as attributes, some of which are lent."""

    __slots__ = ("_lent",)

    def __init__(self) -> None:
        self._lent: set[str] = set()

    def lend(self, column: Ints, *names: str) -> None:
        """These columns are now that one, which others have, too."""
        for name in names:
            setattr(self, name, column)
            self._lent.add(name)

    def own(self, name: str) -> Ints:
        """A column, to be written into."""
        column: Ints = getattr(self, name)
        if name in self._lent:
            column = column.copy()
            setattr(self, name, column)
            self._lent.discard(name)
        return column
