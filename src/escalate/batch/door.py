"""The door: a table of tickets in, a table of decisions out.

Page: "Deciding in columns".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from escalate.batch.decided import WAYS, columns_of_decisions, decision_schema
from escalate.batch.extra import pa, pc
from escalate.batch.scalar import decide_rows
from escalate.batch.taken import Taken, taken
from escalate.desk import Desk, read_desk
from escalate.evaluator.choosing import SetEngine, engine_for
from escalate.evaluator.engine import Engine
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet
from escalate.reading import read_instant
from escalate.worktime.epoch import microseconds

__all__ = ["Decider", "decide_columns"]

Full = Literal["none", "acting", "all"]
BLOCK = 1 << 16
"""Rows decided at once: what a block needs stays in the processor's cache."""


class Decider:
    """A policy ready to decide tables; to be kept where many batches come.

    ``full`` says for which rows a column ``decision`` holds the whole decision as JSON text,
    with its messages: `none`, `acting` (every step but `hold`) or `all`. With
    ``columns=False`` the scalar engine decides every row: the same table, but for ``by``.
    Threads may share it.
    """

    def __init__(
        self, policy: Policy | PolicySet, *, full: Full = "none", columns: bool = True
    ) -> None:
        self.policy = policy
        self.full = full
        self.columns = columns
        self.engine: Engine | SetEngine = engine_for(policy)
        self.schema = decision_schema(policy, full=full != "none")

    def decide(
        self,
        table: Any,
        now: datetime | str,
        *,
        desk: Desk | Mapping[str, Any] | None = None,
    ) -> Any:
        """The decisions of a table's or a record batch's tickets, row by row, as the same.

        Raises:
            TableError: the table as a whole is no table of tickets of this policy.
            TicketError: the desk or ``now`` cannot be read.
        """
        at = read_instant(now)
        around = Desk() if desk is None else read_desk(desk)
        given = taken(table, self.policy)
        parts = [
            self._block(given.part(start, BLOCK), at, around)
            for start in range(0, given.count, BLOCK)
        ]
        if not parts:
            parts = [self._rows(given, at, around)]
        made = pa.Table.from_batches(parts, self.schema)
        made = made.replace_schema_metadata(_counted(made, at))
        if not isinstance(table, pa.RecordBatch):
            return made
        one = made.unify_dictionaries().combine_chunks().to_batches()
        return one[0] if one else pa.RecordBatch.from_pylist([], made.schema)

    def _block(self, given: Taken, now: datetime, desk: Desk) -> Any:
        return self._rows(given, now, desk)

    def _rows(self, given: Taken, now: datetime, desk: Desk) -> Any:
        """All rows by the scalar engine."""
        found = decide_rows(self.engine, given, None, now, desk)
        columns = columns_of_decisions(found, microseconds(now), self.schema)
        if self.full == "acting":
            held = pc.equal(columns["step"].cast(pa.string()), "hold")
            texts = columns["decision"]
            columns = {**columns, "decision": pc.if_else(held, pa.scalar(None, texts.type), texts)}
        return pa.RecordBatch.from_arrays(
            [columns[name].cast(self.schema.field(name).type) for name in self.schema.names],
            schema=self.schema,
        )


def decide_columns(
    policy: Policy | PolicySet,
    table: Any,
    now: datetime | str,
    *,
    desk: Desk | Mapping[str, Any] | None = None,
    full: Full = "none",
    columns: bool = True,
) -> Any:
    """The decisions of all tickets of an Arrow table (or record batch) at one instant.

    A table of :func:`decision_schema`, in the order of the rows; its metadata say how many
    rows were decided in columns, how many by the scalar engine, how many not at all. Where
    there are many tables, make a :class:`Decider` once. Page: "Deciding in columns".

    Raises:
        TableError: a column is missing, or of a type that cannot be what it means.
        TicketError: the desk or ``now`` cannot be read.
    """
    return Decider(policy, full=full, columns=columns).decide(table, now, desk=desk)


def _counted(made: Any, now: datetime) -> dict[str, str]:
    """What the decisions' metadata say."""
    ways = made["by"].cast(pa.string())
    counts = {way: pc.sum(pc.equal(ways, way)).as_py() or 0 for way in WAYS}
    errors = made.num_rows - made["error_code"].null_count
    return {
        "escalate.now": now.isoformat(),
        "escalate.rows": str(made.num_rows),
        "escalate.by_columns": str(counts["columns"]),
        "escalate.by_engine": str(counts["engine"] - errors),
        "escalate.errors": str(errors),
    }
