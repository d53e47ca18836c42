"""The catalogue of findings as a document, made from the pages of their codes.

``python -m escalate.analysis`` writes `docs/checks.md` anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from escalate.analysis.checks import CHECKS
from escalate.errors import Severity
from escalate.rules import codes, page, title

__all__ = ["FAMILIES", "catalogue", "severity"]

FAMILIES: Final[Mapping[str, str]] = {
    "1": "Text",
    "2": "Structure",
    "3": "Names",
    "4": "Types",
    "5": "Time",
    "6": "People",
    "7": "Flow",
    "8": "Style, comments and settings",
    "9": "Tickets",
}
"""The families of codes, by their first digit."""

_WARNINGS: Final = {
    **dict.fromkeys(
        (
            *("ESC130", "ESC131", "ESC504", "ESC520", "ESC535", "ESC536"),
            *("ESC610", "ESC612", "ESC613", "ESC614", "ESC615", "ESC620"),
            *("ESC810", "ESC811", "ESC812", "ESC813", "ESC814"),
        ),
        Severity.WARNING,
    ),
    **{check.code: check.severity for check in CHECKS},
}

_HEAD: Final = """\
# What the check finds

Made from the pages of the codes by `python -m escalate.analysis`; `escalate rule CODE` prints
a page with its example and with what to write instead.

An **error** keeps a policy, or settings, from being used. A **warning** is about what can
hardly be meant, a **hint** about what is worth a thought; both are told of policies without
errors only, and the exit code of `escalate check` does not count them. They can be
[ignored](ci.md#what-is-meant-as-it-stands) in the text with a reason, and a project may say
[how grave](ci.md#settings-of-a-project) they are. What is said of conditions (never, always,
at once) is decided by their meaning, as sets of values and intervals, and is said only where
it is certain. Facts that hang together by their history alone are taken to be independent:
that a ticket with two replies has had a reply, say, is not known.
"""


def severity(code: str) -> Severity:
    """How grave the findings of a code are."""
    return _WARNINGS.get(code, Severity.ERROR)


def catalogue() -> str:
    """Every finding with how grave it is and what its page says of it."""
    parts = [_HEAD]
    family = ""
    for code in codes():
        if code[3] != family:
            family = code[3]
            parts.append(f"## {FAMILIES[family]}\n")
        parts.append(f"### {code}: {title(code)}\n\n{_grave(code)}{_said(code)}\n")
    return "\n".join(parts)


def _grave(code: str) -> str:
    if code.startswith(("ESC63", "ESC93", "ESC94")):
        return "Warning of a decision. "
    if code == "ESC974":
        return "Hint of the coverage of tests. "
    return f"{severity(code).value.capitalize()}. "


def _said(code: str) -> str:
    """What stands on the page before its example."""
    text = page(code) or ""
    return text.partition("\n\n")[2].partition("\n\n## ")[0]
