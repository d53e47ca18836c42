"""Each finding in one line. For people, and for programs that look for `file:line:column`."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.cli.formats.report import Report
from escalate.cli.terminal import Terminal
from escalate.policy.render import concise

__all__ = ["lines"]


def lines(report: Report, terminal: Terminal) -> Iterator[str]:
    """A line a finding."""
    for diagnostic in report.findings:
        yield terminal.coloured_finding(concise(diagnostic))
