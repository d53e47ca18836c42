"""The fields of a block's tickets, in the form in which they are there: codes, numbers, lists."""

from __future__ import annotations

from typing import Final

from escalate.batch.coded import Coding, Ints, Mask, Pool
from escalate.batch.extra import np
from escalate.batch.history import History
from escalate.batch.plan import PHASES
from escalate.batch.sheet import Lists, Numbers, Sheet, Texts
from escalate.batch.timers import NONE
from escalate.evaluator.goals import instant_of

__all__ = ["STANDING", "Fields"]

STANDING: Final = ("level", "owner", "assignee", "status")
"""What the history knows better than the table."""


class Fields:
    """The fields of rows ``begin`` to ``begin + count`` of a sheet, and what was derived."""

    def __init__(self, sheet: Sheet, begin: int, count: int, pool: Pool) -> None:
        self.sheet = sheet
        self.begin, self.count = begin, count
        self.part = slice(begin, begin + count)
        self.pool = pool
        self.history: History
        self._bits: dict[tuple[str, str], Mask] = {}
        self._places: dict[str, str] = {}
        self._codes: dict[str, tuple[Ints, Coding | Pool]] = {}
        self._lacking: dict[str, bool] = {}
        self._derived: dict[str, Texts] = {}

    def place(self, name: str) -> str:
        """In what form a field of the snapshot is there."""
        found = self._places.get(name)
        if found is None:
            if name in self._derived or name in STANDING or name in ("phase", "active"):
                found = "texts"
            else:
                found = "numbers" if name == "created_at" else self.given_place(name)
            self._places[name] = found
        return found

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
        found = self._codes.get(name)
        if found is None:
            found = self._codes[name] = self._texts(name)
        return found

    def _texts(self, name: str) -> tuple[Ints, Coding | Pool]:
        history = self.history
        match name:
            case "status" | "level" | "owner" | "assignee":
                codes: Ints = getattr(history, name)
                small = len(self.pool.values) < 127
                return codes.astype(np.int8) if small else codes, self.pool
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
        if name not in STANDING:
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
        self._places.pop(name, None)
        self._codes.pop(name, None)

    def idents(self) -> list[str]:
        """The tickets' ids."""
        codes, coding = self.sheet.texts("id")
        return [coding.values[code] for code in codes[self.part].tolist()]


_PHASES: Final = Coding(list(PHASES), False)
_TRUTHS: Final = Coding([False, True], False)
