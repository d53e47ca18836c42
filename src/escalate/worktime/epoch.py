"""Where instants are counted from, and by what: the one place that says it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

__all__ = ["EPOCH", "US", "microseconds"]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Instant zero."""

US: Final = timedelta(microseconds=1)
"""One step of counting."""


def microseconds(instant: datetime) -> int:
    """Microseconds from :data:`EPOCH` to an aware instant, exactly."""
    return (instant - EPOCH) // US
