"""A policy's file: its text, or why it cannot be read."""

from __future__ import annotations

import os

from escalate.beside import near_file
from escalate.errors import Diagnostic
from escalate.policy.limits import Limits
from escalate.policy.source import Source, read_source

__all__ = ["read_file"]


def read_file(
    path: str | os.PathLike[str], file: str, limits: Limits | None = None
) -> Source | Diagnostic:
    """A file's text, or why it cannot be read."""
    most = (limits or Limits()).bytes
    try:
        with open(path, "rb") as stream:
            # A little more than is allowed tells that it is too much.
            return read_source(stream.read(most + 1), file, limits)
    except FileNotFoundError:
        why = "there is no such file"
    except IsADirectoryError:
        why = "it is a folder"
    except PermissionError:
        why = "it may not be read"
    except (OSError, ValueError):
        why = "it cannot be read"
    near = near_file(path)
    help_ = f"did you mean `{near}`?" if near else None
    return Diagnostic("ESC134", f"`{file}`: {why}", path=file, help=help_)
