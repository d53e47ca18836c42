"""Files of tickets: found, seen to be whole and of columns that fit, and cut into pieces."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from escalate.batch.errors import TableError
from escalate.batch.extra import pa
from escalate.batch.taken import taken
from escalate.errors import Diagnostic, EscalateError
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet

__all__ = [
    "BATCH",
    "File",
    "Piece",
    "batches_of",
    "files_of",
    "opened",
    "pieces_of",
    "unreadable",
]

BATCH: Final = 1 << 16
"""Rows read at once."""

_LARGEST: Final = 1 << 18
_SMALLEST: Final = 1 << 16
_PIECES: Final = 64
_SLICES: Final = 4
"""Into how many pieces a row group is cut at most: each reads what stands before it."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of tickets, where it is and what findings call it. ``identity`` is another when
    the file's content is."""

    path: str
    name: str
    groups: tuple[int, ...]
    identity: str

    @property
    def rows(self) -> int:
        """How many tickets it holds."""
        return sum(self.groups)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file: ``count`` after the first ``skip`` of its row groups ``groups``.
    ``first`` is the number in the file of its first row, counted from 1."""

    path: str
    name: str
    groups: tuple[int, ...]
    skip: int
    count: int
    first: int


def files_of(tickets: str | os.PathLike[str], policy: Policy | PolicySet) -> list[File]:
    """The files that a name stands for: itself, those of a folder and below, or those that
    fit a pattern; in the order of their names.

    Raises:
        EscalateError: there is none.
        TableError: one of them cannot be read as tickets (`ESC981` to `ESC985`).
    """
    found: list[File] = []
    wrong: list[Diagnostic] = []
    for name in _names(os.fspath(tickets)):
        try:
            found.append(_file(name, policy))
        except TableError as error:
            wrong += error.diagnostics
    if wrong:
        raise TableError(wrong)
    return found


def _names(tickets: str) -> list[str]:
    path = Path(tickets)
    if path.is_dir():
        inside = sorted(path.rglob("*.parquet"))
        # What begins so is an engine's own: a log, a file that is being written.
        names = [str(p) for p in inside if not _hidden(p.relative_to(path))]
        if not names:
            raise EscalateError(f"`{tickets}`: the folder holds no file that ends in .parquet")
        return names
    if not path.exists() and glob.has_magic(tickets):
        names = sorted(glob.glob(tickets, recursive=True))
        if not names:
            raise EscalateError(f"`{tickets}`: no file fits this pattern")
        return names
    return [tickets]


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def _file(name: str, policy: Policy | PolicySet) -> File:
    with opened(name) as source:
        footer = source.metadata
        schema = source.schema_arrow
        groups = tuple(footer.row_group(i).num_rows for i in range(footer.num_row_groups))
    try:
        taken(schema.empty_table(), policy)
    except TableError as error:
        raise TableError(d._replace(path=f"{name}: {d.path}") for d in error.diagnostics) from None
    return File(name, name, groups, _identity(name, footer.serialized_size))


def _identity(name: str, footer: int) -> str:
    """Size, time of change, and the footer, which tells where all else stands."""
    stat = os.stat(name)
    with open(name, "rb") as stream:
        stream.seek(-min(footer + 8, stat.st_size), os.SEEK_END)
        told = hashlib.sha256(stream.read()).hexdigest()[:16]
    return f"{stat.st_size}-{stat.st_mtime_ns}-{told}"


@contextmanager
def opened(name: str, *, checked: bool = False, coded: Sequence[str] = ()) -> Iterator[Any]:
    """The file, to be read a little at a time; ``checked`` if its pages have checksums, and
    with the codes of its texts for those columns that are ``coded``.

    Raises:
        TableError: it is no whole Parquet file (`ESC985`), also where that is seen only
            while it is read.
        EscalateError: there is no such file, or it may not be read.
    """
    import pyarrow.parquet as pq

    try:
        if Path(name).stat().st_size == 0:
            raise TableError([unreadable(name, "it is empty")])
        with pq.ParquetFile(
            name,
            buffer_size=1 << 20,
            pre_buffer=False,
            page_checksum_verification=checked,
            read_dictionary=list(coded),
        ) as source:
            yield source
    except pa.ArrowException as error:
        raise TableError([unreadable(name, _said(error))]) from None
    except OSError as error:
        if error.errno is None:  # Arrow's own, of what it has read
            raise TableError([unreadable(name, _said(error))]) from None
        raise EscalateError(_no_file(name, error)) from None


def _no_file(name: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"`{name}`: there is no such file"
    return f"`{name}`: {(error.strerror or 'it cannot be read').lower()}"


def _said(error: Exception) -> str:
    text = str(error)
    if "magic bytes" in text or "file size" in text:
        return "its end is not that of such a file"
    first = text.splitlines()[0] if text else "it cannot be read"
    return first[:1].lower() + first[1:].rstrip(".")


def unreadable(name: str, why: str) -> Diagnostic:
    """The finding of a file that cannot be read."""
    said = f"`{name}` is no whole Parquet file: {why}"
    hint = "it was cut short or damaged, or is something else; write or copy it anew"
    return Diagnostic("ESC985", said, path=name, help=hint)


def pieces_of(files: Iterable[File]) -> list[Piece]:
    """The rows of all files in order, cut into pieces for processes: whole row groups, some
    together where they are small, slices of one where it is large."""
    files = list(files)
    total = sum(file.rows for file in files)
    size = min(max(total // _PIECES, _SMALLEST), _LARGEST)
    return [piece for file in files for piece in _pieces(file, size)]


def _pieces(file: File, size: int) -> Iterator[Piece]:
    first, held = 1, 0
    together: list[int] = []
    for group, rows in enumerate(file.groups):
        if held and held + rows > 2 * size:
            yield Piece(file.path, file.name, tuple(together), 0, held, first)
            first, together, held = first + held, [], 0
        if rows > 2 * size:
            slices = min(_SLICES, -(-rows // size))
            bounds = [rows * i // slices for i in range(slices + 1)]
            for start, end in pairwise(bounds):
                yield Piece(file.path, file.name, (group,), start, end - start, first + start)
            first += rows
            continue
        together.append(group)
        held += rows
        if held >= size:
            yield Piece(file.path, file.name, tuple(together), 0, held, first)
            first, together, held = first + held, [], 0
    if held:
        yield Piece(file.path, file.name, tuple(together), 0, held, first)


def batches_of(piece: Piece, policy: Policy | PolicySet) -> Iterator[Any]:
    """The rows of a piece, a batch at a time, with no other columns than tickets may have.

    Raises:
        TableError: the file is damaged (`ESC985`), or no longer what it was.
    """
    with opened(piece.path) as source:
        coded = _coded(source.schema)
    with opened(piece.path, coded=coded) as source:
        columns = list(taken(source.schema_arrow.empty_table(), policy).columns)
        skip, left = piece.skip, piece.count
        for batch in source.iter_batches(BATCH, row_groups=list(piece.groups), columns=columns):
            if skip >= batch.num_rows:
                skip -= batch.num_rows
                continue
            part = batch.slice(skip, left)
            skip, left = 0, left - part.num_rows
            yield part
            if not left:
                return
        if left:
            raise TableError([unreadable(piece.name, "it holds fewer rows than it says")])


_FREE: Final = frozenset({"id", "subject", "description", "text", "summary"})


def _coded(schema: Any) -> list[str]:
    """The columns of texts that recur: they are wanted as codes, and mostly stand as codes in
    the file."""
    columns = [schema.column(i) for i in range(len(schema))]
    return [
        column.path
        for column in columns
        if column.physical_type == "BYTE_ARRAY"
        and column.logical_type.type == "STRING"
        and column.path.rpartition(".")[2] not in _FREE
    ]
