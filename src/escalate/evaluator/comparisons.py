"""Conditions over the snapshot as Python source, as far as they can be written out.

What depends on events, clocks or the desk is left open: a test is what is *possible*
given the snapshot, or what is *certain*. Of what depends on time, the commonest form can
be written out too: that so much time has passed since something (:meth:`Writer.passed`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from escalate.evaluator.names import Names
from escalate.evaluator.operators import MAKERS
from escalate.policy.condition import AllOf, AnyOf, Compare, Is, Node, NotOf, Requested, Test
from escalate.worktime import Duration, Timeline

__all__ = ["NO", "YES", "Writer", "both"]

YES: Final = "True"
NO: Final = "False"
_BASES: Final = {"age": "created", "at_level": "entered", "idle": "idle"}
"""Durations that can be written out, and the local name of when each begins."""


def both(tests: Sequence[str]) -> str:
    if NO in tests:
        return NO
    some = [t for t in tests if t != YES]
    return " and ".join(f"({t})" for t in some) if some else YES


def _either(tests: Sequence[str]) -> str:
    if YES in tests:
        return YES
    some = [t for t in tests if t != NO]
    return " or ".join(f"({t})" for t in some) if some else NO


class Writer:
    """Writes the tests; local names and constants are numbered in order of first use.

    ``absent`` tells that facts may be absent; otherwise every fact read is there, so that
    what is possible and what is certain are the same. ``known`` holds values of facts that
    need not be read: comparisons with them are made here.
    """

    def __init__(
        self,
        names: Names,
        named: Mapping[str, Node],
        absent: bool = False,
        known: Mapping[str, Any] | None = None,
    ) -> None:
        self.names = names
        self.facts = names.facts
        self.named = named
        self.absent = absent
        self.known = known or {}
        self.locals: dict[str, str] = {}
        self.constants: dict[str, Any] = {}
        self._by_value: dict[str, str] = {}
        self._timelines: dict[int, str] = {}

    def local(self, fact: str) -> str:
        return self.locals.setdefault(fact, f"v{len(self.locals)}")

    def constant(self, value: Any) -> str:
        """A value in the source: written there if it is plain, so that it can be read."""
        key = repr(value)
        operands = value if isinstance(value, tuple) else (value,)
        if all(operand.__class__ in (str, int) for operand in operands):
            return key
        if key not in self._by_value:
            name = f"c{len(self.constants)}"
            self._by_value[key] = name
            self.constants[name] = value
        return self._by_value[key]

    def standing_at(self, levels: Sequence[str]) -> str:
        """Whether the ticket stands at one of the levels."""
        if "level" in self.known:
            return YES if self.known["level"] in levels else NO
        return f"{self.local('level')} in {self.constant(tuple(levels))}"

    def parts(self, node: Node) -> tuple[Node, ...]:
        """The parts all of which must hold, through named conditions."""
        match node:
            case AllOf(parts=parts):
                return tuple(inner for part in parts for inner in self.parts(part))
            case Is(name=name):
                return self.parts(self.named[name])
            case _:
                return (node,)

    def rest(self, node: Node) -> tuple[Node, ...]:
        """What is left to ask of a condition whose written parts hold."""
        return tuple(part for part in self.parts(node) if not self._whole(part))

    def _whole(self, node: Node) -> bool:
        """Whether all of the node can be written out."""
        return not self.left(node)

    def left(self, node: Node) -> list[Node]:
        """The comparisons below the node that cannot be written out. One below a `not`
        has the whole `not` in its place: more of what is possible is less of it."""
        match node:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                return [inner for part in parts for inner in self.left(part)]
            case NotOf(part=part):
                return [node] if self.left(part) else []
            case Is(name=name):
                return self.left(self.named[name])
            case Compare():
                return [node] if self._plain(node) is None else []
            case _:
                return [node]

    def passed(self, node: Node) -> tuple[str, str] | None:
        """For a duration of at least so much: that it has passed, and when it will have."""
        match node:
            case Compare(fact=fact, tests=(Test(op="gte", value=value),)) if fact in _BASES:
                amount, names = Duration.parse(str(value)), self.names
                timeline = names.timelines[node.calendar] if node.calendar else names.calendar
                if amount.workdays:
                    return None
                base, name = _BASES[fact], self._timeline(timeline)
                if timeline.always:
                    due = f"{base} + {amount.us}"
                    return f"now >= {due}", f"instant_{name}({due})"
                due = f"position_{name}({base}) + {amount.us}"
                return f"position_{name}(now) >= {due}", f"instant_{name}({due})"
            case _:
                return None

    def _timeline(self, timeline: Timeline) -> str:
        """The calendar's name in the source; its functions are constants there."""
        name = self._timelines.setdefault(id(timeline), str(len(self._timelines)))
        self.constants[f"position_{name}"] = timeline.position
        self.constants[f"instant_{name}"] = timeline.instant
        return name

    def share(self, node: Node) -> float:
        """Roughly how many of all tickets fit: what fits fewest is compared first."""
        match node:
            case AllOf(parts=parts):
                return min(map(self.share, parts))
            case AnyOf(parts=parts):
                return min(1.0, sum(map(self.share, parts)))
            case Requested():
                return 0.0
            case NotOf(part=part):
                return 1.0 - self.share(part)
            case Is(name=name):
                return self.share(self.named[name])
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
                rarest = sorted(parts, key=self.share)
                return both([self.possible(p) for p in rarest])
            case AnyOf(parts=parts):
                return _either([self.possible(p) for p in parts])
            case NotOf(part=part):
                certain = self.certain(part)
                return {YES: NO, NO: YES}.get(certain, f"not ({certain})")
            case Is(name=name):
                return self.possible(self.named[name])
            case Compare():
                plain = self._plain(node)
                if plain is None:
                    return YES
                return f"{self.local(node.fact)} is None or {plain}" if self.absent else plain
            case Requested():
                return "asked"
            case _:
                return YES

    def certain(self, node: Node) -> str:
        """True only where the snapshot alone makes the condition true."""
        match node:
            case AllOf(parts=parts):
                return both([self.certain(p) for p in parts])
            case AnyOf(parts=parts):
                return _either([self.certain(p) for p in parts])
            case NotOf(part=part):
                possible = self.possible(part)
                return {YES: NO, NO: YES}.get(possible, f"not ({possible})")
            case Is(name=name):
                return self.certain(self.named[name])
            case Compare():
                plain = self._plain(node)
                if plain is None:
                    return NO
                return f"{self.local(node.fact)} is not None and {plain}" if self.absent else plain
            case _:
                return NO

    def _plain(self, node: Compare) -> str | None:
        """The comparison as source, where it is plain enough to be written out."""
        fact = self.facts[node.fact]
        if fact.source != "snapshot" or fact.kind in ("instant", "object", "boolean"):
            return None
        if node.fact in self.known:
            return self._made(node)
        written = [self._test(test, node.fact, fact.kind, fact.choices) for test in node.tests]
        if any(test is None for test in written):
            return None
        return both([test for test in written if test is not None])

    def _made(self, node: Compare) -> str | None:
        """The comparison with a value that is known."""
        if any(test.op not in ("eq", "ne", "in", "not_in") for test in node.tests):
            return None
        value = self.known[node.fact]
        return YES if all(MAKERS[test.op](test.value)(value) for test in node.tests) else NO

    def _test(
        self, test: Test, name: str, kind: str, choices: tuple[object, ...] | None
    ) -> str | None:
        local = self.local(name)
        operands = test.value if isinstance(test.value, tuple) else (test.value,)
        if any(isinstance(o, bool) for o in operands):
            return None
        if kind in ("text", "list") and not all(isinstance(o, str) for o in operands):
            return None  # for Python's signs true is 1
        if kind == "ordered" and test.op in ("lt", "lte", "gt", "gte") and choices is not None:
            if test.value not in choices:
                return None
            rank = choices.index(test.value)
            allowed = tuple(c for i, c in enumerate(choices) if MAKERS[test.op](rank)(i))
            return f"{local} in {self.constant(allowed)}" if allowed else NO
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
