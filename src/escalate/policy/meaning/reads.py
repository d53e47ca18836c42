"""What may a condition read where it stands, and do names lead in circles?

Language: "Time" (cases of targets and paths), "Types are checked at load" (`derive`),
"Conditions" (`is`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from escalate.policy.condition import Compare, Condition, Is, Requested
from escalate.policy.meaning.context import Context, Path
from escalate.policy.meaning.extent import facts_of

__all__ = ["check_circles", "check_reads"]

Reason = tuple[str, str]
"""What is read, and what it is: a fact and the words for its source."""

_TIMED: Final[Mapping[str, str]] = {
    "time": "time",
    "clock": "a clock",
    "promise": "what was promised",
    "calendar": "the hours of a calendar",
    "desk": "the desk",
    "authority": "what its owner may decide",
}
_NOT_IN_DERIVE: Final[Mapping[str, str]] = {**_TIMED, "events": "events"}

#: What a condition is for, what it must not read, code, and how the message begins.
_RULES: Final[Mapping[str, tuple[Mapping[str, str], str, str]]] = {
    "target": (_TIMED, "ESC506", "the cases of a target"),
    "calendar": (_TIMED, "ESC506", "the cases of a calendar"),
    "path": (_TIMED, "ESC506", "the conditions of paths"),
    "derive": (_NOT_IN_DERIVE, "ESC711", "the cases of `derive`"),
}


def check_reads(context: Context) -> None:
    """Cases of targets, calendars, paths and `derive` read the ticket alone."""
    named: dict[str, Mapping[str, Reason]] = {}
    for asked in context.conditions:
        rule = _RULES.get(asked.use)
        if rule is None:
            continue
        forbidden, code, who = rule
        for node in asked.condition.walk():
            reason: Reason | None = None
            if isinstance(node, Is):
                if asked.use not in named:
                    named[asked.use] = _of_names(context, forbidden)
                reason = named[asked.use].get(node.name)
                how = f"`{node.name}`, which reads `{reason[0]}`: " if reason else ""
            else:
                reason = _reason(context, node, forbidden)
                how = f"`{reason[0]}`: " if reason else ""
            if reason is not None:
                context.report(
                    code,
                    f"{who} may read the ticket, not {reason[1]}",
                    (*asked.path, *node.path),
                    f"{how}write that as a trigger's condition instead",
                    key=not isinstance(node, Is),
                )


def _reason(context: Context, node: object, forbidden: Mapping[str, str]) -> Reason | None:
    if isinstance(node, Requested):
        return "requested", "requests"
    if isinstance(node, Compare):
        fact = context.facts.get(node.fact)
        if fact is not None and fact.source in forbidden:
            return node.fact, forbidden[fact.source]
    return None


def _of_names(context: Context, forbidden: Mapping[str, str]) -> Mapping[str, Reason]:
    """The first thing that each named condition reads and must not, here or further on."""
    found: dict[str, Reason] = {}
    for name in context.extents:
        for node in context.policy.conditions[name].walk():
            reason = (
                found.get(node.name) if isinstance(node, Is) else _reason(context, node, forbidden)
            )
            if reason is not None:
                found[name] = reason
                break
    return found


def check_circles(context: Context) -> None:
    """Named conditions, derived fields and groups do not lead back to themselves."""
    policy = context.policy
    named: dict[str, list[tuple[str, Path]]] = {
        name: list(_used(c)) for name, c in policy.conditions.items()
    }
    _report(context, "ESC706", "the condition", "conditions", named, "ask for one another")

    derived: dict[str, list[tuple[str, Path]]] = {
        field: [
            (fact, ("derive", field, *path))
            for path, condition in cases.conditions()
            for fact in facts_of(context, condition)
        ]
        for field, cases in policy.derive.items()
    }
    _report(context, "ESC707", "the field", "derive", derived, "are derived from one another")
    groups: dict[str, list[tuple[str, Path]]] = {
        name: [(member, ("owners", name, "of", i)) for i, member in enumerate(owner.of)]
        for name, owner in policy.owners.items()
        if owner.kind == "group"
    }
    _report(context, "ESC604", "the group", "owners", groups, "hold one another")


def _used(condition: Condition) -> Iterable[tuple[str, Path]]:
    for node in condition.walk():
        if isinstance(node, Is):
            yield node.name, node.path


def _report(
    context: Context,
    code: str,
    what: str,
    section: str,
    edges: Mapping[str, list[tuple[str, Path]]],
    how: str,
) -> None:
    for circle in circles({name: [to for to, _ in uses] for name, uses in edges.items()}):
        first = circle[0]
        way = " -> ".join(f"`{name}`" for name in (*circle, first))
        if len(circle) == 1:
            message = f"{what} `{first}` depends on itself"
        else:
            message = f"{way}: they {how}"
        context.report(
            code,
            message,
            (section, first),
            "take one of these steps out",
            key=True,
            related=tuple(((section, name), "this one too") for name in circle[1:]),
        )


def circles(edges: Mapping[str, list[str]]) -> list[list[str]]:
    """One way round for each group of names that lead to one another."""
    done: set[str] = set()
    found: list[list[str]] = []
    for begin in edges:
        if begin in done:
            continue
        way: list[str] = [begin]
        on_way = {begin: 0}
        rest: list[list[str]] = [list(edges[begin])]
        while way:
            if not rest[-1]:
                rest.pop()
                name = way.pop()
                del on_way[name]
                done.add(name)
                continue
            to = rest[-1].pop(0)
            if to in on_way:
                found.append(way[on_way[to] :])
            elif to in edges and to not in done:
                on_way[to] = len(way)
                way.append(to)
                rest.append(list(edges[to]))
    return _distinct(found)


def _distinct(found: list[list[str]]) -> list[list[str]]:
    """One circle for those that share a name: mend one and look again."""
    kept: list[list[str]] = []
    seen: set[str] = set()
    for circle in found:
        if seen.isdisjoint(circle):
            kept.append(circle)
        seen.update(circle)
    return kept
