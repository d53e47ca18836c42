"""Which triggers could fire at all, in one generated function over the snapshot.

Most triggers of a policy are plainly false for a ticket because of what its snapshot
says. The source generated here finds that out with a few comparisons each. Of a trigger
that it lets through, the parts that it has compared hold, and only the rest has to be
asked: time, clocks, requests, the desk. Where a fact is absent, that cannot be said, and
the trigger is asked in full. A trigger left out is false whatever the time, with nothing
missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from escalate.evaluator.operators import MAKERS
from escalate.policy.condition import AllOf, AnyOf, Compare, Is, Node, NotOf, Test
from escalate.policy.facts import Facts

__all__ = ["Prefilter"]

Condition = tuple[Node, tuple[str, ...] | None]
Candidates = Callable[[Mapping[str, Any]], list[int]]

_YES: Final = "True"
_NO: Final = "False"


class Prefilter:
    """The triggers that could hold, by number: ``n`` where what is left of its condition
    (:meth:`rest`) decides, ``n`` plus the number of triggers where it is to be asked in
    full.

    ``conditions`` holds for each trigger its condition and the levels of its ``at``.
    """

    def __init__(
        self, conditions: Sequence[Condition], facts: Facts, named: Mapping[str, Node]
    ) -> None:
        self._conditions = conditions
        self._facts = facts
        self._named = named
        writer = self._writer = _Writer(facts, named, absent=False)
        self.source = _source(writer, conditions, 0)
        self.candidates = _compiled(self.source, writer, self._tolerant)
        self._asked: Candidates | None = None

    def rest(self, number: int) -> tuple[Node, ...]:
        """What is left to ask of a trigger whose facts are there and that could hold."""
        return self._writer.rest(self._conditions[number][0])

    def _tolerant(self, values: Mapping[str, Any]) -> list[int]:
        """The same where facts are absent; written when the first such ticket comes."""
        if self._asked is None:
            writer = _Writer(self._facts, self._named, absent=True)
            source = _source(writer, self._conditions, len(self._conditions))
            self._asked = _compiled(source, writer, self._every)
        return self._asked(values)

    def _every(self, values: Mapping[str, Any]) -> list[int]:
        """All of them in full: for a ticket whose fields hold what nobody checked."""
        level = values.get("level")
        return [
            i
            for i, (_, at) in enumerate(self._conditions, len(self._conditions))
            if at is None or level in at
        ]


def _source(writer: _Writer, conditions: Sequence[Condition], offset: int) -> str:
    tests = []
    for i, (node, at) in enumerate(conditions, offset):
        test = writer.possible(node)
        if at is not None:
            test = _and([f"{writer.local('level')} in {writer.constant(at)}", test])
        if test == _YES:
            tests.append(f"        found.append({i})")
        elif test != _NO:
            tests.append(f"        if {test}:\n            found.append({i})")
    locals_ = writer.locals
    if not locals_:
        lines = ["def candidates(values):"]
    elif writer.absent:
        lines = ["def candidates(values):", "    get = values.get"]
        lines += [f"    {local} = get({name!r})" for name, local in locals_.items()]
    else:
        absent = " or ".join(f"{local} is None" for local in locals_.values())
        lines = ["def candidates(values):", "    try:"]
        lines += [f"        {local} = values[{name!r}]" for name, local in locals_.items()]
        lines += ["    except KeyError:", "        return otherwise(values)"]
        lines += [f"    if {absent}:", "        return otherwise(values)"]
    lines += ["    found = []", "    try:", "        pass", *tests]
    lines += ["    except TypeError:", "        return otherwise(values)", "    return found", ""]
    return "\n".join(lines)


def _compiled(source: str, writer: _Writer, otherwise: Candidates) -> Candidates:
    scope: dict[str, Any] = {**writer.constants, "otherwise": otherwise}
    exec(compile(source, "<prefilter>", "exec"), scope)
    made: Candidates = scope["candidates"]
    return made


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
    """Writes the tests; local names and constants are numbered in order of first use.

    ``absent`` tells that facts may be absent; otherwise every fact read is there, so that
    what is possible and what is certain are the same.
    """

    def __init__(self, facts: Facts, named: Mapping[str, Node], absent: bool) -> None:
        self.facts = facts
        self.named = named
        self.absent = absent
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

    def rest(self, node: Node) -> tuple[Node, ...]:
        """What is left to ask of a condition whose written parts hold."""
        match node:
            case AllOf(parts=parts):
                return tuple(left for part in parts for left in self.rest(part))
            case Is(name=name):
                return self.rest(self.named[name])
            case _:
                return () if self._whole(node) else (node,)

    def _whole(self, node: Node) -> bool:
        """Whether all of the node can be written out."""
        match node:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                return all(map(self._whole, parts))
            case NotOf(part=part):
                return self._whole(part)
            case Is(name=name):
                return self._whole(self.named[name])
            case Compare():
                return self._plain(node) is not None
            case _:
                return False

    def _share(self, node: Node) -> float:
        """Roughly how many of all tickets fit: what fits fewest is compared first."""
        match node:
            case AllOf(parts=parts):
                return min(map(self._share, parts))
            case AnyOf(parts=parts):
                return min(1.0, sum(map(self._share, parts)))
            case NotOf(part=part):
                return 1.0 - self._share(part)
            case Is(name=name):
                return self._share(self.named[name])
            case Compare(tests=(Test(op="eq" | "in" | "contains" as op, value=value),)):
                choices = self.facts[node.fact].choices or ()
                wanted = len(value) if isinstance(value, tuple) else 1
                return wanted / max(len(choices), 10 if op == "contains" else 2 * wanted)
            case _:
                return 0.5

    def possible(self, node: Node) -> str:
        """True unless the snapshot alone makes the condition false."""
        match node:
            case AllOf(parts=parts):
                rarest = sorted(parts, key=self._share)
                return _and([self.possible(p) for p in rarest])
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
                return f"{self.local(node.fact)} is None or {plain}" if self.absent else plain
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
                return f"{self.local(node.fact)} is not None and {plain}" if self.absent else plain
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
