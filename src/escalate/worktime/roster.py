"""Who has duty, as integers: the engine below `Rotation`.

Layers lie one upon the other, and the first of those that are on at an instant gives
duty. Overrides and swaps change who that is for a while.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from escalate.worktime.timeline import Timeline
from escalate.worktime.turns import Turns
from escalate.worktime.years import NEVER

__all__ = ["AnyLayer", "Change", "OnDuty", "Roster", "TurnLayer"]

_MOST_TRIED = 10_000  # openings, in search of one at which somebody has duty

Line = tuple[str, ...]
"""People in the order in which duty falls to them."""

Change = tuple[int, int, Line]
"""From when (inclusive) until when: who stands in, or the two who exchange their turns."""

OnDuty = tuple[str | None, int, int]
"""Who has duty (nobody: ``None``), from when until when."""


class AnyLayer(Protocol):
    """What one layer is asked."""

    members: Line
    start: int

    def order(self, us: int) -> Line:
        """Its people in turn at an instant; none where it is not on."""

    def next_moment(self, us: int) -> int:
        """The next instant after ``us`` at which :meth:`order` may change."""

    def covered_until(self, us: int) -> int:
        """Until when somebody of it has duty without a break from ``us`` on; ``us``
        itself where nobody has."""

    def next_cover(self, us: int) -> int:
        """The first instant from ``us`` on at which somebody of it has duty."""


class TurnLayer:
    """Members who take turns, in a calendar's hours or always."""

    def __init__(self, members: Line, turns: Turns, hours: Timeline | None) -> None:
        self.members = members
        self.start = turns.start
        self._turns = turns
        self._hours = None if hours is None or hours.always else hours
        self._orders: dict[int, Line] = {}

    def order(self, us: int) -> Line:
        """Its people in turn at an instant."""
        if us < self.start or (self._hours is not None and not self._hours.is_open(us)):
            return ()
        first = self._turns.number(us) % len(self.members)
        if first not in self._orders:
            line = (*self.members[first:], *self.members[:first])
            self._orders[first] = tuple(dict.fromkeys(line))
        return self._orders[first]

    def next_moment(self, us: int) -> int:
        """A hand-over, an opening or a closing, whichever comes first."""
        if us < self.start:
            return self.start
        over = self._turns.begin(self._turns.number(us) + 1)
        return over if self._hours is None else min(over, self._hours.next_change(us))

    def covered_until(self, us: int) -> int:
        """Until its hours close."""
        if us < self.start:
            return us
        if self._hours is None:
            return NEVER
        return self._hours.next_close(us) if self._hours.is_open(us) else us

    def next_cover(self, us: int) -> int:
        """When it begins, or its hours open."""
        us = max(us, self.start)
        return us if self._hours is None else self._hours.next_open(us)


class Roster:
    """Layers, the uppermost first, and what changes them for a while, as written.

    ``hours`` bounds the layers; overrides count outside them too.
    """

    def __init__(
        self,
        layers: Sequence[AnyLayer],
        overrides: Sequence[Change] = (),
        swaps: Sequence[Change] = (),
        hours: Timeline | None = None,
    ) -> None:
        self.layers = tuple(layers)
        self._hours = None if hours is None or hours.always else hours
        self.overrides = tuple(overrides)
        self.swaps = tuple(swaps)
        self.start = min(layer.start for layer in layers)
        """When the earliest layer begins."""
        edges = {edge for a, b, _ in (*overrides, *swaps) for edge in (a, b)}
        self._edges = tuple(sorted(edges))

    @property
    def members(self) -> Line:
        """Everybody who may have duty, each once: members by layer, then stand-ins."""
        everybody = [who for layer in self.layers for who in layer.members]
        everybody += [who for change in self.overrides for who in change[2]]
        return tuple(dict.fromkeys(everybody))

    def order(self, us: int) -> Line:
        """Whose turn it is at an instant, and whose turns come next, swaps reckoned in."""
        if self._hours is not None and not self._hours.is_open(us):
            return ()
        line: Sequence[str] = [who for layer in self.layers for who in layer.order(us)]
        for a, b, (one, other) in self.swaps:
            if a <= us < b:
                line = [other if who == one else one if who == other else who for who in line]
        return tuple(dict.fromkeys(line))

    def in_turn(self, us: int) -> Line:
        """Everybody in the order in which duty falls to them at an instant: who stands in,
        whose turn it is, and those whose turns come next."""
        line = self.order(us)
        for a, b, stands_in in self.overrides:
            if a <= us < b:
                line = (*stands_in, *line)
        return tuple(dict.fromkeys(line))

    def on_duty(self, us: int, offset: int = 0, away: Collection[str] = ()) -> str | None:
        """Who has duty at an instant; with ``offset``, who is so many places behind.

        Those who are ``away`` are passed over. Nobody stands behind himself: who has
        duty already, out of turn say, is passed over as well.
        """
        line = self.in_turn(us)
        found = next((who for who in line if who not in away), None)
        if not offset:
            return found
        order, taken = self.order(us), [found]
        for place in range(1, offset + 1):
            turn = place % len(order) if order else 0
            rest = [who for who in (*order[turn:], *order[:turn]) if who not in away]
            found = next((who for who in rest if who not in taken), None)
            taken.append(found)
        return found

    def next_moment(self, us: int) -> int:
        """The next instant after ``us`` at which anything may change; ``NEVER`` if it
        does not."""
        i = bisect_right(self._edges, us)
        edge = self._edges[i] if i < len(self._edges) else NEVER
        change = NEVER if self._hours is None else self._hours.next_change(us)
        return min(edge, change, *(layer.next_moment(us) for layer in self.layers))

    def shifts(self, start: int, end: int, offset: int = 0) -> Iterator[OnDuty]:
        """Who has duty between two instants, one after the other without a hole."""
        if start >= end:
            return
        begin, who, at = start, self.on_duty(start, offset), start
        while (at := self.next_moment(at)) < end:
            then = self.on_duty(at, offset)
            if then != who:
                yield who, begin, at
                begin, who = at, then
        yield who, begin, end

    def first_gap(self, start: int, end: int) -> tuple[int, int] | None:
        """The first time between two instants in which nobody has duty, of its hours."""
        at = start
        while True:
            if self._hours is not None:
                at = self._hours.next_open(at)
            if at >= end:
                return None
            until = max(self._covered_until(at), at)
            if until == at:
                closes = NEVER if self._hours is None else self._hours.next_close(at)
                return at, min(self._next_cover(at), closes, end)
            at = until

    def _covered_until(self, us: int) -> int:
        reach = [layer.covered_until(us) for layer in self.layers]
        return max(*reach, *(b for a, b, _ in self.overrides if a <= us < b), us)

    def next_cover(self, us: int) -> int:
        """The first instant from ``us`` on at which somebody has duty; ``NEVER`` if there
        is none, or if it is very far."""
        hours = self._hours
        for _ in range(_MOST_TRIED):
            at = self._next_cover(us)
            if hours is None or at >= NEVER or hours.is_open(at) or self._stands_in(at):
                return at
            us = min([hours.next_open(at), *(a for a, b, _ in self.overrides if at < a < b)])
        return NEVER

    def _stands_in(self, us: int) -> bool:
        return any(a <= us < b for a, b, _ in self.overrides)

    def _next_cover(self, us: int) -> int:
        """The same for layers alone, and overrides."""
        if self._stands_in(us):
            return us
        reach = [layer.next_cover(us) for layer in self.layers]
        return min(*reach, *(a for a, b, _ in self.overrides if us <= a < b), NEVER)
