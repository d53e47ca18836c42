"""The workload as numpy masks, and as CASE expressions of DuckDB and polars.

Each finds every trigger that holds, of a million rows, on one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from rules import CHOICES, TAGS, Condition, Rule
from tickets import HOUR_US, NOW_US

__all__ = ["duckdb_cases", "numpy_masks", "polars_cases"]

BLOCK = 1 << 16


def numpy_masks(rules: Sequence[Rule], table: pa.Table) -> Callable[[], int]:
    """Masks one by one, over codes and blocks: what a developer writes with numpy. Answers
    how many triggers hold in all."""
    columns: dict[str, Any] = {}
    for name in table.schema.names:
        array = table[name].combine_chunks()
        array = array.chunk(0) if isinstance(array, pa.ChunkedArray) else array
        if name in CHOICES:
            codes = {value: i for i, value in enumerate(CHOICES[name])}
            columns[name] = np.array([codes[v] for v in array.to_pylist()], np.int8)
        elif name == "request":
            codes = {"": 0, "manager": 1, "specialist": 2}
            columns[name] = np.array([codes[v] for v in array.to_pylist()], np.int8)
        elif name == "tags":
            bits = {tag: 1 << i for i, tag in enumerate(TAGS)}
            columns[name] = np.array([sum(bits[t] for t in v) for v in array.to_pylist()], np.int32)
        else:
            columns[name] = array.to_numpy()
    source = "\n".join(
        [
            "def masks(c):",
            "    held = 0",
            *(f"    held += np.count_nonzero({_numpy(rule.when)})" for rule in rules),
            "    return held",
        ]
    )
    scope: dict[str, Any] = {"np": np}
    exec(compile(source, "<masks>", "exec"), scope)
    masks, count = scope["masks"], table.num_rows

    def run() -> int:
        held = 0
        for begin in range(0, count, BLOCK):
            held += masks({name: c[begin : begin + BLOCK] for name, c in columns.items()})
        return held

    return run


def _numpy(node: Condition) -> str:
    kind, *rest = node
    if kind in ("all", "any"):
        sign = " & " if kind == "all" else " | "
        return "(" + sign.join(_numpy(part) for part in rest[0]) + ")"
    if kind == "not":
        return f"~({_numpy(rest[0])})"
    if kind == "requested":
        return f"(c['request'] == {1 if rest[1] == 'manager' else 2})"
    field, value = rest
    if kind == "eq":
        return f"(c[{field!r}] == {CHOICES[field].index(value)})"
    if kind == "in":
        return "(" + " | ".join(f"(c[{field!r}] == {CHOICES[field].index(v)})" for v in value) + ")"
    if kind == "gte":
        return f"(c[{field!r}] >= {value})"
    if kind == "contains":
        return f"((c['tags'] & {1 << TAGS.index(value)}) != 0)"
    return f"(c[{field!r}] <= {NOW_US - value * HOUR_US})"


def duckdb_cases(rules: Sequence[Rule], table: pa.Table) -> Callable[[], int]:
    """A CASE a trigger over texts and lists, by DuckDB."""
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    connection.register("tickets", table)
    cases = ", ".join(f"sum(CASE WHEN {_sql(rule.when)} THEN 1 ELSE 0 END)" for rule in rules)

    def run() -> int:
        row = connection.execute(f"SELECT {cases} FROM tickets").fetchone()
        return int(sum(row or ()))

    return run


def _sql(node: Condition) -> str:
    kind, *rest = node
    if kind in ("all", "any"):
        return "(" + f" {'AND' if kind == 'all' else 'OR'} ".join(map(_sql, rest[0])) + ")"
    if kind == "not":
        return f"NOT ({_sql(rest[0])})"
    if kind == "requested":
        return f"request = '{rest[1]}'"
    field, value = rest
    if kind == "eq":
        return f"{field} = '{value}'"
    if kind == "in":
        return f"{field} IN ({', '.join(repr(v) for v in value)})"
    if kind == "gte":
        return f"{field} >= {value}"
    if kind == "contains":
        return f"list_contains(tags, '{value}')"
    return f"{field} <= {NOW_US - value * HOUR_US}"


def polars_cases(rules: Sequence[Rule], table: pa.Table) -> Callable[[], int]:
    """A `when` a trigger over texts and lists, by polars."""
    import polars as pl

    frame = pl.from_arrow(table)

    def expression(node: Condition) -> Any:
        kind, *rest = node
        if kind in ("all", "any"):
            found = expression(rest[0][0])
            for part in rest[0][1:]:
                one = expression(part)
                found = found & one if kind == "all" else found | one
            return found
        if kind == "not":
            return ~expression(rest[0])
        if kind == "requested":
            return pl.col("request") == rest[1]
        field, value = rest
        if kind == "eq":
            return pl.col(field) == value
        if kind == "in":
            return pl.col(field).is_in(list(value))
        if kind == "gte":
            return pl.col(field) >= value
        if kind == "contains":
            return pl.col("tags").list.contains(value)
        return pl.col(field) <= NOW_US - value * HOUR_US

    cases = [
        pl.when(expression(rule.when)).then(1).otherwise(0).sum().alias(rule.name) for rule in rules
    ]

    def run() -> int:
        return int(sum(frame.lazy().select(cases).collect().row(0)))  # type: ignore[union-attr]

    return run
