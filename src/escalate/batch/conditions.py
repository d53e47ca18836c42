"""Conditions and cases of a policy in columns: each comparison made once, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from escalate.batch.coded import Ints
from escalate.batch.extra import np
from escalate.batch.kleene import AllOf, AnyOf, Lacks, Node, NotOf, inverse, note_lacks, taken_at
from escalate.batch.leaves import of_authority, of_events, of_every_row, of_requests, of_snapshot
from escalate.batch.passing import of_duration
from escalate.batch.showing import of_clock
from escalate.batch.unfit import UnfitError
from escalate.evaluator.names import Names
from escalate.policy.cases import Cases
from escalate.policy.condition import AllOf as All
from escalate.policy.condition import AnyOf as Any_
from escalate.policy.condition import Compare, Condition, Is, Requested
from escalate.policy.condition import Node as Written
from escalate.policy.condition import NotOf as Not

if TYPE_CHECKING:
    from escalate.batch.block import Block

__all__ = ["Choice", "Compiler"]

_SOURCES: Final[Mapping[str, Callable[[Compare, Names], Node]]] = {
    "snapshot": of_snapshot,
    "events": of_events,
    "time": of_duration,
    "clock": of_clock,
    "calendar": of_every_row,
    "desk": of_every_row,
    "authority": of_authority,
}


class Compiler:
    """Turns conditions of a policy into nodes over blocks."""

    def __init__(self, named: Mapping[str, Condition], names: Names) -> None:
        self._named = named
        self._names = names
        self._leaves: dict[Any, Node] = {}
        self._made: dict[str, Node] = {}
        self.compared: list[Compare] = []
        """Every comparison made so far."""

    def node(self, written: Written) -> Node:
        """The condition in columns.

        Raises:
            UnfitError: it asks what columns cannot tell.
        """
        match written:
            case All(parts=parts):
                return AllOf([self.node(part) for part in parts])
            case Any_(parts=parts):
                return AnyOf([self.node(part) for part in parts])
            case Not(part=part):
                return NotOf(self.node(part))
            case Is(name=name):
                if name in self._made:
                    self._made[name].kept = True
                else:
                    self._made[name] = self.node(self._named[name].root)
                return self._made[name]
            case Requested():
                return self._shared(of_requests(written))
            case Compare():
                self.compared.append(written)
                source = self._names.facts[written.fact].source
                make = _SOURCES.get(source)
                if make is None:
                    raise UnfitError(f"`{written.fact}`")
                return self._shared(make(written, self._names))

    def kept(self, written: Written) -> Node:
        """A condition that is asked more than once of a block."""
        node = self.node(written)
        node.kept = True
        return node

    def _shared(self, node: Node) -> Node:
        """The same leaf for the same question."""
        key = getattr(node, "key", None)
        found = node if key is None else self._leaves.setdefault(key, node)
        if found is not node:
            found.kept = True
        return found

    def choice(self, cases: Cases[Any]) -> Choice:
        """Cases in columns. Raises :class:`UnfitError` as :meth:`node` does."""
        made = [None if case.when is None else self.kept(case.when.root) for case in cases.cases]
        if any(node is not None and node.timed for node in made):
            raise UnfitError("cases that time changes")
        return Choice(made, [(case.use, case.calendar) for case in cases.cases])


class Choice:
    """The first case whose condition holds; ``values`` holds what each gives, with its
    calendar."""

    def __init__(
        self, conditions: Sequence[Node | None], values: Sequence[tuple[Any, str | None]]
    ) -> None:
        self._conditions = conditions
        self.values = values

    @property
    def plain(self) -> bool:
        """Whether it is the same for every ticket."""
        return self._conditions[0] is None

    def choose(self, block: Block, rows: Ints, into: Lacks) -> list[tuple[int, Ints]]:
        """For each case that gives some of these rows their value, which rows; ``-1`` for
        those to which none does. What was unknown on the way is lacking."""
        found: list[tuple[int, Ints]] = []
        for n, node in enumerate(self._conditions):
            if not len(rows):
                return found
            if node is None:
                found.append((n, rows))
                return found
            sure = taken_at(block.value(node).sure, rows)
            note_lacks(node, block, rows, into)
            if sure.any():
                found.append((n, rows[sure]))
                rows = rows[np.asarray(inverse(sure))]
        if len(rows):
            found.append((-1, rows))
        return found
