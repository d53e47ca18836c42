"""The door: a table of tickets in, a table of decisions out.

Page: "Deciding in columns".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from escalate.batch.coded import marked
from escalate.batch.columns import Columns
from escalate.batch.decided import WAYS, columns_of_decisions, decision_schema
from escalate.batch.extra import np, pa, pc
from escalate.batch.scalar import decide_rows
from escalate.batch.taken import Taken, taken
from escalate.batch.unfit import UnfitError
from escalate.decision import Decision
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
"""Rows given to the scalar engine at once."""


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
        self._columns: Columns | None = None
        self.unfit: tuple[str, ...] = ()
        """What of the policy columns cannot do, in words."""
        if columns and isinstance(self.engine, Engine):
            try:
                self._columns = Columns(self.engine)
                self.unfit = tuple(self._columns.ready.unfit)
            except UnfitError as error:
                self.unfit = (str(error),)
        elif columns:
            self.unfit = ("a set of policies",)

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
        parts = list(self._blocks(given, at, around)) or [self._rows(given, None, at, around)]
        counts = Counter[str](columns=given.count)
        for part in parts:
            found = _ways(part)
            counts["columns"] -= found["engine"] + found["errors"]
            counts += found
        made = pa.Table.from_batches(parts, self.schema)
        made = made.replace_schema_metadata(_counted(counts, at))
        if not isinstance(table, pa.RecordBatch):
            return made
        one = made.unify_dictionaries().combine_chunks().to_batches()
        return one[0] if one else pa.RecordBatch.from_pylist([], made.schema)

    def _blocks(self, given: Taken, now: datetime, desk: Desk) -> Iterator[Any]:
        if self._columns is None:
            for begin in range(0, given.count, BLOCK):
                yield self._rows(given.part(begin, BLOCK), None, now, desk)
            return
        us = microseconds(now)
        for begin, count, batch, apart in self._columns.decide(given, us, desk, self.schema):
            rows = marked(apart)
            if batch is not None and self.full == "none" and not len(rows):
                yield batch
                continue
            part = given.part(begin, count)
            if batch is None:
                yield self._rows(part, None, now, desk)
                continue
            if self.full != "none":
                batch = self._in_full(batch, part, apart, now, desk)
            if len(rows):
                batch = _put(batch, rows, self._rows(part, rows.tolist(), now, desk))
            yield batch

    def _in_full(self, batch: Any, part: Taken, apart: Any, now: datetime, desk: Desk) -> Any:
        """The whole decisions, of rows decided in columns."""
        steps = batch["step"].indices.to_numpy()
        wanted = marked(~apart & ((self.full == "all") | (steps != 0)))
        found = decide_rows(self.engine, part, wanted.tolist(), now, desk)
        texts: list[str | None] = [None] * part.count
        for row, decision in zip(wanted.tolist(), found, strict=True):
            texts[row] = decision.to_json_text() if isinstance(decision, Decision) else None
        place = self.schema.get_field_index("decision")
        return batch.set_column(place, self.schema.field(place), pa.array(texts, pa.string()))

    def _rows(self, given: Taken, numbers: Sequence[int] | None, now: datetime, desk: Desk) -> Any:
        """Rows by the scalar engine, all of them for ``None``."""
        found = decide_rows(self.engine, given, numbers, now, desk)
        columns = columns_of_decisions(found, microseconds(now), self.schema)
        if self.full == "acting":
            held = pc.equal(columns["step"].cast(pa.string()), "hold")
            texts = columns["decision"]
            columns = {**columns, "decision": pc.if_else(held, pa.scalar(None, texts.type), texts)}
        return pa.RecordBatch.from_arrays(
            [columns[name].cast(self.schema.field(name).type) for name in self.schema.names],
            schema=self.schema,
        )


def _ways(part: Any) -> Counter[str]:
    """How many rows of a batch the scalar engine had, and how many it refused."""
    by = part["by"]
    ways = by.dictionary.to_pylist()
    engine = ways.index(WAYS[1]) if WAYS[1] in ways else -1
    count = int(np.count_nonzero(by.indices.to_numpy() == engine))
    errors = len(by) - part["error_code"].null_count
    return Counter(engine=count - errors, errors=errors)


def _put(batch: Any, rows: Any, others: Any) -> Any:
    """A batch with some of its rows replaced."""
    order = np.arange(batch.num_rows)
    order[rows] = batch.num_rows + np.arange(len(rows))
    both = pa.Table.from_batches([batch, others]).unify_dictionaries()
    return both.take(pa.array(order)).combine_chunks().to_batches()[0]


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


def _counted(counts: Counter[str], now: datetime) -> dict[str, str]:
    """What the decisions' metadata say."""
    return {
        "escalate.now": now.isoformat(),
        "escalate.rows": str(counts.total()),
        "escalate.by_columns": str(counts["columns"]),
        "escalate.by_engine": str(counts["engine"]),
        "escalate.errors": str(counts["errors"]),
    }
