"""Words: texts with placeholders, in a language, and no code.

Language: "Actions", messages. ``{customer.name|there}`` is the fact, or what stands
behind the bar where it is absent; ``{{`` and ``}}`` are braces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["Message", "Template", "parse_template"]

_PART: Final = re.compile(r"\{\{|\}\}|\{([^{}|]*)(?:\|([^{}]*))?\}")

Lookup = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Template:
    """Literal text and placeholders (name, fallback) in turn."""

    parts: tuple[str | tuple[str, str | None], ...]

    def render(self, lookup: Lookup) -> str:
        """The text with every placeholder filled in."""
        said = []
        for part in self.parts:
            if isinstance(part, str):
                said.append(part)
            else:
                name, fallback = part
                value = lookup(name)
                said.append(value if value is not None else fallback or "")
        return "".join(said)


def parse_template(text: str) -> Template:
    """A text with placeholders, as written in a policy that has been checked."""
    parts: list[str | tuple[str, str | None]] = []
    at = 0
    for found in _PART.finditer(text):
        if found.start() > at:
            parts.append(text[at : found.start()])
        at = found.end()
        if found.group(0) in ("{{", "}}"):
            parts.append(found.group(0)[0])
        else:
            parts.append((found.group(1).strip(), found.group(2)))
    if at < len(text):
        parts.append(text[at:])
    return Template(tuple(parts))


class Message:
    """One message in its languages."""

    __slots__ = ("_texts", "language")

    def __init__(self, texts: Mapping[str, str], language: str | None) -> None:
        self.language = language
        own = language or ""
        self._texts = {
            (own if tag == "und" else tag): parse_template(text) for tag, text in texts.items()
        }

    def pick(self, wanted: str | None) -> tuple[str | None, Template]:
        """The text for a language: itself, its parents, the policy's, the first written."""
        tags = {tag.lower(): tag for tag in self._texts}
        for tag in (*_parents(wanted), *_parents(self.language)):
            if tag in tags:
                return tags[tag] or None, self._texts[tags[tag]]
        first = next(iter(self._texts))
        return first or None, self._texts[first]


def _parents(tag: str | None) -> list[str]:
    """``pt-BR`` is also ``pt``."""
    if not tag:
        return []
    parts = tag.lower().replace("_", "-").split("-")
    return ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]
