"""Each finding with its line and what to do. For people."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.cli.formats.report import Report
from escalate.cli.terminal import Terminal
from escalate.policy.render import render

__all__ = ["lines"]


def lines(report: Report, terminal: Terminal) -> Iterator[str]:
    """Several lines a finding, with an empty one behind each."""
    for diagnostic in report.findings:
        yield from terminal.coloured_finding(render(diagnostic, report.text_of)).split("\n")
        yield ""
