"""What a plain scalar means: YAML 1.2's core schema, nothing more. Language: "The text".

``NO``, ``on``, ``9:00``, ``1_000`` and ``2026-12-24`` are text. Quoted scalars are
always text and never come here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from escalate.policy.limits import LONGEST_NUMBER

__all__ = ["WORDS", "Refused", "Scalar", "resolve"]

Scalar = str | int | float | bool | None

WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}

_NUMBER = re.compile(
    r"""(?P<int> [-+]?[0-9]+)
      | (?P<octal> 0o[0-7]+)
      | (?P<hex> 0x[0-9a-fA-F]+)
      | (?P<float> [-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)
      | (?P<unreal> [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN))
    """,
    re.VERBOSE,
)
_BASES = {"int": 10, "octal": 8, "hex": 16}
_NUMBER_BEGINS = frozenset("0123456789+-.")


class Refused(NamedTuple):
    """A scalar that the core schema knows and the language does not take."""

    code: str
    message: str
    help: str


def resolve(text: str) -> Scalar | Refused:
    """The value of the plain scalar ``text``."""
    if text in WORDS:
        return WORDS[text]
    if text[0] not in _NUMBER_BEGINS:
        return text
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    kind = match.lastgroup or ""
    if kind == "unreal":
        return Refused(
            "ESC116",
            f"`{text}` is not a number that can be counted with",
            "write a number, or quote it if it is meant as text",
        )
    if len(text) > LONGEST_NUMBER:
        return Refused(
            "ESC117",
            f"`{text[:12]}...` is a number of {len(text):,} characters; "
            f"at most {LONGEST_NUMBER} are read",
            "quote it if it is meant as text",
        )
    if kind in _BASES:
        return int(text, _BASES[kind])
    value = float(text)
    if value in (float("inf"), float("-inf")):
        return Refused(
            "ESC117", f"`{text}` is too big for a number", "quote it if it is meant as text"
        )
    return value
