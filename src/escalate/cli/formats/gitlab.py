"""A code quality report of GitLab, which shows findings in merge requests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from escalate.cli.formats.fingerprint import fingerprints
from escalate.cli.formats.json_text import json_lines
from escalate.cli.formats.paths import shown
from escalate.cli.formats.report import Report
from escalate.cli.formats.words import file_of, sentence
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic, Severity

__all__ = ["lines"]

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.HINT: "info"}


def lines(report: Report, _: Terminal) -> Iterator[str]:
    """One list of all findings."""
    yield from json_lines([_entry(d, same) for d, same in fingerprints(report)])


def _entry(diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    place = diagnostic.place
    begin = {"line": place.line, "column": place.column} if place else {"line": 1, "column": 1}
    end = {"line": place.end_line, "column": place.end_column} if place else begin
    return {
        "description": f"{diagnostic.code}: {sentence(diagnostic)}",
        "check_name": diagnostic.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": shown(file_of(diagnostic)),
            "positions": {"begin": begin, "end": end},
        },
    }
