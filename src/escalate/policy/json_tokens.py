"""The tokens of a JSON text, for finding a place in it; never used while all is well."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["after_value", "tokens"]

#: Strings first, so that nothing inside them counts. A string that is never closed
#: ends with the text.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)


def tokens(text: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """Each string, bracket, comma, colon and word from ``start``, with its start and end."""
    for match in _TOKEN.finditer(text, start):
        yield match.group(), match.start(), match.end()


def after_value(text: str, start: int) -> tuple[int, int]:
    """Start and end of the value that begins at or after ``start``, blanks left out.

    No recursion: a text may be nested deeper than Python may call.
    """
    depth = 0
    first: int | None = None
    end = len(text)
    for token, begin, end in tokens(text, start):
        first = begin if first is None else first
        if token in "[{":
            depth += 1
        elif token in "]}":
            depth -= 1
        if depth <= 0:
            return first, end
    return (len(text) if first is None else first), end
