"""Which name was meant: those that are near, and the one that is sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

__all__ = ["near_names", "sure_name"]

_DIGITS: Final = re.compile(r"[0-9]+")
_SHORTEST: Final = 4
"""Shorter words are all near one another."""

_LONG: Final = 8
"""Words of so many characters may have two slips."""


def near_names(written: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names that are near enough to be worth proposing, the nearest first."""
    names = sorted(set(known))
    folded = {name.casefold(): name for name in names}
    near = get_close_matches(written.casefold(), folded, n=most, cutoff=0.6)
    return [folded[name] for name in near]


def sure_name(written: str, near: Sequence[str]) -> str | None:
    """The one of the near names that was meant without doubt, if there is one.

    It differs by a slip (a letter too many, missing, wrong, or two exchanged), not by a
    number, and no other one does.
    """
    alike = [name for name in near if _plain(name) == _plain(written)]
    if not alike and len(written) >= _SHORTEST:
        alike = [name for name in near if _is_slip(_plain(written), _plain(name))]
    return alike[0] if len(alike) == 1 else None


def _plain(name: str) -> str:
    return re.sub(r"[\s_]", "-", name.casefold())


def _is_slip(written: str, name: str) -> bool:
    if _DIGITS.findall(written) != _DIGITS.findall(name):
        return False
    return _slips(written, name) <= (2 if min(len(written), len(name)) >= _LONG else 1)


def _slips(left: str, right: str) -> int:
    """How many letters must be put in, taken out, changed or exchanged with the next."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        two_before, before = before, row
        row = [i]
        for j, b in enumerate(right, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                least = min(least, two_before[j - 2] + 1)
            row.append(least)
    return row[-1]
