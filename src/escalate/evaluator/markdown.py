"""What people wrote, in Markdown: quoted, and without effect.

CommonMark lets a backslash stand before any sign of punctuation; which signs need one
hangs on where they stand, so those that could ever mean something get it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from escalate.evaluator.bidi import isolated, turns

__all__ = ["inline", "quote", "strong"]

_MARKS: Final = re.compile(r"([\\`*_\[\]<>#|~&$!^])")
_LINKS: Final = re.compile(r"(?<=\w)(://)|\b(www)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_OPENING: Final = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")
_ENDS: Final = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def inline(text: str) -> str:
    """A text within a line of ours; ends of lines are blanks."""
    return _lone(_ENDS.sub(" ", text))


def strong(text: str) -> str:
    """The same, set off; a mark next to a blank would mark nothing."""
    return f"**{inline(text).strip() or '-'}**"


def quote(text: str, indent: str = "") -> list[str]:
    """A text as a quotation, each of its lines a line; ``indent`` stands before them."""
    lines = [_line(line) for line in _ENDS.split(text.strip("\r\n"))]
    follows = [*map(bool, lines[1:]), False]
    # A backslash at the end keeps the line from running into the next.
    ends = ["\\" if line and more else "" for line, more in zip(lines, follows, strict=True)]
    return [f"{indent}> {line}{end}".rstrip(" ") for line, end in zip(lines, ends, strict=True)]


def _line(text: str) -> str:
    escaped = _lone(text.strip(" \t"))
    opening = _OPENING.match(escaped)
    if opening is None:
        return escaped
    at = opening.start(2) if opening[2] in "-+=:" else opening.end(2)
    return f"{escaped[:at]}\\{escaped[at:]}"


def _lone(text: str) -> str:
    shown = "".join(_shown(c) for c in text)
    escaped = _MARKS.sub(r"\\\1", shown)
    escaped = _LINKS.sub(_broken, escaped)
    return isolated(escaped) if turns(escaped) else escaped


def _broken(match: re.Match[str]) -> str:
    """A link or an address that is not made one by whoever shows it."""
    if match[1]:
        return "\\://"
    return f"{match[2]}\\." if match[2] else "\\@"


def _shown(character: str) -> str:
    """Characters that a terminal would obey, or that turn direction, by their number."""
    if character in _TURNING or unicodedata.category(character) in ("Cc", "Cs"):
        return " " if character == "\t" else f"<U+{ord(character):04X}>"
    return character
