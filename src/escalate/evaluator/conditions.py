"""Conditions compiled once per policy, and cases built from them.

Language: "Conditions"; "Five ideas", 3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from escalate.evaluator.context import Context
from escalate.evaluator.directory import Directory
from escalate.evaluator.leaves import leaf
from escalate.evaluator.names import Names
from escalate.evaluator.requesting import requested
from escalate.evaluator.truth import Asks, all_of, any_of, not_of
from escalate.policy.cases import Cases
from escalate.policy.condition import AllOf, AnyOf, Compare, Condition, Is, Node, NotOf, Requested
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.recorder import Recorder

__all__ = ["Chosen", "CompiledCases", "Compiler", "Reads"]

T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Reads:
    """What a condition draws on: clocks by name, requests, promises, and whether time
    matters."""

    clocks: tuple[str, ...]
    requests: bool
    timed: bool
    promises: bool = False


class Compiler:
    """Turns conditions of one policy into functions; each named one once.

    A ``recorder`` is told which case gives each value.
    """

    def __init__(
        self,
        named: Mapping[str, Condition],
        names: Names,
        directory: Directory,
        recorder: Recorder | None = None,
    ) -> None:
        self.names = names
        self.directory = directory
        self.recorder = recorder
        self._named = named
        self._compiled: dict[str, Asks] = {}

    def condition(self, condition: Condition) -> Asks:
        """The compiled condition."""
        return self.node(condition.root)

    def node(self, node: Node) -> Asks:
        """The compiled node; parts that time cannot change are asked first."""
        match node:
            case AllOf(parts=parts):
                return self.all_of(parts)
            case AnyOf(parts=parts):
                return any_of([self.node(p) for p in self._cheap_first(parts)])
            case NotOf(part=part):
                return not_of(self.node(part))
            case Is(name=name):
                if name not in self._compiled:
                    self._compiled[name] = self.condition(self._named[name])
                return self._compiled[name]
            case Requested():
                return requested(node)[0]
            case Compare():
                return leaf(node, self.names)

    def all_of(self, parts: tuple[Node, ...]) -> Asks:
        """All of the parts, compiled."""
        return all_of([self.node(p) for p in self._cheap_first(parts)])

    def _cheap_first(self, parts: tuple[Node, ...]) -> list[Node]:
        return sorted(parts, key=lambda part: self._node_reads(part).timed)

    def matching(self, condition: Condition) -> list[Callable[[Context], list[int]]]:
        """For each `requested` in the condition, which open requests match it."""
        return [
            requested(node)[1]
            for node in self.resolved(condition.root)
            if isinstance(node, Requested)
        ]

    def resolved(self, node: Node) -> list[Node]:
        """The node and everything below it, through named conditions."""
        found: list[Node] = [node]
        match node:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                for part in parts:
                    found += self.resolved(part)
            case NotOf(part=part):
                found += self.resolved(part)
            case Is(name=name):
                found += self.resolved(self._named[name].root)
            case _:
                pass
        return found

    def expand(self, node: Node) -> Node:
        """The node with a named condition replaced by what it stands for."""
        return self._named[node.name].root if isinstance(node, Is) else node

    def reads(self, condition: Condition) -> Reads:
        """What the condition draws on."""
        return self._node_reads(condition.root)

    def _node_reads(self, node: Node) -> Reads:
        clocks: set[str] = set()
        requests = timed = promises = False
        for part in self.resolved(node):
            if isinstance(part, Requested):
                requests = True
            elif isinstance(part, Compare):
                source = self.names.facts[part.fact].source
                if source == "clock":
                    clocks.add(part.fact.split(".")[1])
                promises = promises or source == "promise"
                timed = timed or source in ("clock", "time", "calendar", "promise")
        return Reads(tuple(sorted(clocks)), requests, timed, promises)

    def cases(
        self,
        cases: Cases[T],
        value: Callable[[T], V],
        calendar: Callable[[str | None], Any] = lambda name: None,
    ) -> CompiledCases[V]:
        """Cases with their values made ready by ``value``."""
        asked = [
            node for case in cases.cases if case.when for node in self.resolved(case.when.root)
        ]
        fixed = not any(
            isinstance(node, Requested)
            or (isinstance(node, Compare) and self.names.facts[node.fact].source != "snapshot")
            for node in asked
        )
        made = CompiledCases(
            tuple(
                (
                    None if case.when is None else self.condition(case.when),
                    None if case.use is None else value(case.use),
                    calendar(case.calendar),
                )
                for case in cases.cases
            ),
            fixed,
        )
        return made if self.recorder is None else self.recorder.watched(cases, made)


@dataclass(frozen=True, slots=True)
class Chosen(Generic[V]):
    """What the cases gave: the value (or ``None``), its calendar, which case, and
    until when with what missing."""

    value: V | None
    calendar: Any
    case: int | None
    horizon: int
    missing: tuple[str, ...]


class CompiledCases(Generic[V]):
    """The first case whose condition holds gives the value; unknown ones are passed.

    ``fixed`` tells that only the snapshot has a say: no time, no desk, no events.
    """

    __slots__ = ("cases", "fixed", "plain")

    def __init__(
        self, cases: tuple[tuple[Asks | None, V | None, Any], ...], fixed: bool = False
    ) -> None:
        self.cases = cases
        self.fixed = fixed
        self.plain: Chosen[V] | None = None
        first = cases[0]
        if first[0] is None:
            self.plain = Chosen(first[1], first[2], 0, NEVER, ())

    def choose(self, ctx: Context) -> Chosen[V]:
        """The value for this ticket at this instant."""
        if self.plain is not None:
            return self.plain
        horizon = NEVER
        lacks: tuple[str, ...] = ()
        for i, (when, value, calendar) in enumerate(self.cases):
            if when is None:
                return Chosen(value, calendar, i, horizon, lacks)
            holds, until, absent = when(ctx)
            horizon = min(horizon, until)
            lacks += absent
            if holds:
                return Chosen(value, calendar, i, horizon, lacks)
        return Chosen(None, None, None, horizon, lacks)
