"""What findings call a file."""

from __future__ import annotations

import os

__all__ = ["named"]


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
