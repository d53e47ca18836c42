"""Tickets that a query of DuckDB gives. Page: "From a database"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Self

from escalate.batch.errors import TableError
from escalate.batch.extra import pa
from escalate.errors import Diagnostic, EscalateError, MissingExtraError, Place

__all__ = ["PREFIX", "QUERY", "Query", "only_asked", "reader", "refused"]

PREFIX: Final = "duckdb:"
_AT: Final = re.compile(r"LINE (\d+): (.*)\n( *)\^")
_BATCH: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the database file that it asks; an empty one is none, for what DuckDB reads
    by itself."""

    database: str
    text: str

    @classmethod
    def read(cls, written: str) -> Self:
        """``duckdb:desk.db::SELECT ...``.

        Raises:
            EscalateError: it is not written so.
        """
        database, colons, text = written.removeprefix(PREFIX).partition("::")
        if not colons or not text.strip():
            raise EscalateError(
                f"`{written}`: a query is written `duckdb:FILE::SELECT ...`, "
                "with the database's file and two colons before it"
            )
        return cls(database, text.strip())

    @property
    def name(self) -> str:
        """What findings call it."""
        return f"{PREFIX}{self.database}"

    @contextmanager
    def batches(self, limit: int | None = None) -> Iterator[Any]:
        """The rows as a reader of record batches, at most ``limit`` of them. The database is
        only read.

        Raises:
            TableError: there is no such database, or the query fails (`ESC986`), also where
                that is seen only while it is read.
        """
        duckdb = _duckdb()
        try:
            connection = duckdb.connect(
                self.database or ":memory:",
                read_only=bool(self.database),
                config={"python_enable_replacements": "false"},
            )
            try:
                only_asked(duckdb, self.text, self.name)
                # The time zone of a session would be that of the machine.
                connection.execute("SET TimeZone = 'UTC'")
                relation = connection.sql(self.text)
                yield reader(relation if limit is None else relation.limit(limit))
            finally:
                connection.close()
        except (duckdb.Error, pa.ArrowException) as error:
            raise TableError([refused(str(error), self.name)]) from None
        except OSError as error:
            if error.errno is not None:  # of whoever writes what is read
                raise
            raise TableError([refused(str(error), self.name)]) from None


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("a query of DuckDB", "duckdb") from error
    return duckdb


def reader(relation: Any) -> Any:
    """A relation's rows as a reader of record batches."""
    read = getattr(relation, "to_arrow_reader", None) or relation.fetch_record_batch
    return read(_BATCH)


def only_asked(duckdb: Any, text: str, name: str) -> None:
    """See that a text is one query, before it is run.

    Raises:
        TableError: it is something else (`ESC986`).
        duckdb.Error: it is no SQL.
    """
    kinds = [statement.type for statement in duckdb.extract_statements(text)]
    if kinds != [duckdb.StatementType.SELECT]:
        said = "tickets come of one `SELECT`, and this is something else"
        hint = "write one query that gives tickets"
        raise TableError([Diagnostic("ESC986", said, path=name, help=hint)])


def refused(said: str, name: str) -> Diagnostic:
    """What DuckDB says of a query, at its place in the query where it tells one."""
    first, *more = said.split("\n")
    _, _, why = first.partition("Error: ")
    message = f"the query fails: {_lower(why or first)}"
    near = next((line for line in more if line.startswith("Did you mean")), None)
    found = Diagnostic("ESC986", message, path=name, help=near and _lower(near))
    at = _AT.search(said)
    if at is None or at[2].startswith("..."):
        return found
    line, column = int(at[1]), max(1, len(at[3]) - len(f"LINE {at[1]}: ") + 1)
    return found._replace(place=Place(QUERY, line, column, line, column + 1))


QUERY: Final = "<query>"
"""The name of a query's text in places."""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
