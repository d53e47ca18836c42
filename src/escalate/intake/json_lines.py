"""JSON Lines: one ticket a line. The form for long logs: bounded memory, many processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from escalate.errors import Diagnostic, Place
from escalate.intake.record import Chunk, Record, Written, in_text
from escalate.policy.json_place import place_in_json, read_json

__all__ = ["LONGEST_LINE", "JsonLines"]

LONGEST_LINE: Final = 8 * 1024 * 1024
"""Bytes of one ticket; a longer line is one error, and the next line is read."""

_BLOCK: Final = 256 * 1024


class Line:
    """A line as it came: an engine reads its text itself, faster than it reads a value."""

    __slots__ = ("file", "line", "raw")

    def __init__(self, file: str, line: int, raw: bytes) -> None:
        self.file, self.line, self.raw = file, line, raw

    @property
    def value(self) -> Any:
        """What it holds; read anew each time."""
        return read_json(self.raw, self.file, self.line)[0]

    @property
    def wrong(self) -> tuple[Diagnostic, ...]:
        """What is wrong with it; read anew each time."""
        return tuple(read_json(self.raw, self.file, self.line)[1])

    def located(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings about this ticket, each with its place in the line."""
        return in_text(diagnostics, self._place)

    def _place(self, way: Sequence[str | int], key: bool) -> Place:
        said = self.raw.decode("utf-8", "replace").removeprefix("\ufeff")
        return place_in_json(said, way, self.file, first_line=self.line, key=key)


@dataclass(frozen=True, slots=True)
class JsonLines:
    """Reads JSON Lines. Every line is an input, also an empty one."""

    file: str
    parallel: bool = True

    def chunks(self, stream: BinaryIO) -> Iterator[Chunk]:
        """Whole lines, some hundred thousand bytes at a time; never more than one too long
        line is held."""
        line, rest, skipped = 1, b"", 0
        while block := _read(stream):
            if skipped:
                end = block.find(b"\n")
                if end < 0:
                    skipped += len(block)
                    continue
                yield Chunk(line, None, skipped + end + 1)
                line, block, skipped = line + 1, block[end + 1 :], 0
            whole, newline, rest = (rest + block).rpartition(b"\n")
            if newline:
                yield from _cut(line, whole + newline)
                line += whole.count(b"\n") + 1
            if len(rest) > LONGEST_LINE:
                rest, skipped = b"", len(rest)
        if skipped:
            yield Chunk(line, None, skipped)
        elif rest:
            yield Chunk(line, rest, len(rest))

    def records(self, chunk: Chunk) -> Iterator[Record]:
        """A record a line."""
        if chunk.content is None:
            yield self._too_long(chunk.line)
            return
        lines = chunk.content.split(b"\n")
        if not lines[-1]:
            lines.pop()
        for number, text in enumerate(lines, chunk.line):
            yield Line(self.file, number, text)

    def _too_long(self, number: int) -> Record:
        place = Place(self.file, number, 1, number, 2)
        wrong = Diagnostic(
            "ESC951",
            f"the line holds more than {LONGEST_LINE:,} bytes, too many for one ticket",
            place=place,
            help="see whether line breaks are missing between tickets",
        )
        return Written(self.file, number, None, (wrong,), lambda way, key: place)


def _read(stream: BinaryIO) -> bytes:
    """What is there, without waiting for more than that: a pipe may be slow."""
    read1 = getattr(stream, "read1", None)
    block: bytes = stream.read(_BLOCK) if read1 is None else read1(_BLOCK)
    return block


def _cut(line: int, lines: bytes) -> Iterator[Chunk]:
    """A long line among short ones goes alone, if it is too long."""
    if len(lines) <= LONGEST_LINE:
        yield Chunk(line, lines, len(lines))
        return
    for number, text in enumerate(lines.splitlines(keepends=True), line):
        fits = len(text) <= LONGEST_LINE
        yield Chunk(number, text if fits else None, len(text))
