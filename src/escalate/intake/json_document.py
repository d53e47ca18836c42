"""One JSON document: a ticket, or a list of tickets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from escalate.errors import Diagnostic, Place
from escalate.intake.record import Chunk, Record, Written
from escalate.policy.json_place import place_in_json, read_json
from escalate.policy.text import Text

__all__ = ["BIGGEST_DOCUMENT", "JsonDocument"]

BIGGEST_DOCUMENT: Final = 256 * 1024 * 1024
"""Bytes of a document, which is held as a whole; longer logs are JSON Lines."""

_AT_ONCE: Final = 200
_BLANK: Final = " \t\r\n"
_SCANNER: Final = json.JSONDecoder(parse_int=str, parse_float=str)

Piece = tuple[int, int, str]
"""Line and column at which a ticket begins, and its text."""


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """Reads a JSON document. The tickets of a list are read one by one, so that a
    mistake in one leaves the others."""

    file: str
    parallel: bool = True

    def chunks(self, stream: BinaryIO) -> Iterator[Chunk]:
        """Texts of tickets. A text that is no JSON ends in one record that says so."""
        raw = stream.read(BIGGEST_DOCUMENT + 1)
        if len(raw) > BIGGEST_DOCUMENT:
            yield Chunk(1, self._too_big(), len(raw))
            return
        try:
            content = raw.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            yield Chunk(1, read_json(raw, self.file)[1], len(raw))
            return
        pieces: list[Piece] = []
        size = 0
        for piece in _pieces(content, self.file):
            if isinstance(piece, Diagnostic):
                if pieces:
                    yield Chunk(pieces[0][0], pieces, size)
                yield Chunk(piece.line or 1, [piece], 0)
                return
            pieces.append(piece)
            size += len(piece[2])
            if len(pieces) == _AT_ONCE:
                yield Chunk(pieces[0][0], pieces, size)
                pieces, size = [], 0
        if pieces:
            yield Chunk(pieces[0][0], pieces, size)

    def records(self, chunk: Chunk) -> Iterator[Record]:
        """A record a ticket."""
        for piece in chunk.content:
            if isinstance(piece, Diagnostic):
                yield _unreadable(self.file, piece)
            else:
                yield self._record(*piece)

    def _record(self, line: int, column: int, text: str) -> Record:
        value, wrong = read_json(text, self.file, line)

        def locate(way: Sequence[str | int], key: bool) -> Place:
            place = place_in_json(text, way, self.file, first_line=line, key=key)
            return _shifted(place, line, column - 1)

        found = tuple(
            d._replace(place=_shifted(d.place, line, column - 1)) if d.place else d for d in wrong
        )
        return Written(self.file, line, value, found, locate)

    def _too_big(self) -> list[Diagnostic]:
        return [
            Diagnostic(
                "ESC951",
                f"the file holds more than {BIGGEST_DOCUMENT:,} bytes",
                place=Place(self.file, 1, 1, 1, 2),
                help="write one ticket a line in a file `.jsonl`, which may be as long as you like",
            )
        ]


def _unreadable(file: str, wrong: Diagnostic) -> Record:
    place = wrong.place or Place(file, 1, 1, 1, 2)
    return Written(file, place.line, None, (wrong,), lambda way, key: place)


def _shifted(place: Place, line: int, by: int) -> Place:
    """A place in a piece as one in the file: only its first line begins elsewhere."""
    return place._replace(
        column=place.column + (by if place.line == line else 0),
        end_column=place.end_column + (by if place.end_line == line else 0),
    )


def _pieces(content: str, file: str) -> Iterator[Piece | Diagnostic]:
    """The texts of the tickets in a document; after a mistake in the syntax, what it is."""
    text = Text(content, file)
    at = _skip(content, 0)
    if content[at : at + 1] != "[":
        yield (*text.position(at), content[at:])
        return
    opening = at
    shape = {opening: "["}  # what the next sign must fit to
    at = _skip(content, at + 1)
    if content[at : at + 1] == "]" and _skip(content, at + 1) == len(content):
        return
    while True:
        try:
            _, end = _SCANNER.raw_decode(content, at)
        except (ValueError, RecursionError):
            break
        yield (*text.position(at), content[at:end])
        shape = {opening: "[", end - 1: "0"}
        at = _skip(content, end)
        here = content[at : at + 1]
        if here == "]" and _skip(content, at + 1) == len(content):
            return
        if here != ",":
            break
        shape[at] = ","
        at = _skip(content, at + 1)
    _, wrong = read_json(_unread(content, at, shape), file)
    yield from wrong[:1]


def _unread(content: str, at: int, shape: dict[int, str]) -> str:
    """The document from ``at`` on. The tickets before have been read, and what is wrong
    with them is said elsewhere: nothing is left of them but a ``0`` in their place."""
    before = [c if c in _BLANK else " " for c in content[:at]]
    for place, sign in shape.items():
        before[place] = sign
    return "".join(before) + content[at:]


def _skip(content: str, at: int) -> int:
    """The next character that is not blank."""
    while at < len(content) and content[at] in _BLANK:
        at += 1
    return at
