"""Codes, instants and lists as Arrow columns."""

from __future__ import annotations

from typing import Any, Final

from escalate.batch.coded import Bools, Ints
from escalate.batch.extra import np, pa
from escalate.batch.lent import blank
from escalate.batch.schema import INSTANT
from escalate.batch.timers import NONE

__all__ = ["CODED", "coded", "empty_lists", "instants", "lists", "nothing"]

CODED: Final = pa.dictionary(pa.int32(), pa.string())


_NOTHING: Final[dict[Any, Any]] = {}


def nothing(count: int, type_: Any) -> Any:
    """A column that holds nothing; every block has the same."""
    found = _NOTHING.get(type_)
    if found is None or len(found) < count:
        found = _NOTHING[type_] = pa.nulls(count, type_)
    return found.slice(0, count)


def _valid(there: Bools | None) -> Any:
    """A mask as Arrow's bits; nothing where all is there."""
    if there is None or there.all():
        return None
    return pa.py_buffer(np.packbits(there, bitorder="little"))


def coded(codes: Ints, texts: Any, there: Bools | None) -> Any:
    """Codes as an Arrow column; where it is not ``there``, there is nothing."""
    if there is not None and not there.any():
        return nothing(len(codes), CODED)
    held = np.ascontiguousarray(codes, np.int32)
    indices = pa.Array.from_buffers(pa.int32(), len(codes), [_valid(there), pa.py_buffer(held)])
    return pa.DictionaryArray.from_arrays(indices, texts, safe=False)  # codes of our own


def instants(us: Ints) -> Any:
    """Instants as an Arrow column; :data:`NONE` is nothing."""
    held = np.ascontiguousarray(us, np.int64)
    return pa.Array.from_buffers(INSTANT, len(us), [_valid(us != NONE), pa.py_buffer(held)])


def lists(counts: Ints, codes: Ints, texts: Any) -> Any:
    """Lists of so many codes each, one after the other."""
    offsets = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts.astype(np.int32), dtype=np.int32, out=offsets[1:])
    return pa.ListArray.from_arrays(pa.array(offsets), coded(codes, texts, None))


def empty_lists(count: int, texts: Any) -> Any:
    """Lists with nothing in them."""
    offsets = pa.array(blank(count + 1, 0, "i4"))
    return pa.ListArray.from_arrays(offsets, coded(np.empty(0, np.int32), texts, None))
