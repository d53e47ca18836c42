"""Columns as codes: each distinct value stands once in a list, rows hold its number there.

What a condition asks of a column is asked of the few values, once, by the scalar
operator; rows take the answer by their code. So any operator has its column form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy.typing as npt

from escalate.batch.extra import np, pa, pc

__all__ = [
    "ABSENT",
    "Answers",
    "Bools",
    "Coding",
    "Ints",
    "Mask",
    "Pool",
    "encoded",
    "looked_up",
    "marked",
    "narrow",
]

Ints = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]
Mask = Bools | bool
"""Which rows: an array, or all (``True``) or none (``False``) of them."""

Told = bool | None
ABSENT: Final = -1
"""The code of nothing in columns over a :class:`Pool`."""

_FEW: Final = {1: 16, 2: 12, 4: 8, 8: 4}
"""So many codes, of so many bytes, are compared one by one faster than looked up."""


class Coding:
    """The values that codes stand for; the last code stands for nothing.

    ``null`` tells whether that code occurs.
    """

    __slots__ = ("_tables", "null", "values")

    def __init__(self, values: list[Any], null: bool) -> None:
        self.values = values
        self.null = null
        self._tables: dict[Any, tuple[Answers, Answers]] = {}

    def table(self, key: Any, ask: Callable[[Any], Told]) -> tuple[Answers, Answers]:
        """For every code whether it is true, and whether it may be true: true or unknown."""
        found = self._tables.get(key)
        if found is None:
            told = [ask(value) for value in self.values]
            if self.null:
                told.append(ask(None))
            found = _answers(told)
            self._tables[key] = found
        return found


class Pool:
    """Values of several columns, and of events, under one numbering; it grows as they come.

    Nothing has the code :data:`ABSENT`, which as an index is the last entry of a table.
    """

    __slots__ = ("_made", "_maps", "_tables", "codes", "values")

    def __init__(self, values: tuple[str, ...]) -> None:
        self.values: list[Any] = list(values)
        self.codes: dict[Any, int] = {value: i for i, value in enumerate(values)}
        self._tables: dict[Any, list[Told]] = {}
        self._made: dict[Any, tuple[Answers, Answers]] = {}
        self._maps: dict[Any, Ints] = {}

    def code(self, value: str | None) -> int:
        """The number of a value, a new one if need be."""
        if value is None:
            return ABSENT
        found = self.codes.get(value)
        if found is None:
            found = self.codes[value] = len(self.values)
            self.values.append(value)
        return found

    def recoding(self, values: list[Any]) -> Ints:
        """For codes of other values those of this numbering; behind the last is nothing."""
        return np.array([*map(self.code, values), ABSENT], np.int32)

    def table(self, key: Any, ask: Callable[[Any], Told]) -> tuple[Answers, Answers]:
        """As :meth:`Coding.table`; the last entry is for nothing."""
        made = self._made.get(key)
        if made is None or len(made[0].table) != len(self.values) + 1:
            told = self._tables.setdefault(key, [])
            told += [ask(value) for value in self.values[len(told) :]]
            made = self._made[key] = _answers([*told, ask(None)])
        return made

    def map(self, key: Any, of: Callable[[Any], int]) -> Ints:
        """A small number for every code; the last is nothing's."""
        made = self._maps.get(key)
        if made is None or len(made) != len(self.values) + 1:
            made = self._maps[key] = np.array([*map(of, self.values), of(None)], np.int8)
        return made


class Answers:
    """A yes or no for every code; the last is nothing's, which in a pool is
    :data:`ABSENT`, too. Few codes are compared, many looked up."""

    __slots__ = ("_among", "_nothing", "_opposite", "constant", "table")

    def __init__(self, table: Bools) -> None:
        self.table = table
        true = np.flatnonzero(table).tolist()
        self.constant: bool | None = None
        if not true or len(true) == len(table):
            self.constant = bool(true)
        self._opposite = 2 * len(true) > len(table)
        self._among = np.flatnonzero(~table).tolist() if self._opposite else true
        self._nothing = len(table) - 1 in self._among

    def of(self, codes: Ints) -> Mask:
        """The answers for rows."""
        if self.constant is not None:
            return self.constant
        if len(self._among) > _FEW[codes.dtype.itemsize]:
            found: Bools = self.table.take(codes)
            return found
        made: Bools | None = None
        for code in self._among:
            made = _or(made, codes == code)
        if self._nothing and codes.dtype.kind == "i":
            made = _or(made, codes == ABSENT)
        assert made is not None
        return np.logical_not(made, out=made) if self._opposite else made


def narrow(most: int) -> Any:
    """The type for numbers up to so many, and a few below zero. What rows here and there are
    read and written of should be short: it stays near the processor."""
    return np.int8 if most < 1 << 7 else np.int16 if most < 1 << 15 else np.int32


def marked(mask: Mask) -> Ints:
    """The rows that a mask marks; that there are none is seen at once. Of ``True`` nobody
    knows how many there are."""
    assert mask is not True
    return _NOWHERE if mask is False else mask.nonzero()[0]


_NOWHERE: Final[Ints] = np.empty(0, np.int64)


def _or(made: Bools | None, more: Bools) -> Bools:
    return more if made is None else np.logical_or(made, more, out=made)


def _answers(told: list[Told]) -> tuple[Answers, Answers]:
    sure = Answers(np.array([one is True for one in told], np.bool_))
    if all(one is not None for one in told):
        return sure, sure
    return sure, Answers(np.array([one is not False for one in told], np.bool_))


def looked_up(table: Bools, codes: Ints) -> Mask:
    """The answers of a table for rows; where it is asked often, make :class:`Answers`."""
    return Answers(table).of(codes)


def encoded(array: Any) -> tuple[Ints, list[Any], bool]:
    """An Arrow column as codes, their values, and whether the code behind the last, which
    stands for nothing, occurs."""
    if pa.types.is_string(array.type):
        array = _numbered(array)
    elif not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    values = array.dictionary.to_pylist()
    indices = array.indices
    null = bool(indices.null_count)
    if null:
        if len(values) >= 1 << (indices.type.bit_width - 1):
            indices = indices.cast(pa.int32())
        indices = indices.fill_null(len(values))
    codes = indices.to_numpy(zero_copy_only=False)
    if codes.dtype.itemsize == 1:
        codes = codes.view(np.uint8)  # none is below zero
    elif len(values) < 255:
        codes = codes.astype(np.uint8)
    if None in values:  # a dictionary may itself hold nothing
        at = [len(values) if value is None else i for i, value in enumerate(values)]
        codes = np.array([*at, len(values)], np.int32)[codes]
        null = True
    return codes, values, null


_FIRST: Final = 1 << 12
_KNOWN: Final = 1 << 7


def _numbered(array: Any) -> Any:
    """Texts as Arrow encodes them, in the order in which they first come. Where the first rows
    say nearly all that is said at all, to find a text among theirs is cheaper than to number
    it."""
    known = array.slice(0, _FIRST).dictionary_encode().dictionary
    if len(array) < 4 * _FIRST or len(known) > _KNOWN:
        return array.dictionary_encode()
    codes = pc.index_in(array, value_set=known)
    if codes.null_count > array.null_count:
        late = marked(pc.and_(codes.is_null(), array.is_valid()).to_numpy(zero_copy_only=False))
        rest = array.take(pa.array(late)).dictionary_encode()
        numbers = codes.fill_null(0).to_numpy().copy()
        numbers[late] = rest.indices.to_numpy() + len(known)
        null = array.is_null().to_numpy(zero_copy_only=False)
        codes = pa.array(numbers, mask=null if array.null_count else None)
        known = pa.concat_arrays([known, rest.dictionary])
    return pa.DictionaryArray.from_arrays(codes, known)
