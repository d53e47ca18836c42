"""How often each code was found, the most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from escalate.cli.formats.json_text import json_line, json_lines
from escalate.cli.formats.report import Report
from escalate.cli.terminal import Terminal
from escalate.errors import Severity

__all__ = ["lines"]


def lines(report: Report, form: str, terminal: Terminal) -> Iterator[str]:
    """A line or an entry for each code and severity: in a table, as a list, or in lines of
    JSON."""
    rows = _rows(report)
    match form:
        case "json":
            yield from json_lines(rows)
        case "jsonl":
            yield from map(json_line, rows)
        case _:
            width = max((len(f"{row['count']:,}") for row in rows), default=0)
            for row in rows:
                severity = terminal.paint(f"{row['severity']:<7}", row["severity"])
                yield f"{row['count']:>{width},}  {row['code']}  {severity}  {row['title']}"


def _rows(report: Report) -> list[dict[str, Any]]:
    from escalate.rules import title

    order = list(Severity)
    counts = Counter((d.code, order.index(d.severity)) for d in report.findings)
    found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        {"code": code, "severity": order[rank].value, "count": count, "title": title(code) or ""}
        for (code, rank), count in found
    ]
