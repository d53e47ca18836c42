"""Where rows of output go: lines as they are, tables by the page."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO, Final, Protocol

from escalate.cli.notes import MARK, Notes
from escalate.cli.rows import CSV_HEAD, Row, csv_line
from escalate.cli.terminal import Terminal
from escalate.decision import Warned

__all__ = ["SINKS", "Sink"]

_PAGE: Final = 500
"""Rows of one table: a longer output is several tables, so that it need not be held."""


_WIDE: Final = 100
"""Columns of a terminal from which on nothing needs to be folded small."""


class Sink(Protocol):
    """Takes rows."""

    def row(self, row: Row, warnings: tuple[Warned, ...] = ()) -> None:
        """One more row, and what the decision in it warns of."""
        ...

    def flush(self) -> None:
        """No more rows for a while."""
        ...

    def end(self) -> None:
        """No more rows."""
        ...


class Lines:
    """Lines of text, in UTF-8 whatever the locale."""

    def __init__(self, terminal: Terminal, out: BinaryIO, head: str = "") -> None:
        self._out = out
        self._plain = terminal.plain_lines if head and _is_terminal(out) else None
        self._held: list[str] = [head] if head else []

    def row(self, row: Row, warnings: tuple[Warned, ...] = ()) -> None:
        assert isinstance(row, str)  # which holds the warnings
        self._held.append(row)

    def flush(self) -> None:
        text = "".join(self._held)
        self._held.clear()
        if self._plain is not None:
            text = self._plain(text)
        self._out.write(text.encode("utf-8", "backslashreplace"))
        self._out.flush()

    def end(self) -> None:
        self.flush()


class Table:
    """Tables of at most some hundred rows; below the last, what the marked rows warn of."""

    def __init__(self, terminal: Terminal, out: BinaryIO) -> None:
        self._terminal = terminal
        self._out = out
        self._rows: list[tuple[Row, bool]] = []
        self._notes = Notes()
        self._width = 0

    def row(self, row: Row, warnings: tuple[Warned, ...] = ()) -> None:
        self._rows.append((row, bool(warnings)))
        self._notes.add(warnings)
        if len(self._rows) == _PAGE:
            self._print()

    def flush(self) -> None:
        """A table is better whole."""

    def end(self) -> None:
        if self._rows:
            self._print()
        for line in self._notes.lines(self._terminal.plain, self._width):
            painted = self._terminal.paint(line, "warning", self._out)
            self._out.write(f"{painted}\n".encode("utf-8", "backslashreplace"))
        self._out.flush()

    def _print(self) -> None:
        terminal = self._terminal
        text = io.StringIO()
        console = terminal.console(to=text, like=self._out)
        from rich import box
        from rich.table import Table as RichTable
        from rich.text import Text

        table = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0), expand=False)
        self._width = console.width
        wide = console.width >= _WIDE
        table.add_column("ticket", overflow="fold", max_width=24 if wide else 12)
        table.add_column("step", overflow="fold")
        table.add_column("stands at", overflow="fold", max_width=40 if wide else 16)
        table.add_column("why", overflow="fold", ratio=1)
        table.add_column("next check", overflow="fold", max_width=16 if wide else 10)
        for row, marked in self._rows:
            cells = [Text(terminal.plain(cell)) for cell in row]
            cells[1].stylize(_STEPS.get(row[1], ""))
            if marked:
                cells[1].append(f" {MARK}", "bold yellow")
            table.add_row(*cells)
        self._rows.clear()
        console.print(table)
        lines = [line.rstrip() for line in text.getvalue().rstrip("\n").split("\n")]
        self._out.write(("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))
        self._out.flush()


_STEPS: Final = {
    "escalate": "bold magenta",
    "enter": "green",
    "transfer": "cyan",
    "ask": "yellow",
    "act": "blue",
    "error": "bold red",
}


def _is_terminal(out: BinaryIO) -> bool:
    return out.isatty()


def _csv(terminal: Terminal, out: BinaryIO) -> Sink:
    return Lines(terminal, out, csv_line(CSV_HEAD))


SINKS: Final[dict[str, Callable[[Terminal, BinaryIO], Sink]]] = {
    "table": Table,
    "jsonl": Lines,
    "csv": _csv,
}
