"""What a block's decisions look at, in order: `evaluator.deciding`, many at once.

Whatever a row needs that is not done here makes it ``apart``, and the scalar engine has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from escalate.batch.around import Surroundings
from escalate.batch.block import Block
from escalate.batch.coded import Bools, Ints, Mask
from escalate.batch.firing import Firing
from escalate.batch.plan import Plan
from escalate.batch.ready import Ready
from escalate.batch.reminders import Reminders
from escalate.batch.running import Running
from escalate.batch.standing import Standing
from escalate.batch.triggers import Triggers

__all__ = ["Deciding"]


class Deciding:
    """The way from a block of tickets to their decisions."""

    def __init__(
        self, ready: Ready, plan: Plan, block: Block, around: Surroundings, apart: Bools
    ) -> None:
        self.block, self.count = block, block.count
        self.standing = Standing(ready, plan, block, around, apart)
        self.running = Running(self.standing)
        self.triggers = Triggers(self.standing)
        self.firing = Firing(self.standing, self.running, self.triggers)
        self.reminders = Reminders(self.standing, self.running, self.firing)

    def run(self) -> None:
        """Everything that decisions need, in order."""
        self.prepare()
        self.running.read_deadlines()
        self.running.read_clocks()
        self.firing.run()
        self.block.forget()  # most of it is not asked again
        self.reminders.run()

    def prepare(self) -> None:
        """What is needed before anything is asked."""
        self.standing.prepare()

    def holding(self) -> Iterator[tuple[int, Mask | Ints]]:
        """Which triggers of a policy without clocks hold, by place, and where: a mask, or the
        rows of a few. For who wants no more."""
        return self.triggers.holding()
