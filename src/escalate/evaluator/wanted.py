"""What a trigger wants of a ticket, as far as it can be looked up.

The clauses of its condition, each a list of alternatives. What cannot be looked up (clocks,
the desk, words in a text) is taken as possible, and the trigger is ``open``: where the rest
of it holds, it is asked in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from escalate.evaluator.axes import Asked, Elapsed, Items, Wish, asked_of, standing_at
from escalate.evaluator.clauses import clauses
from escalate.evaluator.names import Names
from escalate.policy.condition import AllOf, Is, Node

__all__ = ["Condition", "Wanted", "alone", "rest_of", "wanted"]

Condition = tuple[Node, tuple[str, ...] | None]
"""A trigger's condition, and the levels of its ``at``."""

_MOST_CLAUSES: Final = 6


class Wanted(NamedTuple):
    """What one trigger wants. ``wish`` tells that it reads requests, ``ending`` that time can
    end what holds; ``waits`` is the only duration that it waits for, if there is one."""

    clauses: tuple[tuple[Asked, ...], ...]
    open: bool
    wish: bool
    ending: bool
    waits: Asked | None


def wanted(condition: Condition, names: Names, named: Mapping[str, Node]) -> Wanted:
    """What a trigger wants."""
    node, at = condition
    kept: list[tuple[Asked, ...]] = [] if at is None else [(standing_at(at),)]
    found = [[asked_of(one, names) for one in clause] for clause in clauses(node, named)]
    every = [one for clause in found for one in clause if one is not None]
    timed = [one for one in every if one.rising is not None]
    # What holds for a while only is asked in words, which tell from when until when.
    passing = len({one.rising for one in timed}) == 2
    spare, is_open = 0, False
    for clause in found:
        asked = tuple(one for one in clause if one is not None)
        spare += not alone(asked)
        if len(asked) < len(clause) or (passing and any(one in timed for one in asked)):
            is_open = True
        elif alone(asked) or (spare <= _MOST_CLAUSES and _only_added(asked)):
            kept.append(asked)
        else:
            is_open = True
    return Wanted(
        tuple(kept),
        is_open,
        any(one.axis.kind is Wish for one in every),
        not passing and any(one.rising is False for one in timed),
        timed[0] if len(timed) == 1 and timed[0].rising else None,
    )


def alone(asked: Sequence[Asked]) -> bool:
    """Whether all alternatives are of one fact, so that its value tells of the clause; of a
    list that is so only where one item is not wanted."""
    if any(one.axis.kind is Items for one in asked):
        return len(asked) == 1 and not asked[0].wanted
    return len({one.axis for one in asked}) == 1


def _only_added(asked: Sequence[Asked]) -> bool:
    """Whether more items in a list make it hold, and never fewer."""
    return all(one.wanted or one.axis.kind is not Items for one in asked)


def rest_of(node: Node, is_open: bool, names: Names, named: Mapping[str, Node]) -> tuple[Node, ...]:
    """The parts of a condition in which more has a say than the snapshot, looked up; of an
    ``open`` one, any clause but the plainest may not have been."""

    def left(part: Node) -> bool:
        for clause in clauses(part, named):
            asked = [one for literal in clause if (one := asked_of(literal, names)) is not None]
            if len(asked) < len(clause) or (is_open and not alone(asked)):
                return True
            if any(one.axis.kind in (Elapsed, Wish) for one in asked):
                return True
        return False

    return tuple(part for part in _parts(node, named) if left(part))


def _parts(node: Node, named: Mapping[str, Node]) -> Iterator[Node]:
    match node:
        case AllOf(parts=parts):
            for part in parts:
                yield from _parts(part, named)
        case Is(name=name):
            yield from _parts(named[name], named)
        case _:
            yield node
