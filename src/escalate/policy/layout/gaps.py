"""What stands between the pieces of a text: comments, blank lines, and signs.

The parser passes over comments. Between two scalars or brackets nothing else can stand, so
whatever begins with ``#`` there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

__all__ = ["IGNORE", "Comment", "Gap", "comments_in", "is_ignore", "read_gap"]

IGNORE: Final = re.compile(r"#+\s*escalate:\s*(?:(ignore)\b|(\w+)[ \t]*\[\s*ESC\d)")
"""How a comment begins by which an author has findings ignored, also a misspelt one."""

_BREAK: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its ``#``, and where it begins: the index in the text, and the column
    from 0. ``alone`` tells that nothing stands before it on its line."""

    text: str
    start: int
    column: int
    alone: bool

    @property
    def end(self) -> int:
        """The first index after it."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Gap:
    """``tail`` stands on the line on which the gap begins, behind what is there; ``lines``
    are the others, in order, a blank one as ``None``."""

    tail: Comment | None = None
    lines: list[Comment | None] = field(default_factory=list)


def read_gap(text: str, start: int, end: int, piece_end: int | None = None) -> Gap:
    """The stretch between two pieces of a text; ``piece_end`` is where the last one ended that
    is something, which may be further back."""
    gap = Gap()
    begins = start
    behind = start if piece_end is None else piece_end
    beside = bool(behind) and not _BREAK.search(text, behind, start)
    for number, (begins, line) in enumerate(_lines(text, start, end)):
        at = line.find("#")
        signs = line if at < 0 else line[:at]
        on_line = text.rfind("\n", 0, begins) + 1
        first = number == 0 and beside and bool(text[on_line:begins].strip())
        if at >= 0:
            written = line[at:].rstrip()
            alone = not first and not signs.strip()
            comment = Comment(written, begins + at, begins + at - on_line, alone)
            if first:
                gap.tail = comment
            else:
                gap.lines.append(comment)
        elif not first and not line.strip() and begins + len(line) < end:
            gap.lines.append(None)
    return gap


def is_ignore(comment: str) -> bool:
    """Whether a comment is about findings that are to be ignored."""
    return IGNORE.match(comment) is not None


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for found in _BREAK.finditer(text, start, end):
        yield start, text[start : found.start()]
        start = found.end()
    yield start, text[start:end]


def comments_in(text: str) -> list[Comment]:
    """Every comment of a text, in order; none where it cannot be read."""
    from yaml import YAMLError
    from yaml._yaml import CParser

    found: list[Comment] = []
    cursor = 0

    def look(until: int) -> None:
        gap = read_gap(text, cursor, until)
        found.extend(one for one in (gap.tail, *gap.lines) if one is not None)

    try:
        for event in iter(CParser(text).get_event, None):
            piece: Any = event
            start, end = piece.start_mark.index, piece.end_mark.index
            if end > start and start >= cursor:
                look(start)
                cursor = end
    except YAMLError:
        return []
    look(len(text))
    return found
