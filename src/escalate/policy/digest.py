"""A policy's content as sixteen signs, the same however it is laid out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

__all__ = ["digest_of"]


def digest_of(data: Mapping[str, Any], files: Mapping[str, Any] | None = None) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the content in canonical JSON.

    ``data`` is what the policy says, includes and all, and ``files`` tells apart what it
    says by naming other files. The order of keys does not count but in messages, where the
    language written first has a meaning.
    """
    said = {key: value for key, value in data.items() if key != "include"}
    if files:
        said["(files)"] = files
    messages = said.get("messages")
    if isinstance(messages, Mapping):
        said["messages"] = {
            name: list(texts.items()) if isinstance(texts, Mapping) else texts
            for name, texts in messages.items()
        }
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=repr)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
