"""A test that was run, for the forms that count those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Case"]


@dataclass(frozen=True, slots=True)
class Case:
    """A test with its place, and how it ended. ``wrong``: it has a mistake of its own, so that
    it could not be run. ``text`` is all that is to be said of it, as a person reads it."""

    file: str
    name: str
    line: int | None = None
    status: Literal["passed", "failed", "wrong"] = "passed"
    message: str = ""
    text: str = ""
