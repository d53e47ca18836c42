"""The triggers of a policy, each compiled when a ticket first needs it.

A desk with a thousand triggers asks few of them of a ticket, and some never; the narrowing
by the snapshot is made at once, what it leaves to ask when it is first asked.
"""

from __future__ import annotations

from dataclasses import replace

from escalate.evaluator.compiled import CompiledTrigger, compile_trigger
from escalate.evaluator.conditions import Compiler
from escalate.evaluator.prefilter import Prefilter
from escalate.policy.policy import Policy

__all__ = ["Triggers"]


class Triggers:
    """By number ``n`` each trigger, and at ``n`` plus their count the same in full.

    The first has as its condition only what the snapshot leaves open, for a ticket whose
    facts are there; see :class:`Prefilter`. Threads may share it: making one twice does no
    harm.
    """

    def __init__(self, policy: Policy, compiler: Compiler) -> None:
        self._written = policy.triggers
        self._compiler = compiler
        self._narrow = Prefilter(
            [(trigger.when.root, trigger.at) for trigger in policy.triggers],
            compiler.names.facts,
            {name: condition.root for name, condition in policy.conditions.items()},
        )
        self.candidates = self._narrow.candidates
        self.source = self._narrow.source
        self.made: list[CompiledTrigger | None] = [None] * (2 * len(policy.triggers))

    def __len__(self) -> int:
        return len(self._written)

    def __getitem__(self, number: int) -> CompiledTrigger:
        """The trigger in full, by its place in the policy."""
        return self.make(number + len(self._written))

    def make(self, number: int) -> CompiledTrigger:
        """The trigger that a number of ``candidates`` stands for."""
        made = self.made[number]
        if made is None:
            count = len(self._written)
            if number < count:
                rest = self._compiler.all_of(self._narrow.rest(number))
                made = replace(self.make(number + count), when=rest)
            else:
                index = number - count
                made = compile_trigger(self._written[index], self._compiler)
            self.made[number] = made
        return made
