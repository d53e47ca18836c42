"""The forms in which tickets come, by the ending of a file's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, Final, Protocol

from escalate.errors import EscalateError
from escalate.intake.columns import Column
from escalate.intake.csv_rows import CsvRows
from escalate.intake.json_document import JsonDocument
from escalate.intake.json_lines import JsonLines
from escalate.intake.record import Chunk, Record
from escalate.intake.yaml_document import YamlDocument

__all__ = ["FORMS", "Form", "form_for"]


class Form(Protocol):
    """How tickets come: bytes are cut into chunks, and a chunk is read into records."""

    @property
    def file(self) -> str:
        """The name that places carry."""
        ...

    @property
    def parallel(self) -> bool:
        """Whether chunks are worth another process."""
        ...

    def chunks(self, stream: BinaryIO) -> Iterator[Chunk]:
        """The stream in pieces, in order."""
        ...

    def records(self, chunk: Chunk) -> Iterator[Record]:
        """What a piece holds, in order."""
        ...


FORMS: Final[Mapping[str, Callable[[str], Form]]] = {
    ".jsonl": JsonLines,
    ".ndjson": JsonLines,
    ".json": JsonDocument,
    ".yaml": YamlDocument,
    ".yml": YamlDocument,
    ".csv": CsvRows,
    ".tsv": CsvRows,
}


def form_for(
    name: str,
    *,
    columns: Mapping[str, Column] | None = None,
    types: Mapping[str, str] | None = None,
    known: frozenset[str] = frozenset(),
) -> Form:
    """The form of a file by its name; ``-`` is JSON Lines.

    ``columns``, ``types`` and ``known`` concern CSV alone: see :class:`CsvRows`.

    Raises:
        EscalateError: the ending is none of :data:`FORMS`.
    """
    if name == "-":
        return JsonLines("<stdin>")
    ending = next((e for e in FORMS if name.lower().endswith(e)), None)
    if ending is None:
        raise EscalateError(
            f"tickets come in files that end in {', '.join(FORMS)}, and `{name}` does not"
        )
    if FORMS[ending] is CsvRows:
        return CsvRows(name, columns or {}, types or {}, known)
    return FORMS[ending](name)
