"""The one right edit for a mistake in the structure, where there is one.

One table: kind of mistake to the edit. What could be meant in two ways has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from escalate.errors import Fix, Place
from escalate.policy.advice import instead_of_key, type_meant
from escalate.policy.condition_schema import OPERATORS
from escalate.policy.edits import name_fix, value_fix
from escalate.policy.quoting import BOOLEANS, as_scalar, quoted
from escalate.policy.source import Source
from escalate.policy.usual import has_mappings
from escalate.spelling import near_names, sure_name
from escalate.worktime.hours import DAYS

if TYPE_CHECKING:
    from escalate.policy.mistakes import Found

__all__ = ["remedy", "sure"]

_MEANT: Final = re.compile(r"; did you mean `([^`]+)`\?$")
_TIME: Final = r"([01]?[0-9]|2[0-4])[:.h]([0-5][0-9])"
_TIME_OF_DAY: Final = re.compile(_TIME)
_INTERVAL: Final = re.compile(rf"{_TIME}\s*[-\u2013]\s*{_TIME}")
_DAY_TIME: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)")
_LOCALE: Final = re.compile(r"[A-Za-z]{2,3}_[A-Za-z0-9]{2,8}")
_SAFE_IN_LIST: Final = re.compile(r"[^\[\]{},#:\n]+")
_WHOLE_DAYS: Final = {f"{day}day": day for day in ("mon", "fri", "sun")} | {
    "tuesday": "tue",
    "wednesday": "wed",
    "thursday": "thu",
    "saturday": "sat",
}


def remedy(found: Found, source: Source) -> Fix | None:
    """The edit that mends a mistake, if there is but one."""
    edit = _TABLE.get(found.kind)
    return edit(found, source) if edit else None


def sure(written: str, known: Iterable[str]) -> str | None:
    """The known name that was meant without doubt."""
    return sure_name(written, near_names(written, known))


def _key(found: Found, source: Source) -> Fix | None:
    written = str(found.path[-1])
    meant = sure(written, found.known_keys)
    if meant is None or instead_of_key(found.path) or source.has((*found.path[:-1], meant)):
        return None
    return name_fix(source, found.path, written, meant, key=True)


def _operator(found: Found, source: Source) -> Fix | None:
    written = str(found.path[-1])
    meant = sure(written, OPERATORS)
    if meant is None or source.has((*found.path[:-1], meant)):
        return None
    return name_fix(source, found.path, written, meant, key=True)


def _word(found: Found, source: Source) -> Fix | None:
    if found.path == ("escalate",):
        return value_fix(source, found.path, "1") if found.input in ("1", "1.0") else None
    if not isinstance(found.input, str):
        return None
    meant = type_meant(found.input) if found.path[-1] == "type" else None
    meant = meant or sure(found.input, found.words)
    return name_fix(source, found.path, found.input, meant) if meant else None


def _kind(found: Found, source: Source) -> Fix | None:
    given = found.input.get("kind") if isinstance(found.input, Mapping) else found.input
    meant = sure(given, found.words) if isinstance(given, str) else None
    path = found.path if source.has(found.path) else found.path[:-1]  # the kind alone
    return name_fix(source, path, str(given), meant) if meant else None


def _boolean(found: Found, source: Source) -> Fix | None:
    said = BOOLEANS.get(found.input.casefold()) if isinstance(found.input, str) else None
    return value_fix(source, found.path, said) if said else None


def _condition(found: Found, source: Source) -> Fix | None:
    return _boolean(found, source) if found.path[-1:] == ("exists",) else None


def _text(found: Found, source: Source) -> Fix | None:
    if not isinstance(found.input, bool | int | float):
        return None
    return value_fix(source, found.path, quoted(source.raw(found.path)))


def _whole_number(found: Found, source: Source) -> Fix | None:
    given = found.input
    if isinstance(given, str) and given.isdecimal() and given.isascii():
        return value_fix(source, found.path, str(int(given)))
    if isinstance(given, float) and given.is_integer():
        return value_fix(source, found.path, str(int(given)))
    return None


def _list(found: Found, source: Source) -> Fix | None:
    """One value where a list of such values stands is a list of one."""
    if not isinstance(found.input, str) or not found.input or has_mappings(found.path):
        return None
    raw = source.raw(found.path)
    if raw[:1] not in ("'", '"') and not _SAFE_IN_LIST.fullmatch(raw):
        raw = quoted(found.input)
    return value_fix(source, found.path, f"[{raw}]")


def _pattern(found: Found, source: Source) -> Fix | None:
    written, pattern = found.input, str(found.context.get("pattern", ""))
    if not isinstance(written, str):
        return None
    at_key = found.path[-1:] == (written,)
    if (time := _TIME_OF_DAY.fullmatch(written)) and pattern.startswith("^([01][0-9]|"):
        return value_fix(source, found.path, quoted(_clock(time[1], time[2])))
    if (parts := _DAY_TIME.fullmatch(written)) and pattern.startswith("^[0-9]{4}-"):
        return value_fix(source, found.path, as_scalar(f"{parts[1]}T{parts[2]}"))
    if _LOCALE.fullmatch(written) and pattern.startswith("^[A-Za-z]{2,3}"):
        return name_fix(source, found.path, written, written.replace("_", "-"), key=at_key)
    return None


def _day_name(found: Found, source: Source) -> Fix | None:
    days = [_day(part.strip()) for part in found.input.split("-")]
    if None in days or len(days) > 2:
        return None
    named = "-".join(str(day) for day in days)
    return name_fix(source, found.path, found.input, named, key=True)


def _hours(found: Found, source: Source) -> Fix | None:
    if not isinstance(found.input, str):
        return None
    interval = _INTERVAL.fullmatch(found.input.strip())
    if interval is None:
        return None
    begin, end = _clock(interval[1], interval[2]), _clock(interval[3], interval[4])
    return value_fix(source, found.path, quoted(f"{begin}-{end}"))


def _day(written: str) -> str | None:
    day = written.casefold()
    return day if day in DAYS else _WHOLE_DAYS.get(day)


def _clock(hour: str, minute: str) -> str:
    return f"{int(hour):02}:{minute}"


def _as_proposed(found: Found, source: Source) -> Fix | None:
    meant = _MEANT.search(found.text)
    return value_fix(source, found.path, as_scalar(meant[1])) if meant else None


def _missing(found: Found, source: Source) -> Fix | None:
    """There is but one version of the language."""
    if found.path != ("escalate",) or not source.data:
        return None
    first = source.place((next(iter(source.data)),), key=True)
    begin = Place(first.file, first.line, first.column, first.line, first.column)
    in_braces = source.raw(()).startswith("{")
    if in_braces or first.column == 1:
        return Fix(begin, "escalate: 1, " if in_braces else f"escalate: 1{source.line_end}")
    return None


_TABLE: Final[Mapping[str, Callable[[Any, Source], Fix | None]]] = {
    "extra_forbidden": _key,
    "extra_key": _key,
    "operator": _operator,
    "literal_error": _word,
    "union_tag_invalid": _kind,
    "bool_type": _boolean,
    "condition": _condition,
    "string_type": _text,
    "int_type": _whole_number,
    "list_type": _list,
    "tuple_type": _list,
    "string_pattern_mismatch": _pattern,
    "day": _day_name,
    "hours": _hours,
    "duration": _as_proposed,
    "missing": _missing,
}
