"""numpy and Arrow, which only this folder needs; without them a message says what to install."""

from __future__ import annotations

from escalate.errors import MissingExtraError

__all__ = ["np", "pa", "pc"]

try:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError as error:
    raise MissingExtraError("deciding in columns", "batch") from error
