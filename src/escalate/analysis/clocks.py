"""Clocks: their state and their measures. Language: "Time"; finer points 11 to 18."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from escalate.analysis.forms import Form, Masks
from escalate.analysis.measured import duration_us, on_scale, operands
from escalate.analysis.scale import Scale
from escalate.analysis.space import Box, Space
from escalate.policy.clock import Clock
from escalate.policy.condition import Test
from escalate.policy.facts import Fact
from escalate.policy.target import At
from escalate.worktime.duration import Duration

if TYPE_CHECKING:
    from escalate.analysis.world import World

__all__ = ["TargetSides", "clock_form", "dimensions_of", "recurs"]

_MEASURES: Final = ("elapsed", "remaining", "overdue", "percent")

#: Moments that come but once in a ticket's life.
_ONCE: Final = ("created",)

#: State and target ("some", "none", "absent"); unknown and not begun have none.
_Cell = tuple[str, str]


def recurs(clock: Clock) -> bool:
    """Whether the clock may run in several cycles of its own."""
    return clock.on_reopen == "restart" or any(moment not in _ONCE for moment in clock.from_)


def dimensions_of(space: Space, name: str) -> list[str]:
    """Those that hang on one clock."""
    own = f"clock.{name}"
    return [own, *(d for m in _MEASURES if (d := f"{own}.{m}") in space.full)]


def _cells(world: World, name: str) -> list[_Cell]:
    """Every state that the clock may be in."""
    clock = world.policy.clocks[name]
    targets = _targets(world, clock)
    moments = {*clock.from_, *clock.until, "resolved"}
    cells: list[_Cell] = []
    if moments - {"created"}:
        cells.append(("unknown", ""))
    if "created" not in clock.from_:
        cells.append(("not-started", ""))
    for state in ("running", "paused", "met"):
        cells += [(state, target) for target in targets]
    if "some" in targets:
        cells.append(("breached", "some"))
    if not clock.resolved_counts:
        cells += [("ended", target) for target in targets]
    return cells


def _targets(world: World, clock: Clock) -> list[str]:
    """Whether there may be a target, none, or one that an absent field leaves unknown."""
    if clock.target is None:
        return ["none"]
    cases = clock.target.cases
    found = []
    if any(case.use is not None for case in cases):
        found.append("some")
    if any(case.use is None for case in cases) or all(case.when is not None for case in cases):
        found.append("none")
    fields = [case.use.at for case in cases if isinstance(case.use, At)]
    if any(field != "created_at" and not world.certain(field) for field in fields):
        found.append("absent")
    return found


def clock_form(world: World, fact: Fact) -> Form:
    """A clock's state, or one of its measures."""
    _, name, *measure = fact.name.split(".")
    own = f"clock.{name}"
    cells = _cells(world, name)
    space = world.space
    if own not in space.full:
        space.add(own, (1 << len(cells)) - 1)
        unknown = _mask(cells, lambda state, target: state == "unknown")
        clock = world.policy.clocks[name]
        moments = {*clock.from_, *clock.until, "resolved"}
        told = moments <= {"created", "entered", "agent-reply", "resolved"}
        world.history.tells(own, unknown, space.full[own] if told else 0)
    if not measure:
        return _state_form(own, cells)
    return _measure_form(world, fact, own, cells, measure[0])


def _mask(cells: Sequence[_Cell], wanted: Callable[[str, str], bool]) -> int:
    """The cells whose state and target are wanted."""
    return sum(1 << i for i, cell in enumerate(cells) if wanted(*cell))


def _state_form(own: str, cells: Sequence[_Cell]) -> Form:
    known = _mask(cells, lambda state, target: state != "unknown")

    def holds(tests: Sequence[Test], state: str) -> bool:
        from escalate.evaluator.operators import MAKERS

        return all(MAKERS[test.op](test.value)(state) for test in tests)

    def masks(tests: Sequence[Test]) -> Masks:
        return [(own, _mask(cells, lambda state, target: holds(tests, state)))]

    def unclear(tests: Sequence[Test]) -> int:
        # It may have been breached, for all that is known of the target.
        late = holds(tests, "breached")
        open_ = ("running", "met")
        return _mask(
            cells, lambda s, target: target == "absent" and s in open_ and holds(tests, s) != late
        )

    return Form(own, known, known, 0, masks, unclear)


def _measure_form(world: World, fact: Fact, own: str, cells: Sequence[_Cell], measure: str) -> Form:
    tests = world.tests.get(fact.name, ())
    share = measure == "percent"
    read = _number if share else duration_us
    marks = [read(value) for value in operands(tests)]
    scale = Scale([100, *marks] if share else marks, 0, whole=not share)
    space = world.space
    if fact.name not in space.full:
        if measure == "elapsed":
            space.add(fact.name, scale.full)
        else:
            sides = world.targets.get(own)
            if sides is None:
                sides = world.targets[own] = TargetSides(own, cells, *_special(world, own))
                space.rules[own] = (*space.rules.get(own, ()), sides)
            space.add(fact.name, scale.full, sides)
            sides.add(fact.name, measure, scale)
    begun = _mask(cells, lambda state, target: state not in ("unknown", "not-started"))
    there, live, false = begun, begun, _mask(cells, lambda state, target: state == "not-started")
    if measure != "elapsed":
        live = _mask(cells, lambda state, target: target == "some")
        false |= _mask(cells, lambda state, target: target == "none")
        there = _mask(cells, lambda state, target: target in ("some", "absent"))
    return Form(own, there, live, false, on_scale(fact.name, scale, read))


def _special(world: World, own: str) -> tuple[bool, bool]:
    """Whether the clock's target may be an instant of the ticket, and whether it may come
    to no time at all."""
    target = world.policy.clocks[own.partition(".")[2]].target
    uses = [] if target is None else [case.use for case in target.cases]
    instants = any(isinstance(use, At) for use in uses)
    return instants, instants or any(isinstance(use, Duration) and not use.us for use in uses)


def _number(value: Any) -> Any:
    return value


class TargetSides:
    """What is left, what is over, the share of a target and the state tell of one thing.

    There are five sides: before the target, at it, beyond it; and of a target of zero,
    where the share is 100 at once, at it and beyond it.
    """

    __slots__ = ("_cells", "_sides")

    def __init__(self, own: str, cells: Sequence[_Cell], instants: bool, zero: bool) -> None:
        self._sides = range(5 if zero else 3)
        self._cells: dict[str, tuple[int, ...]] = {}
        # A pause at the very target leaves it unbreached there; an instant may pass while
        # the clock stands still, with time left.
        late = _mask(
            cells, lambda state, target: target == "some" and state in ("running", "paused", "met")
        )
        early = 0 if instants else _mask(cells, lambda state, target: state == "breached")
        every = (1 << len(cells)) - 1
        self._cells[own] = (
            every & ~early,
            every,
            every & ~late,
            every,
            every & ~late,
        )

    def add(self, dimension: str, measure: str, scale: Scale) -> None:
        """The cells of a measure by side."""
        some, none = scale.mask("gt", 0), scale.mask("eq", 0)
        if measure == "percent":
            below, at, above = (scale.mask(op, 100) for op in ("lt", "eq", "gt"))
            self._cells[dimension] = (below, at, above, at, at)
        elif measure == "remaining":
            self._cells[dimension] = (some, none, none, none, none)
        else:
            self._cells[dimension] = (none, none, some, none, some)

    def allows(self, box: Box) -> bool:
        """Whether one side fits the state and all measures of the box."""
        asked = [(box[d], sides) for d, sides in self._cells.items() if d in box]
        return any(all(mask & sides[i] for mask, sides in asked) for i in self._sides)
