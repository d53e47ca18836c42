"""The decision of tables as a function that other engines call. Page: "On an engine of yours"."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from escalate.batch.decided import decision_schema
from escalate.batch.door import Decider, Full
from escalate.batch.extra import pa
from escalate.desk import Desk, read_desk
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet
from escalate.reading import read_instant

__all__ = ["BatchFunction"]

Key = tuple[str, ...]

_MOST: Final = 8
_KEPT: dict[Key, Decider] = {}
"""The engines of this process, by what the policies say."""


class BatchFunction:
    """A policy at one instant: called with a table of tickets (or a record batch), it answers
    with their decisions, as the same.

    It may be pickled and sent to other processes. There the policy is compiled once, however
    many batches, tasks and copies of it come, and whatever their instants are. ``schema`` is
    that of the decisions; unlike :func:`decide_columns`, texts are not coded by dictionaries,
    which few engines know.

    Raises:
        TicketError: the desk or ``now`` cannot be read.
    """

    def __init__(
        self,
        policy: Policy | PolicySet,
        now: datetime | str,
        *,
        desk: Desk | Mapping[str, Any] | None = None,
        full: Full = "none",
    ) -> None:
        policies = [policy] if isinstance(policy, Policy) else list(policy)
        self._key: Key = (full, type(policy).__name__, *(one.digest for one in policies))
        self._policy = pickle.dumps(policy)
        self._full: Full = full
        self._now = read_instant(now)
        self._desk = None if desk is None else read_desk(desk)
        self.schema = _plain(decision_schema(policy, full=full != "none"))

    def __call__(self, tickets: Any) -> Any:
        """The decisions of these tickets, row by row.

        Raises:
            TableError: they are no table of tickets of the policy.
        """
        decided = self._decider().decide(tickets, self._now, desk=self._desk)
        if isinstance(decided, pa.RecordBatch):
            table = pa.Table.from_batches([decided]).cast(self.schema).combine_chunks()
            return next(iter(table.to_batches()), pa.RecordBatch.from_pylist([], self.schema))
        return decided.replace_schema_metadata(None).cast(self.schema)

    def each(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The same for a stream of batches, as `mapInArrow` calls it."""
        return map(self, batches)

    def _decider(self) -> Decider:
        kept = _KEPT.pop(self._key, None)
        if kept is None:
            kept = Decider(pickle.loads(self._policy), full=self._full)
            while len(_KEPT) >= _MOST:
                _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[self._key] = kept  # the last of them is the latest
        return kept


def _plain(schema: Any) -> Any:
    """The schema with texts in place of their codes."""
    return pa.schema([(field.name, _plain_type(field.type)) for field in schema])


def _plain_type(type_: Any) -> Any:
    if pa.types.is_dictionary(type_):
        return type_.value_type
    return pa.list_(_plain_type(type_.value_type)) if pa.types.is_list(type_) else type_
