"""Whether a rule of dates can fall on any day, without going through all years.

What counts from a beginning aside, a rule falls on some day of any 28 years, which have every
kind of year, or on none. So it is asked of the last 28 years that there are: then a search
that finds nothing soon ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

__all__ = ["COUNTING", "DAY_PARTS", "can_fall", "rule_text"]

DAY_PARTS: Final = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYDAY")
COUNTING: Final = ("INTERVAL", "COUNT")

_LAST_28: Final = datetime(9972, 1, 1)  # noqa: DTZ001 - a date
_WEEKDAYS: Final = re.compile(r"[A-Z]{2}(?:,[A-Z]{2})*")
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def can_fall(parts: Mapping[str, str], starts: date | None) -> bool:
    """Whether the rule may fall on a day; where not, it never does."""
    from dateutil.rrule import rrulestr

    daily = parts["FREQ"] == "DAILY"
    weekdays = parts.get("BYDAY", "")
    if _WEEKDAYS.fullmatch(weekdays) and daily and starts is not None:
        # Every 7, 14, ... days it is the same day of the week.
        same = int(parts.get("INTERVAL", "1")) % 7 == 0
        if same and _DAYS[starts.weekday()] not in weekdays.split(","):
            return False
    plain = {key: value for key, value in parts.items() if key not in (*COUNTING, "UNTIL")}
    if daily and "BYSETPOS" in plain:
        places = plain.pop("BYSETPOS").split(",")
        if not {1, -1} & set(map(int, places)):
            return False  # a day is the first and the last of its day, and nothing else
    if daily and (not weekdays or _WEEKDAYS.fullmatch(weekdays)):
        plain["FREQ"] = "YEARLY"  # the same days, found ten times as fast
    elif not daily and plain["FREQ"] != "WEEKLY" and not any(part in plain for part in DAY_PARTS):
        return True  # it takes its day from its beginning
    return next(iter(rrulestr(rule_text(plain), dtstart=_LAST_28)), None) is not None


def rule_text(parts: Mapping[str, str]) -> str:
    """The rule as iCalendar writes it."""
    return ";".join(f"{key}={value}" for key, value in parts.items())
