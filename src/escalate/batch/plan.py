"""What of a policy the pass over events needs: `evaluator.history.Plan` in tables by level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from escalate.batch.coded import Answers, Bools, Ints, Mask, Pool
from escalate.batch.extra import np
from escalate.evaluator.compiled import CompiledLevel
from escalate.evaluator.status import DONE
from escalate.evaluator.timers import TimerSpec

__all__ = ["OVER", "PHASES", "UNMAPPED", "Plan", "whole"]

PHASES: Final = ("open", "waiting", "resolved", "closed")
OVER: Final = Answers(np.array([*(phase in DONE for phase in PHASES), False]))
"""In which phases a ticket is done; the last entry is for a status without one."""
UNMAPPED: Final = -1
"""In place of a phase: the policy maps the status to none."""


class Plan:
    """The clocks and deadlines of a policy, its statuses, and the moments that they hear."""

    def __init__(
        self,
        pool: Pool,
        phases: Mapping[str, str],
        clocks: tuple[TimerSpec, ...],
        levels: tuple[CompiledLevel, ...],
        asked: frozenset[str],
    ) -> None:
        self.pool = pool
        self.phases = phases
        self.clocks = clocks
        self.asked = asked
        """The moments of which conditions ask how long they are past."""
        self.ladder = [level.timers for level in levels]
        self.slots = max([len(timers) for timers in self.ladder], default=0)
        self.kinds = [self._kinds(slot) for slot in range(self.slots)]
        """The deadlines of each slot that behave alike, each with the levels that have it."""
        self.heard = {m for spec in clocks for m in spec.starts | spec.stops}
        self.heard |= {m for timers in self.ladder for spec in timers for m in spec.stops}
        self.through = any(spec.starts & {"resolved", "closed"} for spec in clocks)

    def _kinds(self, slot: int) -> list[tuple[TimerSpec, Answers]]:
        """The last entry of the levels' mask is for no level."""
        found: dict[tuple[frozenset[str], frozenset[str], bool], tuple[TimerSpec, Bools]] = {}
        for rank, timers in enumerate(self.ladder):
            if slot < len(timers):
                spec = timers[slot]
                key = (spec.pauses, spec.stops, spec.anew)
                nowhere = np.zeros(len(self.ladder) + 1, np.bool_)
                found.setdefault(key, (spec, nowhere))[1][rank] = True
        return [(spec, Answers(having)) for spec, having in found.values()]

    def phase(self, statuses: Ints) -> Ints:
        """The phase of statuses, by its place in :data:`PHASES`; unmapped is marked."""

        def of(status: str | None) -> int:
            if status is None:
                return 0
            phase = self.phases.get(status)
            return UNMAPPED if phase is None else PHASES.index(phase)

        return self.pool.map("phase", of).take(statuses)

    def still(self, spec: TimerSpec, statuses: Ints) -> Bools:
        """Where a timer stands still in these statuses."""
        table, _ = self.pool.table(("pause", spec.pauses), lambda s: s in spec.pauses)
        return whole(table.of(statuses), len(statuses))


def whole(mask: Mask, count: int) -> Bools:
    """A mask as an array."""
    return np.full(count, mask) if isinstance(mask, bool) else mask
