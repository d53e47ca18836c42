"""A table taken as tickets: every column found, of a type that fits, or a mistake told.

Page: "Tickets in columns". Codes ESC981 to ESC983.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from escalate.batch.errors import TableError
from escalate.batch.extra import pa, pc
from escalate.batch.reads import fields_read
from escalate.batch.schema import EVENT, INSTANT, JSON, Column, Kind, columns_of
from escalate.errors import Diagnostic, did_you_mean
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet

__all__ = ["Taken", "taken"]

_STANDING: Final = ("status", "level", "owner")
_ALWAYS: Final = ("id", "created_at")
_CALLED: Final = {
    "text": "text",
    "free": "text or numbers",
    "integer": "whole numbers",
    "number": "numbers",
    "boolean": "true or false",
    "texts": "lists of text",
    "integers": "lists of whole numbers",
    "numbers": "lists of numbers",
    "booleans": "lists of true or false",
    "instant": "instants (timestamps with a zone)",
    "events": "lists of events",
    "json": "JSON text",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """Tickets in columns, each of its kind. Texts are Arrow texts or codes of a dictionary,
    instants microseconds in UTC."""

    count: int
    columns: dict[str, Column]
    arrays: dict[str, Any]

    def part(self, start: int, count: int) -> Taken:
        """So many rows from ``start`` on; nothing is copied."""
        arrays = {name: array.slice(start, count) for name, array in self.arrays.items()}
        return Taken(min(count, self.count - start), self.columns, arrays)


def taken(table: Any, policy: Policy | PolicySet | None) -> Taken:
    """The columns of a table that tickets of the policy may have.

    Others are passed over: a desk's table holds more than a policy reads.

    Raises:
        TableError: a column is missing, or of a type that cannot be what the column means.
    """
    policies = [] if policy is None else [policy] if isinstance(policy, Policy) else list(policy)
    known = columns_of(None)
    for one in policies:
        known.update({n: c for n, c in columns_of(one).items() if c.declared or n not in known})
    wrong = _missing(table.schema, known, policies)
    columns: dict[str, Column] = {}
    arrays: dict[str, Any] = {}
    for field in table.schema:
        column = known.get(field.name)
        if column is None and policy is None:
            column = Column(field.name, _natural(field))
        if column is None:
            continue
        if table.schema.names.count(field.name) > 1:
            said = f"the table has several columns `{field.name}`"
            wrong.append(Diagnostic("ESC982", said, path=field.name, help="keep one of them"))
            continue
        try:
            columns[field.name], arrays[field.name] = _fitted(column, field, table[field.name])
        except _UnfitError as error:
            wrong.append(error.diagnostic)
    if wrong:
        raise TableError(wrong)
    return Taken(table.num_rows, columns, arrays)


def _missing(schema: Any, known: Iterable[str], policies: Iterable[Policy]) -> list[Diagnostic]:
    """What the table lacks."""
    there = frozenset(schema.names)
    needed = dict.fromkeys(_ALWAYS, "every ticket has it")
    if "events" not in there:
        needed.update(dict.fromkeys(_STANDING, "without `events` it tells where a ticket stands"))
    for policy in policies:
        for name in fields_read(policy):
            if name not in _STANDING:
                needed.setdefault(name, f"the policy `{policy.name}` reads it")
    if not policies:
        needed = dict.fromkeys(_ALWAYS, "every ticket has it")
    strange = sorted(there - frozenset(known))
    found = []
    for name, why in needed.items():
        if name not in there:
            near = did_you_mean(name, strange)
            hint = f"is `{near}` meant?" if near else "add it, null where nothing is known"
            said = f"the table has no column `{name}`: {why}"
            found.append(Diagnostic("ESC981", said, path=name, help=hint))
    return found


class _UnfitError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


class _OutOfRangeError(Exception):
    """The type would do, but some values are beyond what columns hold."""


def _natural(field: Any) -> Kind:
    """What a column holds of which no policy says it."""
    type_ = field.type
    if pa.types.is_dictionary(type_):
        type_ = type_.value_type
    if _is_json(field):
        return "json"
    if pa.types.is_boolean(type_):
        return "boolean"
    if pa.types.is_integer(type_):
        return "integer"
    if pa.types.is_floating(type_) or pa.types.is_decimal(type_):
        return "number"
    return "texts" if _is_list(type_) else "text"


def _is_json(field: Any) -> bool:
    return bool((field.metadata or {}).get(b"escalate") == JSON[b"escalate"])


def _is_text(type_: Any) -> bool:
    return bool(
        pa.types.is_string(type_) or pa.types.is_large_string(type_)
        or (hasattr(pa.types, "is_string_view") and pa.types.is_string_view(type_))
    )  # fmt: skip


def _is_list(type_: Any) -> bool:
    return bool(
        pa.types.is_list(type_) or pa.types.is_large_list(type_)
        or pa.types.is_fixed_size_list(type_)
    )  # fmt: skip


def _is_number(type_: Any) -> bool:
    return bool(
        pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_)
    )


def _fitted(column: Column, field: Any, given: Any) -> tuple[Column, Any]:
    """The column and its values, of the type that its kind has here."""
    array = given
    if isinstance(given, pa.ChunkedArray):
        # Chunks may have dictionaries of their own; one array has one.
        if given.num_chunks > 1:
            given = given.unify_dictionaries().combine_chunks()
        array = given
        if isinstance(given, pa.ChunkedArray):
            array = given.chunk(0) if given.num_chunks else pa.array([], given.type)
    if pa.types.is_null(array.type):
        return column, pa.nulls(len(array), column.field.type)
    if pa.types.is_dictionary(array.type) and not _is_text(array.type.value_type):
        array = array.dictionary_decode()
    if column.kind in ("free", "json"):
        column = _settled(column, field, array.type)
    try:
        fits = (_ident if column.name == "id" else _FITS[column.kind])(array)
    except _OutOfRangeError as error:
        raise _UnfitError(_out_of_range(column, array.type, str(error))) from None
    if fits is None:
        raise _UnfitError(_unfit(column, array.type))
    return column, fits


def _settled(column: Column, field: Any, type_: Any) -> Column:
    """What a column that may hold several things holds here."""
    if column.kind == "free" and not _is_number(type_):
        kind: Kind = "json" if _is_json(field) else "text"
        return Column(column.name, kind, column.declared)
    if column.kind == "free" or (column.kind == "json" and _is_list(type_)):
        return Column(column.name, _natural(field), column.declared)
    return column


def _unfit(column: Column, type_: Any) -> Diagnostic:
    if column.kind == "instant" and pa.types.is_timestamp(type_):
        said = f"`{column.name}` holds instants without a zone, so nobody knows when they were"
        hint = "give the column a zone, as in timestamp[us, tz=UTC]"
        return Diagnostic("ESC983", said, path=column.name, help=hint)
    said = f"`{column.name}` is of type `{type_}`, not {_CALLED[column.kind]}"
    return Diagnostic("ESC982", said, path=column.name, help="cast the column")


def _out_of_range(column: Column, type_: Any, what: str) -> Diagnostic:
    said = f"`{column.name}` is of type `{type_}` and holds {what}"
    return Diagnostic(
        "ESC982", said, path=column.name, help="mend these values, or leave them null"
    )


# One entry a kind: the array as it is used here, or None where it cannot be that.


def _texts_of(array: Any) -> Any:
    type_ = array.type
    if pa.types.is_dictionary(type_):
        if pa.types.is_string(type_.value_type):
            return array
        return array.cast(pa.dictionary(type_.index_type, pa.string()))
    return (
        array if pa.types.is_string(type_) else array.cast(pa.string()) if _is_text(type_) else None
    )


def _ident(array: Any) -> Any:
    """Texts; whole numbers too, since many desks number their tickets."""
    return array.cast(pa.string()) if pa.types.is_integer(array.type) else _texts_of(array)


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
        raise _OutOfRangeError(beyond) from None


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
    return _signed(array) if _is_number(array.type) else None


def _booleans_of(array: Any) -> Any:
    return array if pa.types.is_boolean(array.type) else None


def _lists_of(fits: Any) -> Any:
    def lists(array: Any) -> Any:
        if not _is_list(array.type):
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
    if not _is_list(array.type) or not pa.types.is_struct(array.type.value_type):
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


_MEMBER: Final[dict[str, Any]] = {
    "at": _instants_of,
    "due": _instants_of,
    "hold_until": _instants_of,
    "public": _booleans_of,
    "requests": _lists_of(_integers_of),
}
_FITS: Final[dict[str, Any]] = {
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
