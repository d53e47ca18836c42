"""The parts put together, each as soon as it and all before it are done."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from escalate.batch.decided import decision_schema
from escalate.batch.errors import TableError
from escalate.batch.extra import pa
from escalate.batch.parquet.parts import Work, writer
from escalate.batch.parquet.source import opened
from escalate.batch.parquet.summary import Summary
from escalate.batch.parquet.unfinished import Unfinished
from escalate.batch.parquet.whole import written_whole
from escalate.errors import EscalateError

__all__ = ["Part", "into_file", "into_folder"]

Part = tuple[Path, Summary]

_GROUP: Final = 1 << 17
"""Rows from which on a row group is written: of many small parts become few."""


def into_file(parts: Iterable[Part], work: Work, unfinished: Unfinished, rows: int) -> Summary:
    """One file, which has its name when it is whole.

    Raises:
        EscalateError: a part has been damaged since it was written.
    """
    summary, held = Summary(), 0
    tables: list[Any] = []
    with (
        written_whole(unfinished.target, unfinished.folder) as out,
        writer(out, _schema(work)) as file,
    ):
        for path, found in parts:
            summary += found
            for table in _tables(path):
                tables.append(table)
                held += table.num_rows
                if held >= _GROUP:
                    _write(file, tables)
                    held = 0
        _write(file, tables)
        _all_there(summary, rows)
        file.add_key_value_metadata(summary.metadata(work.now.isoformat()))
    unfinished.finished()
    return summary


def into_folder(parts: Iterable[Part], work: Work, unfinished: Unfinished, rows: int) -> Summary:
    """The parts as they are, in a folder that has its name when they are all there."""
    summary = sum((found for _, found in parts), Summary())
    _all_there(summary, rows)
    if not rows:  # a folder without a file would have no columns
        with written_whole(unfinished.part(0)) as out, writer(out, _schema(work)):
            pass
    unfinished.becomes_target()
    return summary


def _schema(work: Work) -> Any:
    return decision_schema(work.policy, full=work.full != "none")


def _tables(path: Path) -> Iterable[Any]:
    try:
        with opened(str(path), checked=True) as part:
            for group in range(part.num_row_groups):
                yield part.read_row_group(group).replace_schema_metadata(None)
    except TableError:
        path.unlink()
        raise EscalateError(
            f"`{path}` has been damaged since it was written, and was removed; "
            "the same command decides its rows again"
        ) from None


def _write(file: Any, tables: list[Any]) -> None:
    if tables:
        file.write_table(pa.concat_tables(tables))
        tables.clear()


def _all_there(summary: Summary, rows: int) -> None:
    if summary.rows != rows:
        raise EscalateError(f"of {rows:,} rows came {summary.rows:,}: a fault of escalate")
