"""A line of JSON for each finding. For programs that read a stream."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.cli.findings import as_json
from escalate.cli.formats.json_text import json_line
from escalate.cli.formats.report import Report
from escalate.cli.terminal import Terminal

__all__ = ["lines"]


def lines(report: Report, _: Terminal) -> Iterator[str]:
    """A line a finding, or a test."""
    records = map(as_json, report.findings) if report.records is None else report.records
    yield from map(json_line, records)
