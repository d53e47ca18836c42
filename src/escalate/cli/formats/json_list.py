"""All findings as one list of JSON. For programs."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.cli.findings import as_json
from escalate.cli.formats.json_text import json_lines
from escalate.cli.formats.report import Report
from escalate.cli.terminal import Terminal

__all__ = ["lines"]


def lines(report: Report, _: Terminal) -> Iterator[str]:
    """A list of findings; of tests the document that says what became of them."""
    said = [as_json(d) for d in report.findings] if report.document is None else report.document
    yield from json_lines(said)
