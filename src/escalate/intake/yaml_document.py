"""One YAML document: a ticket, or a list of tickets, in the safe part of YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from escalate.errors import Place, Severity
from escalate.intake.record import Chunk, Record, Written
from escalate.policy.limits import Limits
from escalate.policy.source import Source, read_source

__all__ = ["YamlDocument"]

_LIMITS: Final = Limits(bytes=16 * 1024 * 1024, depth=100, nodes=1_000_000)
_LINES: Final = "write the tickets as JSON Lines, one a line: they may be as many as you like"
_HELP: Final[Mapping[str, str | None]] = {
    "ESC104": _LINES,
    "ESC105": None,
    "ESC106": _LINES,
    "ESC107": "write a ticket, or a list of tickets",
}
"""Where help is for authors of policies, what to do with tickets."""


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """Reads a YAML document as policies are read: instants stay text, and so does `NO`."""

    file: str
    parallel: bool = False

    def chunks(self, stream: BinaryIO) -> Iterator[Chunk]:
        """The document as a whole."""
        raw = stream.read(_LIMITS.bytes + 1)
        yield Chunk(1, raw, len(raw))

    def records(self, chunk: Chunk) -> Iterator[Record]:
        """A record a ticket; one alone where the text cannot be read."""
        source = read_source(chunk.content, self.file, _LIMITS)
        wrong = tuple(
            d._replace(help=_HELP.get(d.code, d.help))
            for d in source.diagnostics
            if d.severity is Severity.ERROR
        )
        if wrong:
            yield Written(self.file, wrong[0].line or 1, None, wrong, _in(source, ()))
        elif isinstance(source.data, list):
            for i, value in enumerate(source.data):
                yield self._record(source, (i,), value)
        else:
            yield self._record(source, (), source.data)

    def _record(self, source: Source, way: tuple[int, ...], value: Any) -> Record:
        return Written(self.file, source.place(way).line, value, (), _in(source, way))


def _in(source: Source, start: tuple[int, ...]) -> Any:
    def locate(way: Sequence[str | int], key: bool) -> Place:
        return source.place((*start, *way), key=key)

    return locate
