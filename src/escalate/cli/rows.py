"""What `escalate decide` says of one ticket, in each form of output.

Each form is an entry of :data:`ROWS`: how a decision, and how a ticket that cannot be
decided, becomes a row. Rows are made where the decision is, in any process.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from escalate.cli.findings import as_json
from escalate.decision import Decision, Stand, instant_text
from escalate.errors import Diagnostic
from escalate.evaluator.trace_words import place_text
from escalate.intake.record import Record

__all__ = ["CSV_HEAD", "ROWS", "Row", "Rows", "csv_line", "moment", "ticket_of", "visible_json"]

Row = str | tuple[str, ...]
"""A line of text with its end, or the cells of a table."""

_UNSEEN: Final = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)

CSV_HEAD: Final = (
    "line",
    "ticket",
    "step",
    "trigger",
    "kind",
    "path",
    "from_level",
    "from_owner",
    "from_assignee",
    "to_level",
    "to_owner",
    "to_assignee",
    "actions",
    "missing",
    "warnings",
    "reason",
    "next_check_at",
    "error",
)


@dataclass(frozen=True, slots=True)
class Rows:
    """How decisions and failures become rows."""

    decided: Callable[[Record, Decision], Row]
    failed: Callable[[Record, Sequence[Diagnostic]], Row]


def visible_json(text: str) -> str:
    """JSON with the characters escaped that a terminal would obey or hide."""
    if text.isprintable():
        return text
    return _UNSEEN.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def moment(us: int | None, zone: str) -> str:
    """An instant as people write it: ``2026-11-20 10:30``."""
    text = instant_text(us, zone)
    return "never" if text is None else text[:16].replace("T", " ")


def ticket_of(record: Record) -> str | None:
    """The id that the input gives, as far as it can be made out."""
    ident = record.value.get("id") if isinstance(record.value, dict) else None
    return str(ident) if isinstance(ident, str | int) and not isinstance(ident, bool) else None


def _json_decided(_: Record, decision: Decision) -> Row:
    return visible_json(decision.to_json_text()) + "\n"


def _json_failed(record: Record, wrong: Sequence[Diagnostic]) -> Row:
    first, *more = [as_json(d) for d in wrong]
    said: dict[str, Any] = {"error": first, "line": record.line, "ticket": ticket_of(record)}
    if more:
        said["more"] = more
    return visible_json(json.dumps(said, ensure_ascii=False, separators=(",", ":"))) + "\n"


def csv_line(cells: Sequence[object]) -> str:
    """A line of CSV, with its end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _stand(stand: Stand) -> tuple[str | None, str | None, str | None]:
    return stand.level, stand.owner, stand.assignee


def _csv_decided(record: Record, d: Decision) -> Row:
    return csv_line(
        [
            record.line,
            d.ticket,
            d.step,
            d.trigger,
            d.kind,
            d.path,
            *_stand(d.from_),
            *_stand(d.to),
            " ".join(a.action if a.to is None else f"{a.action}:{a.to}" for a in d.actions),
            " ".join(d.missing),
            " ".join(w.code for w in d.warnings),
            d.reason,
            instant_text(d.next_us, d.zone),
            None,
        ]
    )


def _csv_failed(record: Record, wrong: Sequence[Diagnostic]) -> Row:
    cells: list[object] = [None] * len(CSV_HEAD)
    cells[0], cells[1], cells[-1] = record.line, ticket_of(record), str(wrong[0])
    return csv_line(cells)


def _table_decided(_: Record, d: Decision) -> Row:
    following = "at once" if d.next_us == d.now_us else moment(d.next_us, d.zone)
    return (d.ticket, d.step, place_text(d.to), d.reason, following)


def _table_failed(record: Record, wrong: Sequence[Diagnostic]) -> Row:
    more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
    who = ticket_of(record)
    where = f"line {record.line}"
    first = f"{wrong[0].message} ({wrong[0].code})"
    return (who or where, "error", where if who else "-", first + more, "-")


ROWS: Final = {
    "table": Rows(_table_decided, _table_failed),
    "jsonl": Rows(_json_decided, _json_failed),
    "csv": Rows(_csv_decided, _csv_failed),
}
