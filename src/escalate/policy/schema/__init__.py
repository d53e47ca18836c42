"""The published JSON Schemas: of policies, of what they share, of tickets, of decisions.

Draft 7, for every editor that knows it. The files are generated
(``python -m escalate.policy.schema``) and never edited; a test holds them to the models.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

__all__ = ["NAMES", "schema"]

NAMES: Final = ("policy", "shared", "ticket", "decision")
"""What there is a schema of; ``shared`` is a file that policies include."""


@lru_cache(maxsize=len(NAMES))
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of that name, as published. It is shared: do not change it.

    Raises:
        KeyError: there is no schema of that name.
    """
    if name not in NAMES:
        raise KeyError(name)
    text = files(__name__).joinpath(f"{name}.v1.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read
