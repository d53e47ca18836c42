"""Diagnostics as a command prints them, or as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic, Place, Severity
from escalate.wording import many

__all__ = ["as_json", "counted", "print_findings", "text_of"]


def print_findings(
    terminal: Terminal,
    found: Iterable[Diagnostic],
    texts: dict[str, str | None] | None = None,
    *,
    err: bool = False,
) -> None:
    """Print findings with their lines; ``texts`` are those that stand in no file, by the
    names that places carry."""
    known, found = texts or {}, list(found)
    if not found:
        return
    from escalate.policy.render import render

    for i, diagnostic in enumerate(found):
        if i:
            terminal.print(err=err)
        terminal.finding(render(diagnostic, lambda file: text_of(file, known)), err=err)


def counted(found: Iterable[Diagnostic]) -> str:
    """How many of each severity: ``2 errors, 1 warning``."""
    severities = [d.severity for d in found]
    parts = [many(severities.count(s), s.value) for s in Severity if s in severities]
    return ", ".join(parts) or "no findings"


def as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as JSON, without what it does not have."""
    said: dict[str, Any] = {"code": diagnostic.code, "severity": diagnostic.severity.value}
    said["message"] = diagnostic.message
    if diagnostic.help:
        said["help"] = diagnostic.help
    if diagnostic.path:
        said["path"] = diagnostic.path
    if diagnostic.place:
        said.update(_place(diagnostic.place))
    if diagnostic.related:
        said["related"] = [
            {"message": related.message, **_place(related.place)} for related in diagnostic.related
        ]
    if diagnostic.fix:
        said["fix"] = {"text": diagnostic.fix.text, **_place(diagnostic.fix.place)}
    return said


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def text_of(file: str, texts: dict[str, str | None]) -> str | None:
    """The text of a file that a finding names, read once."""
    if file not in texts:
        try:
            with open(file, "rb") as stream:
                texts[file] = stream.read().decode("utf-8", "replace")
        except (OSError, ValueError):
            texts[file] = None
    return texts[file]
