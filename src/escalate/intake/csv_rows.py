"""CSV: one ticket a row, fields in columns that the headings name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, BinaryIO, Final

from escalate.errors import Diagnostic, Place, TicketError, did_you_mean
from escalate.intake.cells import CellError, cell_value, keeps_empty
from escalate.intake.columns import Column
from escalate.intake.record import Chunk, Record
from escalate.reading import TOP

__all__ = ["CsvRows"]

_AT_ONCE: Final = 500
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")

Row = tuple[int, list[str] | str]
"""The line on which a row begins, and its cells, or why it cannot be cut into cells."""


@dataclass(slots=True)
class CsvRows:
    """Reads CSV with headings; parted by comma, semicolon or tab, whichever the headings use.

    ``columns`` says where a field is found; other fields of the ticket, and those of
    ``types`` (the policy's own, with what they hold), are taken from columns of the same
    name. ``unused`` names the columns that nothing is read from, once the first chunk
    has been made.
    """

    file: str
    columns: Mapping[str, Column] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    unused: tuple[str, ...] = ()
    parallel: bool = True
    _heads: tuple[str, ...] = ()
    _plan: dict[str, tuple[int | None, Column]] = field(default_factory=dict)

    def chunks(self, stream: BinaryIO) -> Iterator[Chunk]:
        """Rows.

        Raises:
            TicketError: a mapped column is not among the headings (`ESC954`).
        """
        text = io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="")
        try:
            yield from self._chunks(text)
        finally:
            text.detach()  # the stream belongs to whoever opened it

    def _chunks(self, text: Iterable[str]) -> Iterator[Chunk]:
        lines = iter(text)
        first = next(lines, None)
        if first is None:
            return
        marks = {mark: first.count(mark) for mark in ",;\t"}
        rows = _rows(chain([first], lines), max(marks, key=lambda mark: marks[mark]))
        line, heads = next(rows, (1, []))
        if isinstance(heads, str):
            raise TicketError([self._said(line, "ESC955", heads)])
        self._settle([head.strip() for head in heads], line)
        gathered: list[Row] = []
        size = 0
        for line, cells in rows:
            gathered.append((line, cells))
            size += len(cells) if isinstance(cells, str) else sum(map(len, cells)) + len(cells)
            if len(gathered) == _AT_ONCE:
                yield Chunk(gathered[0][0], gathered, size)
                gathered, size = [], 0
        if gathered:
            yield Chunk(gathered[0][0], gathered, size)

    def records(self, chunk: Chunk) -> Iterator[Record]:
        """A record a row."""
        for line, cells in chunk.content:
            yield self._record(line, cells)

    def _settle(self, heads: list[str], line: int) -> None:
        """Which column each field comes from."""
        wrong = []
        for name, column in self.columns.items():
            if column.column is not None and column.column not in heads:
                near = did_you_mean(column.column, heads)
                hint = f"did you mean `{near}`?" if near else "there are: " + ", ".join(heads)
                message = f"there is no column `{column.column}` for `{name}`"
                wrong.append(self._said(line, "ESC954", message, hint))
        if wrong:
            raise TicketError(wrong)
        self._heads = tuple(heads)
        names = TOP | self.known | self.types.keys()
        self._plan = {
            head: (at, Column(head))
            for at, head in enumerate(heads)
            if (head in names or head.startswith("customer.")) and head not in self.columns
        }
        for name, column in self.columns.items():
            at = None if column.column is None else heads.index(column.column)
            self._plan[name] = (at, column)
        used = {at for at, _ in self._plan.values()}
        self.unused = tuple(h for at, h in enumerate(heads) if at not in used and h)

    def _record(self, line: int, cells: list[str] | str) -> Record:
        wrong: list[Diagnostic] = []
        value: dict[str, Any] = {}
        if isinstance(cells, str):
            wrong.append(self._said(line, "ESC955", cells))
        elif len(cells) != len(self._heads):
            message = f"the row has {len(cells)} cells, and there are {len(self._heads)} headings"
            hint = "see whether a cell with a comma or a quote in it is quoted"
            wrong.append(self._said(line, "ESC952", message, hint))
        elif any(_NOT_UTF8.search(cell) for cell in cells):
            message = "the row is not UTF-8 text"
            wrong.append(self._said(line, "ESC901", message, "save the file as UTF-8"))
        else:
            for name, (at, column) in self._plan.items():
                try:
                    held = (
                        column.value
                        if at is None
                        else cell_value(name, cells[at], column, self.types.get(name))
                    )
                except CellError as error:
                    wrong.append(self._said(line, "ESC953", str(error), path=name))
                    continue
                if held is not None or keeps_empty(name):
                    _put(value, name, held)

        def locate(way: Sequence[str | int], key: bool) -> Place:
            return Place(self.file, line, 1, line, 2)

        return Record(self.file, line, value, tuple(wrong), locate)

    def _said(
        self, line: int, code: str, message: str, hint: str | None = None, path: str = ""
    ) -> Diagnostic:
        place = Place(self.file, line, 1, line, 2)
        return Diagnostic(code, message, place=place, help=hint, path=path)


def _put(value: dict[str, Any], name: str, held: Any) -> None:
    """``customer.tier`` goes into ``customer``; other dotted names are keys of their own."""
    head, dot, rest = name.partition(".")
    if dot and head == "customer":
        value.setdefault("customer", {})[rest] = held
    elif name in TOP:
        value[name] = held
    else:
        value.setdefault("fields", {})[name] = held


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """Rows with the line on which each begins; a row that cannot be read is told so, and
    the next is read."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, _REASONS.get(str(error).split(" (")[0], f"the row cannot be read: {error}")
            continue
        if cells:
            yield line, cells


_REASONS: Final = {
    "unexpected end of data": "the quote that opens in this row is never closed",
    "field larger than field limit": "a cell is too long; see whether a quote is never closed",
}
