"""`--watch`: again, whenever a file has changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Final

from escalate.cli.terminal import Terminal

__all__ = ["watched"]

_ENDINGS: Final = (".yaml", ".yml", ".toml")
"""Policies and what they include, their tests, and settings."""

_NAMED_AT_MOST: Final = 3


def watched(paths: Sequence[str], terminal: Terminal, again: Callable[[], object]) -> None:
    """Do it, and again after every change below the paths, until Ctrl-C.

    Raises:
        MissingExtraError: what watches files is not installed.
    """
    for names in _changes(paths):
        if names:
            more = ", ..." if len(names) > _NAMED_AT_MOST else ""
            shown = ", ".join(terminal.plain(name) for name in names[:_NAMED_AT_MOST])
            terminal.print(terminal.paint(f"\nchanged: {shown}{more}", "head"))
        again()


def _settings(folders: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The files that hold settings for what is in the folders, or might, and what tells that
    one of them has changed."""
    from escalate.checking.nearest import candidates

    found = {}
    for file in {file for folder in folders for file in candidates(folder)}:
        with suppress(OSError):
            stat = os.stat(file)
            found[file] = (stat.st_mtime_ns, stat.st_size)
    return found


def _changes(paths: Sequence[str]) -> Iterator[list[str]]:
    """First nothing, when whatever comes will be noticed; then the files that have changed,
    as they are named from here."""
    try:
        from watchfiles import watch
    except ImportError:
        from escalate.errors import MissingExtraError

        raise MissingExtraError("`--watch`", "watch") from None
    folders = {path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths}
    begun = False
    settled = _settings(folders)
    # It is asked now and then, so that the first time comes when it is at work, and since
    # settings stand above what is watched.
    for changes in watch(
        *sorted(folders),
        watch_filter=lambda _, file: file.endswith(_ENDINGS),
        rust_timeout=100,
        yield_on_timeout=True,
    ):
        before, settled = settled, _settings(folders)
        files = {file for _, file in changes}
        files |= {file for file, _ in before.items() ^ settled.items()}
        if files or not begun:
            begun = True
            yield sorted({os.path.relpath(file) for file in files})
