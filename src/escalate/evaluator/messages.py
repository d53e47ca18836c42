"""Words: texts with placeholders, in a language, and no code.

Language: "Actions", messages. ``{customer.name|there}`` is the fact, or what stands
behind the bar where it is absent; ``{{`` and ``}}`` are braces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from escalate.evaluator.bidi import harmless, isolated, turns
from escalate.policy.placeholder import Placeholder, read_message
from escalate.policy.tags import parents

__all__ = ["Lookup", "Message", "Template"]

Lookup = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Template:
    """Literal text and placeholders (name, fallback) in turn; ``turns`` tells that the
    literal text runs from right to left somewhere."""

    parts: tuple[str | tuple[str, str | None], ...]
    turns: bool = field(init=False)

    def __post_init__(self) -> None:
        own = any(turns(part if isinstance(part, str) else part[1] or "") for part in self.parts)
        object.__setattr__(self, "turns", own)

    @property
    def names(self) -> tuple[str, ...]:
        """The placeholders, each once, in order."""
        return tuple(dict.fromkeys(part[0] for part in self.parts if not isinstance(part, str)))

    def render(self, lookup: Lookup) -> str:
        """The text with every placeholder filled in. What a placeholder says is no part of
        the author's text: it is made harmless, and isolated where directions meet."""
        said = []
        for part in self.parts:
            if isinstance(part, str):
                said.append(part)
                continue
            name, fallback = part
            value = lookup(name)
            if value is None:
                said.append(fallback or "")
                continue
            value = harmless(value)
            said.append(isolated(value) if self.turns or turns(value) else value)
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
        for tag in (*parents(wanted), *parents(self.language)):
            if tag in tags:
                return tags[tag] or None, self._texts[tags[tag]]
        first = next(iter(self._texts))
        return first or None, self._texts[first]
