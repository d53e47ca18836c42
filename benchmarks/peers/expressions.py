"""The triggers in the infix notations that several peers share but for a few words."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rules import HOURS, Condition
from tickets import Flat, peer_ticket


@dataclass(frozen=True, slots=True)
class Notation:
    """How an expression language spells what the triggers need. ``contains`` is a
    template over ``tag``, ``field`` one over ``name``, ``number`` one over ``n``."""

    all: str = " && "
    any: str = " || "
    no: str = "!({})"
    field: str = "{name}"
    contains: str = "{tag} in {field}"
    among: str = "{field} in [{values}]"
    number: str = "{n}"


CEL = Notation()


def expression(node: Condition, notation: Notation = CEL, inner: bool = False) -> str:
    """The condition as an expression."""
    kind, *rest = node
    if kind in ("all", "any"):
        word = notation.all if kind == "all" else notation.any
        joined = word.join(expression(part, notation, True) for part in rest[0])
        return f"({joined})" if inner else joined
    if kind == "not":
        return notation.no.format(expression(rest[0], notation))
    if kind == "requested":
        return f"{notation.field.format(name='request')} == {json.dumps(rest[1])}"
    name, value = rest
    field = notation.field.format(name=name)
    if kind == "eq":
        return f"{field} == {json.dumps(value)}"
    if kind == "in":
        return notation.among.format(field=field, values=", ".join(map(json.dumps, value)))
    if kind == "contains":
        return notation.contains.format(field=field, tag=json.dumps(value))
    return f"{field} >= {notation.number.format(n=value)}"


def whole_hours(flat: Flat) -> Flat:
    """The ticket with its ages in whole hours: at least so many is then the same question."""
    known = peer_ticket(flat)
    return {**known, **{name: int(known[name]) for name in HOURS}}
