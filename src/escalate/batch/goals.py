"""Which target a clock or deadline has, of a whole block: `evaluator.goals`, many at once.

Language: "Time", targets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from escalate.batch.coded import Ints
from escalate.batch.conditions import Compiler
from escalate.batch.kleene import Lacks
from escalate.batch.timers import NONE
from escalate.policy.cases import Cases
from escalate.policy.target import At
from escalate.worktime import Duration, Timeline

if TYPE_CHECKING:
    from escalate.batch.block import Block

__all__ = ["Goals", "Group"]


class Group(NamedTuple):
    """Rows that have the same target, counted in the same calendar; ``None``: no target.
    Where only the working time differs from row to row, it is ``times``; where the target is
    an instant that each ticket holds in a ``field``, it is ``at``."""

    rows: Ints
    timeline: Timeline
    target: Duration | None
    times: Ints | None = None
    at: Ints | None = None
    field: str = ""


class Goals:
    """A target's cases, and the calendar where no case names its own."""

    def __init__(
        self,
        target: Cases[Duration | At] | None,
        calendar: Cases[str] | None,
        default: Timeline,
        timelines: Mapping[str, Timeline],
        compiler: Compiler,
    ) -> None:
        self._default = default
        self._timelines = timelines
        self._target = None if target is None else compiler.choice(target)
        self._calendar = None if calendar is None else compiler.choice(calendar)
        self.plain = all(c is None or c.plain for c in (self._target, self._calendar))

    def groups(self, block: Block, rows: Ints, into: Lacks) -> list[Group]:
        """The targets of these rows."""
        found: list[Group] = []
        if self._target is None:
            self._calendars(block, rows, None, into, found)
            return found
        for n, which in self._target.choose(block, rows, into):
            use, calendar = (None, None) if n < 0 else self._target.values[n]
            if calendar is not None:
                found.append(_group(block, which, self._timelines[calendar], use, into))
            else:
                self._calendars(block, which, use, into, found)
        return found

    def _calendars(
        self,
        block: Block,
        rows: Ints,
        target: Duration | At | None,
        into: Lacks,
        found: list[Group],
    ) -> None:
        if self._calendar is None:
            found.append(_group(block, rows, self._default, target, into))
            return
        for n, which in self._calendar.choose(block, rows, into):
            name = None if n < 0 else self._calendar.values[n][0]
            timeline = self._default if name is None else self._timelines[name]
            found.append(_group(block, which, timeline, target, into))


def _group(
    block: Block, rows: Ints, timeline: Timeline, target: Duration | At | None, into: Lacks
) -> Group:
    if not isinstance(target, At):
        return Group(rows, timeline, target)
    at = block.instants(target.at)[rows]
    into.add(target.at, rows[at == NONE])
    return Group(rows, timeline, None, at=at, field=target.at)
