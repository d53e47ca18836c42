"""Words of letters from two scripts that look alike. Language: "The text"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.letters import mixed_words, names_and_values, spelt
from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Names and values with a word that mixes Latin with Greek or Cyrillic letters."""
    for path, text, key in names_and_values(subject):
        for word in mixed_words(text):
            yield Finding(
                f"`{word}` mixes letters of two scripts that look alike: {spelt(word)}",
                path,
                "write it again on one keyboard",
                key=key,
            )
