"""What the readers of logs have in common: rows come in, tickets go out, one a line."""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, str]
Event = dict[str, Any]
Ticket = dict[str, Any]


def rows(path: Path) -> Iterator[Row]:
    """The rows of a CSV file, plain or gzipped."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def histories(log: Iterable[Row], case: str) -> Iterator[list[Row]]:
    """The rows of each case, in the order of the file; ``case`` names the column."""
    found: dict[str, list[Row]] = {}
    for row in log:
        found.setdefault(row[case], []).append(row)
    yield from found.values()


def change(at: str, name: str, before: Any, after: Any) -> Iterator[Event]:
    """The event of one change, of the status or of a field; none where nothing changed."""
    if before == after:
        return
    if name == "status":
        yield {"at": at, "type": "status", "from": before, "to": after}
    else:
        yield {"at": at, "type": "field", "name": name, "from": before, "to": after}


def write(tickets: Iterable[Ticket]) -> None:
    """One ticket a line, on standard output."""
    for ticket in tickets:
        sys.stdout.write(json.dumps(ticket, ensure_ascii=False) + "\n")


def run(tickets: Callable[[Path], Iterable[Ticket]], what: str, file: str) -> None:
    """A reader as a command: ``what`` it reads, and what its ``file`` is."""
    parser = argparse.ArgumentParser(description=f"{what} as tickets, one a line.")
    parser.add_argument("file", type=Path, help=file)
    write(tickets(parser.parse_args().file))
