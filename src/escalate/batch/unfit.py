"""What columns cannot do is left to the scalar engine, row by row."""

from __future__ import annotations

__all__ = ["UnfitError"]


class UnfitError(Exception):
    """Something in a policy, or in a column, that is not done in columns; never shown."""
