"""Tags of languages: which are part of which."""

from __future__ import annotations

__all__ = ["parents"]


def parents(tag: str | None) -> list[str]:
    """``pt-BR`` is also ``pt``."""
    if not tag:
        return []
    parts = tag.lower().replace("_", "-").split("-")
    return ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]
