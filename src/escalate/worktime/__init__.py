"""Working time: calendars, holidays, durations, rotations. Exact, and knows no tickets.

Language: "Time".
"""

from escalate.worktime.calendar import Calendar, OutOfYearsError
from escalate.worktime.duration import DURATION_PATTERN, Duration, DurationError, parse_duration
from escalate.worktime.holiday import Holiday
from escalate.worktime.hours import Hours
from escalate.worktime.rotation import Override, Rotation
from escalate.worktime.timeline import NEVER, Timeline
from escalate.worktime.zone import ZoneError, ZoneName, find_zone, from_us, to_us, wall_to_us

__all__ = [
    "DURATION_PATTERN",
    "NEVER",
    "Calendar",
    "Duration",
    "DurationError",
    "Holiday",
    "Hours",
    "OutOfYearsError",
    "Override",
    "Rotation",
    "Timeline",
    "ZoneError",
    "ZoneName",
    "find_zone",
    "from_us",
    "parse_duration",
    "to_us",
    "wall_to_us",
]
