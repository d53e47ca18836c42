"""Tables for people, as lines."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence

from escalate.cli.terminal import Terminal

__all__ = ["table_lines"]


def table_lines(
    terminal: Terminal,
    heads: Sequence[str],
    rows: Iterable[tuple[Sequence[str], str]],
    right: frozenset[int] = frozenset(),
) -> Iterator[str]:
    """A table whose last column is folded to the width; each row has its cells and a style
    of `rich`. Columns that stand to the ``right`` are numbers."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = io.StringIO()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    for i, head in enumerate(heads):
        last = i == len(heads) - 1
        table.add_column(
            head,
            no_wrap=not last,
            overflow="fold",
            justify="right" if i in right else "left",
        )
    for cells, style in rows:
        table.add_row(*(Text(terminal.plain(cell)) for cell in cells), style=style)
    terminal.console(to=out, like=sys.stdout).print(table)
    return (line.rstrip() for line in out.getvalue().strip("\n").split("\n"))
