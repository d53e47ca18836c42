"""Which case gave each value, for the trace. Language: "Five ideas", 3; "The decision".

What is recorded is what was chosen while a decision was made, not what would be chosen if
one asked again. It costs nothing where nobody asks for the trace: such a program has no
recorder, and its cases are the plain ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, TypeVar

from escalate.evaluator.conditions import Chosen, CompiledCases
from escalate.evaluator.context import Context
from escalate.policy.cases import Cases
from escalate.policy.meaning.walk import spots_of
from escalate.policy.policy import Policy
from escalate.policy.structure import path_text

__all__ = ["Recorder"]

V = TypeVar("V")


class Recorder:
    """Tells the lists of cases of one policy apart, and keeps what they gave."""

    def __init__(self, policy: Policy) -> None:
        self._paths = {
            id(spot.cases): path_text(spot.path) for spot in spots_of(policy) if spot.cases.written
        }
        self._kept = local()

    @contextmanager
    def recording(self) -> Iterator[dict[tuple[str, int], None]]:
        """What is chosen in here: path of the list and number of its case, from 0, each
        once, in the order in which they were first asked. Threads do not mix."""
        self._kept.now = kept = dict[tuple[str, int], None]()
        try:
            yield kept
        finally:
            self._kept.now = None

    def chosen(self, path: str, case: int) -> None:
        """A case gave its value."""
        kept = getattr(self._kept, "now", None)
        if kept is not None:
            kept[path, case] = None

    def watched(self, cases: Cases[Any], made: CompiledCases[V]) -> CompiledCases[V]:
        """The compiled cases, such that they tell what they give."""
        path = self._paths.get(id(cases))
        return made if path is None or made.plain is not None else _Watched(made, path, self)


class _Watched(CompiledCases[V]):
    """Cases that tell a recorder which of them gave the value."""

    __slots__ = ("_path", "_recorder")

    def __init__(self, made: CompiledCases[V], path: str, recorder: Recorder) -> None:
        super().__init__(made.cases, made.fixed)
        self._path = path
        self._recorder = recorder

    def choose(self, ctx: Context) -> Chosen[V]:
        chosen = super().choose(ctx)
        if chosen.case is not None:
            self._recorder.chosen(self._path, chosen.case)
        return chosen
