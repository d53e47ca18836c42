"""A table's columns made ready to be computed with, each when it is first read."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from escalate.batch.coded import Bools, Coding, Ints, Mask, Pool, encoded
from escalate.batch.extra import np, pa
from escalate.batch.rows import parsed
from escalate.batch.schema import ANCHORS
from escalate.batch.taken import Taken
from escalate.batch.unfit import UnfitError

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
        self._texts: dict[str, Texts] = {}
        self._pooled: dict[str, Ints] = {}
        self._numbers: dict[str, Numbers] = {}
        self._lists: dict[str, Lists] = {}
        self._bits: dict[str, tuple[dict[str, int], Ints]] = {}
        self.wanted: dict[str, list[str]] = {"unknown": list(ANCHORS)}
        """Of columns of lists, the items that are asked about."""

    def kind(self, name: str) -> str | None:
        """What a column holds; ``None`` where there is none, or nothing in it."""
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
        if name not in self._bits:
            self._bits[name] = self._bits_of(name)
        places, bits = self._bits[name]
        place = places.get(item)
        if place is None:
            return False
        held: Mask = (bits[part] & bits.dtype.type(1 << place)) != 0
        return held

    def _bits_of(self, name: str) -> tuple[dict[str, int], Ints]:
        """A bit for each item that is asked about and occurs; every row's together."""
        lists = self.lists(name)
        there = [item for item in self.wanted.get(name, ()) if item in set(lists.coding.values)]
        if len(there) > 63:
            raise UnfitError(f"more than 63 items of `{name}` are asked about")
        places = {item: n for n, item in enumerate(dict.fromkeys(there))}
        kind = np.uint32 if len(places) < 32 else np.uint64
        table = np.array(
            [*(1 << places[v] if v in places else 0 for v in lists.coding.values), 0], kind
        )
        return places, _gathered(table[lists.codes], lists.offsets)


def _gathered(items: Ints, offsets: Ints) -> Ints:
    """The bits of every list's items together: first items first, then second ones."""
    bits = np.zeros(len(offsets) - 1, items.dtype)
    lengths = np.diff(offsets)
    longest = int(lengths.max(initial=0))
    if longest > _LONG:
        some = np.flatnonzero(lengths)
        # The items of one row reach to those of the next that has any.
        bits[some] = np.bitwise_or.reduceat(items[: offsets[-1]], offsets[some])
        return bits
    rows = np.flatnonzero(lengths)
    for place in range(longest):
        rows = rows[lengths[rows] > place] if place else rows
        bits[rows] |= items[offsets[rows] + place]
    return bits


_LONG: Final = 8


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
