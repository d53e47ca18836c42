"""What is wrong with a text that is no JSON, in plain words.

Python's own messages and positions differ between its versions; what is said here
depends on the text alone.
"""

from __future__ import annotations

import json
import re

from escalate.errors import Diagnostic
from escalate.policy.text import Text

__all__ = ["explain_json", "short"]

_WORD = re.compile(r"[^\s\[\]{},:\"]+")
_SPACE = " \t\r\n"
_OTHER_LANGUAGES = {"True": "true", "False": "false", "None": "null", "undefined": "null"}


def explain_json(error: json.JSONDecodeError, text: Text) -> Diagnostic:
    """The diagnostic for a mistake that Python's JSON reader met."""
    content = text.content
    at = min(error.pos, len(content))
    complaint = error.msg
    if not content.strip(_SPACE):
        return _say(text, "there is no JSON here", "write one object, `{...}`", 0)
    if complaint.startswith("Unterminated string"):
        return _say(text, "the quote that opens here is never closed", 'close it with `"`', at)
    if complaint.startswith("Invalid control character"):
        return _say(
            text,
            f"`U+{ord(content[at]):04X}` stands unescaped inside a text",
            "write a line break as `\\n` and a tab as `\\t`",
            at,
        )
    if complaint.startswith("Invalid \\"):
        start = content.rfind("\\", 0, at + 1)
        return _say(
            text,
            f"`{content[start : start + 2]}` does not begin an escape that JSON knows",
            "write `\\\\` for a backslash",
            start,
            start + 2,
        )
    while at < len(content) and content[at] in _SPACE:
        at += 1  # some versions point at the blank before
    if complaint.startswith("Extra data"):
        message = "something follows the end of the value"
        return _say(text, message, "write one value a line, or all of them in a list", at)
    return _unexpected(text, at, complaint)


def _unexpected(text: Text, at: int, complaint: str) -> Diagnostic:
    """Something else than what JSON wants next."""
    content = text.content
    before = len(content[:at].rstrip(_SPACE)) - 1
    here = content[at : at + 1]
    comma = at if here == "," else before
    closed_by = content[comma + 1 :].lstrip(_SPACE)[:1] if content[comma : comma + 1] == "," else ""
    if closed_by and closed_by in "]}":
        message = f"a comma stands before `{closed_by}`"
        return _say(text, message, "remove the comma", comma)
    if not here:
        message = "the text ends in the middle of a value"
        return _say(text, message, "see whether the file was cut off", max(before, 0))
    if here == "'":
        return _say(text, "JSON quotes by `\"`, not by `'`", 'write `"..."`', at)
    word = _WORD.match(content, at)
    written = word.group() if word else here
    end = at + len(written)
    shown = short(written)
    if "','" in complaint:
        return _say(text, f"a `,` or a closing bracket is missing before `{shown}`", None, at, end)
    if "':'" in complaint:
        return _say(text, f"a `:` is missing before `{shown}`", 'write `"key": value`', at, end)
    if "property name" in complaint:
        message = f"`{shown}` stands where a key in quotes is expected"
        return _say(text, message, 'write `"key": value`', at, end)
    known = _OTHER_LANGUAGES.get(written)
    advice = f"write `{known}`" if known else 'put text into `"..."`'
    return _say(text, f"`{shown}` is not a value that JSON knows", advice, at, end)


def short(written: str) -> str:
    """What was written, not endless, and fit to be printed."""
    line = written if len(written) <= 40 else f"{written[:37]}..."
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


def _say(
    text: Text, message: str, advice: str | None, start: int, end: int | None = None
) -> Diagnostic:
    return Diagnostic("ESC902", message, place=text.place(start, end), help=advice)
