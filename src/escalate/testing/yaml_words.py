"""Values as YAML on one line, such that they are read as what they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from escalate.policy.source import read_source

__all__ = ["flow"]


def flow(value: Any, *, inside: bool) -> str:
    """A value as an author would write it; ``inside`` brackets more signs have a meaning."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case Mapping():
            pairs = (f"{flow(k, inside=True)}: {flow(v, inside=True)}" for k, v in value.items())
            return "{" + ", ".join(pairs) + "}"
        case list() | tuple():
            return "[" + ", ".join(flow(item, inside=True) for item in value) + "]"
        case str():
            return _text(value, inside)
        case _:
            return str(value)


def _text(text: str, inside: bool) -> str:
    """Plain where it is read back as this very text, else in quotes."""
    tried = f"[{text}, {text}]" if inside else f"- {text}\n- {text}\n"
    if "\n" not in text and "#" not in text and text == text.strip():
        read = read_source(tried)
        if not read.diagnostics and read.data == [text, text]:
            return text
    return json.dumps(text, ensure_ascii=False)
