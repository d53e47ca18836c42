"""Placeholders in messages: ``{customer.name|there}``. The one reader of them.

Language: "Actions". A brace that is meant as such is written twice.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["Malformed", "Placeholder", "read_message"]

_TOKEN: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_NAME: Final = re.compile(r"[^\s{}|]+")

Span = tuple[int, int]
_NOWHERE: Final[Span] = (0, 0)


class Placeholder(NamedTuple):
    """A name, and what stands there where it is absent (``None``: nothing is said).

    ``span`` is where it stands in the text, braces included; ``name_span`` its name.
    """

    name: str
    fallback: str | None = None
    span: Span = _NOWHERE
    name_span: Span = _NOWHERE


class Malformed(NamedTuple):
    """A brace that opens or closes nothing, or holds no name; ``why`` is a sentence."""

    text: str
    why: str
    span: Span = _NOWHERE


def read_message(text: str) -> tuple[str | Placeholder | Malformed, ...]:
    """A message's text as its parts, plain text with single braces."""
    parts: list[str | Placeholder | Malformed] = []
    plain = ""
    end = 0
    for match in _TOKEN.finditer(text):
        plain += text[end : match.start()]
        end = match.end()
        token = match.group()
        if token in ("{{", "}}"):
            plain += token[0]
            continue
        if plain:
            parts.append(plain)
            plain = ""
        parts.append(_marked(match))
    plain += text[end:]
    if plain:
        parts.append(plain)
    return tuple(parts)


def _marked(match: re.Match[str]) -> Placeholder | Malformed:
    """What stands between braces, or a brace alone."""
    token, inside = match.group(), match.group(1)
    if inside is None:
        side = "opens" if token == "{" else "closes"
        return Malformed(token, f"a `{token}` {side} no placeholder", match.span())
    written, bar, fallback = inside.partition("|")
    name = written.strip()
    if not _NAME.fullmatch(name):
        return Malformed(token, f"`{token}` names no fact", match.span())
    start = match.start(1) + written.index(name)
    return Placeholder(name, fallback if bar else None, match.span(), (start, start + len(name)))
