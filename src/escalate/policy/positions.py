"""Where the pieces of a text stand: one flat table for each mapping and list.

A policy of a thousand triggers has forty thousand pieces. A flat list of numbers for
each container, instead of an object for each piece, halves what positions cost.
"""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["LIST", "MAPPING", "Node", "Table", "child", "key_span"]

#: Begins with :data:`MAPPING` or :data:`LIST`, which is the length of the records that
#: follow. Of a mapping: key, start and end of the key, start and end of the value, the
#: value's table or None. Of a list: start and end of the item, its table or None.
#: The first lookup in a mapping puts an index of its keys in place of the length.
Table = list[Any]
MAPPING = 6
LIST = 3


class Node(NamedTuple):
    """One piece of the text: indices of its key and its value, ends excluded."""

    key_start: int
    key_end: int
    start: int
    end: int
    table: Table | None


def key_span(table: Table, key: str) -> tuple[int, int]:
    """Start and end of a key that ``table``, still growing, is known to hold."""
    at = 2 + MAPPING * table[1::MAPPING].index(key)
    return table[at], table[at + 1]


def child(table: Table | None, segment: str | int) -> Node | None:
    """The piece that ``segment`` names in ``table``, which is complete."""
    if table is None:
        return None
    if table[0] == LIST:
        if not isinstance(segment, int) or not 0 <= segment < len(table) // LIST:
            return None
        at = 1 + LIST * segment
        start, end, inner = table[at : at + LIST]
        return Node(start, end, start, end, inner)
    if table[0] == MAPPING:  # first asked for: a mapping may have very many keys
        table[0] = {key: 2 + MAPPING * number for number, key in enumerate(table[1::MAPPING])}
    at = table[0].get(segment, 0) if isinstance(segment, str) else 0
    return Node(*table[at : at + 5]) if at else None
