"""Boston's 311 service requests, as tickets with the city's own due date.

    python examples/logs/boston311.py boston_311_2015.csv.gz > tickets.jsonl
    escalate decide examples/logs/boston-311.escalation.yaml tickets.jsonl \\
        --now 2016-01-13T00:00:00-05:00

Each row is a case: when it was opened, when it should be closed, when it was. The times are
Boston's wall clock. Where the clocks go back, an hour occurs twice and the first is meant;
where they go forward, an hour is missing and its times mean the instant of the jump. So two
times never change their order on the way.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, str]

SECOND = timedelta(seconds=1)
BOSTON = ZoneInfo("America/New_York")
FORMS = ("%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p")
TEXTS = {"subject": "case_title", "category": "type", "channel": "source"}
FIELDS = {"department": "department", "queue": "queue", "neighborhood": "neighborhood"}


def rows(path: Path) -> Iterator[Row]:
    """The rows of a file, plain or gzipped."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def wall_clock(text: str) -> datetime:
    """What Boston's clocks showed, in either of the two forms."""
    form = FORMS[1] if text.endswith("M") else FORMS[0]
    return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is put on afterwards


def instant(shown: datetime) -> datetime:
    """The instant at which Boston's clocks showed this."""
    # In the hour that occurs twice, `fold` 0 is the earlier. In the hour that is left out it
    # is the other way round, and the jump lies between the two.
    first, second = (shown.replace(tzinfo=BOSTON, fold=fold).astimezone(UTC) for fold in (0, 1))
    return (first if first <= second else jump(second, first)).astimezone(BOSTON)


def jump(start: datetime, end: datetime) -> datetime:
    """The second between two instants at which the offset from UTC changes."""
    offset = start.astimezone(BOSTON).utcoffset()
    while end - start > SECOND:
        middle = start + (end - start) // SECOND // 2 * SECOND
        if middle.astimezone(BOSTON).utcoffset() == offset:
            start = middle
        else:
            end = middle
    return end


def ticket(row: Row) -> dict[str, Any]:
    """One case as it stood when the file was made."""
    opened = instant(wall_clock(row["open_dt"]))
    said: dict[str, Any] = {
        "id": row["case_enquiry_id"],
        "status": row["case_status"].lower(),
        "created_at": opened.isoformat(),
    }
    for name, column in {**TEXTS, **FIELDS}.items():
        if row[column]:
            said[name] = row[column]
    if row["target_dt"]:
        said["due_at"] = instant(wall_clock(row["target_dt"])).isoformat()
    events = []
    if row["closed_dt"]:
        at = instant(wall_clock(row["closed_dt"])).isoformat()
        events.append({"at": at, "type": "status", "from": "open", "to": "closed"})
    return {**said, "events": events}


def tickets(path: Path) -> Iterator[dict[str, Any]]:
    """Every case of a file as a ticket."""
    return (ticket(row) for row in rows(path))


def main() -> None:
    parser = argparse.ArgumentParser(description="Boston 311 cases as tickets, one a line.")
    parser.add_argument("file", type=Path, help="a CSV file of service requests, or .csv.gz")
    for one in tickets(parser.parse_args().file):
        sys.stdout.write(json.dumps(one, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
