"""The tickets of the workload as a table, made by numpy: millions in seconds.

Drawn like those of `tickets.py`, with a seed for each block of rows, so that any stretch of
them can be made by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from rules import ASKED_FOR, CATEGORIES, CHANNELS, LEVELS, QUEUES, SEVERITIES, STATUSES, TAGS, TIERS
from tickets import NOW_US, OWNERS

BLOCK = 1 << 17
_INSTANT = pa.timestamp("us", "UTC")


def ticket_table(count: int, coded: bool = True) -> pa.Table:
    """The first so many tickets; texts coded by dictionaries, or as they are."""
    blocks = [ticket_block(n) for n in range(-(-count // BLOCK))]
    table = pa.Table.from_batches(blocks).slice(0, count)
    return table if coded else table.cast(plain_schema(table.schema))


def plain_schema(schema: pa.Schema) -> pa.Schema:
    """With texts in place of codes."""

    def plain(type_: Any) -> Any:
        if pa.types.is_dictionary(type_):
            return type_.value_type
        if pa.types.is_struct(type_):
            return pa.struct([(field.name, plain(field.type)) for field in type_])
        return pa.list_(plain(type_.value_type)) if pa.types.is_list(type_) else type_

    return pa.schema([(field.name, plain(field.type)) for field in schema])


def ticket_block(number: int) -> pa.RecordBatch:
    """The tickets of one block."""
    draw = np.random.default_rng([number, 2026])
    size = BLOCK

    def one_of(values: Sequence[str], shares: Sequence[float] | None = None) -> Any:
        weights = None if shares is None else np.array(shares) / sum(shares)
        return _coded(draw.choice(len(values), size, p=weights), values)

    age = np.minimum(draw.exponential(86_400, size).astype(np.int64), 30 * 86_400) + 60
    entered = _instants(NOW_US - draw.integers(30, age + 1) * 1_000_000)
    level = draw.choice(LEVELS, size, p=(0.5, 0.3, 0.15, 0.05))
    columns = {
        "id": pa.array(np.char.mod("T-%010d", np.arange(size) + number * size), pa.string()),
        "created_at": _instants(NOW_US - age * 1_000_000),
        "status": one_of(STATUSES, (15, 40, 20, 10, 10, 5)),
        "severity": one_of(SEVERITIES, (30, 45, 18, 7)),
        "category": one_of(CATEGORIES),
        "channel": one_of(CHANNELS),
        "level": _coded(level, [f"L{n}" for n in range(LEVELS)]),
        "owner": _coded(level, OWNERS),
        "tags": _tags(draw, size),
        "customer.tier": one_of(TIERS, (50, 30, 15, 5)),
        "customer.lifetime-value": pa.array(draw.lognormal(6.5, 1.5, size).astype(np.int64)),
        "queue": one_of(QUEUES),
        "transfer-count": pa.array(draw.choice(5, size, p=(0.6, 0.25, 0.1, 0.04, 0.01))),
        "reopen-count": pa.array(draw.choice(3, size, p=(0.9, 0.08, 0.02))),
        "sentiment": pa.array(draw.integers(0, 101, size)),
        "events": _events(draw, entered, level),
    }
    return pa.RecordBatch.from_pydict(columns)


def _coded(codes: Any, values: Sequence[str]) -> Any:
    indices = pa.array(codes.astype(np.int32))
    return pa.DictionaryArray.from_arrays(indices, pa.array(values, pa.string()))


def _instants(us: Any) -> Any:
    return pa.array(us, pa.int64()).cast(_INSTANT)


def _tags(draw: Any, size: int) -> Any:
    """Up to three different ones each."""
    counts = draw.integers(0, 4, size)
    first, step = draw.integers(0, len(TAGS), size), draw.integers(1, 8, size)
    places = _counted(counts)
    codes = (np.repeat(first, counts) + places * np.repeat(step, counts)) % len(TAGS)
    return pa.ListArray.from_arrays(_offsets(counts), _coded(codes, TAGS))


def _events(draw: Any, entered: Any, level: Any) -> Any:
    """An entry of the level each, and for one ticket in twenty a request."""
    asked = draw.random(len(level)) < 0.05
    counts = 1 + asked
    second = _counted(counts) == 1
    rows = np.repeat(np.arange(len(level)), counts)
    to = np.where(second, LEVELS + draw.integers(0, len(ASKED_FOR), len(rows)), level[rows])
    codes = pa.array(to.astype(np.int32))
    names = pa.array([*(f"L{n}" for n in range(LEVELS)), *ASKED_FOR], pa.string())
    members = {
        "at": entered.take(pa.array(rows)),
        "type": _coded(second, ["entered", "requested"]),
        "to": pa.DictionaryArray.from_arrays(codes, names),
        "owner": _where(~second, _coded(level[rows], OWNERS)),
        "key": _where(~second, _coded(np.zeros(len(rows)), ["enter:0"])),
        "by": _where(second, _coded(np.zeros(len(rows)), ["customer"])),
    }
    made = pa.StructArray.from_arrays(list(members.values()), list(members))
    return pa.ListArray.from_arrays(_offsets(counts), made)


def _where(holds: Any, array: Any) -> Any:
    """The values where something holds, else null."""
    indices = pa.array(array.indices.to_numpy(), mask=~holds)
    return pa.DictionaryArray.from_arrays(indices, array.dictionary)


def _counted(counts: Any) -> Any:
    """0, 1, 2 for each list."""
    starts = np.cumsum(counts) - counts
    return np.arange(counts.sum()) - np.repeat(starts, counts)


def _offsets(counts: Any) -> Any:
    return pa.array(np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))
