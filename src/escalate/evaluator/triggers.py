"""The triggers of a policy, each compiled when a ticket first needs it.

A desk with a thousand triggers asks few of them of a ticket, and some never: the index is
made when the first ticket comes, and what it leaves to ask when it is first asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from escalate.evaluator.compiled import (
    PHASES_OF,
    CompiledTrigger,
    compile_trigger,
    goes_by_cycle,
)
from escalate.evaluator.conditions import Compiler
from escalate.evaluator.index import Index, Since, View
from escalate.policy.policy import Policy

__all__ = ["Triggers"]

_MOST_KEPT: Final = 10_000
_PHASES: Final = ("open", "waiting", "resolved", "closed")


class Triggers:
    """The triggers by their places in the policy. Threads may share it: making one twice
    does no harm."""

    def __init__(self, policy: Policy, compiler: Compiler) -> None:
        self._policy = policy
        self._compiler = compiler
        self._full: list[CompiledTrigger | None] = [None] * len(policy.triggers)
        self.names: dict[int, tuple[str, ...]] = {}
        """The ids of sets of triggers that were asked for."""
        self._rest: list[CompiledTrigger | None] = [None] * len(policy.triggers)

    def __len__(self) -> int:
        return len(self._full)

    @cached_property
    def index(self) -> Index:
        """What tells at once which of them hold."""
        return Index(
            [(trigger.when.root, trigger.at) for trigger in self._policy.triggers],
            self._compiler.names,
            {name: condition.root for name, condition in self._policy.conditions.items()},
        )

    @cached_property
    def by_id(self) -> Mapping[str, int]:
        """The bit of each trigger that goes by the ticket's cycle alone."""
        return {
            trigger.id: 1 << place
            for place, trigger in enumerate(self._policy.triggers)
            if goes_by_cycle(trigger, self._compiler)
        }

    @cached_property
    def simple(self) -> int:
        """Those that go by the ticket's cycle alone, and fire once in it."""
        return sum(self.by_id.values())

    @cached_property
    def unusual(self) -> int:
        """All others."""
        return self.index.everyone & ~self.simple

    @cached_property
    def for_phase(self) -> Mapping[str, int]:
        """Those that look at tickets in each phase."""
        written = self._policy.triggers
        return {
            phase: sum(1 << n for n, one in enumerate(written) if phase in PHASES_OF[one.for_])
            for phase in _PHASES
        }

    def named(self, bits: int) -> tuple[str, ...]:
        """The ids of a set of triggers, as written."""
        found = self.names.get(bits)
        if found is None:
            written = self._policy.triggers
            found = tuple([written[place].id for place in self.index.places(bits)])
            if len(self.names) >= _MOST_KEPT:
                self.names.clear()
            self.names[bits] = found
        return found

    @cached_property
    def view(self) -> Callable[[Mapping[str, Any], Since], View]:
        """A ticket as the index sees it."""
        return self.index.view

    def full(self, place: int) -> CompiledTrigger:
        """The trigger with the whole of its condition."""
        made = self._full[place]
        if made is None:
            made = self._full[place] = compile_trigger(self._policy.triggers[place], self._compiler)
        return made

    def rest(self, place: int) -> CompiledTrigger:
        """The trigger with what is left to ask where the index takes it for possible."""
        made = self._rest[place]
        if made is None:
            rest = self._compiler.all_of(self.index.rest(place))
            made = self._rest[place] = replace(self.full(place), when=rest)
        return made

    def asked(self, place: int, view: View) -> CompiledTrigger:
        """The trigger with what is to be asked of this ticket."""
        return self.full(place) if view.unsure >> place & 1 else self.rest(place)
