"""CSV: one ticket a row, fields in columns that the headings name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, BinaryIO, Final

from escalate.errors import Diagnostic, Place, TicketError, did_you_mean, sort_diagnostics
from escalate.intake.cell_places import cell_place
from escalate.intake.cells import CellError, cell_value, keeps_empty
from escalate.intake.columns import Column
from escalate.intake.record import Chunk, Record, Written
from escalate.reading import TOP

__all__ = ["CsvRows"]

_AT_ONCE: Final = 500
_SAVE_AS_UTF8: Final = "save the file as UTF-8"
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")

Row = tuple[int, list[str] | str, str | None]
"""The line on which a row begins; its cells, or why it cannot be cut into cells; and how
it is written, where that is more than the cells with the mark between them."""


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
    _mark: str = ","
    _heads: tuple[str, ...] = ()
    _plan: dict[str, tuple[int | None, Column]] = field(default_factory=dict)

    def chunks(self, stream: BinaryIO) -> Iterator[Chunk]:
        """Rows.

        Raises:
            TicketError: the headings cannot be read (`ESC901`, `ESC955`), or a mapped
                column is not among them (`ESC954`).
        """
        text = io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="")
        try:
            yield from self._chunks(text)
        finally:
            if not stream.closed:
                text.detach()  # it belongs to whoever opened it

    def _chunks(self, text: Iterable[str]) -> Iterator[Chunk]:
        lines = iter(text)
        first = next(lines, None)
        if first is None:
            return
        marks = {mark: first.count(mark) for mark in ",;\t"}
        self._mark = max(marks, key=lambda mark: marks[mark])
        rows = _rows(chain([first], lines), self._mark)
        line, heads, _ = next(rows, (1, [], None))
        if isinstance(heads, str):
            raise TicketError([self._said(line, "ESC955", heads, _QUOTES)])
        if any(map(_NOT_UTF8.search, heads)):
            message = "the headings are not UTF-8 text"
            raise TicketError([self._said(line, "ESC901", message, _SAVE_AS_UTF8)])
        self._settle([head.strip() for head in heads], line)
        gathered: list[Row] = []
        size = 0
        for row in rows:
            gathered.append(row)
            cells = row[1]
            size += len(cells) if isinstance(cells, str) else sum(map(len, cells)) + len(cells)
            if len(gathered) == _AT_ONCE:
                yield Chunk(gathered[0][0], gathered, size)
                gathered, size = [], 0
        if gathered:
            yield Chunk(gathered[0][0], gathered, size)

    def records(self, chunk: Chunk) -> Iterator[Record]:
        """A record a row."""
        for row in chunk.content:
            yield self._record(*row)

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

    def _record(self, line: int, cells: list[str] | str, written: str | None) -> Record:
        wrong: list[Diagnostic] = []
        value: dict[str, Any] = {}

        def at_cell(at: int | None) -> Place:
            if at is None or isinstance(cells, str):
                return self._start(line)
            return cell_place(self.file, line, cells, written, self._mark, at)

        def locate(way: Sequence[str | int], key: bool) -> Place:
            names = (name for name in way if isinstance(name, str) and name in self._plan)
            name = next(names, None)
            return at_cell(None if name is None else self._plan[name][0])

        def say(code: str, message: str, hint: str | None, at: int | None, path: str = "") -> None:
            wrong.append(Diagnostic(code, message, place=at_cell(at), help=hint, path=path))

        if isinstance(cells, str):
            say("ESC955", cells, _QUOTES, None)
        elif len(cells) != len(self._heads):
            message = f"the row has {len(cells)} cells, and there are {len(self._heads)} headings"
            hint = "see whether a cell with a comma or a quote in it is quoted"
            # The first that is too many, or the last that is there.
            say("ESC952", message, hint, min(len(cells) - 1, len(self._heads)))
        elif bad := [at for at, cell in enumerate(cells) if _NOT_UTF8.search(cell)]:
            say("ESC901", "the cell is not UTF-8 text", _SAVE_AS_UTF8, bad[0])
        else:
            for name, (at, column) in self._plan.items():
                try:
                    held = (
                        column.value
                        if at is None
                        else cell_value(name, cells[at], column, self.types.get(name))
                    )
                except CellError as error:
                    say("ESC953", str(error), error.help, at, name)
                    continue
                if held is not None or keeps_empty(name):
                    _put(value, name, held)
        found = tuple(sort_diagnostics(wrong)) if wrong else ()
        return Written(self.file, line, value, found, locate)

    def _start(self, line: int) -> Place:
        return Place(self.file, line, 1, line, 2)

    def _said(self, line: int, code: str, message: str, hint: str | None = None) -> Diagnostic:
        return Diagnostic(code, message, place=self._start(line), help=hint)


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
    taken: list[str] = []
    reader = csv.reader(_noted(lines, taken), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, _why(str(error)), None
            continue
        if cells:
            written = "".join(taken).rstrip("\r\n")
            yield line, cells, None if written == delimiter.join(cells) else written


def _noted(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _why(said: str) -> str:
    """What Python's reader says of a row, in words of who writes one."""
    for part, reason in _REASONS.items():
        if part in said:
            return reason
    return f"the row cannot be read: {said}"


_REASONS: Final = {
    "unexpected end of data": "the quote that opens in this row is never closed",
    "field larger than field limit": "a cell is too long; see whether a quote is never closed",
    "expected after": "something follows the quote that closes a cell of this row",
}
_QUOTES: Final = 'write a quote that belongs to a cell twice, as in "a ""big"" one"'
