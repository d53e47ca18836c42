"""Bytes to text that is safe to parse, and the lines of a text. Language: "The text".

Whatever is refused here is replaced, one character by one, so that parsing can go
on and every position still means what it means in an editor.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from escalate.errors import Diagnostic, Fix, Place
from escalate.policy.limits import Limits

__all__ = ["Text", "read_text", "split_lines"]

_BREAK = re.compile(r"\r\n|\r|\n")

#: Everything outside YAML's printable characters, and the breaks that only YAML 1.1 knows.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_ODD_BREAKS = {"\x85": "next line", "\u2028": "line separator", "\u2029": "paragraph separator"}
_OTHER_ENCODINGS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
#: By which of the first four bytes are zero, where no mark tells.
_BY_ZEROS: dict[tuple[bool, ...], str] = {
    (False, True, False, True): "UTF-16",
    (True, False, True, False): "UTF-16",
    (False, True, True, True): "UTF-32",
    (True, True, True, False): "UTF-32",
}
#: One file of binary rubbish is one mistake, not a million.
_MOST_CHARACTERS = 20
_SAVE_AS_UTF8 = "save the file as UTF-8"


class Text:
    """A text and its lines, as an editor counts them.

    Only ``\\n``, ``\\r\\n`` and ``\\r`` end a line; a leading byte order mark is not
    part of the text. ``first_line`` is the number of the first line, where the text
    is a piece of a file.
    """

    def __init__(self, content: str, file: str, first_line: int = 1) -> None:
        self.content = content
        self.file = file
        self.first_line = first_line

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.content))]

    def position(self, index: int) -> tuple[int, int]:
        """Line and column of the character at ``index``."""
        starts = self._starts
        line = bisect_right(starts, index) - 1
        return self.first_line + line, index - starts[line] + 1

    def span(self, place: Place) -> tuple[int, int]:
        """Where a stretch of this text begins and ends, as characters from 0."""
        begin = self.index(place.line, place.column)
        return begin, self.index(place.end_line, place.end_column)

    def index(self, line: int, column: int) -> int:
        """The index of the character at a line and column; the end where there is none."""
        at = line - self.first_line
        if at >= len(self._starts):
            return len(self.content)
        return min(self._starts[at] + column - 1, len(self.content))

    def place(self, start: int, end: int | None = None) -> Place:
        """The stretch from ``start`` up to, not including, ``end`` (default: one character)."""
        length = len(self.content)
        start = min(max(start, 0), length)
        line, column = self.position(start)
        if end is None:
            return Place(self.file, line, column, line, column + 1)
        end_line, end_column = self.position(min(max(end, start), length))
        return Place(self.file, line, column, end_line, end_column)

    def rest_of_line(self, index: int) -> str:
        """What stands between ``index`` and the end of its line."""
        match = _BREAK.search(self.content, index)
        return self.content[index : match.start() if match else None]

    def line_before(self, index: int) -> tuple[int, str]:
        """Where the last line above ``index`` that is not blank begins, and that line."""
        line = bisect_right(self._starts, index) - 2
        while line >= 0:
            written = self.content[self._starts[line] : self._starts[line + 1]].rstrip()
            if written:
                return self._starts[line], written
            line -= 1
        return 0, ""


def split_lines(content: str) -> list[str]:
    """The lines of a text as an editor counts them, without their ends."""
    return _BREAK.split(content)


def read_text(
    content: bytes | str, file: str, limits: Limits
) -> tuple[Text, Text | None, list[Diagnostic]]:
    """The text, the form of it that may be parsed (None: nothing usable), and what is wrong."""
    size = len(content) if isinstance(content, bytes) else _utf8_length(content)
    if size > limits.bytes:
        return Text("", file), None, [_too_big(size, limits.bytes, file)]
    found: list[Diagnostic] = []
    if isinstance(content, bytes):
        other = _not_utf8(content)
        if other:
            message, advice = other
            place = Place(file, 1, 1, 1, 2)
            return Text("", file), None, [Diagnostic("ESC101", message, place=place, help=advice)]
        content, wrong = _decode(content, file)
        found += wrong
    text = Text(content.removeprefix("\ufeff"), file)
    clean, refused = _refuse_characters(text)
    return text, clean, found + refused


def _not_utf8(content: bytes) -> tuple[str, str] | None:
    """What is said of a whole that is no UTF-8 text, and what to do.

    A character of other encodings is mostly half zeros; one zero byte is a slip, many are
    no text at all.
    """
    encoding = next((name for mark, name in _OTHER_ENCODINGS if content.startswith(mark)), None)
    encoding = encoding or _BY_ZEROS.get(tuple(not byte for byte in content[:4]))
    if encoding:
        return f"the file is encoded as {encoding}, not as UTF-8", _SAVE_AS_UTF8
    if content.count(0) > _MOST_CHARACTERS:
        return "the file is no text: it is full of zero bytes", "name a file that holds text"
    return None


def _utf8_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _too_big(size: int, limit: int, file: str) -> Diagnostic:
    return Diagnostic(
        "ESC104",
        f"the file holds {size:,} bytes; at most {limit:,} are read",
        place=Place(file, 1, 1, 1, 2),
        help="move calendars, owners and messages into files of their own and `include` them",
    )


def _decode(content: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError as error:
        text = Text(content.decode("utf-8", "replace"), file)
        before = content[: error.start].decode("utf-8")
        start = len(before) - before.startswith("\ufeff")
        text.content = text.content.removeprefix("\ufeff")
        message = f"the byte `0x{content[error.start]:02x}` is not part of UTF-8 text"
        return text.content, [
            Diagnostic("ESC101", message, place=text.place(start), help=_SAVE_AS_UTF8)
        ]


def _refuse_characters(text: Text) -> tuple[Text, list[Diagnostic]]:
    content = text.content
    if not _FORBIDDEN.search(content):
        return text, []
    found: list[Diagnostic] = []
    for match in _FORBIDDEN.finditer(content):
        if len(found) == _MOST_CHARACTERS:
            break
        found.append(_refused(match.group(), text.place(match.start())))
    return Text(_FORBIDDEN.sub(" ", content), text.file), found


def _refused(character: str, place: Place) -> Diagnostic:
    name = f"U+{ord(character):04X}"
    if character == "\ufeff":
        return Diagnostic(
            "ESC118",
            f"a byte order mark (`{name}`) stands inside the text",
            place=place,
            help="remove the invisible character; it often comes from joining two files",
            fix=Fix(place, ""),
        )
    if character in _ODD_BREAKS:
        return Diagnostic(
            "ESC119",
            f"`{name}` ({_ODD_BREAKS[character]}) ends a line for some programs and not for others",
            place=place,
            help="replace it by an ordinary line break or a space",
        )
    return Diagnostic(
        "ESC102",
        f"the text holds `{name}`, a character that cannot be seen and means nothing here",
        place=place,
        help="remove it",
        fix=Fix(place, ""),
    )
