"""Where tests of a file take tickets and desks from: the file itself, and files that it names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from escalate.beside import near_file
from escalate.desk import read_desk
from escalate.errors import EscalateError, TicketError
from escalate.intake.record import Record
from escalate.policy.source import Source
from escalate.testing.pen import Pen, Way
from escalate.wording import message_and_help

__all__ = ["Shelf", "desk_file"]

_FROM_HERE: Final = "the name is read from where the test file is"


class Shelf:
    """Everything that tests of one file may take a ticket or a desk from."""

    def __init__(self, source: Source, folder: Path, pen: Pen) -> None:
        data = source.data
        self.source = source
        self.folder = folder
        self.base: Mapping[str, Any] = data.get("ticket") or {}
        self.named: Mapping[str, Mapping[str, Any]] = data.get("tickets") or {}
        self.records: dict[str, Record] = {}
        """The tickets of the files, by id."""
        given = data.get("tickets_from") or []
        if isinstance(given, str):
            self._read(given, ("tickets_from",), pen)
        else:
            for i, file in enumerate(given):
                self._read(file, ("tickets_from", i), pen)

    def _read(self, file: str, way: Way, pen: Pen) -> None:
        for record in _records_of(self.folder / file, file, way, pen):
            if record.wrong:
                pen.found += record.wrong
                continue
            ident = record.value.get("id") if isinstance(record.value, dict) else None
            if ident is None:
                continue
            if str(ident) in self.records or str(ident) in self.named:
                message = f"two tickets are called `{ident}`"
                pen.report("ESC971", message, way, "give one of them another name")
            self.records[str(ident)] = record


def _records_of(path: Path, written: str, way: Way, pen: Pen) -> list[Record]:
    from escalate.intake import form_for

    try:
        form = form_for(str(path).replace("\\", "/"))
        with path.open("rb") as stream:
            return [record for chunk in form.chunks(stream) for record in form.records(chunk)]
    except OSError as error:
        near = near_file(path)
        hint = f"did you mean `{near}`?" if near else _FROM_HERE
        pen.report("ESC970", f"`{written}` {_why(error)}", way, hint)
    except EscalateError as error:
        message, help_ = message_and_help(str(error))
        pen.report("ESC970", message, way, help_)
    return []


def _why(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "is not there"
        case IsADirectoryError():
            return "is a folder"
        case _:
            return "cannot be opened"


def desk_file(path: Path, written: str, way: Way, pen: Pen) -> Any:
    """What a desk's file holds; what is wrong with it stands there."""
    records = _records_of(path, written, way, pen)
    if len(records) == 1 and not records[0].wrong and isinstance(records[0].value, Mapping):
        try:
            read_desk(records[0].value)
            return records[0].value
        except TicketError as error:
            pen.found += records[0].located(error.diagnostics)
            return None
    for record in records:
        pen.found += record.wrong
    if records and not any(record.wrong for record in records):
        message = f"`{written}` does not hold a desk"
        pen.report("ESC970", message, way, "a desk is one mapping, as in `{away: [ana]}`")
    return None
