"""Which triggers could fire at all, in one generated function over the snapshot.

Most triggers of a policy are plainly false for a ticket because of what its snapshot
says. The source generated here finds that out with a few comparisons each; a trigger
that it lets through is then asked exactly. It may let through too many, never too few:
a trigger left out is false whatever the time, with nothing missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from escalate.evaluator.operators import MAKERS
from escalate.policy.condition import AllOf, AnyOf, Compare, Is, Node, NotOf, Test
from escalate.policy.facts import Facts

__all__ = ["Prefilter", "prefilter"]

Prefilter = Callable[[Mapping[str, Any]], list[int]]

_YES: Final = "True"
_NO: Final = "False"


def prefilter(
    conditions: Sequence[tuple[Node, tuple[str, ...] | None]],
    facts: Facts,
    named: Mapping[str, Node],
) -> tuple[Prefilter, str]:
    """The function that lists the triggers that could hold, and its source.

    ``conditions`` holds for each trigger its condition and the levels of its ``at``.
    """
    writer = _Writer(facts, named)
    lines = []
    for i, (node, at) in enumerate(conditions):
        test = writer.possible(node)
        if at is not None:
            here = f"{writer.local('level')} in {writer.constant(at)}"
            test = here if test == _YES else _and([here, test])
        if test == _NO:
            continue
        if test == _YES:
            lines.append(f"    found.append({i})")
        else:
            lines.append(f"    if {test}:\n        found.append({i})")
    reads = [f"    {local} = get({name!r})" for name, local in writer.locals.items()]
    source = "\n".join(
        [
            "def candidates(values):",
            "    get = values.get",
            *reads,
            "    found = []",
            *lines,
            "    return found",
            "",
        ]
    )
    scope: dict[str, Any] = dict(writer.constants)
    exec(compile(source, "<prefilter>", "exec"), scope)
    made: Prefilter = scope["candidates"]
    return made, source


def _and(tests: Sequence[str]) -> str:
    if _NO in tests:
        return _NO
    some = [t for t in tests if t != _YES]
    return " and ".join(f"({t})" for t in some) if some else _YES


def _or(tests: Sequence[str]) -> str:
    if _YES in tests:
        return _YES
    some = [t for t in tests if t != _NO]
    return " or ".join(f"({t})" for t in some) if some else _NO


class _Writer:
    """Writes the tests; local names and constants are numbered in order of first use."""

    def __init__(self, facts: Facts, named: Mapping[str, Node]) -> None:
        self.facts = facts
        self.named = named
        self.locals: dict[str, str] = {}
        self.constants: dict[str, Any] = {}
        self._by_value: dict[Any, str] = {}

    def local(self, fact: str) -> str:
        return self.locals.setdefault(fact, f"v{len(self.locals)}")

    def constant(self, value: Any) -> str:
        key = (repr(value),)
        if key not in self._by_value:
            name = f"c{len(self.constants)}"
            self._by_value[key] = name
            self.constants[name] = value
        return self._by_value[key]

    def possible(self, node: Node) -> str:
        """True unless the snapshot alone makes the condition false."""
        match node:
            case AllOf(parts=parts):
                return _and([self.possible(p) for p in parts])
            case AnyOf(parts=parts):
                return _or([self.possible(p) for p in parts])
            case NotOf(part=part):
                certain = self.certain(part)
                return {_YES: _NO, _NO: _YES}.get(certain, f"not ({certain})")
            case Is(name=name):
                return self.possible(self.named[name])
            case Compare():
                plain = self._plain(node)
                if plain is None:
                    return _YES
                return f"{self.local(node.fact)} is None or {plain}"
            case _:
                return _YES

    def certain(self, node: Node) -> str:
        """True only where the snapshot alone makes the condition true."""
        match node:
            case AllOf(parts=parts):
                return _and([self.certain(p) for p in parts])
            case AnyOf(parts=parts):
                return _or([self.certain(p) for p in parts])
            case NotOf(part=part):
                possible = self.possible(part)
                return {_YES: _NO, _NO: _YES}.get(possible, f"not ({possible})")
            case Is(name=name):
                return self.certain(self.named[name])
            case Compare():
                plain = self._plain(node)
                if plain is None:
                    return _NO
                return f"{self.local(node.fact)} is not None and {plain}"
            case _:
                return _NO

    def _plain(self, node: Compare) -> str | None:
        """The comparison as source, where it is plain enough to be written out."""
        fact = self.facts[node.fact]
        if fact.source != "snapshot" or fact.kind in ("instant", "object", "boolean"):
            return None
        written = [self._test(test, node.fact, fact.kind, fact.choices) for test in node.tests]
        if any(test is None for test in written):
            return None
        return _and([test for test in written if test is not None])

    def _test(
        self, test: Test, name: str, kind: str, choices: tuple[object, ...] | None
    ) -> str | None:
        local = self.local(name)
        operands = test.value if isinstance(test.value, tuple) else (test.value,)
        if any(isinstance(o, bool) for o in operands):
            return None
        if kind == "ordered" and test.op in ("lt", "lte", "gt", "gte") and choices is not None:
            if test.value not in choices:
                return None
            rank = choices.index(test.value)
            allowed = tuple(c for i, c in enumerate(choices) if MAKERS[test.op](rank)(i))
            return f"{local} in {self.constant(allowed)}" if allowed else _NO
        if kind in ("text", "ordered"):
            sign = {"eq": "==", "ne": "!=", "in": "in", "not_in": "not in"}.get(test.op)
            return None if sign is None else f"{local} {sign} {self.constant(test.value)}"
        if kind in ("number", "integer") and not isinstance(test.value, tuple | str):
            signs = {"eq": "==", "ne": "!=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
            sign = signs.get(test.op)
            return None if sign is None else f"{local} {sign} {self.constant(test.value)}"
        if kind == "list" and test.op == "contains":
            return f"{self.constant(test.value)} in {local}"
        return None
