"""Workflow commands of GitHub Actions, which shows each finding at its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from escalate.cli.formats.paths import shown
from escalate.cli.formats.report import Report
from escalate.cli.formats.words import file_of, more_lines
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic, Severity
from escalate.policy.excerpt import visible

__all__ = ["lines"]

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}

_IN_TEXT: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def lines(report: Report, _: Terminal) -> Iterator[str]:
    """A command a finding."""
    yield from map(_command, report.findings)


def _command(diagnostic: Diagnostic) -> str:
    properties = ",".join(
        f"{name}={value.translate(_IN_PROPERTY)}" for name, value in _where(diagnostic).items()
    )
    # The log shows the text alone: it needs the place once more.
    place = diagnostic.place
    at = f":{place.line}:{place.column}" if place else ""
    first = f"{shown(file_of(diagnostic))}{at}: {visible(diagnostic.message)}"
    text = "\n".join((first, *more_lines(diagnostic))).translate(_IN_TEXT)
    return f"::{_COMMANDS[diagnostic.severity]} {properties}::{text}"


def _where(diagnostic: Diagnostic) -> Mapping[str, str]:
    place = diagnostic.place
    found = {"file": shown(file_of(diagnostic))}
    if place is not None:
        found |= {"line": str(place.line), "endLine": str(place.end_line)}
        if place.line == place.end_line:  # else columns are not taken
            found |= {"col": str(place.column), "endColumn": str(place.end_column)}
    return found | {"title": diagnostic.code}
