"""Open requests: a condition holds where one of them meets all of it.

Language: "Conditions", `requested`; finer point 10.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from escalate.analysis.atoms import NO, YES, Questions
from escalate.analysis.forms import Sides
from escalate.analysis.history import History
from escalate.analysis.space import Space
from escalate.policy.condition import Requested, Test

if TYPE_CHECKING:
    from escalate.evaluator.operators import Tester

__all__ = ["Requests"]

BASE: Final = "requested"
_UNKNOWN, _KNOWN = 1, 2
_BY: Final = ("agent", "customer", "bot", None)
_SAME: Final = ("eq", "ne", "in", "not_in", "exists")


class _Other:
    """A name that no condition tells from others."""


OTHER: Final = _Other()


class Requests:
    """The kinds of open request that a policy tells apart, by who asked and for whom."""

    def __init__(self, space: Space, history: History, asked: Sequence[Requested]) -> None:
        self._space = space
        self._history = history
        names = [
            value
            for node in asked
            for part in node.parts
            if part.fact == "to"
            for test in part.tests
            for value in _named(test)
        ]
        self._to: tuple[Any, ...] = (*dict.fromkeys(names), OTHER, None)
        self._questions: Questions | None = None
        self._opaque: dict[Any, str] = {}

    def sides(self, node: Requested) -> Sides:
        """Where some open request meets all of the node, and where none does."""
        space = self._space
        if self._questions is None:
            space.add(BASE, _UNKNOWN | _KNOWN)
            self._history.tells(BASE, _UNKNOWN)
            self._questions = Questions(space, BASE)
        if any(t.op not in _SAME for p in node.parts if p.fact == "to" for t in p.tests):
            # A name that is not listed may fit a pattern or not: a question of its own.
            key = tuple((p.fact, tuple((t.op, t.value) for t in p.tests)) for p in node.parts)
            question = self._opaque.setdefault(key, f"{BASE}?~{len(self._opaque)}")
            space.full.setdefault(question, NO | YES)
        else:
            atoms = [
                (by, to)
                for by in _BY
                for to in self._to
                if all(_fits(by if p.fact == "by" else to, p.tests) for p in node.parts)
            ]
            if not atoms:
                return [], [{BASE: _KNOWN}]
            question = self._questions.ask(atoms)
        return [{BASE: _KNOWN, question: YES}], [{BASE: _KNOWN, question: NO}]


def _named(test: Test) -> Iterable[Any]:
    return test.operands if test.op in _SAME and test.op != "exists" else ()


def _fits(value: Any, tests: Iterable[Test]) -> bool:
    """As the engine has it: what is not given meets no comparison."""
    for test in tests:
        if test.op == "exists":
            if (value is not None) != test.value:
                return False
        elif value is None or not _tester(test)(value):
            return False
    return True


def _tester(test: Test) -> Tester:
    from escalate.evaluator.operators import MAKERS

    return MAKERS[test.op](test.value)
