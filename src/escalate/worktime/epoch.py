"""Where instants are counted from, and by what: the one place that says it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

__all__ = ["DAY", "EPOCH", "HOUR", "MINUTE", "SECOND", "US", "microseconds", "year_begin"]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Instant zero."""

US: Final = timedelta(microseconds=1)
"""One step of counting."""

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
"""In microseconds, as the others."""


def microseconds(instant: datetime) -> int:
    """Microseconds from :data:`EPOCH` to an aware instant, exactly."""
    return (instant - EPOCH) // US


def year_begin(year: int) -> int:
    """The first instant of a year of UTC."""
    return microseconds(datetime(year, 1, 1, tzinfo=UTC))
