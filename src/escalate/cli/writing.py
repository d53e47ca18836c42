"""Texts of policies read to be written again, and written so that none is lost."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from escalate.cli.terminal import Terminal
from escalate.policy.text import split_lines

__all__ = ["Rewritable", "print_difference", "read_rewritable"]

_BOM = "\ufeff"


class Rewritable(NamedTuple):
    """A file's text without its byte order mark, and how to write another in its place."""

    file: str
    text: str
    marked: bool = False

    def write(self, text: str) -> None:
        """Put the text in place of the old one, at once: whoever reads the file meanwhile
        has the one or the other.

        Raises:
            EscalateError: it cannot be written.
        """
        content = ((_BOM if self.marked else "") + text).encode("utf-8")
        try:
            _replace(Path(self.file).resolve(), content)
        except OSError as error:
            from escalate.cli.files import cannot_write

            raise cannot_write(self.file, error) from None


def read_rewritable(file: str) -> Rewritable | None:
    """The text of a file; ``None`` where it cannot be read or is no UTF-8, which a check
    tells."""
    try:
        text = Path(file).read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None
    return Rewritable(file, text.removeprefix(_BOM), text.startswith(_BOM))


def _replace(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
        shutil.copymode(path, name)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def print_difference(terminal: Terminal, file: str, before: str, after: str) -> None:
    """The difference of two texts of a file, as people read it."""
    for line in _difference(file, split_lines(before), split_lines(after)):
        shown = terminal.plain(line)
        colour = {"+": "good", "-": "error", "@": "hint"}.get(line[:1])
        if line.startswith(("+++ ", "--- ")):
            colour = "head"
        terminal.print(terminal.paint(shown, colour) if colour else shown)


def _difference(file: str, before: list[str], after: list[str]) -> Iterator[str]:
    return difflib.unified_diff(before, after, file, file, lineterm="")
