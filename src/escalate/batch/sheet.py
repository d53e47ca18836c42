"""A table's columns made ready to be computed with, each when it is first read."""

from __future__ import annotations

from typing import Any, NamedTuple

from escalate.batch.coded import Bools, Coding, Ints, Mask, Pool, encoded
from escalate.batch.extra import np, pa
from escalate.batch.rows import parsed
from escalate.batch.schema import ANCHORS
from escalate.batch.taken import Taken

__all__ = ["Lists", "Numbers", "Sheet", "Texts"]


class Texts(NamedTuple):
    """A column of codes."""

    codes: Ints
    coding: Coding


class Numbers(NamedTuple):
    """A column of numbers; ``null`` marks where there is none (``None``: everywhere is one)."""

    values: Ints
    null: Bools | None


class Lists(NamedTuple):
    """A column of lists: row i holds the items from ``offsets[i]`` to ``offsets[i + 1]``."""

    offsets: Ints
    codes: Ints
    coding: Coding
    null: Bools | None


class Sheet:
    """The columns of a table of tickets."""

    def __init__(self, given: Taken) -> None:
        self.given = given
        self.count = given.count
        self._kinds: dict[str, str | None] = {}
        self._texts: dict[str, Texts] = {}
        self._pooled: dict[str, Ints] = {}
        self._numbers: dict[str, Numbers] = {}
        self._lists: dict[str, Lists] = {}
        self._counts: dict[str, Counts] = {}
        self.wanted: dict[str, list[str]] = {"unknown": list(ANCHORS)}
        """Of columns of lists, the items that are asked about."""

    def kind(self, name: str) -> str | None:
        """What a column holds; ``None`` where there is none, or nothing in it."""
        if name not in self._kinds:
            self._kinds[name] = self._kind(name)
        return self._kinds[name]

    def _kind(self, name: str) -> str | None:
        column = self.given.columns.get(name)
        if column is None:
            return None
        array = self.given.arrays[name]
        return None if array.null_count == len(array) else column.kind

    def texts(self, name: str) -> Texts:
        """A column of texts, truths or JSON, as codes."""
        found = self._texts.get(name)
        if found is None:
            column, array = self.given.columns[name], self.given.arrays[name]
            codes, values, null = encoded(array)
            if column.kind == "json":
                values = [None if v is None else held(parsed(v)) for v in values]
            found = self._texts[name] = Texts(codes, Coding(values, null))
        return found

    def pooled(self, name: str, pool: Pool) -> Ints:
        """For the codes of a column of texts those of a pool."""
        found = self._pooled.get(name)
        if found is None:
            found = self._pooled[name] = pool.recoding(self.texts(name).coding.values)
        return found

    def numbers(self, name: str) -> Numbers:
        """A column of numbers or instants."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = numbers_of(self.given.arrays[name])
        return found

    def lists(self, name: str) -> Lists:
        """A column of lists of texts."""
        found = self._lists.get(name)
        if found is None:
            array = self.given.arrays[name]
            null = array.is_null().to_numpy(zero_copy_only=False) if array.null_count else None
            codes, values, some = encoded(array.values)
            offsets = array.offsets.to_numpy()
            found = self._lists[name] = Lists(offsets, codes, Coding(values, some), null)
        return found

    def holding(self, name: str, item: str, part: slice) -> Mask:
        """Which of the rows' lists hold an item that is asked about."""
        if name not in self._counts:
            self._counts[name] = self._counted(name)
        return self._counts[name].holding(item, part)

    def _counted(self, name: str) -> Counts:
        lists = self.lists(name)
        there = set(lists.coding.values)
        wanted = dict.fromkeys(item for item in self.wanted.get(name, ()) if item in there)
        return Counts(lists, list(wanted))


class Counts:
    """How often each list holds each of some items: all the counts of a row in one number, or
    in a few.

    They are differences of sums over all items before. What such sums overflow with is gone
    in the differences, which fit: a count takes as many bits as the longest list needs.
    """

    def __init__(self, lists: Lists, items: list[str]) -> None:
        self._offsets = lists.offsets
        self._codes, self._values = lists.codes, lists.coding.values
        self._bits = max(int(np.diff(lists.offsets).max(initial=0)).bit_length(), 1)
        needed = min(len(items) * self._bits, 64)
        width = next(width for width in (8, 16, 32, 64) if needed <= width)
        self._kind: Any = np.dtype(f"u{width // 8}").type
        at_once = width // self._bits
        self._groups = [items[n : n + at_once] for n in range(0, len(items), at_once)]
        self._places = {
            item: (n, place) for n, group in enumerate(self._groups)
            for place, item in enumerate(group)
        }  # fmt: skip
        self._made: dict[int, Ints] = {}

    def holding(self, item: str, part: slice) -> Mask:
        """Which of the rows' lists hold an item."""
        if item not in self._places:
            return False
        group, place = self._places[item]
        if group not in self._made:
            self._made[group] = self._counts(self._groups[group])
        of_item = self._kind(((1 << self._bits) - 1) << self._bits * place)
        held: Mask = (self._made[group][part] & of_item) != 0
        return held

    def _counts(self, items: list[str]) -> Ints:
        ones = {item: 1 << self._bits * place for place, item in enumerate(items)}
        table = np.array([*(ones.get(value, 0) for value in self._values), 0], self._kind)
        sums = np.zeros(len(self._codes) + 1, self._kind)
        np.cumsum(table.take(self._codes), dtype=self._kind, out=sums[1:])
        before = sums.take(self._offsets)
        counts: Ints = before[1:] - before[:-1]
        return counts


def numbers_of(array: Any) -> Numbers:
    """An Arrow column of numbers or instants; where there is none stands zero."""
    if pa.types.is_timestamp(array.type):
        array = array.cast(pa.int64())
    if not array.null_count:
        return Numbers(array.to_numpy(zero_copy_only=False), None)
    null = array.is_null().to_numpy(zero_copy_only=False)
    return Numbers(array.fill_null(0).to_numpy(zero_copy_only=False), null)


def held(value: Any) -> Any:
    """JSON as tickets hold it: lists are tuples."""
    return tuple(value) if isinstance(value, list) else value
