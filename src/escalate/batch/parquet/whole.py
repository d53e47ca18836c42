"""Files that are there whole or not at all, also after the power was cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

__all__ = ["WRITING", "keep_names", "written_whole"]

WRITING: Final = ".writing"
"""How the name of a file ends that is not whole."""


@contextmanager
def written_whole(path: Path, beside: Path | None = None) -> Iterator[BinaryIO]:
    """What to write into; the file has its name only when all of it is on the disk. Until
    then it is in its folder, or in ``beside``, under another.

    Raises:
        OSError: it cannot be written. Then nothing of it is left.
    """
    temporary = (beside or path.parent) / f".{path.name}.{os.getpid()}{WRITING}"
    try:
        with temporary.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    keep_names(path.parent)


def keep_names(folder: Path) -> None:
    """See to it that the names in a folder are on the disk, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
