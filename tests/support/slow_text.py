"""Text tests for the slow evaluator: words without case and accents, and globs."""

from __future__ import annotations

import re
import unicodedata


def words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"\w+", kept)


def mentions(text: str, phrase: str) -> bool:
    """Whether the words of the phrase follow each other in the text; `*` ends a beginning."""
    beginning = phrase.endswith("*")
    wanted = words(phrase)
    have = words(text)
    for i in range(len(have) - len(wanted) + 1):
        part = have[i : i + len(wanted)]
        if part == wanted:
            return bool(wanted)
        if beginning and part[:-1] == wanted[:-1] and part[-1].startswith(wanted[-1]):
            return True
    return False


def like(text: str, pattern: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(like(text[i:], pattern[1:]) for i in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and like(text[1:], pattern[1:])
