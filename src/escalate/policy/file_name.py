"""What files are called: how their names end, where they are looked for, and what findings
call them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

__all__ = ["POLICY_SUFFIX", "TEST_SUFFIX", "named", "walked"]

POLICY_SUFFIX: Final = ".escalation.yaml"
"""What names of policy files end in, and of those that policies include."""

TEST_SUFFIX: Final = ".test.yaml"
"""What names of test files end in."""

_SKIPPED: Final = frozenset({"node_modules", "__pycache__", "venv"})


def walked(folder: str | os.PathLike[str]) -> Iterator[tuple[str, list[str]]]:
    """A folder and those below it in which something of ours may lie, by name; each with the
    names of its files, sorted."""
    for here, inner, names in os.walk(folder):
        inner[:] = sorted(n for n in inner if not n.startswith(".") and n not in _SKIPPED)
        yield here, sorted(names)


def named(path: str | os.PathLike[str]) -> str:
    """The path as ``pathlib`` writes it, with ``/`` everywhere.

    That is loaded only for what is written oddly: to load it takes as long as to check a
    policy.
    """
    text = os.fspath(path)
    parts = text.split("/")
    if os.sep != "/" or not text or "." in parts or "" in parts[1:]:
        from pathlib import Path

        return str(Path(text)).replace(os.sep, "/")
    return text
