"""Scalars as they were written, at another indentation, and safe for every reader of YAML."""

from __future__ import annotations

import re
from typing import Final

from escalate.policy.layout.tree import Scalar
from escalate.policy.quoting import for_every_reader, quoted

__all__ = ["key_text", "one_line", "scalar_lines"]

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_HEADER: Final = re.compile(r"([|>])([-+]?)[1-9]?([-+]?)[ \t]*(#.*)?")
_STEP: Final = 2


def key_text(key: Scalar, *, in_braces: bool = False) -> str:
    """A key."""
    if _BREAK.search(key.raw) or (in_braces and not key.style and "?" in key.raw):
        return quoted(key.value)
    return key.raw if key.style else for_every_reader(key.raw)


def one_line(scalar: Scalar) -> str | None:
    """A scalar inside braces, if it is written on one line."""
    if _BREAK.search(scalar.raw):
        return None
    if scalar.style:
        return scalar.raw
    if "?" in scalar.raw:
        return quoted(scalar.raw)  # which some readers stumble over in braces
    return for_every_reader(scalar.raw) if scalar.raw else "null"


def scalar_lines(scalar: Scalar, indent: int) -> list[str]:
    """A value's lines: the first as it stands behind its key, the others indented."""
    if scalar.style in ("|", ">"):
        return _block(scalar, indent)
    first, *more = _BREAK.split(scalar.raw)
    if not more:
        return [scalar.raw if scalar.style or not scalar.raw else for_every_reader(scalar.raw)]
    blanks = " \t"
    lines = [first if first.endswith("\\") else first.rstrip(blanks)]
    for line in more[:-1]:
        lines.append(line.strip(blanks) if not line.endswith("\\") else line.lstrip(blanks))
    lines.append(more[-1].lstrip(blanks))
    return [lines[0], *(f"{' ' * indent}{line}" if line else "" for line in lines[1:])]


def _block(scalar: Scalar, indent: int) -> list[str]:
    header, *lines = _BREAK.split(scalar.raw)
    parts = _HEADER.match(header)
    keep = parts is not None and "+" in (parts[2], parts[3])
    while lines and not lines[-1].strip(" ") and not keep:
        lines.pop()
    if keep and lines and not lines[-1]:
        lines.pop()  # the end of the last line
    said = next((line for line in _BREAK.split(scalar.value) if line.strip(" ")), "")
    written = next((line for line in lines if line.strip(" ")), "")
    width = _blanks(written) - _blanks(said)
    leading = any(line.startswith(" ") for line in _BREAK.split(scalar.value)[:1]) or _blanks(said)
    sign = f"{parts[1]}{_STEP if leading else ''}{parts[2] or parts[3]}" if parts else "|"
    comment = f" {parts[4]}" if parts and parts[4] else ""
    inner = [line[width:] for line in lines]
    return [f"{sign}{comment}", *(f"{' ' * indent}{line}" if line else "" for line in inner)]


def _blanks(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
