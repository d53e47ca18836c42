"""Files as a CI names them: from the root of the repository."""

from __future__ import annotations

import os
from typing import Final
from urllib.parse import quote

from escalate.policy.excerpt import visible

__all__ = ["from_root", "is_outside", "shown", "uri"]

_ROOTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where the CIs tell that the repository was checked out."""


def from_root(file: str) -> str:
    """The file from the root of the repository that a CI works in, else from here, with
    slashes. One outside of it, and standard input, stay as they are."""
    if is_outside(file):
        return file.replace(os.sep, "/")
    return os.path.relpath(_real(file), _root()).replace(os.sep, "/")


def is_outside(file: str) -> bool:
    """Whether the file is not below that root, or is no file at all."""
    if file.startswith("<"):
        return True
    try:
        return os.path.commonpath([_real(file), _root()]) != _root()
    except ValueError:  # on another drive, or no name that a file could have
        return True


def uri(file: str) -> str:
    """A reference to the file for documents that want one, from that root."""
    named = from_root(file)
    prefix = "" if not os.path.isabs(file) or not is_outside(file) else "file://"
    if prefix and not named.startswith("/"):
        prefix += "/"  # before the letter of a drive
    return prefix + quote(_bytes(named), safe="/")


def shown(file: str) -> str:
    """The same as text for people; nothing of it obeys or hides."""
    return visible(from_root(file))


def _real(file: str) -> str:
    """Its folder without links; the file itself keeps its name."""
    folder, name = os.path.split(os.path.abspath(file))
    return os.path.join(os.path.realpath(folder), name)


def _root() -> str:
    told = (os.environ.get(name) for name in _ROOTS)
    return os.path.realpath(next(filter(None, told), os.curdir))


def _bytes(name: str) -> bytes:
    try:
        return os.fsencode(name)
    except UnicodeEncodeError:  # half a character, in no name that a file can have
        return name.encode("utf-8", "replace")
