"""What the index looks up: one axis for each fact that conditions compare.

An axis takes in what is asked of its fact and makes a table of it: for each value that is
told apart, the bits that this value leaves. A bit of a trigger goes where one of its
comparisons fails; of clauses with several alternatives there is a bit that goes where one
of them holds (see ``index``). What a comparison says of a value is asked of the same
testers from which conditions are compiled.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar, Final, NamedTuple

from escalate.evaluator.clauses import Literal
from escalate.evaluator.leaves import tester
from escalate.evaluator.names import Names
from escalate.policy.condition import Compare, Requested, Test
from escalate.policy.facts import Fact
from escalate.worktime import Duration

__all__ = ["WISH", "Asked", "Axis", "Elapsed", "Items", "Key", "Wish", "asked_of", "standing_at"]

BASES: Final = {"age": 0, "at_level": 1, "idle": 2}
"""Durations that can be looked up, and the place of when each begins (`Context.since`)."""
ABSENT: Final = "\0absent"
"""Stands in a list that is not there."""
BEYOND: Final = 10**400
"""Stands for a number that is not there, and lies beyond all that are."""

WISH: Final = Fact("requested", "object", "request")
_WRITTEN: Final = {
    "eq": "==",
    "ne": "!=",
    "in": "in",
    "not_in": "not in",
    "lt": "<",
    "lte": "<=",
    "gt": ">",
    "gte": ">=",
}
_MANY: Final = 4
"""So many values are found faster in a set than one after another."""
_RANKED: Final = ("lt", "lte", "gt", "gte")
_NUMBERS: Final = ("eq", "ne", "lt", "lte", "gt", "gte")


class Key(NamedTuple):
    """Which axis it is: its kind, its fact, and the calendar in which time is counted."""

    kind: type[Axis]
    fact: str
    calendar: str | None = None


class Asked(NamedTuple):
    """One comparison, and the axis that it is looked up on. ``rising`` tells of a duration
    whether time makes it hold, or ends it."""

    axis: Key
    operator: str
    operand: Any
    wanted: bool
    rising: bool | None = None


class Axis:
    """A fact with texts or other plain values: a look-up by value.

    ``everything`` is every bit that there is. ``classes`` are those of values that it can
    look up, ``absent`` stands for a value that is not there; ``by_value`` tells that a value
    is looked up as it is.
    """

    classes: ClassVar[tuple[type, ...]] = (str, int, float, bool, tuple)
    absent: ClassVar[Any] = None
    by_value: ClassVar[bool] = True
    everything = 0

    def __init__(self, key: Key, names: Names) -> None:
        self.key = key
        self.fact = WISH if key.fact == WISH.name else names.facts[key.fact]
        self.names = names
        self.asked: dict[frozenset[Asked], list[int]] = {}
        """Alternatives, each with the bits that go where none holds, and where one does."""

    def ask(self, alternatives: frozenset[Asked], bit: int, clause: bool) -> None:
        """Take in what a trigger asks. The bit goes where none of the alternatives holds; of
        a ``clause``, where one does."""
        bits = self.asked.setdefault(alternatives, [0, 0])
        bits[clause] |= bit

    def left(self, value: Any) -> int:
        """The bits that a value leaves."""
        bits = self.everything
        for alternatives, (needed, freed) in self.asked.items():
            holds = any(self.holds(one, value) == one.wanted for one in alternatives)
            bits &= ~freed if holds else ~needed
        return bits

    def possible(self) -> int:
        """The bits that are left where the value is not known."""
        bits = self.everything
        for _, freed in self.asked.values():
            bits &= ~freed
        return bits

    def holds(self, one: Asked, value: Any) -> bool:
        """What a comparison says of a value."""
        return tester(Test(one.operator, one.operand), self.fact, self.names.zone)(value)

    def operands(self) -> list[Any]:
        """Every value that is named, in a fixed order."""
        found = {one.operand for alternatives in self.asked for one in alternatives}
        return sorted({x for operand in found for x in _each(operand)})

    def named(self) -> list[Any]:
        """Every value that is told apart from all others, in a fixed order."""
        # What comes before another in an order is not named, yet told apart.
        return list(dict.fromkeys([*(self.fact.choices or ()), *self.operands()]))

    def compared(self, one: Asked, n: int, constants: dict[str, Any]) -> str:
        """A comparison as an expression."""
        operator, operand = one.operator, one.operand
        if self.fact.kind == "ordered" and operator in _RANKED:
            choices = self.fact.choices or ()
            operator, operand = "in", tuple(x for x in choices if self.holds(one, x))
        said = f"v{n} {_WRITTEN[operator]} {_constant(operand)}"
        return said if one.wanted else f"not ({said})"

    def share(self, one: Asked) -> float:
        """Roughly how many of all tickets fit: what fits fewest is compared first."""
        choices = self.fact.choices or ()
        share = len(_each(one.operand)) / max(len(choices), 2 * len(_each(one.operand)))
        negative = one.operator in ("ne", "not_in")
        return 0.5 if one.operator in _RANKED else share if negative != one.wanted else 1 - share

    def written(self, n: int, constants: dict[str, Any]) -> str:
        """The look-up as an expression; its tables become constants."""
        table: dict[Any, int] = {value: self.left(value) for value in self.named()}
        table[None] = self.possible()
        constants |= {f"q{n}": table, f"e{n}": self.left(object())}
        return f"q{n}.get(v{n}, e{n})"


class Level(Axis):
    """The level, as a trigger's ``at`` wants it: a ticket without one is at none."""

    def possible(self) -> int:
        return self.left(None)


class Flag(Axis):
    """A fact that is true or false."""

    classes = (bool,)

    def operands(self) -> list[Any]:
        return [False, True]

    def share(self, one: Asked) -> float:
        return 0.5


class Wish(Axis):
    """Whether there may be an open request: where there is none, nobody asked for anything."""

    by_value = False
    classes = (bool,)

    def holds(self, one: Asked, value: Any) -> bool:
        return False

    def compared(self, one: Asked, n: int, constants: dict[str, Any]) -> str:
        return f"v{n}" if one.wanted else "True"

    def share(self, one: Asked) -> float:
        return 0.0

    def written(self, n: int, constants: dict[str, Any]) -> str:
        constants[f"q{n}"] = (self.left(False), self.possible())
        return f"q{n}[v{n}]"


class Number(Axis):
    """A fact with numbers: a look-up by where the number lies between those named."""

    by_value = False
    classes = (int, float)
    absent = BEYOND

    def written(self, n: int, constants: dict[str, Any]) -> str:
        points: list[Any] = self.operands()
        signs = {one.operator for asked in self.asked for one in asked}
        place = f"bisect_right(x{n}, {self.measured(n, constants)})"
        exact = [Fraction(point) for point in points]
        table = [self.left(exact[0] - 1)]
        if signs <= {"gte", "lt"}:
            table += map(self.left, points)
        else:
            place = f"bisect_left(x{n}, v{n}) + {place}"
            for this, following in pairwise([*exact, exact[-1] + 2]):
                table += [self.left(this), self.left((this + following) / 2)]
        constants |= {f"q{n}": (*table, self.possible()), f"x{n}": (*points, BEYOND)}
        return f"q{n}[{place}]"

    def measured(self, n: int, constants: dict[str, Any]) -> str:
        """The number as an expression."""
        return f"v{n}"


class Elapsed(Number):
    """The time since something: a number that grows."""

    absent = -BEYOND

    def __init__(self, key: Key, names: Names) -> None:
        super().__init__(key, names)
        self.timeline = names.timelines[key.calendar] if key.calendar else names.calendar
        self.base = BASES[key.fact]

    def holds(self, one: Asked, value: Any) -> bool:
        return bool((value >= one.operand) == (one.operator == "gte"))

    def compared(self, one: Asked, n: int, constants: dict[str, Any]) -> str:
        sign = ">=" if (one.operator == "gte") == one.wanted else "<"
        return f"{self.measured(n, constants)} {sign} {one.operand}"

    def share(self, one: Asked) -> float:
        return 1.0

    def in_the_end(self) -> int:
        """The bits that are left once all of the time has passed."""
        return self.left(self.operands()[-1])

    def measured(self, n: int, constants: dict[str, Any]) -> str:
        if self.timeline.always:
            return f"now - v{n}"
        constants[f"position{n}"] = self.timeline.position
        return f"position{n}(now) - v{n}"


class Items(Axis):
    """A fact with a list: what it has of the items named.

    An item only takes bits away, so what is wanted has to be asked as a clause, and what is
    not wanted apart from any other alternative.
    """

    by_value = False
    classes = (tuple,)
    absent = (ABSENT,)

    def holds(self, one: Asked, value: Any) -> bool:
        return bool(one.operand == value)

    def compared(self, one: Asked, n: int, constants: dict[str, Any]) -> str:
        return f"{one.operand!r} {'in' if one.wanted else 'not in'} v{n}"

    def share(self, one: Asked) -> float:
        return 0.1 if one.wanted else 0.9

    def left(self, value: Any) -> int:
        """The bits that an item leaves of those that the others left."""
        bits = self.everything
        for alternatives, (needed, freed) in self.asked.items():
            for one in alternatives:
                if self.holds(one, value):
                    bits &= ~freed if one.wanted else ~needed
        return bits

    def written(self, n: int, constants: dict[str, Any]) -> str:
        table = {item: self.left(item) for item in self.operands()}
        table[ABSENT] = self.possible()
        constants |= {f"q{n}": table, f"e{n}": self.everything}
        return f"e{n}"


def asked_of(literal: Literal, names: Names) -> Asked | None:
    """What a comparison asks of which axis; ``None`` where it has to be asked in words."""
    match literal.node:
        case Requested():
            return Asked(Key(Wish, WISH.name), "eq", True, literal.wanted)
        case Compare(fact=name, tests=(Test(op=op, value=value),), calendar=calendar):
            fact = names.facts[name]
        case _:
            return None
    if fact.source == "time" and name in BASES and op in ("gte", "lt"):
        amount = Duration.parse(str(value))
        if amount.workdays:
            return None
        rising = (op == "gte") == literal.wanted
        return Asked(Key(Elapsed, name, calendar), op, amount.us, literal.wanted, rising)
    kind = _kind(fact, op, value) if fact.source == "snapshot" else None
    return None if kind is None else Asked(Key(kind, name), op, value, literal.wanted)


def standing_at(levels: tuple[str, ...]) -> Asked:
    """What a trigger's ``at`` asks."""
    return Asked(Key(Level, "level"), "in", levels, True)


_SIGNS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("eq", "ne", "in", "not_in"),
    "ordered": ("eq", "ne", "in", "not_in", "lt", "lte", "gt", "gte"),
}


def _kind(fact: Fact, op: str, value: Any) -> type[Axis] | None:
    """The kind of axis on which such a comparison can be looked up."""
    texts = all(type(operand) is str for operand in _each(value))
    if op in _SIGNS.get(fact.kind, ()) and texts:
        return Axis
    if fact.kind == "boolean" and op in ("eq", "ne") and type(value) is bool:
        return Flag
    if fact.kind in ("number", "integer") and op in _NUMBERS and type(value) in (int, float):
        return Number
    if fact.kind == "list" and op == "contains" and texts:
        return Items
    return None


def _constant(operand: Any) -> str:
    """An operand as Python's source: of many values a set."""
    if not isinstance(operand, tuple) or len(operand) < _MANY:
        return repr(operand)
    return f"{{{', '.join(map(repr, operand))}}}"


def _each(operand: Any) -> tuple[Any, ...]:
    return operand if isinstance(operand, tuple) else (operand,)
