"""Edits of a policy's text: the smallest that mend one mistake, and carrying them out.

Everything else stays as it is, byte for byte. An edit names what it replaces, so that
editors and reports can offer it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from escalate.errors import Fix, Place
from escalate.policy.quoting import as_scalar, quoted
from escalate.policy.source import Source
from escalate.policy.text import Text

__all__ = ["apply_fixes", "name_fix", "spans", "value_fix"]

Path = Sequence[str | int]


def name_fix(source: Source, path: Path, old: str, new: str, *, key: bool = False) -> Fix | None:
    """Another name in place of one, quoted as that was; ``None`` where it stands there in
    another form, on several lines or with escapes, say.

    ``old`` may be a part between dots, as in a fact's name.
    """
    if not source.has(path):
        return None
    place = source.place(path, key=key)
    raw = _written(source, place)
    quote = raw[:1] if raw[:1] in ("'", '"') else ""
    inside = raw[1:-1] if quote else raw
    parts = [inside] if inside == old else inside.split(".")
    if parts.count(old) != 1:
        return None
    whole = ".".join(new if part == old else part for part in parts)
    if not quote:
        return Fix(place, as_scalar(whole))
    plain = quote not in whole and "\\" not in whole
    return Fix(place, f"{quote}{whole}{quote}" if plain else quoted(whole))


def value_fix(source: Source, path: Path, text: str, *, key: bool = False) -> Fix | None:
    """A text in place of what is written at a path, which is a scalar on one line."""
    if not source.has(path):
        return None
    place = source.place(path, key=key)
    return Fix(place, text) if place.line == place.end_line else None


def _written(source: Source, place: Place) -> str:
    start, end = spans(source.text, [Fix(place, "")])[0]
    return source.text[start:end]


def spans(text: str, fixes: Iterable[Fix]) -> list[tuple[int, int]]:
    """What each edit replaces: first and last index, the last excluded."""
    lines = Text(text, "")
    return [lines.span(fix.place) for fix in fixes]


def apply_fixes(text: str, fixes: Sequence[Fix]) -> str:
    """The text with edits carried out that do not overlap."""
    parts, at = [], 0
    for (start, end), fix in sorted(zip(spans(text, fixes), fixes, strict=True), key=_begin):
        parts += [text[at:start], fix.text]
        at = end
    return "".join((*parts, text[at:]))


def _begin(pair: tuple[tuple[int, int], Fix]) -> tuple[int, int]:
    return pair[0]
