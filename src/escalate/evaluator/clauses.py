"""Conditions as clauses: every clause must hold, of each at least one alternative.

``not`` is pushed down to the comparisons and named conditions are opened, by rules that
hold for Kleene's three values too. What cannot be taken apart further, an ``all`` within
an ``any``, stays whole as an alternative.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from escalate.policy.condition import AllOf, AnyOf, Compare, Is, Node, NotOf, Test

__all__ = ["Clause", "Literal", "clauses"]


class Literal(NamedTuple):
    """A part of a condition, and whether it is wanted or must not hold."""

    node: Node
    wanted: bool


Clause = tuple[Literal, ...]


def clauses(node: Node, named: Mapping[str, Node]) -> list[Clause]:
    """The clauses of a condition; ``named`` holds the policy's named ones."""
    return list(_clauses(node, True, named))


def _clauses(node: Node, wanted: bool, named: Mapping[str, Node]) -> Iterator[Clause]:
    inner = _inner(node, wanted, named, AllOf, "contains_all")
    if inner is None:
        yield tuple(_alternatives(node, wanted, named))
        return
    for part, sign in inner:
        yield from _clauses(part, sign, named)


def _alternatives(node: Node, wanted: bool, named: Mapping[str, Node]) -> Iterator[Literal]:
    inner = _inner(node, wanted, named, AnyOf, "contains_any")
    if inner is None:
        yield Literal(node, wanted)
        return
    for part, sign in inner:
        yield from _alternatives(part, sign, named)


def _inner(
    node: Node,
    wanted: bool,
    named: Mapping[str, Node],
    joined: type[AllOf] | type[AnyOf],
    operator: str,
) -> Sequence[tuple[Node, bool]] | None:
    """The parts of a node that is one of this kind, each with its sign: ``all`` where it is
    wanted is ``any`` where it is not, and the other way round."""
    if not wanted:
        joined = AnyOf if joined is AllOf else AllOf
        operator = "contains_any" if operator == "contains_all" else "contains_all"
    match node:
        case Is(name=name):
            return [(named[name], wanted)]
        case NotOf(part=part):
            return [(part, not wanted)]
        case AllOf(parts=parts) | AnyOf(parts=parts) if isinstance(node, joined):
            return [(part, wanted) for part in parts]
        case Compare(tests=tests) if len(tests) > 1 and joined is AllOf:
            return [(replace(node, tests=(test,)), wanted) for test in tests]
        case Compare(tests=(Test(op=op, value=tuple() as values),)) if op == operator:
            return [(replace(node, tests=(Test("contains", x),)), wanted) for x in values]
        case _:
            return None
