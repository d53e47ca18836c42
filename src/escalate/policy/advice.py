"""How a thing is written that an author wrote otherwise: what stands behind `help`.

For people who do not know YAML's words: a list and a mapping are shown, not named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

__all__ = [
    "as_condition",
    "as_field",
    "as_list",
    "as_mapping",
    "as_operator",
    "as_type",
    "instead_of_key",
    "pattern_in_words",
    "type_meant",
]

_LONGEST: Final = 40
"""Of a text that is written anew for its author to copy."""

_FACT: Final = r"\s*([\w.-]+)\s*(?=[=!<>])"
_SIGN: Final = r"""\s*(==?|!=|<=|>=|<|>)\s*("[^"]*"|'[^']*'|[^\s<>=!]+)\s*"""
_OPERATORS: Final[Mapping[str, str]] = {"!=": "ne", "<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}

_INSTEAD: Final[Mapping[str, str]] = {
    "if": "did you mean `when`?",
    "then": "say what is to be done by `escalate`, `transfer`, `notify`, `tell_customer`, "
    "`set` or `do`",
    "else": "write a trigger of its own, whose `when` says `not`",
}
"""Words of other languages of rules, in a trigger. `then` is no slip in `when`."""

_TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("text", "str"), "string"),
    "int": "integer",
    **dict.fromkeys(("float", "double", "decimal"), "number"),
    **dict.fromkeys(("bool", "checkbox"), "boolean"),
    **dict.fromkeys(("list", "tuple", "multiselect"), "array"),
    **dict.fromkeys(("dict", "map", "mapping"), "object"),
}
"""Types by their names elsewhere."""

_FORMATS: Final[Mapping[str, str]] = {
    "date": "date",
    **dict.fromkeys(("datetime", "date-time", "timestamp"), "date-time"),
    "email": "email",
    **dict.fromkeys(("url", "uri"), "uri"),
}
"""What are types elsewhere, and texts of a format here."""

_NAME_HELP: Final = "names are written without spaces and without any of `. : , | / { }`"
_PATTERNS: Final = (
    (r"^[^\u0000-\u0020", ("name", _NAME_HELP)),
    ("^[A-Za-z]{2,3}", ("language", "write it as `en`, `ro` or `pt-BR`")),
    ("^[0-9]{4}-", ("local date or time", "write it as `2026-12-24` or `2026-12-24T09:00`")),
    ("^([01][0-9]|", ("time of day", "write it as `09:00`")),
    ("^(100|", ("share", "write it as `80%`, at most `100%`")),
)


def as_list(written: Any) -> str:
    """Help where a list belongs."""
    if isinstance(written, str) and 0 < len(written) <= _LONGEST and written.isprintable():
        return f"write a list of one: `[{_scalar(written)}]`"
    return "write each entry on a line of its own behind `- `, or all in `[...]`"


def as_mapping(_written: Any) -> str:
    """Help where a mapping belongs."""
    return "write each entry as `key: value` on a line of its own, or all in `{...}`"


def as_condition(written: Any) -> str:
    """Help where a condition belongs, or a fact's name: `age > 4h` is `{age: {gt: 4h}}`."""
    fact = re.match(_FACT, written) if isinstance(written, str) else None
    asked = as_operator(written[fact.end() :]) if fact else None
    if fact is None or asked is None:
        return "write it as `{severity: high}` or `{age: {gte: 4h}}`"
    return f"write it as `{{{fact[1]}: {asked}}}`"


def as_operator(written: str) -> str | None:
    """What compares as a sign and a value do: `>= 3` is `{gte: 3}`; nothing where there is
    no such sign."""
    found = re.fullmatch(_SIGN, written)
    if found is None or len(written) > _LONGEST:
        return None
    operator, value = _OPERATORS.get(found[1]), _scalar(found[2].strip("'\""))
    return f"{{{operator}: {value}}}" if operator else value


def instead_of_key(path: tuple[str | int, ...]) -> str | None:
    """Help for a key that other languages of rules have, and this one has not."""
    in_trigger = len(path) == 3 and path[0] == "triggers"
    return _INSTEAD.get(str(path[-1])) if in_trigger else None


def type_meant(written: Any) -> str | None:
    """The type that has another name elsewhere: `int` is `integer`."""
    return _TYPES.get(written.casefold()) if isinstance(written, str) else None


def as_type(written: Any) -> str | None:
    """Help where a type belongs, for words that are types elsewhere."""
    if not isinstance(written, str):
        return None
    word = written.casefold()
    if word in _TYPES:
        return f"did you mean `{_TYPES[word]}`?"
    if word in _FORMATS:
        return f"write `type: string, format: {_FORMATS[word]}`"
    if word in ("enum", "select", "dropdown"):
        return "list its values in place of the type: `enum: [refund, outage]`"
    return None


def as_field(written: Any) -> str:
    """Help where a field is declared by something else than a mapping, mostly by a type."""
    word = written.casefold() if isinstance(written, str) else ""
    if word in _FORMATS:
        return f"write `{{type: string, format: {_FORMATS[word]}}}`"
    meant = _TYPES.get(word, word)
    if meant in _TYPES.values():
        return f"write `{{type: {meant}}}`"
    return "write what it holds, as in `{type: string}` or `{enum: [refund, outage]}`"


def pattern_in_words(pattern: str) -> tuple[str, str] | None:
    """What a text of a certain form is called, and how it is written."""
    return next((said for begins, said in _PATTERNS if pattern.startswith(begins)), None)


def _scalar(text: str) -> str:
    from escalate.policy.quoting import as_scalar, for_every_reader  # only mistakes need it

    number = re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text)
    return for_every_reader(text) if number else as_scalar(text)
