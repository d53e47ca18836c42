"""How messages speak of what somebody wrote, whatever it stood in."""

from __future__ import annotations

__all__ = ["bare_kind"]


def bare_kind(value: object) -> str:
    """What a plain value is, in an author's words: `text`, `a number`, `a list`."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list() | tuple() | set():
            return "a list"
        case _:
            return "a mapping"
