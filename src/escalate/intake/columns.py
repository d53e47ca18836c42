"""Which column of a table holds which field of a ticket, and how to read its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from escalate.errors import Diagnostic, Place, PolicyError, did_you_mean, sort_diagnostics
from escalate.policy.source import Source, read_source
from escalate.reading import TOP
from escalate.ticket import BUILT_IN
from escalate.wording import bare_kind, message_and_help
from escalate.worktime.zone import ZoneError, find_zone

__all__ = ["Column", "plain_columns", "read_columns", "unknown_fields"]

_AS_MAPPING: Final = "write a field and its column's heading in each line: `id: Number`"
_WRITTEN: Final[Mapping[str, str]] = {
    "column": "Opened",
    "split": '";"',
    "format": '"%d/%m/%Y %H:%M"',
    "timezone": "Europe/Paris",
}
"""How the keys of a column are usually written."""

_KEYS: Final = ("column", "value", "values", "split", "format", "timezone")


@dataclass(frozen=True, slots=True)
class Column:
    """How a field comes out of a row.

    ``column`` is the heading, ``value`` a constant in its stead. ``values`` says what a
    cell means (others stay), ``split`` what parts a list, ``format`` how an instant is
    written (as in ``strptime``), ``timezone`` where one without an offset was written.
    ``place`` is where the mapping stands, if in a file.
    """

    column: str | None = None
    value: Any = None
    values: Mapping[str, Any] = field(default_factory=dict)
    split: str | None = None
    format: str | None = None
    timezone: str | None = None
    place: Place | None = field(default=None, compare=False)


def plain_columns(pairs: Iterable[str]) -> dict[str, Column]:
    """Columns from ``field=Heading``, as written on a command line.

    Raises:
        ValueError: there is no ``=``.
    """
    columns = {}
    for pair in pairs:
        name, equals, heading = pair.partition("=")
        if not (name and equals and heading):
            raise ValueError(f"`{pair}` is not `field=Heading`")
        columns[name.strip()] = Column(heading.strip())
    return columns


def read_columns(content: bytes | str, file: str) -> dict[str, Column]:
    """The columns that a YAML text maps: a field's name to a heading or a mapping.

    Raises:
        PolicyError: with every mistake and its place (`ESC956` and the codes of text).
    """
    source = read_source(content, file)
    found = list(source.diagnostics)
    columns: dict[str, Column] = {}
    if not found and not isinstance(source.data, dict):
        said = f"columns are a mapping of fields to headings, not {bare_kind(source.data)}"
        found.append(_wrong(source, (), said, _AS_MAPPING))
    if not found:
        for name, raw in source.data.items():
            column = _column(source, name, raw, found)
            columns[name] = replace(column, place=source.place((name,), key=True))
    if found:
        raise PolicyError(sort_diagnostics(found))
    return columns


def unknown_fields(columns: Mapping[str, Column], fields: Iterable[str]) -> list[Diagnostic]:
    """The mapped fields that are neither a key of tickets nor among the policy's
    ``fields`` (``ESC957``): every ticket would be refused for them."""
    known = {*TOP, *BUILT_IN, *fields}
    found = []
    for name, column in columns.items():
        # `order` may hold a mapping with `order.total` in it.
        if name in known or any(other.startswith(f"{name}.") for other in known):
            continue
        near = did_you_mean(name, known)
        found.append(
            Diagnostic(
                "ESC957",
                f"a column is mapped to `{name}`, which is neither a key of tickets nor a field "
                "of the policy",
                place=column.place,
                help=f"did you mean `{near}`?"
                if near
                else "declare it under `fields` in the policy, or leave the column out",
                path=name,
            )
        )
    return sort_diagnostics(found)


def _column(source: Source, name: str, raw: Any, found: list[Diagnostic]) -> Column:
    if isinstance(raw, str):
        return Column(raw)
    if not isinstance(raw, dict):
        said = f"`{name}` needs a heading, or a mapping, not {bare_kind(raw)}"
        found.append(_wrong(source, (name,), said, _heading(name, raw)))
        return Column()
    before = len(found)
    for key, given in raw.items():
        if key not in _KEYS:
            near = did_you_mean(key, _KEYS)
            hint = f"did you mean `{near}`?" if near else "one of: " + ", ".join(_KEYS)
            found.append(_wrong(source, (name, key), f"a column has no `{key}`", hint, key=True))
        elif key == "values" and not isinstance(given, dict):
            said = f"`values` is a mapping of cells to values, not {bare_kind(given)}"
            found.append(_wrong(source, (name, key), said, "write it as in `values: {P1: high}`"))
        elif key not in ("value", "values") and not (isinstance(given, str) and given):
            kind = "empty text" if given == "" else bare_kind(given)
            hint = f"write `{key}: {_WRITTEN[key]}`"
            if isinstance(given, int | float) and not isinstance(given, bool):
                hint = f'put it into quotes: `{key}: "{given}"`'
            found.append(_wrong(source, (name, key), f"`{key}` is text, not {kind}", hint))
    if ("column" in raw) == ("value" in raw):
        both = "not both" if "column" in raw else "and has neither"
        said = f"`{name}` needs `column` or `value`, {both}"
        hint = "keep one: `column` names a heading, `value` is the same for every ticket"
        if "column" not in raw:
            hint = f"add the heading, as in `{name}: {{column: {_WRITTEN['column']}, ...}}`"
        found.append(_wrong(source, (name,), said, hint))
    if len(found) > before:
        return Column()
    if "timezone" in raw:
        try:
            find_zone(raw["timezone"])
        except ZoneError as error:
            said, help_ = message_and_help(str(error))
            found.append(_wrong(source, (name, "timezone"), said, help_))
    return Column(**raw)


def _heading(name: str, raw: Any) -> str:
    """What to write where neither a heading nor a mapping stands."""
    if isinstance(raw, list) and len(raw) == 1 and isinstance(raw[0], str):
        return f"write the heading alone: `{name}: {raw[0]}`"
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return f'put a heading that is a number into quotes: `{name}: "{raw}"`'
    return f"write the column's heading: `{name}: Title`"


def _wrong(
    source: Source, way: tuple[str, ...], message: str, hint: str | None = None, key: bool = False
) -> Diagnostic:
    place: Place = source.place(way, key=key)
    return Diagnostic("ESC956", message, place=place, help=hint, path=".".join(way))
