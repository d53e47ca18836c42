"""Files that another file names: beside it or below it, and nowhere else; and what may be
meant where there is no such file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["BesideError", "folder_of", "inside", "near_file", "read_file"]


class BesideError(Exception):
    """The file is not to be had. The message says why, in an author's words; ``too_long``
    where it is only too much."""

    def __init__(self, why: str, near: str | None = None, too_long: bool = False) -> None:
        super().__init__(why)
        self.near = near
        self.too_long = too_long


def folder_of(context: object) -> str | None:
    """Where relative paths begin: at the ``folder`` of a validation's context, which is
    none for a text that is no file; without a context, in the working directory."""
    folder: str | None = context.get("folder", ".") if isinstance(context, dict) else "."
    return folder


def inside(folder: Path, written: str) -> Path | None:
    """The real path of a file that is named relative to a folder, if it lies in that
    folder or below; none if it does not, by its name or by a link."""
    if not written or "\\" in written or "\0" in written or written.startswith(("/", "~")):
        return None
    if ":" in written.split("/")[0] or ".." in written.split("/"):
        return None
    try:
        home = folder.resolve()
        target = (folder / written).resolve()
    except (OSError, RuntimeError, ValueError):
        return None
    return target if target.is_relative_to(home) else None


def read_file(path: Path, most: int) -> bytes:
    """The content of a file that is no longer than ``most`` bytes.

    Raises:
        BesideError: it is not there, is no file, may not be read, or is longer.
    """
    try:
        if path.is_dir():
            raise BesideError("it is a folder")
        if path.exists() and not path.is_file():
            raise BesideError("it is no file")
        with path.open("rb") as stream:
            content = stream.read(most + 1)  # one more tells that it is too much
    except FileNotFoundError:
        raise BesideError("there is no such file", near_file(path)) from None
    except PermissionError:
        raise BesideError("it may not be read") from None
    except (OSError, ValueError):
        raise BesideError("it cannot be read") from None
    if len(content) > most:
        raise BesideError(f"it is longer than {most:,} bytes", too_long=True)
    return content


def near_file(path: str | os.PathLike[str]) -> str | None:
    """The other name in the folder of a file that was perhaps meant."""
    from escalate.errors import did_you_mean

    folder, name = os.path.split(path)
    try:
        names = os.listdir(folder or ".")
    except (OSError, ValueError):
        return None
    return did_you_mean(name, [other for other in names if other != name])
