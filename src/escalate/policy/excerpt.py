"""One line of a text as a terminal can show it, and where its columns come to stand."""

from __future__ import annotations

import unicodedata

__all__ = ["WIDEST", "excerpt", "visible"]

#: Display columns of one excerpt; of a longer line the part around the place is shown.
WIDEST = 96
_BEFORE = 40
_TAB = 4
_CUT = "..."

#: Categories that move the cursor, change direction, or show nothing.
_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """The text with every control, format and half character written as ``<U+202E>``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character)[0] for character in text)


def _shown(character: str) -> tuple[str, int]:
    """What to print for a character, and how many display columns that takes."""
    if " " <= character <= "~":
        return character, 1
    category = unicodedata.category(character)
    if category in _ESCAPED:
        code = f"<U+{ord(character):04X}>"
        return code, len(code)
    if category in ("Mn", "Me"):
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1


def excerpt(line: str, column: int, end_column: int) -> tuple[str, int, int]:
    """The line to show, and offset and width of the marks under columns from 1.

    ``end_column`` is the first after the stretch. A stretch of nothing, or one behind
    the end of the line, is marked by one column.
    """
    first = min(max(column - 1, 0), len(line))
    last = min(max(end_column - 1, first), len(line))
    begin = _window_start(line, first)
    out: list[str] = [_CUT] if begin else []
    offset = used = len(_CUT) if begin else 0
    width = 0
    for at in range(begin, len(line)):
        shown, columns = _tab(used) if line[at] == "\t" else _shown(line[at])
        if used + columns > WIDEST:
            out.append(_CUT)
            break
        if at < first:
            offset += columns
        elif at < last:
            width += columns
        out.append(shown)
        used += columns
    return "".join(out), offset, max(width, 1)


def _tab(used: int) -> tuple[str, int]:
    columns = _TAB - used % _TAB
    return " " * columns, columns


def _width(char: str) -> int:
    """How many columns a character takes as it is shown."""
    return _TAB if char == "\t" else _shown(char)[1]


def _window_start(line: str, first: int) -> int:
    """From which character to show a line that is too long; 0 if its beginning will do."""
    if len(line) <= WIDEST and sum(_width(c) for c in line) <= WIDEST:
        return 0
    used = 0
    for at in range(min(first + 1, len(line))):
        used += _width(line[at])
        if used > WIDEST - _BEFORE:
            break
    else:
        return 0
    used = 0
    for at in range(first, 0, -1):
        used += _width(line[at - 1])
        if used > _BEFORE:
            return at
    return 0
