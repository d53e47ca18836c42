"""A diagnostic as text: where, what, the line itself with carets, and what to do.

No colours; nothing of the author's text reaches the terminal that could move its
cursor or turn its reading direction.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from escalate.errors import Diagnostic, Place
from escalate.policy.excerpt import excerpt, visible
from escalate.policy.text import split_lines

__all__ = ["concise", "excerpt_of", "render"]


def concise(diagnostic: Diagnostic) -> str:
    """One line: place, severity, code, message, and the help in parentheses."""
    return visible(str(diagnostic))


def render(diagnostic: Diagnostic, text_of: Callable[[str], str | None]) -> str:
    """Several lines, without a line break at the end.

    ``text_of`` gives the text of a file by the name that places carry, or None where
    it is not at hand; then the place alone is shown.
    """
    where = f"{diagnostic.place}: " if diagnostic.place else ""
    if not where and diagnostic.path:
        where = f"{diagnostic.path}: "
    out = [visible(f"{where}{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}")]
    places = [p for p in (diagnostic.place, *(r.place for r in diagnostic.related)) if p]
    gutter = max((len(str(p.line)) for p in places), default=1)
    bar = f"{' ' * gutter} |"

    shown = excerpt_of(diagnostic.place, text_of, "^", "") if diagnostic.place else []
    main_file = diagnostic.file
    if shown and diagnostic.place:
        out += _block(shown, diagnostic.place.line, gutter)
    for related in diagnostic.related:
        lines = excerpt_of(related.place, text_of, "-", related.message)
        if not lines or related.place.file != main_file:
            message = f": {related.message}" if not lines else ""
            out.append(visible(f"{' ' * gutter}--> {related.place}{message}"))
        if lines:
            out += _block(lines, related.place.line, gutter)
    if diagnostic.help:
        if len(out) > 1:
            out.append(bar)
        out.append(visible(f"{' ' * gutter} = help: {diagnostic.help}"))
    return "\n".join(out)


def _block(lines: list[str], number: int, gutter: int) -> list[str]:
    source, carets = lines
    blank = f"{' ' * gutter} |"
    return [blank, f"{number:>{gutter}} | {source}".rstrip(), f"{blank} {carets}"]


def excerpt_of(
    place: Place, text_of: Callable[[str], str | None], mark: str, label: str
) -> list[str]:
    """The line of a place, and the marks under it with a label; nothing where the text is
    not at hand."""
    text = text_of(place.file)
    if text is None:
        return []
    lines = _lines(text)
    if place.line > len(lines):
        return []
    line = lines[place.line - 1]
    end = place.end_column if place.end_line == place.line else len(line) + 1
    source, offset, width = excerpt(line, place.column, end)
    return [source, f"{' ' * offset}{mark * width}" + (f" {visible(label)}" if label else "")]


@lru_cache(maxsize=4)
def _lines(text: str) -> list[str]:
    return split_lines(text.removeprefix("\ufeff"))
