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
    """The triggers by the numbers of :class:`Prefilter`: of each what is left to ask of a
    ticket whose facts are there, the whole of it, and the whole again for one that holds.

    Threads may share it: making one twice does no harm.
    """

    def __init__(self, policy: Policy, compiler: Compiler) -> None:
        self._written = policy.triggers
        self._compiler = compiler
        self._narrow = Prefilter(
            [(trigger.when.root, trigger.at) for trigger in policy.triggers],
            compiler.names,
            {name: condition.root for name, condition in policy.conditions.items()},
        )
        self.way = self._narrow.way
        self.sure = 2 * len(policy.triggers)
        """From this number on it is known that they hold."""
        self.made: list[CompiledTrigger | None] = [None] * (3 * len(policy.triggers))

    def __len__(self) -> int:
        return len(self._written)

    @property
    def source(self) -> str:
        """The Python source that looks at them, as far as it is written yet."""
        return self._narrow.source

    def in_full(self, place: int) -> CompiledTrigger:
        """The trigger in full, by its place in the policy."""
        return self[place + len(self._written)]

    def __getitem__(self, number: int) -> CompiledTrigger:
        """The trigger that a number of ``look`` stands for."""
        made = self.made[number]
        if made is None:
            count = len(self._written)
            if number < count:
                rest = self._compiler.all_of(self._narrow.rest(number))
                made = replace(self[number + count], when=rest)
            elif number < 2 * count:
                made = compile_trigger(self._written[number - count], self._compiler)
            else:
                made = self[number - count]
            self.made[number] = made
        return made
