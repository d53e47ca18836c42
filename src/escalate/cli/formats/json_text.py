"""JSON that nothing can break out of: plain ASCII, and nothing that a terminal obeys."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["json_line", "json_lines"]


def json_lines(value: Any) -> list[str]:
    """The lines of a document for programs that people may look into."""
    return _safe(json.dumps(value, ensure_ascii=True, indent=2)).split("\n")


def json_line(value: Any) -> str:
    """A document in one line."""
    return _safe(json.dumps(value, ensure_ascii=True, separators=(",", ":")))


def _safe(text: str) -> str:
    return text.replace("\x7f", "\\u007f")  # ASCII, and a control character all the same
