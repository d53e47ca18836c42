"""A block of tickets at one instant: what conditions ask of it, each answer worked out once."""

from __future__ import annotations

from typing import Final

from escalate.batch.coded import ABSENT, Bools, Coding, Ints, Mask, Pool
from escalate.batch.events import Events
from escalate.batch.extra import np
from escalate.batch.happenings import look_back
from escalate.batch.history import History, Start
from escalate.batch.kleene import Node, Truths, both, either, inverse
from escalate.batch.lent import blank, upto
from escalate.batch.plan import PHASES, Plan
from escalate.batch.readings import Readings
from escalate.batch.sheet import Lists, Numbers, Sheet, Texts
from escalate.batch.timers import NONE
from escalate.batch.working import Working
from escalate.evaluator.context import Context
from escalate.evaluator.goals import instant_of
from escalate.worktime import Timeline

__all__ = ["Block", "Workings"]

_STANDING: Final = ("level", "owner", "assignee", "status")
_ANCHORED: Final = {"agent-reply": "first_reply_at", "resolved": "resolved_at"}


class Workings:
    """The working time of calendars, made once each."""

    def __init__(self) -> None:
        self._made: dict[int, Working] = {}

    def of(self, timeline: Timeline) -> Working:
        """The vectors of a calendar."""
        found = self._made.get(id(timeline))
        if found is None:
            found = self._made[id(timeline)] = Working(timeline)
        return found


class Block:
    """Rows ``begin`` to ``begin + count`` of a sheet."""

    def __init__(
        self, sheet: Sheet, begin: int, count: int, pool: Pool, workings: Workings, anyone: Context
    ) -> None:
        self.sheet = sheet
        self.begin, self.count = begin, count
        self.part = slice(begin, begin + count)
        self.pool = pool
        self.anyone = anyone
        self.now = anyone.now
        self.every = upto(count)
        self.clocks: list[Readings] = []
        self.fresh: Mask = False
        self.workings = workings
        self._truths: dict[Node, Truths] = {}
        self._bits: dict[tuple[str, str], Mask] = {}
        self._safe: dict[str, Ints] = {}
        self._since: dict[str, tuple[Mask, Mask]] = {}
        self._narrow: dict[str, Ints] = {}
        self._lacking: dict[str, bool] = {}
        self._positions: dict[int, int] = {}
        self._derived: dict[str, Texts] = {}
        self.history: History
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
        codes = {name: self._pooled(name) for name in _STANDING}
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
        if not node.kept:
            return node.value(self)
        found = self._truths.get(node)
        if found is None:
            found = self._truths[node] = node.value(self)
        return found

    def place(self, name: str) -> str:
        """In what form a field of the snapshot is there."""
        if name in self._derived or name in _STANDING or name in ("phase", "active"):
            return "texts"
        return "numbers" if name == "created_at" else self.given_place(name)

    def given_place(self, name: str) -> str:
        """In what form the table has a field."""
        kind = self.sheet.kind(name)
        if kind is None:
            return "absent"
        if kind in ("integer", "number", "instant"):
            return "numbers"
        return "lists" if kind == "texts" else "texts"

    def texts(self, name: str) -> tuple[Ints, Coding | Pool]:
        """A field as codes."""
        history = self.history
        match name:
            case "status" | "level" | "owner" | "assignee":
                found = self._narrow.get(name)
                if found is None:
                    codes: Ints = getattr(history, name)
                    small = len(self.pool.values) < 127
                    found = self._narrow[name] = codes.astype(np.int8) if small else codes
                return found, self.pool
            case "phase":
                return history.phase, _PHASES
            case "active":
                return (history.phase < 2).astype(np.int8), _TRUTHS
        derived = self._derived.get(name)
        if derived is not None:
            return derived.codes, derived.coding
        return self.given(name)

    def given(self, name: str) -> Texts:
        """A field as the table has it, as codes."""
        codes, coding = self.sheet.texts(name)
        return Texts(codes[self.part], coding)

    def is_derived(self, name: str) -> bool:
        """Whether a field is what was worked out."""
        return name in self._derived

    def instants(self, name: str) -> Ints:
        """A field as instants; :data:`NONE` where it holds none."""
        match self.place(name):
            case "texts":
                codes, coding = self.texts(name)
                table = [NONE if us is None else us for us in map(instant_of, coding.values)]
                return np.array([*table, NONE], np.int64)[codes]
            case "numbers" if name == "created_at" or self.sheet.kind(name) == "integer":
                values, null = self.numbers(name)
                return values.astype(np.int64) if null is None else np.where(null, NONE, values)
            case _:
                return np.full(self.count, NONE, np.int64)

    def lacking(self, name: str) -> bool:
        """Whether any row has nothing in a field that is codes."""
        if name not in _STANDING:
            return True  # a column's own codes tell
        found = self._lacking.get(name)
        if found is None:
            found = self._lacking[name] = bool(self.texts(name)[0].min(initial=0) < 0)
        return found

    def numbers(self, name: str) -> Numbers:
        """A field as numbers."""
        values, null = self.sheet.numbers(name)
        return Numbers(values[self.part], None if null is None else null[self.part])

    def lists(self, name: str) -> Lists:
        """A field as lists."""
        offsets, codes, coding, null = self.sheet.lists(name)
        offsets = offsets[self.begin : self.begin + self.count + 1]
        return Lists(offsets, codes, coding, None if null is None else null[self.part])

    def holding(self, name: str, item: str) -> Mask:
        """Which rows' lists hold a text."""
        key = (name, item)
        found = self._bits.get(key)
        if found is None:
            found = self._bits[key] = self.sheet.holding(name, item, self.part)
        return found

    def derive(self, name: str, texts: Texts) -> None:
        """A field is what was worked out."""
        self._derived[name] = texts

    def turn(self, name: str, codes: Ints) -> None:
        """Where the rows stand is now something else; what was asked before of it is not
        kept."""
        setattr(self.history, name, codes)
        self._truths.clear()
        self._since.clear()
        self._narrow.clear()
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

    def idents(self) -> list[str]:
        """The tickets' ids."""
        codes, coding = self.sheet.texts("id")
        return [coding.values[code] for code in codes[self.part].tolist()]

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


_PHASES: Final = Coding(list(PHASES), False)
_TRUTHS: Final = Coding([False, True], False)
