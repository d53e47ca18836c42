"""What somebody else wrote, put into a text without harm to either.

Language: "Actions", messages. Text that runs from right to left, and the characters that
turn direction, stay as they are but have no effect on what stands around them: they are
isolated, as Unicode's bidirectional algorithm (UAX #9) has it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["harmless", "isolated", "turns"]

_FIRST_STRONG, _POP_ISOLATE, _POP_EMBEDDING = "\u2068", "\u2069", "\u202c"
_EMBEDDINGS: Final = frozenset("\u202a\u202b\u202d\u202e")
_ISOLATES: Final = frozenset("\u2066\u2067\u2068")
_TURNING: Final = frozenset(
    ("R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI")
)
_KEPT: Final = frozenset("\t\n\r")


def turns(text: str) -> bool:
    """Whether anything in a text runs from right to left, or turns direction."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in _TURNING for c in text)


def harmless(text: str) -> str:
    """The text without the characters that a terminal or a mail program would obey: each
    stands as U+FFFD. Tabs and ends of lines stay."""
    if text.isprintable():
        return text
    return "".join(
        c if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cs") else "\ufffd" for c in text
    )


def isolated(text: str) -> str:
    """The text in an isolate of its own, with whatever it opens closed in it."""
    open_: list[str] = []
    said = []
    for c in text:
        if c in _EMBEDDINGS:
            open_.append(_POP_EMBEDDING)
        elif c in _ISOLATES:
            open_.append(_POP_ISOLATE)
        elif c == _POP_EMBEDDING:
            if not open_ or open_[-1] != c:
                continue  # it would close nothing of this text's
            open_.pop()
        elif c == _POP_ISOLATE:
            if c not in open_:
                continue
            while open_.pop() != c:
                pass
        said.append(c)
    return "".join([_FIRST_STRONG, *said, *reversed(open_), _POP_ISOLATE])
