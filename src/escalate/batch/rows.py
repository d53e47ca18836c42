"""Columns back to tickets, row by row: what the scalar engine is asked about."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from escalate.batch.extra import pa
from escalate.batch.schema import ANCHORS, Column
from escalate.batch.taken import Taken, taken
from escalate.evaluator.choosing import engine_for
from escalate.evaluator.engine import ticket_of
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet
from escalate.ticket import EPOCH, Ticket

__all__ = ["rows_of", "unflatten"]

_APART: Final = frozenset({*ANCHORS, "unknown", "done", "events"})


def unflatten(table: Any, policy: Policy | PolicySet | None = None) -> list[Ticket]:
    """The tickets that a table holds: :func:`flatten` the other way. Page: "Tickets in columns".

    Raises:
        TableError: the table is no table of tickets.
        TicketError: a row is no ticket.
    """
    read = ticket_of if policy is None else engine_for(policy).ticket
    return [read(row) for row in rows_of(taken(table, policy))]


def rows_of(given: Taken, numbers: Sequence[int] | None = None) -> Iterator[dict[str, Any]]:
    """The tickets as JSON holds them: all, or those of these rows, in order."""
    chosen = None if numbers is None else pa.array(numbers, pa.int64())
    count = given.count if numbers is None else len(numbers)
    values: dict[str, list[Any]] = {}
    for name, column in given.columns.items():
        array = given.arrays[name]
        values[name] = _values(column, array if chosen is None else array.take(chosen))
    unknown = values.get("unknown") or [None] * count
    for i in range(count):
        row: dict[str, Any] = {}
        for name, held in values.items():
            value = held[i]
            if name in ANCHORS:
                if name not in (unknown[i] or ()):
                    row[name] = value
            elif value is not None and name != "unknown":
                _put(row, name, value)
        yield row


def _put(row: dict[str, Any], name: str, value: Any) -> None:
    """A value at its place: ``customer.tier`` inside ``customer``."""
    place = row
    *way, last = name.split(".")
    for step in way:
        place = place.setdefault(step, {})
    place[last] = value


def _values(column: Column, array: Any) -> list[Any]:
    match column.kind:
        case "instant":
            return _instants(array)
        case "events":
            return _events(array)
        case "json":
            return [None if text is None else parsed(text) for text in array.to_pylist()]
        case _:
            values: list[Any] = array.to_pylist()
            return values


def parsed(text: str) -> Any:
    """What JSON text says; text that is no JSON is itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _instants(array: Any) -> list[str | None]:
    return [None if us is None else _text(us) for us in array.cast(pa.int64()).to_pylist()]


def _text(us: int) -> str:
    """An instant as ISO text; one that no calendar has stays a number, and is refused."""
    try:
        return (EPOCH + timedelta(microseconds=us)).isoformat()
    except OverflowError:
        return str(us)


def _events(array: Any) -> list[list[dict[str, Any] | None] | None]:
    """Every row's events, of which one may be missing; members are taken apart for all rows
    at once."""
    offsets, known = array.offsets.to_pylist(), array.is_valid().to_pylist()
    inner = array.values
    nulls = inner.is_valid().to_pylist() if inner.null_count else None
    members: dict[str, list[Any]] = {}
    for member in sorted(inner.type, key=lambda member: member.name.endswith("_json")):
        held = inner.field(member.name)
        if pa.types.is_timestamp(member.type):
            members[member.name] = _instants(held)
        elif member.name in ("from_json", "to_json"):
            members[member.name.removesuffix("_json")] = _merged(members, member.name, held)
        else:
            members[member.name] = held.to_pylist()
    names = tuple(members)
    return [
        [
            None
            if nulls is not None and not nulls[n]
            else {name: value for name in names if (value := members[name][n]) is not None}
            for n in range(offsets[i], offsets[i + 1])
        ]
        if known[i]
        else None
        for i in range(len(known))
    ]


def _merged(members: Mapping[str, list[Any]], name: str, held: Any) -> list[Any]:
    """What is text and what is JSON, in one."""
    said = [None if text is None else parsed(text) for text in held.to_pylist()]
    plain = members.get(name.removesuffix("_json")) or [None] * len(said)
    return [p if p is not None else q for p, q in zip(plain, said, strict=True)]
