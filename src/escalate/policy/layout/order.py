"""In which order the keys of the language are written.

The order is that of the models, but for the few whose models inherit: those have theirs
here. Where an author gives names (owners, messages, ...), the order is his.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

__all__ = ["Forms", "in_order"]

Forms = tuple[Mapping[str, Any], ...]
"""What a piece of a policy may be, as parts of the JSON Schema."""


class _Order(NamedTuple):
    """``tells`` are keys by which the form is known; those neither in ``first`` nor in
    ``last`` stand between them, as the models have them."""

    tells: frozenset[str]
    first: tuple[str, ...]
    last: tuple[str, ...] = ()


_ORDERS: Final = (
    _Order(
        frozenset({"escalate", "triggers"}),
        (
            *("escalate", "name", "version", "description", "include", "applies_to"),
            *("precedence", "timezone", "language", "calendar", "urgency", "review", "statuses"),
            *("fields", "derive", "similar", "calendars", "conditions", "owners", "clocks"),
            *("levels", "paths", "triggers"),
        ),
        ("actions", "messages"),
    ),
    _Order(
        frozenset({"when", "escalate", "once"}),
        ("id", "name", "description", "for", "at", "when", "once", "repeat"),
    ),
    _Order(frozenset({"kind", "channels"}), ("kind", "name"), ("channels",)),
    _Order(
        frozenset({"hours", "name"}),
        ("date", "from", "to", "country", "subdivision", "easter", "offset", "rrule", "starts"),
        ("name", "hours"),
    ),
)


def in_order(nodes: Forms, keys: Sequence[str]) -> list[str]:
    """The keys of a mapping as they should stand; as they do, where that is the author's."""
    known = [node for node in nodes if _is_closed(node)]
    if not known:
        return list(keys)
    written: dict[str, None] = {}
    for node in known:
        written.update(dict.fromkeys(node["properties"]))
    order = next((o for o in _ORDERS if o.tells <= written.keys()), _Order(frozenset(), ()))
    middle = [key for key in written if key not in order.first and key not in order.last]
    ranks = {key: rank for rank, key in enumerate((*order.first, *middle, *order.last))}
    return sorted(keys, key=lambda key: ranks.get(key, len(ranks)))


def _is_closed(node: Mapping[str, Any]) -> bool:
    """Whether the language gives the keys; operators of conditions are the author's to order."""
    properties = node.get("properties", {})
    return bool(properties) and node.get("additionalProperties") is False and "eq" not in properties
