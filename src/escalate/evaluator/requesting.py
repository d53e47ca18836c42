"""Comparisons of open requests. Language: "Facts that conditions may read", `requested`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from escalate.evaluator.operators import MAKERS, Tester
from escalate.evaluator.truth import FALSE, NO_EVENTS, TRUE, Asks, Truth
from escalate.policy.condition import Requested

if TYPE_CHECKING:
    from escalate.evaluator.context import Context

__all__ = ["requested"]


def requested(node: Requested) -> tuple[Asks, Callable[[Context], list[int]]]:
    """Whether an open request matches, and the ordinals of those that do."""
    parts = [
        (
            part.fact,
            [MAKERS[t.op](t.value) for t in part.tests if t.op != "exists"],
            [bool(t.value) for t in part.tests if t.op == "exists"],
        )
        for part in node.parts
    ]

    def matches(ctx: Context) -> list[int]:
        found = []
        for request in ctx.hist.requests:
            if request.open and all(
                _fits(request.by if key == "by" else request.to, tests, exists)
                for key, tests, exists in parts
            ):
                found.append(request.ordinal)
        return found

    def ask(ctx: Context) -> Truth:
        if not ctx.hist.known:
            return NO_EVENTS
        return TRUE if matches(ctx) else FALSE

    return ask, matches


def _fits(value: str | None, tests: Sequence[Tester], exists: Sequence[bool]) -> bool:
    if any((value is not None) != wanted for wanted in exists):
        return False
    return (value is not None or not tests) and all(test(value) for test in tests)
