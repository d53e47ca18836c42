"""Decisions as a table of DuckDB, to be asked and joined in SQL. Page: "From a database"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from escalate.batch.door import Decider, Full
from escalate.batch.errors import TableError
from escalate.batch.extra import pa
from escalate.batch.query import only_asked, reader, refused
from escalate.batch.taken import taken
from escalate.desk import Desk, read_desk
from escalate.errors import MissingExtraError
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet
from escalate.reading import read_instant

try:
    import duckdb
except ImportError as error:
    raise MissingExtraError("decisions as a table of DuckDB", "duckdb") from error

__all__ = ["decide"]


def decide(
    connection: Any,
    policy: Policy | PolicySet,
    now: datetime | str,
    query: str,
    *,
    desk: Desk | Mapping[str, Any] | None = None,
    full: Full = "none",
    name: str | None = None,
) -> Any:
    """The decisions of the tickets that a query gives, as a relation of the connection.

    Nothing is decided before the relation is asked, and then a batch at a time; asked twice,
    it is decided twice. The query runs on a cursor of the connection, which sees no temporary
    tables and nothing uncommitted. In SQL, the relation has the name of the variable that
    holds it, and for as long as the connection lasts also ``name``. Page: "From a database".

    Raises:
        TableError: the query fails (`ESC986`), or gives no table of tickets.
        TicketError: the desk or ``now`` cannot be read.
    """
    at = read_instant(now)
    around = None if desk is None else read_desk(desk)
    try:
        only_asked(duckdb, query, "query")
        empty = reader(connection.cursor().sql(query).limit(0)).read_all()
    except duckdb.Error as error:
        raise TableError([refused(str(error), "query")]) from None
    taken(empty, policy)
    decisions = _Decisions(connection, query, Decider(policy, full=full), at, around)
    if name is not None:
        connection.register(name, decisions)
    return connection.from_arrow(decisions)


class _Decisions:
    """A stream of Arrow that begins anew whenever it is asked for."""

    def __init__(
        self, connection: Any, query: str, decider: Decider, now: datetime, desk: Desk | None
    ) -> None:
        self._connection = connection
        self._query = query
        self._decider = decider
        self._now = now
        self._desk = desk

    def __arrow_c_schema__(self) -> Any:
        return self._decider.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        stream = pa.RecordBatchReader.from_batches(self._decider.schema, self._batches())
        return stream.__arrow_c_stream__(requested_schema)

    def _batches(self) -> Iterator[Any]:
        for batch in reader(self._connection.cursor().sql(self._query)):
            decided = self._decider.decide(batch, self._now, desk=self._desk)
            yield decided.replace_schema_metadata(None)
