"""How much work something is: calls of Python are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class TooMuch(BaseException):
    """More work than was allowed; nothing that is tried on the way catches it."""


@contextmanager
def at_most(calls: int) -> Iterator[None]:
    """Raises :class:`TooMuch` at the first call beyond so many, so that what would take
    minutes ends as soon as it is known to."""
    left = calls

    def count(frame: Any, event: str, arg: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            sys.setprofile(None)
            raise TooMuch(f"more than {calls:,} calls")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)
