"""Where in a JSON text a value stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from escalate.errors import Place
from escalate.policy.json_text import read_json
from escalate.policy.json_tokens import after_value, tokens
from escalate.policy.text import Text

__all__ = ["place_in_json", "read_json"]

_Span = tuple[int, int]


def place_in_json(
    text: str,
    path: Sequence[str | int],
    file: str,
    *,
    first_line: int = 1,
    key: bool = False,
) -> Place:
    """Where the value at ``path`` stands in ``text``, which is valid JSON, or its key.

    Segments that name no child are skipped, as in
    :meth:`escalate.policy.source.Source.place`. Of a key written twice the last
    counts. ``first_line`` is the number that the text's first line has in ``file``.
    """
    lines = Text(text, file, first_line)
    value = after_value(text, 0)
    named = value
    for segment in path:
        found: tuple[_Span, _Span] | None = None
        for name, key_span, value_span in _children(text, value[0]):
            if name == segment and name.__class__ is segment.__class__:
                found = key_span, value_span
        if found:
            named, value = found
    start, end = named if key else value
    return lines.place(start, end if end > start else None)


def _children(text: str, start: int) -> Iterator[tuple[str | int, _Span, _Span]]:
    """Name, place of the name and place of the value for each child of the value."""
    opening = text[start : start + 1]
    if opening not in ("{", "["):
        return
    at = start + 1
    number = 0
    while True:
        token, begin, end = next(tokens(text, at), ("", len(text), len(text)))
        if token in ("", "]", "}"):
            return
        if token == ",":
            at = end
            continue
        name: str | int = number
        number += 1
        if opening == "{":
            try:
                name = str(json.loads(token, strict=False))
            except ValueError:
                return
            at = next(tokens(text, end), (":", end, end))[2]
        value = after_value(text, at if opening == "{" else begin)
        yield name, ((begin, end) if opening == "{" else value), value
        at = max(value[1], end)
