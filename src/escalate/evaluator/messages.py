"""Words: texts with placeholders, in a language, and no code.

Language: "Actions", messages. ``{customer.name|there}`` is the fact, or what stands
behind the bar where it is absent; ``{{`` and ``}}`` are braces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from escalate.policy.placeholder import Placeholder, read_message

__all__ = ["Lookup", "Message", "Template"]

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


def _template(text: str) -> Template:
    """A text of a policy that has been checked."""
    parts: list[str | tuple[str, str | None]] = []
    for part in read_message(text):
        if isinstance(part, Placeholder):
            parts.append((part.name, part.fallback))
        else:
            parts.append(part if isinstance(part, str) else part.text)
    return Template(tuple(parts))


class Message:
    """One message in its languages."""

    __slots__ = ("_texts", "language")

    def __init__(self, texts: Mapping[str, str], language: str | None) -> None:
        self.language = language
        own = language or ""
        self._texts = {
            (own if tag == "und" else tag): _template(text) for tag, text in texts.items()
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
