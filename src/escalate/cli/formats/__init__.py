"""How findings and the results of tests are said: to people, to programs, to each CI.

A form is a module with one function, ``lines(report, terminal)``, and an entry in
:data:`FORMATS`. It is imported when it is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

from escalate.cli.formats.report import Report

if TYPE_CHECKING:
    from escalate.cli.terminal import Terminal

__all__ = ["AUTO", "FORMATS", "FOR_PEOPLE", "Report", "fitting", "lines"]

AUTO: Final = "auto"
"""The form that fits where the command runs."""

FORMATS: Final[Mapping[str, str]] = {
    "full": "full",
    "concise": "concise",
    "json": "json_list",
    "jsonl": "json_lines",
    "github": "github",
    "gitlab": "gitlab",
    "sarif": "sarif",
    "junit": "junit",
}
"""The module of each form."""

FOR_PEOPLE: Final = frozenset({"full", "concise", "github"})
"""The forms that stand between other lines of a log; the others are a document each."""


def fitting(form: str) -> str:
    """The form itself; for :data:`AUTO` that of the CI that runs the command, else `full`."""
    if form != AUTO:
        return form
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "gitlab" if os.environ.get("GITLAB_CI") else "full"


def lines(report: Report, form: str, terminal: Terminal) -> Iterator[str]:
    """The report in a form of :data:`FORMATS`, line by line, without their ends."""
    made: Iterator[str] = import_module(f"{__name__}.{FORMATS[form]}").lines(report, terminal)
    if form != "github" and form in FOR_PEOPLE and os.environ.get("GITHUB_ACTIONS"):
        from escalate.cli.formats.log import harmless

        return map(harmless, made)
    return made
