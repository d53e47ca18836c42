"""The agenda of a desk with millions of open tickets, in columns.

Page: "The agenda in columns". The tickets lie sorted by id, each with its next check beside
it: one pass over a column of numbers finds what is due. Tickets that are new are kept in an
:class:`Agenda` until there are enough of them to be sorted in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from escalate.agenda import Agenda
from escalate.batch.extra import np, pa, pc
from escalate.batch.schema import INSTANT
from escalate.decision import instant
from escalate.reading import read_instant
from escalate.worktime.epoch import microseconds

__all__ = ["AgendaTable"]

_NEVER: Final = np.iinfo(np.int64).max
_FEW: Final = 10_000
"""So many new tickets wait to be sorted in, or a sixteenth of all."""


class AgendaTable:
    """The tickets of a desk by when each is to be asked about next: :class:`Agenda` for
    millions, fed with tables of decisions. The rules are the same.

    Threads that share one need a lock of their own.
    """

    def __init__(self, decisions: Any = None) -> None:
        self._ids = np.empty(0, "S1")
        self._at = np.empty(0, np.int64)
        self._decided = np.empty(0, np.int64)
        self._new = Agenda()
        if decisions is not None:
            self.update(decisions)

    # What is on it.

    def update(self, decisions: Any) -> None:
        """Take in a table (or record batch) of decisions: its columns ``ticket``, ``now`` and
        ``next_check_at``. Rows that could not be decided (``error_code``) change nothing.

        Raises:
            ValueError: a column is missing or holds nulls where it may not, or an id ends with
                the character 0.
        """
        ids, at, decided = _columns(decisions)
        place, known = self._find(ids)
        newer = known.copy()
        held = place[known]
        newer[known] = (decided[known] >= self._decided[held]) | (self._at[held] == _NEVER)
        self._at[place[newer]] = at[newer]
        self._decided[place[newer]] = decided[newer]
        ids, at, decided = ids[~known], at[~known], decided[~known]
        if len(ids) > max(_FEW, len(self._ids) // 16):
            self._sort_in(ids, at, decided)
            return
        for ticket, us, when in zip(ids.tolist(), at.tolist(), decided.tolist(), strict=True):
            self._new.put(ticket.decode(), None if us == _NEVER else us, when)
        if len(self._new) > max(_FEW, len(self._ids) // 16):
            empty = np.empty(0, np.int64)
            self._sort_in(self._ids[:0], empty, empty)

    def remove(self, tickets: Iterable[str]) -> int:
        """Take tickets off, by their ids; how many of them were on the agenda."""
        listed = list(dict.fromkeys(tickets))
        removed = sum(map(self._new.remove, listed))
        place, known = self._find(_bytes(pa.array(listed, pa.string())))
        found = place[known]
        removed += int(np.count_nonzero(self._at[found] != _NEVER))
        self._at[found] = _NEVER
        return removed

    def _find(self, ids: Any) -> tuple[Any, Any]:
        """Where these would stand, and which do."""
        place = np.searchsorted(self._ids, ids)
        known = np.zeros(len(ids), bool)
        inside = place < len(self._ids)
        known[inside] = self._ids[place[inside]] == ids[inside]
        return place, known

    def _sort_in(self, ids: Any, at: Any, decided: Any) -> None:
        """Put new tickets where they belong, with those that waited for it."""
        waited = self._new.entries()
        self._new = Agenda()
        fresh = np.array([entry.ticket.encode() for entry in waited], "S")
        ids = np.concatenate([fresh, ids]) if waited else ids
        at = np.concatenate([np.array([e.at for e in waited], np.int64), at])
        decided = np.concatenate([np.array([e.decided for e in waited], np.int64), decided])
        ids, at, decided = _latest(ids, at, decided)
        there = at != _NEVER
        ids, at, decided = ids[there], at[there], decided[there]
        kept = self._at != _NEVER
        width = max(self._ids.dtype.itemsize, ids.dtype.itemsize)
        held = self._ids[kept].astype(f"S{width}")
        place = np.searchsorted(held, ids)
        self._at = np.insert(self._at[kept], place, at)
        self._decided = np.insert(self._decided[kept], place, decided)
        self._ids = np.insert(held, place, ids)

    # What is asked of it.

    def due(self, now: datetime | str) -> Any:
        """The tickets whose next check has come by ``now``, as a table of ``ticket`` and
        ``next_check_at``: the longest due first, those of one instant by id.

        Raises:
            TicketError: ``now`` is no instant, or has no zone.
        """
        us = microseconds(read_instant(now))
        found = np.flatnonzero(self._at <= us)
        new = [entry for entry in self._new.entries() if entry.at <= us]
        ids, at = self._ids[found], self._at[found]
        if new:
            ids = np.concatenate([ids, np.array([entry.ticket.encode() for entry in new], "S")])
            at = np.concatenate([at, np.array([entry.at for entry in new], np.int64)])
        order = np.lexsort((ids, at))
        return pa.table({"ticket": _texts(ids[order]), "next_check_at": _instants(at[order])})

    @property
    def next_at(self) -> datetime | None:
        """The earliest next check of all, in UTC; it may have passed."""
        first = int(self._at.min()) if len(self._at) else _NEVER
        new = self._new.next_us
        first = first if new is None else min(first, new)
        return None if first == _NEVER else instant(first, "UTC")

    def __len__(self) -> int:
        return int(np.count_nonzero(self._at != _NEVER)) + len(self._new)

    def to_table(self) -> Any:
        """All that is on it, by id: a table that :meth:`update` takes again."""
        kept = self._at != _NEVER
        ids, at, decided = self._ids[kept], self._at[kept], self._decided[kept]
        new = sorted(self._new.entries())
        if new:
            place = np.searchsorted(ids, np.array([entry.ticket.encode() for entry in new], "S"))
            width = max(ids.dtype.itemsize, *(len(entry.ticket.encode()) for entry in new))
            ids = np.insert(ids.astype(f"S{width}"), place, [e.ticket.encode() for e in new])
            at = np.insert(at, place, [entry.at for entry in new])
            decided = np.insert(decided, place, [entry.decided for entry in new])
        columns = {"ticket": _texts(ids), "now": _instants(decided), "next_check_at": _instants(at)}
        return pa.table(columns)


def _columns(table: Any) -> tuple[Any, Any, Any]:
    """Ids, next checks and instants of decisions, each ticket once, sorted by id."""
    missing = [
        name for name in ("ticket", "now", "next_check_at") if name not in table.schema.names
    ]
    if missing:
        raise ValueError(f"a table of decisions has no column {', '.join(missing)}")
    if isinstance(table, pa.RecordBatch):
        table = pa.Table.from_batches([table])
    if "error_code" in table.schema.names:
        table = table.filter(pc.is_null(table["error_code"]))
    for name in ("ticket", "now"):
        if table[name].null_count:
            raise ValueError(f"the column {name} of a table of decisions holds nulls")
    following = table["next_check_at"].cast(INSTANT).cast(pa.int64()).fill_null(int(_NEVER))
    decided = table["now"].cast(INSTANT).cast(pa.int64())
    return _latest(_bytes(table["ticket"]), following.to_numpy(), decided.to_numpy())


def _latest(ids: Any, at: Any, decided: Any) -> tuple[Any, Any, Any]:
    """Each ticket once, with its latest decision, sorted by id."""
    order = np.lexsort((decided, ids))
    ids = ids[order]
    last = np.ones(len(ids), bool)
    last[:-1] = ids[1:] != ids[:-1]
    order = order[last]
    return ids[last], at[order], decided[order]


def _bytes(ids: Any) -> Any:
    """Ids as bytes of one width, which sort as their texts do."""
    ids = ids.cast(pa.large_string()).combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    if pc.any(pc.ends_with(ids, "\0")).as_py():
        raise ValueError("an id that ends with the character 0 cannot be on an agenda in columns")
    parts = [ids.slice(start, 1 << 16) for start in range(0, len(ids), 1 << 16)]
    made = [np.array(part.cast(pa.large_binary()).to_pylist(), "S") for part in parts]
    return np.concatenate(made) if made else np.empty(0, "S1")


def _texts(ids: Any) -> Any:
    return pa.array(ids.tolist(), pa.binary()).cast(pa.string())


def _instants(us: Any) -> Any:
    return pa.array(us, pa.int64()).cast(INSTANT)
