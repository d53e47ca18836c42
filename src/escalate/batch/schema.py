"""The flat form of tickets: a row a ticket, a column a fact. Page: "Tickets in columns"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from escalate.batch.extra import pa
from escalate.policy.facts import FREE
from escalate.policy.field import FieldSpec
from escalate.policy.policy import Policy
from escalate.ticket import BUILT_IN

__all__ = [
    "ANCHORS",
    "EVENT",
    "INSTANT",
    "JSON",
    "Column",
    "Kind",
    "columns_of",
    "ticket_schema",
]

Kind = Literal[
    "text", "free", "integer", "number", "boolean", "texts", "integers", "numbers", "booleans",
    "instant", "events", "json",
]  # fmt: skip
"""What a column holds. ``free`` is text or numbers; ``json`` is JSON text, for what has no
Arrow type of its own."""

INSTANT: Final = pa.timestamp("us", "UTC")
ANCHORS: Final = ("level_entered_at", "first_reply_at", "resolved_at")
"""Instants that stand for events where a source has none."""

JSON: Final[Mapping[bytes, bytes]] = {b"escalate": b"json"}
"""The metadata of an Arrow field whose text is JSON."""

_TEXT_KEYS: Final = (
    "type", "key", "from", "to", "owner", "assignee", "trigger", "by", "text", "summary", "item",
    "name", "action", "message", "about", "from_json", "to_json",
)  # fmt: skip

EVENT: Final = pa.struct(
    [
        pa.field("at", INSTANT),
        *(pa.field(name, pa.string()) for name in _TEXT_KEYS),
        pa.field("public", pa.bool_()),
        pa.field("requests", pa.list_(pa.int32())),
        pa.field("due", INSTANT),
        pa.field("hold_until", INSTANT),
    ]
)
"""An event. A `field` event's values stand in ``from`` and ``to`` where they are text, else
in ``from_json`` and ``to_json``. A table may leave out members that it never uses."""

_TYPES: Final[Mapping[Kind, Any]] = {
    "text": pa.string(),
    "free": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "texts": pa.list_(pa.string()),
    "integers": pa.list_(pa.int64()),
    "numbers": pa.list_(pa.float64()),
    "booleans": pa.list_(pa.bool_()),
    "instant": INSTANT,
    "events": pa.list_(EVENT),
    "json": pa.string(),
}
_PLURAL: Final[Mapping[Kind, Kind]] = {
    "text": "texts",
    "integer": "integers",
    "number": "numbers",
    "boolean": "booleans",
}
_BY_TYPE: Final[Mapping[str, Kind]] = {
    "string": "text",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "object": "json",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of tickets. ``declared`` tells that the policy's author says what it holds."""

    name: str
    kind: Kind
    declared: bool = False

    @property
    def field(self) -> Any:
        """The column as a field of an Arrow schema."""
        metadata = JSON if self.kind == "json" else None
        return pa.field(self.name, _TYPES[self.kind], self.name not in _NEVER_NULL, metadata)


_NEVER_NULL: Final = frozenset({"id", "created_at"})


def columns_of(policy: Policy | None) -> dict[str, Column]:
    """Every column that tickets of a policy may have, by name."""
    kinds: dict[str, Kind] = dict.fromkeys(BUILT_IN, "text")
    kinds.update(dict.fromkeys(FREE, "free"))
    kinds["tags"] = "texts"
    columns = {name: Column(name, kind) for name, kind in kinds.items()}
    for name, spec in {} if policy is None else policy.fields.items():
        columns[name] = Column(name, kind_of(spec), True)
    columns["created_at"] = Column("created_at", "instant")
    columns.update({name: Column(name, "instant") for name in ANCHORS})
    columns["unknown"] = Column("unknown", "texts")
    columns["done"] = Column("done", "texts")
    columns["events"] = Column("events", "events")
    return columns


def kind_of(spec: FieldSpec) -> Kind:
    """What a declared field's column holds."""
    choices = spec.choices
    if choices is not None:
        return _kind_of_values(choices)
    if spec.type == "array":
        return _PLURAL.get(kind_of(spec.items), "json") if spec.items is not None else "texts"
    return _BY_TYPE.get(spec.type or "string", "text")


def _kind_of_values(values: tuple[Any, ...]) -> Kind:
    if all(isinstance(value, bool) for value in values):
        return "boolean"
    if any(isinstance(value, bool) for value in values):
        return "json"
    if all(isinstance(value, str) for value in values):
        return "text"
    if all(isinstance(value, int) for value in values):
        return "integer"
    return "number" if all(isinstance(value, int | float) for value in values) else "json"


def ticket_schema(policy: Policy | None = None) -> Any:
    """The Arrow schema of a policy's tickets in columns (of any tickets, without a policy).

    What stands in it is what :func:`flatten` makes; what else a table may have instead
    (codes for texts, other widths and units) the page tells. Page: "Tickets in columns".
    """
    return pa.schema([column.field for column in columns_of(policy).values()])
