"""Arrow arrays cast to what columns of each kind hold. Page: "Tickets in columns"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from escalate.batch.extra import pa, pc
from escalate.batch.schema import EVENT, INSTANT, Kind

__all__ = ["OutOfRangeError", "cast", "is_list", "is_number", "is_text"]


class OutOfRangeError(Exception):
    """The type would do, but some values are beyond what columns hold."""


def is_text(type_: Any) -> bool:
    """Whether an Arrow type holds text."""
    return bool(
        pa.types.is_string(type_) or pa.types.is_large_string(type_)
        or (hasattr(pa.types, "is_string_view") and pa.types.is_string_view(type_))
    )  # fmt: skip


def is_list(type_: Any) -> bool:
    """Whether an Arrow type holds lists."""
    return bool(
        pa.types.is_list(type_) or pa.types.is_large_list(type_)
        or pa.types.is_fixed_size_list(type_)
    )  # fmt: skip


def is_number(type_: Any) -> bool:
    """Whether an Arrow type holds numbers."""
    return bool(
        pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_)
    )


def cast(kind: Kind, array: Any) -> Any:
    """The array as it is used here, or ``None`` where it cannot be of that kind.

    Raises:
        OutOfRangeError: some of its values cannot be.
    """
    return _CASTS[kind](array)


def _texts_of(array: Any) -> Any:
    type_ = array.type
    if pa.types.is_dictionary(type_):
        if pa.types.is_string(type_.value_type):
            return array
        return array.cast(pa.dictionary(type_.index_type, pa.string()))
    return (
        array if pa.types.is_string(type_) else array.cast(pa.string()) if is_text(type_) else None
    )


def _instants_of(array: Any) -> Any:
    type_ = array.type
    if not pa.types.is_timestamp(type_) or type_.tz is None:
        return None
    if type_.unit == "ns":
        array = pc.floor_temporal(array, unit="microsecond")
    return _within(array, INSTANT, "instants beyond the reach of microseconds")


def _within(array: Any, type_: Any, beyond: str) -> Any:
    try:
        return array.cast(type_)
    except pa.ArrowInvalid:
        raise OutOfRangeError(beyond) from None


def _signed(array: Any) -> Any:
    if not pa.types.is_uint64(array.type):
        return array
    return _within(array, pa.int64(), f"numbers above {(1 << 63) - 1:,}")


def _integers_of(array: Any) -> Any:
    if pa.types.is_integer(array.type):
        return _signed(array)
    if pa.types.is_floating(array.type):
        try:
            return array.cast(pa.int64())
        except pa.ArrowInvalid:
            return None
    return None


def _numbers_of(array: Any) -> Any:
    if pa.types.is_decimal(array.type) or pa.types.is_float16(array.type):
        return array.cast(pa.float64())
    return _signed(array) if is_number(array.type) else None


def _booleans_of(array: Any) -> Any:
    return array if pa.types.is_boolean(array.type) else None


def _lists_of(fits: Any) -> Any:
    def lists(array: Any) -> Any:
        if not is_list(array.type):
            return None
        if not pa.types.is_list(array.type):
            array = array.cast(pa.list_(array.type.value_type))
        if pa.types.is_null(array.type.value_type):
            return array.cast(pa.list_(pa.string()))
        inner = fits(array.values)
        if inner is None or inner is array.values:
            return None if inner is None else array
        return _relisted(array, inner)

    return lists


def _relisted(array: Any, inner: Any) -> Any:
    """The lists with other values at the same places."""
    if not array.null_count:
        return pa.ListArray.from_arrays(array.offsets, inner)
    # Arrow wants offsets that are no slice where there are nulls.
    offsets = pa.array(array.offsets.to_numpy().copy())
    return pa.ListArray.from_arrays(offsets, inner, mask=array.is_null())


def _nulls(array: Any) -> Any:
    return array.is_null() if array.null_count else None


def _events_of(array: Any) -> Any:
    if not is_list(array.type) or not pa.types.is_struct(array.type.value_type):
        return None
    if not pa.types.is_list(array.type):
        array = array.cast(pa.list_(array.type.value_type))
    inner = array.values
    members, fields = [], []
    for member in inner.type:
        position = EVENT.get_field_index(member.name)
        if position < 0:
            continue
        wanted = EVENT.field(position)
        held = inner.field(member.name)
        if pa.types.is_null(held.type):
            held = pa.nulls(len(held), wanted.type)
        fits = _MEMBER.get(member.name, _texts_of)(held)
        if fits is None:
            return None
        members.append(fits)
        fields.append(pa.field(member.name, fits.type))
    names = [field.name for field in fields]
    if "at" not in names or "type" not in names:
        return None
    made = pa.StructArray.from_arrays(members, fields=fields, mask=_nulls(inner))
    return _relisted(array, made)


_MEMBER: Final[Mapping[str, Callable[[Any], Any]]] = {
    "at": _instants_of,
    "due": _instants_of,
    "hold_until": _instants_of,
    "public": _booleans_of,
    "requests": _lists_of(_integers_of),
}
_CASTS: Final[Mapping[Kind, Callable[[Any], Any]]] = {
    "text": _texts_of,
    "integer": _integers_of,
    "number": _numbers_of,
    "boolean": _booleans_of,
    "texts": _lists_of(_texts_of),
    "integers": _lists_of(_integers_of),
    "numbers": _lists_of(_numbers_of),
    "booleans": _lists_of(_booleans_of),
    "instant": _instants_of,
    "events": _events_of,
    "json": _texts_of,
}
