"""Which columns a policy reads: a table that lacks one of them is hardly what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from escalate.policy.base import Model
from escalate.policy.cases import Cases
from escalate.policy.condition import AllOf, AnyOf, Compare, Condition, NotOf
from escalate.policy.facts import Facts
from escalate.policy.policy import Policy
from escalate.policy.target import At

__all__ = ["fields_read"]

_WORKED_OUT: Final = frozenset({"phase", "active", "created_at"})


def fields_read(policy: Policy) -> list[str]:
    """The ticket's own fields that conditions, targets and `similar` of a policy read, but
    those that it can derive. Small tables come often: what was found is kept."""
    found = _FOUND.get(policy.digest)
    if found is None:
        if len(_FOUND) >= _MOST:
            _FOUND.clear()
        found = _FOUND[policy.digest] = _fields_read(policy)
    return found


_MOST: Final = 64
_FOUND: Final[dict[str, list[str]]] = {}


def _fields_read(policy: Policy) -> list[str]:
    facts = Facts(policy)
    found: dict[str, None] = dict.fromkeys(policy.similar)
    for name in _names(policy):
        fact = facts.get(name)
        if fact is not None and fact.source == "snapshot":
            found[name] = None
    return [name for name in found if name not in _WORKED_OUT and name not in policy.derive]


def _names(part: Any) -> Iterator[str]:
    """Every fact named somewhere below a part of a policy."""
    match part:
        case Condition(root=root):
            yield from _names(root)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            yield from _each(parts)
        case NotOf(part=inner):
            yield from _names(inner)
        case Compare(fact=fact):
            yield fact
        case At(at=field):
            yield field
        case Cases(cases=cases):
            for case in cases:
                yield from _names(case.when)
                yield from _names(case.use)
        case Model():
            yield from _each(vars(part).values())
        case Mapping():
            yield from _each(part.values())
        case tuple() | list():
            yield from _each(part)


def _each(parts: Iterable[Any]) -> Iterator[str]:
    for part in parts:
        yield from _names(part)
