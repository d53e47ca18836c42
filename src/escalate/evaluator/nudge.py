"""One thing that the present owner is asked, warned or reminded of."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Nudge"]


@dataclass(frozen=True, slots=True)
class Nudge:
    """One thing to tell the owner; ``waits`` tells that in quiet hours it comes due later."""

    action: str
    key: str
    about: str
    items: tuple[str, ...] = ()
    waits: bool = True
