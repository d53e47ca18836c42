"""Pieces of a trace in words, as lines for people. Language: "The decision", trace.

A line is how deep it stands, what it says, and whether the condition holds that it tells
of; a text in place of that: it tells of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from escalate.decision import Stand

__all__ = ["Line", "condition_lines", "duration_words", "minute", "place_text", "seen_words"]

Line = tuple[int, str, bool | str | None]

_DURATION: Final = re.compile(r"^(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$")
_LONGEST_SEEN: Final = 60


def condition_lines(said: Mapping[str, Any], depth: int) -> Iterator[Line]:
    """A condition of the trace with all its parts: what it is, what it saw, until when."""
    text = said["text"]
    if "saw" in said:
        text += f"   saw {seen_words(said['saw'])}"
    if said["changes_at"] and "parts" not in said:
        text += f", until {minute(said['changes_at'])}"
    yield depth, text, said["holds"]
    for part in said.get("parts", ()):
        yield from condition_lines(part, depth + 1)


def place_text(stand: Stand) -> str:
    """Where a ticket stands: ``L2, payments (vera)``."""
    if stand.level is None:
        return "nowhere"
    owner = f", {stand.owner}" if stand.owner else ""
    who = f" ({stand.assignee})" if stand.assignee not in (None, stand.owner) else ""
    return f"{stand.level}{owner}{who}"


def minute(instant: str) -> str:
    """``2026-11-20T10:30:00+02:00`` as ``2026-11-20 10:30``."""
    return instant[:16].replace("T", " ")


def duration_words(iso: str | None) -> str:
    """``PT3H51M`` as ``3h 51m``."""
    parts = _DURATION.match(iso or "")
    if parts is None:
        return str(iso)
    sign, *numbers = parts.groups()
    said = [f"{n}{unit}" for n, unit in zip(numbers, "hms", strict=True) if n is not None]
    return sign + (" ".join(said) or "0s")


def seen_words(value: object) -> str:
    """What a condition saw, as an author would write it; cut where it is long."""
    match value:
        case None:
            said = "nothing"
        case bool():
            said = str(value).lower()
        case str() if _DURATION.match(value):
            said = duration_words(value)
        case Mapping():
            said = "{" + ", ".join(f"{k}: {seen_words(v)}" for k, v in value.items()) + "}"
        case Sequence() if not isinstance(value, str):
            said = ", ".join(map(seen_words, value)) or "none"
        case _:
            said = str(value)
    return said if len(said) <= _LONGEST_SEEN else said[: _LONGEST_SEEN - 3] + "..."
