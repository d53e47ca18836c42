"""A block of tickets at one instant: what conditions ask of it, each answer worked out once."""

from __future__ import annotations

from typing import Final

from escalate.batch.coded import ABSENT, Bools, Ints, Mask, Pool
from escalate.batch.events import Events
from escalate.batch.extra import np
from escalate.batch.fields import STANDING, Fields
from escalate.batch.happenings import look_back
from escalate.batch.history import Start
from escalate.batch.kleene import Node, Truths, both, either, inverse
from escalate.batch.lent import blank, upto
from escalate.batch.plan import PHASES, Plan
from escalate.batch.readings import Readings
from escalate.batch.sheet import Sheet
from escalate.batch.timers import NONE
from escalate.batch.working import Working, Workings
from escalate.evaluator.context import Context
from escalate.worktime import Timeline

__all__ = ["Block"]

_ANCHORED: Final = {"agent-reply": "first_reply_at", "resolved": "resolved_at"}


class Block(Fields):
    """Rows ``begin`` to ``begin + count`` of a sheet."""

    def __init__(
        self, sheet: Sheet, begin: int, count: int, pool: Pool, workings: Workings, anyone: Context
    ) -> None:
        super().__init__(sheet, begin, count, pool)
        self.anyone = anyone
        self.now = anyone.now
        self.every = upto(count)
        self.clocks: list[Readings] = []
        self.fresh: Mask = False
        self.workings = workings
        self._truths: dict[Node, Truths] = {}
        self._safe: dict[str, Ints] = {}
        self._since: dict[str, tuple[Mask, Mask]] = {}
        self._positions: dict[int, int] = {}
        self.known: Mask = True

    # The histories.

    def look_back(self, plan: Plan) -> None:
        """Read what has happened."""
        events, start = None, self._start()
        if self.sheet.kind("events") is not None:
            array = self.sheet.given.arrays["events"].slice(self.begin, self.count)
            events = Events(array, self.pool, start.created)
        self.history = look_back(plan, start, events, self.now)
        self.events = events
        self.known = True if self.history.known.all() else self.history.known

    def last_event(self) -> Ints:
        """When the last of all events of each row was."""
        found = np.full(self.count, NONE, np.int64)
        events = self.events
        if events is not None:
            some = events.some
            found[some] = events.at[events.first[some] + events.counts[some] - 1]
        return found

    def _start(self) -> Start:
        codes = {name: self._pooled(name) for name in STANDING}
        anchors = {
            name: self._anchor(name) for name in ("level_entered_at", "first_reply_at",
                                                  "resolved_at")
        }  # fmt: skip
        created = self.sheet.numbers("created_at").values[self.part]
        return Start(
            created, codes["status"], codes["level"], codes["owner"], codes["assignee"], anchors
        )

    def _pooled(self, name: str) -> Ints:
        if self.sheet.kind(name) is None:
            return blank(self.count, ABSENT, "i4")
        return self.sheet.pooled(name, self.pool).take(self.sheet.texts(name).codes[self.part])

    def _anchor(self, name: str) -> Ints | None:
        if self.sheet.kind(name) is None:
            return None
        values, null = self.sheet.numbers(name)
        values = values[self.part]
        return values if null is None else np.where(null[self.part], NONE, values)

    def tells(self, anchor: str) -> Mask:
        """Which rows' source tells of an anchor, be it that it is not yet."""
        if anchor not in self.sheet.given.columns:
            return False
        if self.sheet.kind("unknown") is None:
            return True
        told = self.holding("unknown", anchor)
        return (not told) if isinstance(told, bool) else ~told

    def knows(self, moment: str) -> Mask:
        """Which rows' histories tell of such moments. Finer point 9."""
        if self.known is True or moment == "created":
            return True
        known: Mask = self.history.known
        if moment == "entered":
            stands = self.history.level != ABSENT
            known = either(known, both(stands, inverse(self.fresh)))
        elif moment in _ANCHORED:
            known = either(known, self.tells(_ANCHORED[moment]))
            if moment == "resolved":
                known = either(known, self.history.phase < PHASES.index("resolved"))
        return known

    # Conditions.

    def value(self, node: Node) -> Truths:
        """What a condition is for every row."""
        found = self._truths.get(node)
        if found is None:
            found = node.value(self)
            if node.kept or found.sure is not found.maybe:  # it is asked what rows lack
                self._truths[node] = found
        return found

    def turn(self, name: str, codes: Ints) -> None:
        """Where the rows stand is now something else; what was asked before of it is not
        kept."""
        setattr(self.history, name, codes)
        self._truths.clear()
        self._since.clear()
        self._codes.clear()
        self._lacking.clear()

    def counts(self, name: str) -> Ints | None:
        """What was counted from events; ``None``: nothing in any row."""
        return self.history.counts.get(name)

    def requests(self) -> list[tuple[Ints, Ints, Bools]]:
        """The requests of every row, by their ordinals: by whom, for whom, whether open."""
        return self.history.requests

    def forget(self) -> None:
        """Answers that were kept are worked out anew when they are asked for."""
        self._truths.clear()

    # Time.

    def working(self, timeline: Timeline) -> Working:
        """A calendar's working time as vectors."""
        return self.workings.of(timeline)

    def position_now(self, timeline: Timeline) -> int:
        """The working time up to now."""
        found = self._positions.get(id(timeline))
        if found is None:
            found = self._positions[id(timeline)] = timeline.position(self.now)
        return found

    def elapsed(self, base: Ints, timeline: Timeline) -> Ints:
        """The working time since instants."""
        return self.position_now(timeline) - self.working(timeline).position(base)

    def since(self, fact: str) -> tuple[Mask, Mask]:
        """Which rows know since when a duration counts, and of which there is such a moment."""
        found = self._since.get(fact)
        if found is None:
            known, there = self._known_since(fact)
            found = self._since[fact] = (_all(known), _all(there))
        return found

    def _known_since(self, fact: str) -> tuple[Mask, Mask]:
        history = self.history
        match fact:
            case "age":
                return True, True
            case "idle":
                return self.known, True
            case "at_level":
                there: Bools = history.entered != NONE
                return True, both(there, inverse(self.fresh))
        kind, moment = fact.split(".", 1)
        marks = (history.first if kind == "since_first" else history.last).get(moment)
        return self.knows(moment), False if marks is None else marks != NONE

    def base(self, fact: str) -> Ints:
        """Since when a duration counts; where there is no such moment, since now."""
        found = self._safe.get(fact)
        if found is None:
            history = self.history
            match fact:
                case "age":
                    found = history.created
                case "idle":
                    found = history.idle
                case "at_level":
                    found = history.entered
                case _:
                    kind, moment = fact.split(".", 1)
                    marks = (history.first if kind == "since_first" else history.last).get(moment)
                    found = np.full(self.count, NONE, np.int64) if marks is None else marks
            nothing = found == NONE
            if nothing.any():
                found = np.where(nothing, self.now, found)
            self._safe[fact] = found
        return found

    def clock(self, index: int) -> Readings:
        """A clock's readings."""
        return self.clocks[index]


def _all(mask: Mask) -> Mask:
    """The mask; ``True`` where it marks every row."""
    return True if not isinstance(mask, bool) and mask.all() else mask
