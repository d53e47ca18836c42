"""Working time: calendars, holidays, durations, rotations. Exact, and knows no tickets.

The names are fetched when they are first asked for: a check needs few of them.

Language: "Time".
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from escalate.worktime.calendar import Calendar
    from escalate.worktime.combined import Combined
    from escalate.worktime.door import OutOfYearsError
    from escalate.worktime.duration import DURATION_PATTERN, Duration, DurationError, parse_duration
    from escalate.worktime.holiday import Holiday
    from escalate.worktime.hours import Hours
    from escalate.worktime.questions import WorkingTime
    from escalate.worktime.rotation import Layer, Override, Rotation, Shift, ShiftList, Swap
    from escalate.worktime.timeline import NEVER, Timeline
    from escalate.worktime.zone import ZoneError, ZoneName, find_zone, from_us, to_us, wall_to_us

__all__ = [
    "DURATION_PATTERN",
    "NEVER",
    "Calendar",
    "Combined",
    "Duration",
    "DurationError",
    "Holiday",
    "Hours",
    "Layer",
    "OutOfYearsError",
    "Override",
    "Rotation",
    "Shift",
    "ShiftList",
    "Swap",
    "Timeline",
    "WorkingTime",
    "ZoneError",
    "ZoneName",
    "find_zone",
    "from_us",
    "parse_duration",
    "to_us",
    "wall_to_us",
]

_HOMES: Final = {
    "DURATION_PATTERN": "duration",
    "NEVER": "timeline",
    "Calendar": "calendar",
    "Combined": "combined",
    "Duration": "duration",
    "DurationError": "duration",
    "Holiday": "holiday",
    "Hours": "hours",
    "Layer": "rotation",
    "OutOfYearsError": "door",
    "Override": "rotation",
    "Rotation": "rotation",
    "Shift": "rotation",
    "ShiftList": "rotation",
    "Swap": "rotation",
    "Timeline": "timeline",
    "WorkingTime": "questions",
    "ZoneError": "zone",
    "ZoneName": "zone",
    "find_zone": "zone",
    "from_us": "zone",
    "parse_duration": "duration",
    "to_us": "zone",
    "wall_to_us": "zone",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
