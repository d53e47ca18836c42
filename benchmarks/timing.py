"""Times taken fairly: everything in turn, several rounds, the median of each.

Processor time, so that what else the machine does counts less; nothing here waits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import Any


@dataclass(frozen=True, slots=True)
class Runner:
    """A function to be called once for each item; what it answers is thrown away."""

    name: str
    call: Callable[[Any], object]
    items: Sequence[Any]

    def run(self) -> float:
        """Seconds an item."""
        call, items = self.call, self.items
        begun = process_time()
        for item in items:
            call(item)
        return (process_time() - begun) / len(items)


def in_turn(runners: Sequence[Runner], rounds: int, at_most: float = 2.0) -> dict[str, float]:
    """The median seconds an item of each. A slow one gets as many items as fit into
    ``at_most`` seconds a round."""
    fitted = []
    for runner in runners:
        few = Runner(runner.name, runner.call, runner.items[:3])
        few.run()
        enough = max(10, int(at_most / few.run()))
        fitted.append(Runner(runner.name, runner.call, runner.items[:enough]))
    taken: dict[str, list[float]] = {runner.name: [] for runner in runners}
    for _ in range(rounds):
        for runner in fitted:
            taken[runner.name].append(runner.run())
    return {name: median(times) for name, times in taken.items()}
