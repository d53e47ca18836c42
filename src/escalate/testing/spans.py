"""Durations as tests may write them: as in a policy (`1h30m`), or as a decision has them
(`PT1H30M`). The author's page is docs/testing.md, "What can be expected"."""

from __future__ import annotations

import re
from typing import Final

from escalate.decision import duration_text
from escalate.worktime.duration import AMOUNT_PATTERN, Duration, DurationError
from escalate.worktime.epoch import HOUR, MINUTE, SECOND

__all__ = ["SPAN_PATTERN", "read_span", "show_span"]

_ISO: Final = r"(-?)PT(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]{1,6}))?S)?"
_READ: Final = re.compile(_ISO)

SPAN_PATTERN: Final = f"^(?:{AMOUNT_PATTERN}|{_ISO})$"
"""The form of a duration as a regular expression for JSON Schema."""


def read_span(written: str) -> int:
    """Microseconds; less than none behind a minus.

    Raises:
        DurationError: it is no duration, or one of workdays, which have no fixed length.
    """
    found = _READ.fullmatch(written)
    if found is None:
        duration = Duration.parse(written)
        if duration.workdays:
            raise DurationError(f"`{written}` is no time that a clock shows; write it in hours")
        return duration.us
    sign, hours, minutes, seconds, fraction = found.groups()
    us = int(hours or 0) * HOUR + int(minutes or 0) * MINUTE + int(seconds or 0) * SECOND
    us += int((fraction or "0").ljust(6, "0"))
    return -us if sign else us


def show_span(us: int) -> str:
    """A duration as a test would write it: `1h30m`, or `PT1.5S`, which has no shorter form."""
    exact = duration_text(us) if us % SECOND else None
    return exact or str(Duration(us)).replace(" ", "")
