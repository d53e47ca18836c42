"""What time has passed since something, of many tickets: `evaluator.passing`, a column a
measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from escalate.batch.coded import Ints, Mask, marked
from escalate.batch.kleene import TRUE, Lacks, Node, Truths, all_of, both, taken_at
from escalate.batch.leaves import key_of
from escalate.batch.measures import COMPARE, Constant, Where, WithExists, durations, no_events
from escalate.evaluator.names import Names
from escalate.policy.condition import Compare
from escalate.worktime import Duration, Timeline
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.batch.block import Block

__all__ = ["of_duration"]


class _Passed:
    """So much working time has passed since a moment, of rows that know it."""

    timed = True
    kept = True

    def __init__(self, fact: str, timeline: Timeline, amount: Duration, strictly: bool) -> None:
        self.key = ("passed", fact, id(timeline), amount.us, amount.workdays, strictly)
        self._fact, self._timeline, self._amount = fact, timeline, amount
        self._more = int(strictly)

    def value(self, block: Block) -> Truths:
        if self._amount.workdays:
            base = block.base(self._fact)
            elapsed = block.elapsed(base, self._timeline)
            found: Mask = elapsed >= self._whole(block, base)
            return Truths(found, found)
        # So much has passed where the moment lies no later than this.
        timeline = self._timeline
        latest = timeline.latest(timeline.position(block.now) - self._amount.us - self._more)
        found = block.base(self._fact) <= latest
        return Truths(found, found)

    def _whole(self, block: Block, base: Ints) -> Any:
        if not self._amount.workdays:
            return self._amount.us + self._more
        working = block.working(self._timeline)
        until = working.add_workdays(base, self._amount.workdays)
        return working.position(until) - working.position(base) + self._more

    def until(self, block: Block, rows: Ints) -> Ints:
        base = block.base(self._fact)[rows]
        working = block.working(self._timeline)
        reached = working.instant(working.position(base) + self._whole(block, base))
        passed = marked(taken_at(block.value(self).sure, rows))
        if len(passed):
            reached[passed] = NEVER
        return reached

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        return


def of_duration(node: Compare, names: Names) -> Node:
    """A comparison with the time since something."""
    timeline = names.calendar if node.calendar is None else names.timelines[node.calendar]
    fact = node.fact
    tests = [(t.op, durations(t)) for t in node.tests if t.op != "exists"]
    exists = [bool(t.value) for t in node.tests if t.op == "exists"]

    def measure(amount: Duration, strictly: bool) -> Node:
        return _Passed(fact, timeline, amount, strictly)

    def known(block: Block) -> Mask:
        return block.since(fact)[0]

    def there(block: Block) -> Mask:
        return block.since(fact)[1]

    made: Node = Constant(TRUE)
    if tests:
        inner = all_of([COMPARE[op](measure, xs) for op, xs in tests])
        made = Where(("since", key_of(node)), inner, known, there, no_events)
    if exists:
        made = WithExists(made, exists, lambda block: both(known(block), there(block)))
    return made
