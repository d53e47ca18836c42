"""An Arrow array as a column of its kind has it here; what cannot be that is told.

Page: "Tickets in columns". Codes ESC982 and ESC983.
"""

from __future__ import annotations

from typing import Any, Final

from escalate.batch.casts import OutOfRangeError, cast, is_list, is_number, is_text
from escalate.batch.extra import pa
from escalate.batch.schema import JSON, Column, Kind
from escalate.errors import Diagnostic

__all__ = ["UnfitColumnError", "fitted", "natural"]


class UnfitColumnError(Exception):
    """A column cannot be what it means."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def natural(field: Any) -> Kind:
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
    return "texts" if is_list(type_) else "text"


def _is_json(field: Any) -> bool:
    return bool((field.metadata or {}).get(b"escalate") == JSON[b"escalate"])


def fitted(column: Column, field: Any, given: Any) -> tuple[Column, Any]:
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
    if pa.types.is_dictionary(array.type) and not is_text(array.type.value_type):
        array = array.dictionary_decode()
    if column.name == "id" and pa.types.is_integer(array.type):
        array = array.cast(pa.string())  # many desks number their tickets
    if column.kind in ("free", "json"):
        column = _settled(column, field, array.type)
    try:
        fits = cast(column.kind, array)
    except OutOfRangeError as error:
        raise UnfitColumnError(_out_of_range(column, array.type, str(error))) from None
    if fits is None:
        raise UnfitColumnError(_unfit(column, array.type))
    return column, fits


def _settled(column: Column, field: Any, type_: Any) -> Column:
    """What a column that may hold several things holds here."""
    if column.kind == "free" and not is_number(type_):
        kind: Kind = "json" if _is_json(field) else "text"
        return Column(column.name, kind, column.declared)
    if column.kind == "free" or (column.kind == "json" and is_list(type_)):
        return Column(column.name, natural(field), column.declared)
    return column


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
