"""Which character of the text each character of a scalar comes from. Language: "The text".

Quoting, folding and indentation take characters away and make others of them. The reading
is done again, with the place of every character; a result that is not what the parser read
counts as none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["character_offsets"]

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_HEADER: Final = re.compile(r"[|>](?:[+-]?([1-9])?[+-]?)[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|$)")
_ESCAPES: Final = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_CODED: Final = {"x": 2, "u": 4, "U": 8}

Read = Iterator[tuple[str, int]]
"""Characters, each with where it begins in the text."""


def character_offsets(raw: str, value: str) -> list[int] | None:
    """For each character of ``value``, and for its end, an index into ``raw``, the scalar
    as it is written, quotes and block header included; ``None`` where that is not certain."""
    if raw == value:
        return list(range(len(raw) + 1))
    sign = raw[:1]
    if sign in ("|", ">"):
        return _block(raw, value)
    if sign in ("'", '"'):
        if len(raw) < 2 or raw[-1] != sign:
            return None
        read = _flow(raw, 1, len(raw) - 1, sign)
        end = len(raw) - 1
    else:
        read, end = _flow(raw, 0, len(raw), ""), len(raw)
    found = list(read)
    if "".join(character for character, _ in found) != value:
        return None
    return [*(at for _, at in found), end]


def _flow(raw: str, at: int, end: int, quote: str) -> Read:
    """Plain and quoted text: line breaks are folded, escapes stand for characters."""
    while at < end:
        character = raw[at]
        if character in " \t\r\n":
            spaces = _SPACES.match(raw, at, end)
            stop = spaces.end() if spaces else at + 1
            yield from _folded(raw, at, stop)
            at = stop
        elif quote == "'" and character == "'":
            yield "'", at
            at += 2
        elif quote == '"' and character == "\\":
            broken = _BREAK.match(raw, at + 1, end)
            if broken:
                spaces = _SPACES.match(raw, broken.end(), end)
                stop = spaces.end() if spaces else broken.end()
                for more in _BREAK.finditer(raw, broken.end(), stop):
                    yield "\n", more.start()
                at = stop
                continue
            length = _CODED.get(raw[at + 1 : at + 2], 0)
            if length:
                yield _coded(raw[at + 2 : at + 2 + length]), at
            else:
                yield _ESCAPES.get(raw[at + 1 : at + 2], ""), at
            at += 2 + length
        else:
            yield character, at
            at += 1


def _folded(raw: str, at: int, end: int) -> Read:
    """Blanks are themselves; one line break is a blank, of several all but one remain."""
    breaks = list(_BREAK.finditer(raw, at, end))
    if not breaks:
        yield from ((raw[i], i) for i in range(at, end))
    elif len(breaks) == 1:
        yield " ", at
    else:
        yield from (("\n", one.start()) for one in breaks[1:])


def _coded(digits: str) -> str:
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        return ""


def _block(raw: str, value: str) -> list[int] | None:
    """Text of several lines, without their indentation."""
    header = _HEADER.match(raw)
    if header is None:
        return None
    lines = _lines(raw, header.end())
    found = list(_of_lines(raw, lines, _indentation(raw, lines, value), raw[0] == ">"))
    if "".join(character for character, _ in found[: len(value)]) != value:
        return None
    offsets = [at for _, at in found[: len(value)]]
    return [*offsets, found[len(value)][1] if len(found) > len(value) else len(raw)]


def _lines(raw: str, at: int) -> list[tuple[int, int]]:
    """Start and end of each line from ``at``, without its break."""
    found = []
    for line in _BREAK.finditer(raw, at):
        found.append((at, line.start()))
        at = line.end()
    if at < len(raw):
        found.append((at, len(raw)))
    return found


def _indentation(raw: str, lines: list[tuple[int, int]], value: str) -> int:
    """How far the text is indented: by what its first words have lost before them.

    Of blank lines alone that cannot be told, and any answer will do.
    """
    words = value.lstrip(" \n")
    kept = len(value[: len(value) - len(words)].rpartition("\n")[2])
    for start, end in lines:
        blanks = end - start - len(raw[start:end].lstrip(" "))
        if start + blanks < end:
            return blanks - kept
    return max((end - start for start, end in lines), default=0)


def _of_lines(raw: str, lines: list[tuple[int, int]], indent: int, folds: bool) -> Read:
    pending: list[tuple[str, int]] = []  # line breaks since the last line with text
    before_blank = True  # whether the line before begins with a blank, or there is none
    for start, end in lines:
        first = start + indent
        if first >= end:  # an empty line
            pending.append(("\n", start))
            continue
        begins_blank = raw[first] in " \t"
        if folds and pending and not before_blank and not begins_blank:
            yield from pending[1:] if len(pending) > 1 else [(" ", pending[0][1])]
        else:
            yield from pending
        yield from ((raw[i], i) for i in range(first, end))
        pending, before_blank = [("\n", end)], begins_blank
    yield from pending
