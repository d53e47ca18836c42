"""What the customer was promised: how it stands, what is left of it, what is over.

Language: "Promises"; finer points 52 to 55.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from escalate.analysis.forms import Form, Masks
from escalate.analysis.measured import duration_us, on_scale, operands
from escalate.analysis.scale import Scale
from escalate.analysis.space import Box, Space
from escalate.policy.condition import Test
from escalate.policy.facts import Fact

if TYPE_CHECKING:
    from escalate.analysis.world import World

__all__ = ["BASE", "PromisedSides", "dimensions_of_promises", "promise_form"]

BASE: Final = "promise"

#: How it may stand: of a ticket whose events are not known; with no promise that stands, by
#: what became of the others; and with one that stands, before its instant and from it on.
_STATES: Final = (None, "none", "kept", "broken", "open", "broken")
_UNKNOWN, _OPEN, _LATE = 1, 1 << 4, 1 << 5
_EVERY: Final = (1 << len(_STATES)) - 1
_KNOWN: Final = _EVERY & ~_UNKNOWN
_STANDS: Final = _OPEN | _LATE


def promise_form(world: World, fact: Fact, calendar: str) -> Form:
    """How promises stand, or how far the one that counts is from its instant."""
    space = world.space
    if BASE not in space.full:
        space.add(BASE, _EVERY)
        world.history.tells(BASE, _UNKNOWN)
    measure = fact.name.partition(".")[2]
    if not measure:
        return Form(BASE, _KNOWN, _KNOWN, 0, _by_state)
    counted = calendar or world.policy.calendar
    dimension = f"{fact.name}@{counted}"
    marks = [duration_us(value) for value in operands(world.tests.get(fact.name, ()))]
    scale = Scale(marks, 0, whole=True)
    if dimension not in space.full:
        if world.promised is None:
            world.promised = PromisedSides()
            space.rules[BASE] = (*space.rules.get(BASE, ()), world.promised)
        named = world.policy.calendars.get(counted)
        always = named is None or named.hours.always
        space.add(dimension, scale.full, world.promised)
        world.promised.add(dimension, measure, scale, always=always)
    return Form(BASE, _STANDS, _STANDS, _KNOWN & ~_STANDS, on_scale(dimension, scale, duration_us))


def dimensions_of_promises(space: Space) -> list[str]:
    """Those that hang on what was promised."""
    return [d for d in space.full if d == BASE or d.startswith(f"{BASE}.")]


def _by_state(tests: Sequence[Test]) -> Masks:
    from escalate.evaluator.operators import MAKERS

    found = []
    for test in tests:
        holds = MAKERS[test.op](test.value)
        cells = (1 << i for i, state in enumerate(_STATES) if state is not None and holds(state))
        found.append((BASE, sum(cells)))
    return found


class PromisedSides:
    """Before its instant nothing of a promise is over, from then on nothing is left. Closed
    hours may lie between now and then, so that nothing is left and nothing over in them; a
    calendar that never closes has something left until the very instant."""

    __slots__ = ("_cells",)

    def __init__(self) -> None:
        self._cells: dict[str, dict[int, int]] = {}

    def add(self, dimension: str, measure: str, scale: Scale, *, always: bool) -> None:
        """A measure in a calendar, with its cells before the instant and from then on."""
        none, some = scale.mask("eq", 0), scale.mask("gt", 0)
        if measure == "remaining":
            self._cells[dimension] = {_OPEN: some if always else some | none, _LATE: none}
        else:
            self._cells[dimension] = {_OPEN: none, _LATE: some | none}

    def allows(self, box: Box) -> bool:
        """Whether all measures of the box fit one way in which the promise may stand."""
        stands = box.get(BASE, _EVERY)
        if stands & ~_STANDS:
            return True  # of a promise that does not stand nothing is measured
        asked = [(box[d], cells) for d, cells in self._cells.items() if d in box]
        return any(
            stands & side and all(mask & cells[side] for mask, cells in asked)
            for side in (_OPEN, _LATE)
        )
