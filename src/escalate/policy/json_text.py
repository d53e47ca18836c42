"""JSON text to plain values, strictly: one meaning, or a located finding."""

from __future__ import annotations

import json
import re
from typing import Any

from escalate.errors import Diagnostic, Related
from escalate.policy.json_syntax import explain_json, short
from escalate.policy.json_tokens import tokens
from escalate.policy.limits import DEEPEST_JSON, LONGEST_NUMBER
from escalate.policy.nothing import NOTHING
from escalate.policy.text import Text

__all__ = ["read_json", "read_pairs"]

_INFINITE = (float("inf"), float("-inf"))
_NOT_NUMBERS = ("NaN", "Infinity", "-Infinity")
_LONG_NUMBER = re.compile(rf"[0-9.]{{{LONGEST_NUMBER},}}")
# Of a number so long, every 25th character is part of it, four times in a row.
_STEP = LONGEST_NUMBER // 4
_FOUR_DIGITS = re.compile("[0-9.]{4}")
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MOST_FOUND = 100
_BLANK = " \t\r\n"


class _Unwanted(Exception):  # noqa: N818 - no error: a reason to look closer
    """Valid for Python's reader, and refused here."""


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _Unwanted
    return mapping


def _float(written: str) -> float:
    value = float(written)
    if value in _INFINITE:
        raise _Unwanted
    return value


def _constant(written: str) -> Any:
    raise _Unwanted(written)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_mapping, parse_float=_float, parse_constant=_constant
)
_PAIRS = json.JSONDecoder(object_pairs_hook=tuple, parse_float=_float, parse_constant=_constant)


def read_json(
    text: str | bytes, file: str = "<json>", first_line: int = 1
) -> tuple[Any, list[Diagnostic]]:
    """The value of a JSON text, or :data:`NOTHING` and what is wrong with it.

    Refused beside mistakes of syntax: a key written twice, ``NaN`` and ``Infinity``,
    numbers too long or too big, half a character (``"\\ud800"``), and values nested
    more than 100 deep. ``first_line`` is the number of the text's first line in
    ``file``. Raises nothing.
    """
    if isinstance(text, bytes):
        content = text
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            return NOTHING, [_not_utf8(content, error, file, first_line)]
    text = text.removeprefix("\ufeff")
    if not _suspicious(text):
        try:
            return _DECODER.decode(text), []
        except (_Unwanted, RecursionError):
            pass
        except json.JSONDecodeError as error:
            return NOTHING, [explain_json(error, Text(text, file, first_line))]
    return _slowly(Text(text, file, first_line))


def read_pairs(text: str | bytes) -> Any:
    """The value of a JSON text, each object as a tuple of its pairs, so that whoever reads it
    sees a key that is written twice; :data:`NOTHING` where anything may be wrong. How deep
    values are nested is not looked at.

    Costs half of :func:`read_json`, since nothing of Python's own runs for an object.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8")
        text = text.strip(_BLANK)
        usual = not _FOUR_DIGITS.search(text[::_STEP]) and "\\" not in text and text.isascii()
        if not usual and (_long_number(text) or _half_character_in(text)):
            return NOTHING
        value, end = _PAIRS.raw_decode(text)
    except (_Unwanted, RecursionError, ValueError):
        return NOTHING
    return value if end == len(text) else NOTHING


def _suspicious(text: str) -> bool:
    """Whether something may be wrong that the reader would let pass, or choke on."""
    return bool(
        _long_number(text)
        or _half_character_in(text)
        or (text.count("[") + text.count("{") > DEEPEST_JSON and _too_deep(text) is not None)
    )


def _long_number(text: str) -> bool:
    few = _FOUR_DIGITS.search(text[::_STEP])
    return few is not None and _LONG_NUMBER.search(text) is not None


def _half_character_in(text: str) -> bool:
    """Whether half a character may be in it, as it is or escaped."""
    if "\\" in text and "\\u" in text:  # one character is looked for much faster than two
        return _HALF_CHARACTER.search(text) is not None
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _too_deep(text: str) -> int | None:
    """Where the nesting first passes the limit."""
    depth = 0
    for token, start, _ in tokens(text):
        if token in ("[", "{"):
            depth += 1
            if depth > DEEPEST_JSON:
                return start
        elif token in ("]", "}"):
            depth -= 1
    return None


def _slowly(text: Text) -> tuple[Any, list[Diagnostic]]:
    found = _refused(text)
    if found:
        return NOTHING, found
    try:
        return _DECODER.decode(text.content), []
    except json.JSONDecodeError as error:
        return NOTHING, [explain_json(error, text)]
    except (_Unwanted, RecursionError, ValueError):
        message = "values stand too deep in one another to be read here"
        return NOTHING, [_so_deep(message, text, 0)]


def _refused(text: Text) -> list[Diagnostic]:
    """Everything that JSON allows and that is not taken, with its place."""
    found: list[Diagnostic] = []
    open_keys: list[dict[str, tuple[int, int]] | None] = []
    last: tuple[str, int, int] = ("", 0, 0)
    for token, start, end in tokens(text.content):
        if len(found) >= _MOST_FOUND:
            break
        if token in ("[", "{"):
            open_keys.append({} if token == "{" else None)
            if len(open_keys) > DEEPEST_JSON:
                message = f"values stand more than {DEEPEST_JSON} deep in one another here"
                return [*found, _so_deep(message, text, start)]
        elif token in ("]", "}"):
            if open_keys:
                open_keys.pop()
        elif token == ":" and open_keys and open_keys[-1] is not None:
            twice = _second_time(open_keys[-1], last, text)
            found += [twice] if twice else []
        elif token[0] == '"':
            half = _half_character(token, start, end, text)
            found += [half] if half else []
        else:
            number = _unwanted_number(token, start, end, text)
            found += [number] if number else []
        last = (token, start, end)
    return found


def _so_deep(message: str, text: Text, at: int) -> Diagnostic:
    return Diagnostic("ESC905", message, place=text.place(at), help="leave out what is so deep")


def _second_time(
    keys: dict[str, tuple[int, int]], token: tuple[str, int, int], text: Text
) -> Diagnostic | None:
    written, start, end = token
    name = _string(written)
    first = keys.setdefault(name, (start, end))
    if first == (start, end):
        return None
    return Diagnostic(
        "ESC903",
        f"the key `{short(name)}` is written twice in one object",
        place=text.place(start, end),
        help="keep one of the two",
        related=(Related(text.place(*first), "first written here"),),
    )


def _half_character(token: str, start: int, end: int, text: Text) -> Diagnostic | None:
    half = _SURROGATE.search(_string(token))
    if half is None:
        return None
    return Diagnostic(
        "ESC907",
        f"the text holds `U+{ord(half.group()):04X}`, which is half a character",
        place=text.place(start, end),
        help="write the whole character, or leave it out",
    )


def _unwanted_number(token: str, start: int, end: int, text: Text) -> Diagnostic | None:
    place = text.place(start, end)
    if token in _NOT_NUMBERS:
        message = f"`{token}` is not a number that can be counted with"
        return Diagnostic("ESC904", message, place=place, help="write a number, or null")
    if token[0] not in "-0123456789":
        return None
    if len(token) > LONGEST_NUMBER:
        message = (
            f"`{token[:12]}...` is a number of {len(token):,} characters; "
            f"at most {LONGEST_NUMBER} are read"
        )
        return Diagnostic("ESC906", message, place=place, help="write it as text, in quotes")
    try:
        big = float(token) in _INFINITE
    except ValueError:
        return None
    if not big:
        return None
    message = f"`{token}` is too big for a number"
    return Diagnostic("ESC906", message, place=place, help="write it as text, in quotes")


def _string(token: str) -> str:
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token


def _not_utf8(content: bytes, error: UnicodeDecodeError, file: str, first_line: int) -> Diagnostic:
    before = content[: error.start].decode("utf-8")
    text = Text(f"{before}?", file, first_line)
    message = f"the byte `0x{content[error.start]:02x}` is not part of UTF-8 text"
    return Diagnostic(
        "ESC901", message, place=text.place(len(before)), help="save the file as UTF-8"
    )
