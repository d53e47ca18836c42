"""Facts that are counted or measured: numbers, durations, instants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from escalate.analysis.forms import Form, Masks
from escalate.analysis.scale import Scale
from escalate.policy.condition import Test
from escalate.policy.facts import Fact
from escalate.worktime.duration import Duration

if TYPE_CHECKING:
    from escalate.analysis.world import World

__all__ = ["duration_form", "duration_us", "instant_form", "number_form", "on_scale", "operands"]


def on_scale(dimension: str, scale: Scale, read: Callable[[Any], Any]) -> Callable[..., Masks]:
    """Tests as constraints of a number; ``read`` turns operands into numbers."""

    def masks(tests: Sequence[Test]) -> Masks:
        found: Masks = []
        for test in tests:
            value = test.value
            read_value = tuple(map(read, value)) if isinstance(value, tuple) else read(value)
            found.append((dimension, scale.mask(test.op, read_value)))
        return found

    return masks


def operands(tests: Iterable[Test]) -> list[Any]:
    """All that a fact is compared with."""
    return [value for test in tests if test.op != "exists" for value in test.operands]


def number_form(world: World, fact: Fact) -> Form:
    """A number of the ticket, counted from events, or of the desk."""
    name, spec = fact.name, fact.of
    marks = operands(world.tests.get(name, ()))
    low: Any = 0
    high = None
    if fact.source == "snapshot":
        low, high = (None, None) if spec is None else (spec.minimum, spec.maximum)
    scale = Scale(marks, low, high, fact.kind == "integer", fact.choices)
    absent = 1 << scale.size
    certain = fact.source == "snapshot" and world.certain(name)
    world.space.add(name, scale.full | (0 if certain else absent))
    if fact.source == "events":
        world.history.tells(name, absent)
    return Form(name, scale.full, scale.full, 0, on_scale(name, scale, lambda value: value))


def instant_form(world: World, fact: Fact) -> Form:
    """An instant that a ticket holds."""
    name, zone = fact.name, world.policy.timezone

    def read(value: Any) -> int:
        return _instant_us(value, zone)

    scale = Scale(map(read, operands(world.tests.get(name, ()))), whole=True)
    given = name == "created_at" or world.certain(name)
    world.space.add(name, scale.full | (0 if given else 1 << scale.size))
    return Form(name, scale.full, scale.full, 0, on_scale(name, scale, read))


def _instant_us(value: str, zone: str) -> int:
    """Microseconds since 1970 of an instant as written; a local one is in the policy's zone."""
    from escalate.worktime.zone import find_zone, to_us, wall_to_us

    moment = datetime.fromisoformat(value)
    return to_us(moment) if moment.tzinfo is not None else wall_to_us(moment, find_zone(zone))


def duration_us(value: Any) -> int:
    """Microseconds of working time, as a condition writes them."""
    return Duration.parse(str(value)).us


_UNKNOWN, _NEVER, _HAPPENED = 1, 2, 4
#: Moments that a ticket without events may tell of.
_TOLD: Final = ("entered", "agent-reply", "resolved")


def duration_form(world: World, fact: Fact, calendar: str) -> Form:
    """Time since a moment, counted in a calendar."""
    name = fact.name
    base = _base(world, name)
    counted = calendar or world.policy.calendar
    dimension = f"{name}@{counted}"
    tests = [t for t in world.tests.get(name, ()) if t.op != "exists"]
    marks = [Duration.parse(str(value)) for test in tests for value in test.operands]
    hours = Scale((d.us for d in marks if not d.workdays), 0, whole=True)
    days = Scale((d.workdays for d in marks if d.workdays), 0, whole=True)
    space = world.space
    space.add(dimension, hours.full)
    space.add(f"{dimension}#workdays", days.full)

    def masks(asked: Sequence[Test]) -> Masks:
        found: Masks = []
        for test in asked:
            values = [Duration.parse(str(value)) for value in test.operands]
            if not any(value.workdays for value in values):
                amount = tuple(value.us for value in values)
                operand = amount if isinstance(test.value, tuple) else amount[0]
                found.append((dimension, hours.mask(test.op, operand)))
            elif test.op in ("gte", "lt"):
                # Workdays grow with their number, but two may come to the same time.
                mask = days.mask(test.op, values[0].workdays)
                found.append((f"{dimension}#workdays", mask))
            else:
                question = f"{dimension}?{test.op} {test.value!r}"
                space.full.setdefault(question, 3)
                found.append((question, 2))
        return found

    if base is None:
        return Form(None, 0, 0, 0, masks)
    return Form(base, _HAPPENED, _HAPPENED, _NEVER, masks)


def _base(world: World, name: str) -> str | None:
    """The dimension that tells whether the moment came, if that is any question."""
    family, _, moment = name.partition(".")
    if family == "age" or moment == "created":
        return None
    space = world.space
    if family == "at_level":
        if family not in space.full:
            space.add(family, _NEVER | _HAPPENED)
        return family
    if family == "idle":
        if family not in space.full:
            space.add(family, _UNKNOWN | _HAPPENED)
            world.history.tells(family, _UNKNOWN)
        return family
    base = f"since.{moment}"
    if base not in space.full:
        space.add(base, _UNKNOWN | _NEVER | _HAPPENED)
        perhaps = _NEVER | _HAPPENED if moment in _TOLD else 0
        world.history.tells(base, _UNKNOWN, perhaps)
    return base
