"""A cell of a table as a value of a ticket. Text, until the policy says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from escalate.intake.columns import Column
from escalate.policy.field import FieldSpec
from escalate.policy.json_place import read_json
from escalate.ticket import STAND_INS
from escalate.worktime.zone import from_us, wall_to_us

__all__ = ["CellError", "cell_value", "keeps_empty", "types_of"]

_JSON: Final = frozenset({"events", "done"})
"""Keys of tickets that hold lists, written as JSON in a cell."""

_TRUE: Final = frozenset({"true", "yes", "y", "1"})
_FALSE: Final = frozenset({"false", "no", "n", "0"})


_MEANT: Final = "or say under `values` of the column what it means"


class CellError(ValueError):
    """A cell does not hold what it should. The message and ``help`` are for the author."""

    def __init__(self, message: str, help_: str) -> None:
        super().__init__(message)
        self.help = help_


def types_of(fields: Mapping[str, FieldSpec]) -> dict[str, str]:
    """What each declared field holds, where it is not text."""
    types = {}
    for name, spec in fields.items():
        kind = spec.type
        if kind is None and spec.choices is not None:
            if all(isinstance(c, bool) for c in spec.choices):
                kind = "boolean"
            elif all(isinstance(c, int | float) for c in spec.choices):
                kind = "number"
        if kind not in (None, "string"):
            types[name] = str(kind)
    return types


def cell_value(name: str, cell: str, column: Column, kind: str | None) -> Any:
    """The value of field ``name``; ``None`` where the cell is empty.

    Raises:
        CellError: the cell cannot be read so.
    """
    cell = cell.strip()
    if cell in column.values:
        return column.values[cell]
    if not cell:
        return None
    if column.split is not None or name == "tags":
        return [part.strip() for part in cell.split(column.split or ",") if part.strip()]
    if column.format is not None or column.timezone is not None:
        return _instant(cell, column)
    if name in _JSON or kind in ("array", "object"):
        return _json(cell)
    return _READERS[kind](cell) if kind in _READERS else cell


def keeps_empty(name: str) -> bool:
    """Whether an empty cell of this key says something: "not yet"."""
    return name in STAND_INS


def _instant(cell: str, column: Column) -> str:
    try:
        if column.format is not None:
            at = datetime.strptime(cell, column.format)  # noqa: DTZ007 - the column has the zone
        else:
            at = datetime.fromisoformat(cell)
    except ValueError:
        shape = column.format or "2026-11-20T09:12:00"
        raise CellError(
            f"`{_short(cell)}` is not an instant written as `{shape}`",
            "write it so, or give the column the `format` that its cells have",
        ) from None
    if at.tzinfo is None and column.timezone is not None:
        try:
            at = from_us(wall_to_us(at, column.timezone), column.timezone)
        except OverflowError:
            raise CellError(f"`{_short(cell)}` is too far away", "mend the year") from None
    return at.isoformat()


def _json(cell: str) -> Any:
    value, wrong = read_json(cell)
    if wrong:
        help_ = wrong[0].help or "write JSON, as in `[1, 2]`"
        raise CellError(f"the cell holds no JSON: {wrong[0].message}", help_)
    return value


def _integer(cell: str) -> int:
    if len(cell) <= 100:
        try:
            return int(cell)
        except ValueError:
            pass
    raise CellError(f"`{_short(cell)}` is not a whole number", f"write it in digits, {_MEANT}")


def _number(cell: str) -> int | float:
    try:
        return _integer(cell)
    except CellError:
        pass
    try:
        value = float(cell)
    except ValueError:
        said = f"`{_short(cell)}` is not a number"
        raise CellError(said, f"write it in digits, {_MEANT}") from None
    if value - value != 0:
        said = f"`{_short(cell)}` is not a number that can be counted with"
        raise CellError(said, f"leave the cell empty, {_MEANT}")
    return value


def _boolean(cell: str) -> bool:
    word = cell.casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    said = f"`{_short(cell)}` is neither true nor false"
    raise CellError(said, f"write `true` or `false`, {_MEANT}")


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else cell[:37] + "..."


_READERS: Final = {"integer": _integer, "number": _number, "boolean": _boolean}
