"""The tickets of the workload in columns, coded or as plain texts, and the same for peers.

``level_entered_at`` stands for the entry; `events` holds the requests, which nothing else
tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from tickets import OWNERS, Flat

__all__ = ["coded_table", "flat_table", "text_table"]

INSTANT = pa.timestamp("us", "UTC")
TEXTS = {
    "severity": "severity",
    "category": "category",
    "channel": "channel",
    "customer.tier": "tier",
    "status": "status",
    "queue": "queue",
}
NUMBERS = {
    "customer.lifetime-value": ("value", pa.int32()),
    "transfer-count": ("transfers", pa.int8()),
    "reopen-count": ("reopens", pa.int8()),
    "sentiment": ("sentiment", pa.int8()),
}


def text_table(flat: Sequence[Flat], times: int) -> pa.Table:
    """The tickets, so many times over, with texts written out."""
    columns: dict[str, Any] = {"id": pa.array([one["id"] for one in flat])}
    for name, key in TEXTS.items():
        columns[name] = pa.array([one[key] for one in flat])
    for name, (key, type_) in NUMBERS.items():
        columns[name] = pa.array([one[key] for one in flat], type_)
    columns["level"] = pa.array([f"L{one['level']}" for one in flat])
    columns["owner"] = pa.array([OWNERS[one["level"]] for one in flat])
    columns["tags"] = pa.array([one["tags"] for one in flat], pa.list_(pa.string()))
    columns["created_at"] = pa.array([one["created"] for one in flat], INSTANT)
    columns["level_entered_at"] = pa.array([one["entered"] for one in flat], INSTANT)
    event = pa.struct(
        {"at": INSTANT, "type": pa.string(), "by": pa.string(), "to": pa.string()}.items()
    )
    columns["events"] = pa.array([_asked(one) for one in flat], pa.list_(event))
    return _repeated(pa.table(columns), times)


def _asked(one: Flat) -> list[dict[str, Any]]:
    if not one["request"]:
        return []
    return [{"at": one["entered"], "type": "requested", "by": "customer", "to": one["request"]}]


def _repeated(table: pa.Table, times: int) -> pa.Table:
    return pa.concat_tables([table] * times).unify_dictionaries().combine_chunks()


def coded_table(table: pa.Table) -> pa.Table:
    """The same with texts as codes of one byte."""
    arrays = [_coded(name, table[name].combine_chunks()) for name in table.schema.names]
    return pa.table(arrays, table.schema.names)


def _coded(name: str, array: Any) -> Any:
    array = array.chunk(0) if isinstance(array, pa.ChunkedArray) else array
    if pa.types.is_string(array.type) and name != "id":
        return _small(array)
    if pa.types.is_list(array.type) and pa.types.is_string(array.type.value_type):
        return pa.ListArray.from_arrays(array.offsets, _small(array.values))
    if pa.types.is_list(array.type):
        inner = array.values
        members = [
            _small(inner.field(m.name)) if pa.types.is_string(m.type) else inner.field(m.name)
            for m in inner.type
        ]
        names = [member.name for member in inner.type]
        return pa.ListArray.from_arrays(array.offsets, pa.StructArray.from_arrays(members, names))
    return array


def _small(array: Any) -> Any:
    coded = array.dictionary_encode()
    return pa.DictionaryArray.from_arrays(coded.indices.cast(pa.int8()), coded.dictionary)


def flat_table(flat: Sequence[Flat], times: int) -> pa.Table:
    """The tickets for peers: plain columns under the workload's own names."""
    names = [name for name in flat[0] if name not in ("id", "level")]
    columns = {name: pa.array([one[name] for one in flat]) for name in names}
    columns["level"] = pa.array([one["level"] for one in flat], pa.int8())
    return _repeated(pa.table(columns), times)
