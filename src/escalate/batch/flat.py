"""Tickets into columns. Page: "Tickets in columns"."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from escalate.batch.errors import TableError
from escalate.batch.extra import pa
from escalate.batch.schema import ANCHORS, EVENT, Column, Kind, columns_of
from escalate.errors import Diagnostic
from escalate.evaluator.choosing import engine_for
from escalate.evaluator.engine import ticket_of
from escalate.event import EVENT_KEYS, Event
from escalate.policy.policy import Policy
from escalate.ticket import Ticket, Unset
from escalate.worktime.epoch import microseconds

__all__ = ["flatten"]

_INT64: Final = 1 << 63


def flatten(
    tickets: Iterable[Ticket | Mapping[str, Any] | str | bytes], policy: Policy | None = None
) -> Any:
    """The tickets as an Arrow table, in order; :func:`unflatten` makes the same of it again.

    With a ``policy`` the table has every column of :func:`ticket_schema` that a ticket can
    fill; without one, what the tickets hold, each column of the type of its values.
    Instants become UTC. Page: "Tickets in columns".

    Raises:
        TicketError: a ticket cannot be read.
        TableError: a column would have to hold values of several types.
    """
    read = ticket_of if policy is None else engine_for(policy).ticket
    rows = [t if isinstance(t, Ticket) else read(t) for t in tickets]
    columns = _columns(rows, policy)
    wrong: list[Diagnostic] = []
    arrays, fields = [], []
    for column in columns:
        try:
            arrays.append(_array(column, rows))
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
            said = f"`{column.name}` holds values that no column of one type can hold"
            wrong.append(Diagnostic("ESC984", said, path=column.name, help=_DECLARE))
        fields.append(column.field)
    if wrong:
        raise TableError(wrong)
    return pa.table(arrays, pa.schema(fields))


_DECLARE: Final = "declare the field in the policy with a type of its own, and see that it has it"


def _columns(rows: Sequence[Ticket], policy: Policy | None) -> list[Column]:
    columns = columns_of(policy)
    held: dict[str, None] = {}
    for ticket in rows:
        held.update(dict.fromkeys(ticket.values))
    for name in held:
        column = columns.get(name)
        if column is None or column.kind == "free":
            kind = _kind_of([t.values[name] for t in rows if name in t.values])
            columns[name] = Column(name, kind)
    given = {name for name in ANCHORS if any(_is_given(t, name) for t in rows)}
    some = any(not _is_given(t, name) for name in given for t in rows)
    there = {
        **dict.fromkeys(ANCHORS, False),
        **dict.fromkeys(given, True),
        "unknown": some,
        "done": any(t.done for t in rows),
        "events": any(t.events is not None for t in rows),
    }
    return [
        column
        for name, column in columns.items()
        if there.get(name, policy is not None or name in held or name == "created_at")
    ]


def _is_given(ticket: Ticket, anchor: str) -> bool:
    return not isinstance(getattr(ticket, anchor), Unset)


def _kind_of(values: Sequence[Any]) -> Kind:
    """The narrowest kind that holds all of the values."""
    types = {type(value) for value in values}
    if types <= {str}:
        return "text"
    if types <= {bool}:
        return "boolean"
    if types <= {int}:
        return "integer"
    if types <= {int, float}:
        return "number"
    if types <= {tuple} and all(type(item) is str for value in values for item in value):
        return "texts"
    return "json"


def _array(column: Column, rows: Sequence[Ticket]) -> Any:
    name, type_ = column.name, column.field.type
    match name:
        case "id":
            return pa.array([t.id for t in rows], type_)
        case "created_at":
            return pa.array([microseconds(t.created_at) for t in rows], type_)
        case "done":
            return pa.array([list(t.done) for t in rows], type_)
        case "unknown":
            return pa.array([[n for n in ANCHORS if not _is_given(t, n)] for t in rows], type_)
        case "events":
            return _events([t.events for t in rows])
    if name in ANCHORS:
        return pa.array([_us(getattr(t, name)) for t in rows], type_)
    values = [t.values.get(name) for t in rows]
    if column.kind == "json":
        return pa.array([None if v is None else json_text(v) for v in values], type_)
    if column.kind in ("integer", "number"):
        values = [_exact(v, column.kind) for v in values]
    return pa.array(values, type_)


def _us(instant: datetime | Unset | None) -> int | None:
    return microseconds(instant) if isinstance(instant, datetime) else None


def _exact(value: Any, kind: Kind) -> Any:
    """A number that the column's type holds without loss."""
    if value is None:
        return None
    same = int(value) if kind == "integer" else float(value)
    if isinstance(value, bool) or same != value or not -_INT64 <= value < _INT64:
        raise OverflowError
    return same


def json_text(value: Any) -> str:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _events(histories: Sequence[tuple[Event, ...] | None]) -> Any:
    """The histories as one list column: first every member of all events, then who has them."""
    every = [event for history in histories for event in history or ()]
    offsets, count = [0], 0
    for history in histories:
        count += len(history or ())
        offsets.append(count)
    members = [pa.array([_member(event, f.name) for event in every], f.type) for f in EVENT]
    known = pa.array([history is None for history in histories], pa.bool_())
    inner = pa.StructArray.from_arrays(members, fields=list(EVENT))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), inner, mask=known)


def _member(event: Event, name: str) -> Any:
    """One member of an event's struct."""
    if name == "at":
        return event.us
    if name in ("from_json", "to_json"):
        value = getattr(event, "from_" if name == "from_json" else "to")
        return None if value is None or isinstance(value, str) else json_text(value)
    if name not in EVENT_KEYS[event.type] and name not in ("type", "key"):
        return None
    value = getattr(event, "from_" if name == "from" else name)
    if name in ("from", "to"):
        return value if isinstance(value, str) else None
    if name in ("due", "hold_until"):
        return _us(value)
    if name == "requests":
        return list(value) if value else None
    return None if name == "public" and value else value
