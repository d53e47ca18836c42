"""What the operators mean for a value that is there.

Each maker takes the operand and answers a plain test. Adding an operator: one entry
here and one in ``policy/condition.py``. Language: "Conditions", operators.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final

__all__ = ["MAKERS", "Tester", "glob", "mentions", "words"]

Tester = Callable[[Any], bool]


def _same(a: Any, b: Any) -> bool:
    """Equal, and true is not one."""
    return bool(a == b) and isinstance(a, bool) == isinstance(b, bool)


def _eq(x: Any) -> Tester:
    # Text is never the same as true or a number, so the plain sign does.
    return (lambda v: v == x) if isinstance(x, str) else lambda v: _same(v, x)


def _ne(x: Any) -> Tester:
    return (lambda v: v != x) if isinstance(x, str) else lambda v: not _same(v, x)


def _in(xs: Any) -> Tester:
    if all(isinstance(x, str) for x in xs):
        return lambda v: v in xs
    return lambda v: any(_same(v, x) for x in xs)


def _not_in(xs: Any) -> Tester:
    if all(isinstance(x, str) for x in xs):
        return lambda v: v not in xs
    return lambda v: not any(_same(v, x) for x in xs)


def _comparable(a: Any, b: Any) -> bool:
    numbers = (int, float)
    if isinstance(a, bool) or isinstance(b, bool):
        return False
    return (
        (isinstance(a, numbers) and isinstance(b, numbers))
        or (isinstance(a, str) and isinstance(b, str))
        or (hasattr(a, "numerator") and isinstance(b, numbers))
    )


def _lt(x: Any) -> Tester:
    return lambda v: _comparable(v, x) and v < x


def _lte(x: Any) -> Tester:
    return lambda v: _comparable(v, x) and v <= x


def _gt(x: Any) -> Tester:
    return lambda v: _comparable(v, x) and v > x


def _gte(x: Any) -> Tester:
    return lambda v: _comparable(v, x) and v >= x


def _items(v: Any) -> tuple[Any, ...]:
    return v if isinstance(v, tuple) else (v,)


def _contains(x: Any) -> Tester:
    """Of a list: has it; of a text: holds it as it is written."""
    if isinstance(x, str):
        return lambda v: x in v if isinstance(v, str | tuple) else False
    return lambda v: (
        isinstance(x, str) and x in v if isinstance(v, str) else any(_same(i, x) for i in _items(v))
    )


def _contains_any(xs: Any) -> Tester:
    tests = [_contains(x) for x in xs]
    return lambda v: any(test(v) for test in tests)


def _contains_all(xs: Any) -> Tester:
    tests = [_contains(x) for x in xs]
    return lambda v: all(test(v) for test in tests)


# Words, in any script.

# Letters that carry their accent inside and have no decomposition.
_PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe"}
)
# Scripts written without spaces between words: each sign counts as a word.
_UNSPACED: Final = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def _kept(c: str) -> bool:
    # Accents go; vowel signs, nukta, voicing marks and virama are letters of their scripts.
    return unicodedata.combining(c) in (0, 7, 8, 9)


def words(text: str) -> list[str]:
    """The words of a text, without case and accents."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    if not folded.isascii():
        folded = "".join(filter(_kept, unicodedata.normalize("NFKD", folded))).translate(_PLAIN)
    found: list[str] = []
    word = ""
    for c in folded:
        part = c.isalnum() or c == "_" or (not c.isascii() and unicodedata.category(c)[0] == "M")
        if part and ord(c) >= 0x0E00 and any(a <= ord(c) <= b for a, b in _UNSPACED):
            if word:
                found.append(word)
                word = ""
            found.append(c)
        elif part:
            word += c
        elif word:
            found.append(word)
            word = ""
    if word:
        found.append(word)
    return found


def mentions(phrases: tuple[str, ...]) -> Tester:
    """Whole words or phrases; with ``*`` at the end, the beginning of a word."""
    wanted: list[tuple[list[str], bool]] = []
    for phrase in phrases:
        begins = phrase.endswith("*")
        parts = words(phrase.rstrip("*"))
        if parts:
            wanted.append((parts, begins))
    single = frozenset(p[0] for p, begins in wanted if len(p) == 1 and not begins)
    longer = [(p, begins) for p, begins in wanted if len(p) > 1 or begins]

    def test(v: Any) -> bool:
        texts = [v] if isinstance(v, str) else [i for i in _items(v) if isinstance(i, str)]
        for text in texts:
            said = words(text)
            if not single.isdisjoint(said):
                return True
            for parts, begins in longer:
                if _found(said, parts, begins):
                    return True
        return False

    return test


def _found(said: list[str], parts: list[str], begins: bool) -> bool:
    count = len(parts)
    *whole, last = parts
    for i in range(len(said) - count + 1):
        if said[i : i + count - 1] == whole:
            word = said[i + count - 1]
            if word == last or (begins and word.startswith(last)):
                return True
    return False


def _mentions(xs: Any) -> Tester:
    return mentions(xs if isinstance(xs, tuple) else (xs,))


def glob(pattern: str) -> Tester:
    """``*`` is any text, ``?`` any one character; the whole text must fit, as written.

    Never slower than text times pattern, whatever the author writes.
    """

    def test(v: Any) -> bool:
        return isinstance(v, str) and _glob(pattern, v)

    return test


def _glob(pattern: str, text: str) -> bool:
    p = t = 0
    star, mark = -1, 0
    while t < len(text):
        if p < len(pattern) and (pattern[p] == "?" or (pattern[p] == text[t] != "*")):
            p += 1
            t += 1
        elif p < len(pattern) and pattern[p] == "*":
            star, mark = p, t
            p += 1
        elif star >= 0:
            p, mark = star + 1, mark + 1
            t = mark
        else:
            return False
    return all(c == "*" for c in pattern[p:])


MAKERS: Final[Mapping[str, Callable[[Any], Tester]]] = {
    "eq": _eq,
    "ne": _ne,
    "in": _in,
    "not_in": _not_in,
    "lt": _lt,
    "lte": _lte,
    "gt": _gt,
    "gte": _gte,
    "contains": _contains,
    "contains_any": _contains_any,
    "contains_all": _contains_all,
    "mentions": _mentions,
    "like": glob,
}
