"""Tables as a form of tickets like any other: each row an input, for what is said row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from escalate.batch.parquet.source import batches_of, files_of, pieces_of
from escalate.batch.query import PREFIX, Query
from escalate.batch.rows import rows_of
from escalate.batch.taken import taken
from escalate.errors import Diagnostic
from escalate.intake.record import Chunk, Held, Record
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet

__all__ = ["Rows"]

_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Rows:
    """Reads the rows of a table one by one. Their number stands for the line."""

    file: str
    policy: Policy | PolicySet
    parallel: bool = True

    def chunks(self, stream: BinaryIO) -> Iterator[Chunk]:
        """Some hundred rows at a time. The stream is not needed: a table is read by its name.

        Raises:
            TableError: it cannot be read as tickets.
        """
        number = 1
        for batch in self._batches():
            for start in range(0, batch.num_rows, _AT_ONCE):
                part = batch.slice(start, _AT_ONCE)
                rows = list(rows_of(taken(part, self.policy)))
                yield Chunk(number, rows, max(part.nbytes, 1))
                number += len(rows)

    def records(self, chunk: Chunk) -> Iterator[Record]:
        """The rows of a chunk."""
        for n, row in enumerate(chunk.content):
            yield _Row(self.file, chunk.line + n, row, ())

    def _batches(self) -> Iterator[Any]:
        if self.file.startswith(PREFIX):
            with Query.read(self.file).batches() as reader:
                taken(reader.schema.empty_table(), self.policy)
                yield from reader
            return
        for piece in pieces_of(files_of(self.file, self.policy)):
            yield from batches_of(piece, self.policy)


class _Row(Held):
    """A row has a number and no text."""

    def located(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings, each with the row it is about."""
        diagnostics = tuple(diagnostics)
        where = f"{self.file}: row {self.line}"
        return tuple(
            d._replace(path=f"{where}: {d.path}" if d.path else where) for d in diagnostics
        )
