"""Which findings may be ignored or have another severity."""

from __future__ import annotations

from typing import Final

from escalate.analysis.catalogue import severity
from escalate.errors import Severity, did_you_mean
from escalate.rules import codes

__all__ = ["ABOUT_COMMENTS", "is_code", "may_be_ignored", "may_be_settled", "near_code"]

ABOUT_COMMENTS: Final = frozenset({"ESC810", "ESC811", "ESC812", "ESC813", "ESC814"})
"""What is found in comments that ignore findings, and is not ignored by another."""


def is_code(written: str) -> bool:
    """Whether there is such a code."""
    return written in codes()


def near_code(written: str) -> str | None:
    """The code that was perhaps meant."""
    if is_code(written.upper()):
        return written.upper()
    return did_you_mean(written, codes()) if not written.startswith("ESC") else None


def may_be_settled(code: str) -> bool:
    """Whether a project may say how grave it is. An error is one; and what decisions and
    tests say of tickets is no finding of a check."""
    return severity(code) is not Severity.ERROR and not code.startswith("ESC9")


def may_be_ignored(code: str) -> bool:
    """Whether a comment in the text may have it ignored."""
    return may_be_settled(code) and code not in ABOUT_COMMENTS
