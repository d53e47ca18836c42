"""Where policies are looked for: files, and folders with all that is below them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from escalate.policy.file_name import POLICY_SUFFIX, named, walked

__all__ = ["STDIN", "files_below", "files_in", "folders_below"]

STDIN: Final = "<stdin>"
"""What findings call standard input, which is given as `-`."""


def folders_below(paths: Iterable[str]) -> list[str]:
    """The paths, each once; instead of a folder it and those below it that hold policies, by
    name. One that holds none at all stays."""
    found: dict[str, None] = {}
    for path in paths:
        below = list(_holding(path)) if path != "-" and os.path.isdir(path) else []
        found.update(dict.fromkeys(below or [path]))
    return list(found)


def files_below(paths: Iterable[str], endings: tuple[str, ...]) -> list[str]:
    """The paths, each once; instead of a folder the files in it and below it whose names end
    so."""
    found: dict[str, None] = {}
    for path in paths:
        if path == "-" or not os.path.isdir(path):
            found[path] = None
            continue
        for here, names in walked(path):
            inside = (os.path.join(here, name) for name in names if name.endswith(endings))
            found.update(
                dict.fromkeys(os.path.normpath(one).replace(os.sep, "/") for one in inside)
            )
    return list(found)


def _holding(folder: str) -> Iterator[str]:
    for here, names in walked(folder):
        if any(name.endswith(POLICY_SUFFIX) for name in names):
            yield here


def files_in(paths: Iterable[str]) -> list[str]:
    """Every file that is looked at, as findings name it: a file itself, and the policies
    directly in a folder."""
    found: dict[str, None] = {}
    for given in paths:
        if given == "-":
            found[STDIN] = None
            continue
        inside = [given]
        if os.path.isdir(given):
            with suppress(OSError):  # which the check tells
                names = [name for name in os.listdir(given) if name.endswith(POLICY_SUFFIX)]
                inside = [os.path.join(given, name) for name in names]
        found.update(dict.fromkeys(sorted(map(named, inside))))
    return list(found)
