"""How much do conditions ask once the conditions that they name are put in?

A few lines can name one another so that the whole is beyond all bounds, and derived
fields can read one another so. Language: "Conditions", and its finer points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final, NamedTuple

from escalate.policy.condition import Compare, Condition, Is, Requested
from escalate.policy.policy import Policy

if TYPE_CHECKING:
    from escalate.policy.meaning.context import Context

__all__ = [
    "MOST_ASKED",
    "MOST_ASKED_IN_ALL",
    "MOST_DEEP",
    "Extent",
    "check_extents",
    "extents",
    "facts_of",
]

MOST_DEEP: Final = 8
"""How many named conditions may stand in one another, and derived fields read one another."""

MOST_ASKED: Final = 5_000
"""How many comparisons one condition may come to."""

MOST_ASKED_IN_ALL: Final = 50_000
"""How many all conditions of a policy may come to."""


class Extent(NamedTuple):
    """How many names stand in one another, this one included, and what is compared."""

    deep: int
    asked: int


_NOTHING: Final = Extent(0, 0)


def _measured(condition: Condition, named: Mapping[str, Extent]) -> tuple[Extent, list[Extent]]:
    """A condition's extent, and those of the names in it."""
    count, inner = 0, []
    for node in condition.walk():
        if isinstance(node, Compare):
            count += len(node.tests)
        elif isinstance(node, Requested):
            count += 1
        elif isinstance(node, Is) and node.name in named:
            inner.append(named[node.name])
            count += inner[-1].asked
    return Extent(1 + max((extent.deep for extent in inner), default=0), count), inner


def extents(policy: Policy) -> dict[str, Extent]:
    """The extent of each named condition that leads to no circle, inner ones first."""
    found: dict[str, Extent] = {}
    for name in _inner_first({n: _names(c) for n, c in policy.conditions.items()}):
        found[name], _ = _measured(policy.conditions[name], found)
    return found


def check_extents(context: Context) -> None:
    """Names in names, and fields derived from derived fields, stay within bounds."""
    policy, named = context.policy, context.extents
    total = 0
    for one in context.conditions:
        (deep, count), inner = _measured(one.condition, named)
        total += count
        if count > MOST_ASKED and all(extent.asked <= MOST_ASKED for extent in inner):
            context.report(
                "ESC226",
                f"this condition compares {_number(count)} times; at most {MOST_ASKED:,}",
                one.path,
                "one comparison may have a list of values: `{fact: [a, b, c]}`",
            )
        if one.use == "named" and deep == MOST_DEEP + 1:
            context.report(
                "ESC219",
                f"named conditions stand in one another more than {MOST_DEEP} deep",
                one.path,
                "write out in the outer ones what the inner ones ask",
                key=True,
            )
    if total > MOST_ASKED_IN_ALL and not context.found:
        context.report(
            "ESC226",
            f"the conditions of this policy compare {_number(total)} times; "
            f"at most {MOST_ASKED_IN_ALL:,}",
            (),
            "what a named condition asks counts wherever its name stands",
        )
    reads = {field: _reads(context, field) for field in policy.derive}
    through: dict[str, int] = {}
    for field in _inner_first(reads):
        through[field] = 1 + max((through[read] for read in reads[field]), default=0)
    for field in policy.derive:
        if through.get(field) == MOST_DEEP + 1:
            context.report(
                "ESC227",
                f"`{field}` is derived through more than {MOST_DEEP} fields",
                ("derive", field),
                "derive it from what tickets themselves give",
                key=True,
            )


def facts_of(context: Context, condition: Condition) -> Iterator[str]:
    """What a condition compares, by itself or in conditions that it names."""
    seen: set[str] = set()
    rest = [condition]
    while rest:
        for node in rest.pop().walk():
            if isinstance(node, Compare):
                yield node.fact
            elif isinstance(node, Is) and node.name not in seen:
                seen.add(node.name)
                inner = context.policy.conditions.get(node.name)
                if inner is not None:
                    rest.append(inner)


def _reads(context: Context, field: str) -> list[str]:
    """The derived fields that one is derived from."""
    derive = context.policy.derive
    conditions = (condition for _, condition in derive[field].conditions())
    facts = (fact for condition in conditions for fact in facts_of(context, condition))
    return [fact for fact in dict.fromkeys(facts) if fact in derive]


def _names(condition: Condition) -> list[str]:
    return list(dict.fromkeys(n.name for n in condition.walk() if isinstance(n, Is)))


def _number(count: int) -> str:
    """A count in words; names in names soon come to more than there are atoms."""
    return f"{count:,}" if count < 1_000_000_000 else "more than a thousand million"


def _inner_first(uses: Mapping[str, list[str]]) -> Iterator[str]:
    """Each name behind those that it uses; none that leads to a circle."""
    order: TopologicalSorter[str] = TopologicalSorter(uses)
    with suppress(CycleError):
        order.prepare()
    while ready := order.get_ready():
        yield from (name for name in ready if name in uses)
        order.done(*ready)
