"""Which triggers could hold for a ticket, found all at once.

Conditions that ask for a field's value, compare it with numbers, look into a list or wait
for time to pass are what nearly all triggers are made of. A function that finds all of them
that hold is generated once per policy (`looking`), and can be read (``Engine.source()``).
What is open, or reads a fact that is not there, is asked in words if the rest of it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, Final, NamedTuple

from escalate.evaluator.axes import Axis, Elapsed, Key, Wish
from escalate.evaluator.groups import Groups
from escalate.evaluator.looking import Look, Source, chain, compiled, legend, table
from escalate.evaluator.names import Names
from escalate.evaluator.wanted import Condition, Wanted, rest_of, wanted
from escalate.policy.condition import Node
from escalate.worktime.timeline import NEVER

__all__ = ["Index", "Since", "View"]

Values = Mapping[str, Any]
Since = tuple[int, int | None, int | None, bool]
"""When the ticket was created and came to its level, since when it is idle (``None`` where
that is not known), and whether there may be an open request."""

Wait = tuple[int, int, Callable[[int], int] | None]

MANY: Final = 45
"""So many triggers are looked up rather than compared one by one: measured, see
`docs/decisions/0002`."""
_MOST_KEPT: Final = 10_000
_new = tuple.__new__


class View(NamedTuple):
    """A ticket as the index sees it: how it is looked at, and the row of what is looked at;
    the triggers that are to be asked in words where they are possible, and those of them
    that are to be asked in full. Sets of triggers are integers, as in `looking`."""

    look: Look
    row: tuple[Any, ...]
    asking: int
    unsure: int


class Index:
    """The triggers of a policy by what they want. Threads may share it.

    ``conditions`` holds for each trigger its condition and the levels of its ``at``.
    """

    def __init__(
        self, conditions: Sequence[Condition], names: Names, named: Mapping[str, Node]
    ) -> None:
        self._names, self._named, self._conditions = names, named, conditions
        self._wanted = [wanted(condition, names, named) for condition in conditions]
        self.everyone = (1 << len(conditions)) - 1
        self._open = _those(one.open for one in self._wanted)
        self._wishes = _those(one.wish for one in self._wanted)
        self.ending = _those(one.ending for one in self._wanted)
        """Those that hold only until some time: asked in words, they tell until when."""
        self._axes = _axes(self._wanted, names)
        self._facts = [a for a in self._axes.values() if not isinstance(a, Elapsed | Wish)]
        self._timed = [a for a in self._axes.values() if isinstance(a, Elapsed)]
        self._unsure = {
            key: _those(any(key == a.axis for c in one.clauses for a in c) for one in self._wanted)
            for key in self._axes
        }
        self._reads_wishes = any(isinstance(axis, Wish) for axis in self._axes.values())
        self._end = names.timelines["always"].end
        self._waits = [self._wait(one) for one in self._wanted]
        self._pick = _picker([axis.fact.name for axis in self._facts])
        self._begun = _picker([axis.base for axis in self._timed])
        self._counted = not all(axis.timeline.always for axis in self._timed)
        self._usual: set[tuple[type, ...]] = set()
        self._places: dict[int, tuple[int, ...]] = {}
        self._waited: dict[int, tuple[tuple[Wait, ...], int]] = {}

    def _wait(self, one: Wanted) -> Wait | None:
        """Where in a row stands that since which a trigger waits, how long it waits, and how
        that comes to an instant, if real time is not counted; ``None`` where it has to be
        asked."""
        if one.waits is None or one.open:
            return None
        axis = self._axes[one.waits.axis]
        assert isinstance(axis, Elapsed)
        place, timeline = list(self._axes).index(one.waits.axis), axis.timeline
        return place, one.waits.operand, None if timeline.always else timeline.instant

    # The functions.

    @cached_property
    def _few(self) -> Look:
        """The form in which every fact has to be there."""
        if self._chain is not None:
            return compiled(self._chain)
        return self._many if self._groups is None else self._groups.look

    @cached_property
    def _chain(self) -> Source | None:
        """The triggers one after another, if they are few."""
        if len(self._wanted) >= MANY:
            return None
        return chain(enumerate(self._wanted), self._axes)

    @cached_property
    def _groups(self) -> Groups | None:
        """The triggers told apart by some of the facts, if that leaves few of them."""
        axes = _axes(self._wanted, self._names)
        groups = Groups(self._wanted, axes, MANY, lambda row, now: self._many(row, now))
        return groups if groups.size < MANY else None

    @cached_property
    def _table(self) -> Source:
        return table(self._wanted, _axes(self._wanted, self._names))

    @cached_property
    def _many(self) -> Look:
        """The form in which facts may be absent."""
        return compiled(self._table)

    @property
    def source(self) -> str:
        """The source of what looks at tickets all of whose facts are there."""
        if self._chain is not None:
            return "\n".join([*legend(self._axes), self._chain[0]])
        return self._table[0] if self._groups is None else self._groups.source

    def rest(self, number: int) -> tuple[Node, ...]:
        """What is left to ask in words of a trigger that is possible, all of whose facts are
        there."""
        node, is_open = self._conditions[number][0], self._wanted[number].open
        return rest_of(node, is_open, self._names, self._named)

    # Tickets.

    def view(self, values: Values, since: Since) -> View:
        """A ticket with this snapshot and history, as the index sees it."""
        unsure = 0
        try:
            facts = self._pick(values)
            hash(facts)
            usual = tuple(map(type, facts)) in self._usual
        except KeyError:
            usual = False
        except TypeError:
            return self.odd(values)
        if not usual:
            found = self._unusual(values)
            if found is None:
                return self.odd(values)
            facts, unsure = found
        begun = self._begun(since)
        if self._counted or None in begun:
            begun, unsure = self._positions(begun, unsure)
        row = (*facts, *begun, since[3]) if self._reads_wishes else (*facts, *begun)
        asking = self._open
        if unsure or since[3]:
            asking |= unsure | (self._wishes if since[3] else 0)
        # A named tuple's own constructor costs twice this.
        return _new(View, (self._many if unsure else self._few, row, asking, unsure))

    def _unusual(self, values: Values) -> tuple[tuple[Any, ...], int] | None:
        """The facts that are looked up, some of which are absent; ``None`` where one is not
        what it should be, since nobody checked it."""
        facts, unsure = [], 0
        for axis in self._facts:
            value = values.get(axis.fact.name)
            if value is None:
                unsure |= self._unsure[axis.key]
                value = axis.absent
            elif type(value) not in axis.classes:
                return None
            facts.append(value)
        row = tuple(facts)
        try:
            hash(row)
        except TypeError:
            return None
        if not unsure:
            self._usual.add(tuple(map(type, row)))
        return row, unsure

    def _positions(self, begun: tuple[int | None, ...], unsure: int) -> tuple[tuple[int, ...], int]:
        """Since when times count, each in its own calendar; and what is not sure, with those
        that wait for a time of which that is not known."""
        found = []
        for axis, us in zip(self._timed, begun, strict=True):
            if us is None:
                unsure |= self._unsure[axis.key]
            found.append(axis.absent if us is None else axis.timeline.position(us))
        return tuple(found), unsure

    def odd(self, values: Values) -> View:
        """Of a ticket with what cannot be looked up, every trigger is asked in full."""
        level = values.get("level")
        asking = _those(at is None or level in at for _, at in self._conditions)
        return View(lambda row, now: (asking, 0), (), asking, self.everyone)

    def due(self, number: int, view: View) -> int | None:
        """When a trigger that waits will hold; ``None`` where it has to be asked."""
        if self._waits[number] is None or view.asking >> number & 1:
            return None
        return self.first_due(1 << number, view)[0]

    def first_due(self, waiting: int, view: View) -> tuple[int, int]:
        """When the first of those that wait will hold, and those of them to be asked."""
        first, asked = NEVER, waiting & view.asking
        row, told = view.row, waiting ^ asked
        found = self._waited.get(told)
        if found is None:
            found = self._waited[told] = self._told(told)
        waits, unsettled = found
        for place, amount, instant in waits:
            due = row[place] + amount
            if instant is not None:
                due = instant(due)
            if due < first:
                first = due
        return first if first < self._end else NEVER, asked | unsettled

    def _told(self, waiting: int) -> tuple[tuple[Wait, ...], int]:
        """What a set waits for first, of all that begins at once, and those of it that have to be
        asked."""
        if len(self._waited) >= _MOST_KEPT:
            self._waited.clear()
        asked, soonest = 0, dict[tuple[int, Callable[[int], int] | None], int]()
        for number in self.places(waiting):
            wait = self._waits[number]
            if wait is None:
                asked |= 1 << number
                continue
            place, amount, instant = wait
            soonest[place, instant] = min(amount, soonest.get((place, instant), amount))
        return tuple((place, n, instant) for (place, instant), n in soonest.items()), asked

    def places(self, bits: int) -> tuple[int, ...]:
        """The triggers of a set, as written."""
        found = self._places.get(bits)
        if found is None:
            left, listed = bits, list[int]()
            while left:
                lowest = left & -left
                listed.append(lowest.bit_length() - 1)
                left ^= lowest
            found = tuple(listed)
            if len(self._places) >= _MOST_KEPT:
                self._places.clear()
            self._places[bits] = found
        return found


def _axes(triggers: Sequence[Wanted], names: Names) -> dict[Key, Axis]:
    """What is looked up, in the order of rows: facts, times, requests."""
    keys = dict.fromkeys(a.axis for one in triggers for clause in one.clauses for a in clause)
    order = sorted(keys, key=lambda key: 2 * (key.kind is Wish) + (key.kind is Elapsed))
    return {key: key.kind(key, names) for key in order}


def _those(told: Iterable[bool]) -> int:
    """The triggers of which this is told, in order."""
    return sum(1 << number for number, one in enumerate(told) if one)


def _picker(names: Sequence[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Takes these facts; one that is not there raises ``KeyError``."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple([values[name] for name in names])
