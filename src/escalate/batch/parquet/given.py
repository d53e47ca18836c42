"""What a run is given: files as they are, or a query, whose rows become a file of its own."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from escalate.batch.parquet.source import File, files_of
from escalate.batch.parquet.unfinished import SNAPSHOT
from escalate.batch.parquet.whole import written_whole
from escalate.batch.query import PREFIX, Query
from escalate.batch.taken import taken
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet

__all__ = ["Given", "given"]


class Given(Protocol):
    """Tickets to decide."""

    @property
    def identity(self) -> list[str]:
        """Another one when the tickets are others."""
        ...

    def files(self, folder: Path) -> list[File]:
        """The tickets as files, made in the folder of the run where there are none."""
        ...


def given(tickets: str | os.PathLike[str], policy: Policy | PolicySet) -> Given:
    """What a name stands for: a query, or files.

    Raises:
        EscalateError: there are no such files.
        TableError: they cannot be read as tickets, or the query fails.
    """
    name = os.fspath(tickets)
    if name.startswith(PREFIX):
        return FromQuery(Query.read(name), policy)
    return FromFiles(files_of(name, policy))


class FromFiles:
    """Files as they are."""

    def __init__(self, files: list[File]) -> None:
        self._files = files
        self.identity = [file.identity for file in files]

    def files(self, folder: Path) -> list[File]:
        """They need no folder."""
        return self._files


class FromQuery:
    """A query, which is asked once for a run."""

    def __init__(self, query: Query, policy: Policy | PolicySet) -> None:
        self._query = query
        self._policy = policy
        self.identity = [query.database, query.text]
        with query.batches(0) as reader:
            taken(reader.read_all(), policy)

    def files(self, folder: Path) -> list[File]:
        """A file of what the query gives."""
        import pyarrow.parquet as pq

        path = folder / SNAPSHOT
        if not path.exists():
            with self._query.batches() as reader, written_whole(path) as out:
                file = pq.ParquetWriter(out, reader.schema, write_page_checksum=True)
                try:
                    for batch in reader:
                        file.write_batch(batch)
                    file.close()
                finally:
                    file.is_open = False
        return [replace(file, name=self._query.name) for file in files_of(path, self._policy)]
