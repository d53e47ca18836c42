"""The file that holds the settings of a project: `.escalate.toml`, or `pyproject.toml` with a
table of its own for us, in the nearest folder upward that has one of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Final

__all__ = ["OWN", "PROJECT", "candidates", "nearest"]

OWN: Final = ".escalate.toml"
PROJECT: Final = "pyproject.toml"

_MAY_NAME_US: Final = rb"""tool["']?\s*(\.\s*["']?escalate|\]|=)"""
"""In what has a table for us: ``[tool.escalate]``, or ``[tool]`` and something in it."""


def candidates(folder: str) -> Iterator[str]:
    """Where settings for the files of a folder may stand, the nearest first."""
    here = os.path.abspath(folder)
    while True:
        yield os.path.join(here, OWN)
        yield os.path.join(here, PROJECT)
        above = os.path.dirname(here)
        if above == here:
            return
        here = above


def nearest(folder: str) -> tuple[str, bytes] | None:
    """The file whose settings hold for a folder, and what it holds."""
    for file in candidates(folder):
        try:
            with open(file, "rb") as stream:
                content = stream.read()
        except (OSError, ValueError):
            continue
        if file.endswith(OWN) or _has_table(content):
            return file, content
    return None


def _has_table(content: bytes) -> bool:
    if b"escalate" not in content or not re.search(_MAY_NAME_US, content):
        return False  # what reads TOML takes long to load
    import tomllib

    try:
        data = tomllib.loads(content.decode("utf-8"))
    except ValueError:
        return b"tool.escalate" in content  # what is wrong is to be told
    tool = data.get("tool")
    return isinstance(tool, dict) and "escalate" in tool
