"""Where the trail of an error of pydantic's leads in what an author wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["path_in"]

Path = tuple[str | int, ...]


def path_in(data: Any, loc: tuple[str | int, ...]) -> Path:
    """The segments of ``loc`` that name something in the data, and a missing last one.

    Tags of unions and pydantic's marks of keys (``[key]``) name nothing.
    """
    path: list[str | int] = []
    here: Any = data
    for i, part in enumerate(loc):
        if _has(here, part):
            here = here[part]
            path.append(part)
        elif i == len(loc) - 1 and isinstance(here, Mapping) and not _is_mark(part):
            path.append(part)
    return tuple(path)


def _has(data: Any, part: str | int) -> bool:
    """Whether a segment names something in a mapping or list."""
    if isinstance(data, Mapping):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def _is_mark(part: str | int) -> bool:
    """Whether a segment is pydantic's mark of a key or a tag of ours."""
    return isinstance(part, int) or part == "[key]" or (part[:1] == "<" and part[-1:] == ">")
