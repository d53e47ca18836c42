"""Where a cell stands in a file of CSV. Asked only for cells with something wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from escalate.errors import Place

__all__ = ["cell_place"]


def cell_place(
    file: str, line: int, cells: Sequence[str], written: str | None, mark: str, at: int
) -> Place:
    """The place of cell ``at`` of the row that begins on ``line``.

    ``written`` is the row as it stands in the file, with quotes; ``None`` where it is
    just the cells with the mark between them.
    """
    if written is None:
        start = sum(map(len, cells[:at])) + at
        end = start + len(cells[at])
        return Place(file, line, start + 1, line, max(end, start + 1) + 1)
    start, end = _spans(written, mark)[at]
    down, column = _position(written, start)
    last, past = _position(written, end) if end > start else (down, column + 1)
    return Place(file, line + down, column, line + last, past)


def _spans(written: str, mark: str) -> list[tuple[int, int]]:
    """Where each cell begins and ends, with its quotes."""
    cell = re.compile(f'"(?:[^"]|"")*"|[^{re.escape(mark)}]*')
    spans = []
    at = 0
    while at <= len(written):
        found = cell.match(written, at)
        assert found is not None  # it matches nothing, too
        spans.append(found.span())
        at = found.end() + 1
    return spans


def _position(written: str, at: int) -> tuple[int, int]:
    """How many lines down, and the column there."""
    lines = re.split(r"\r\n|\r|\n", written[:at])
    return len(lines) - 1, len(lines[-1]) + 1
