"""One piece of the input decided and written, in any process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from escalate.batch.door import Decider, Full
from escalate.batch.errors import TableError
from escalate.batch.extra import pa
from escalate.batch.parquet.source import Piece, batches_of
from escalate.batch.parquet.summary import Summary
from escalate.batch.parquet.unfinished import KEY, TOLD
from escalate.batch.parquet.whole import written_whole
from escalate.cores import go_with_parent, ignore_interrupts
from escalate.desk import Desk
from escalate.errors import Diagnostic
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet

__all__ = ["Failed", "Task", "Work", "Worker", "decide_task", "start", "writer"]


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done with each row. Sent once to every process."""

    policy: Policy | PolicySet
    now: datetime
    desk: Desk | None
    full: Full
    columns: bool
    key: str


@dataclass(frozen=True, slots=True)
class Task:
    """A piece, and where its decisions go."""

    piece: Piece
    path: Path


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a piece cannot be decided or written, as values: exceptions of ours do not travel
    between processes."""

    diagnostics: tuple[Diagnostic, ...] = ()
    disk: str = ""


class Worker:
    """A policy at work on pieces."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.decider = Decider(work.policy, full=work.full, columns=work.columns)

    def __call__(self, task: Task) -> Summary | Failed:
        try:
            with written_whole(task.path) as out:
                return self._written(task.piece, out)
        except TableError as error:
            return Failed(error.diagnostics)
        except OSError as error:
            return Failed(disk=(error.strerror or str(error)).lower())

    def _written(self, piece: Piece, out: BinaryIO) -> Summary:
        found = Summary()
        rows = piece.first
        with writer(out, self.decider.schema) as part:
            for batch in batches_of(piece, self.work.policy):
                table = pa.Table.from_batches([batch])
                decided = self.decider.decide(table, self.work.now, desk=self.work.desk)
                part.write_table(decided)
                found += Summary.of(decided, piece.name, rows)
                rows += batch.num_rows
            said = found.metadata(self.work.now.isoformat())
            part.add_key_value_metadata({**said, KEY: self.work.key, TOLD: found.to_text()})
        return found


@contextmanager
def writer(out: BinaryIO, schema: Any) -> Iterator[Any]:
    """Writes tables of decisions; what is a text of a few is written as such."""
    import pyarrow.parquet as pq

    coded = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    lists = [f"{field.name}.list.element" for field in schema if pa.types.is_list(field.type)]
    file = pq.ParquetWriter(
        out, schema, use_dictionary=[*coded, *lists, "now"], write_page_checksum=True
    )
    try:
        yield file
        file.close()
    finally:
        file.is_open = False  # where it failed, it need not try once more when it is collected


_worker: Worker | None = None


def start(work: Work) -> None:
    """In a process of the pool, once."""
    global _worker
    ignore_interrupts()
    go_with_parent()
    _worker = Worker(work)


def decide_task(task: Task) -> Summary | Failed:
    """In a process of the pool, for each piece."""
    assert _worker is not None
    return _worker(task)
