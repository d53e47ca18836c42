"""The calendars of a policy, each in its zone. Language: "Time"."""

from __future__ import annotations

from escalate.policy.policy import Policy
from escalate.worktime.calendar import Calendar

__all__ = ["calendar_of"]


def calendar_of(policy: Policy, name: str) -> Calendar:
    """The calendar of that name, `always` among them; where it names no zone, its hours are
    in the policy's. Raises ``KeyError`` where there is none."""
    calendar = policy.calendars.get(name)
    if calendar is None:
        if name != "always":
            raise KeyError(name)
        return Calendar.always(policy.timezone)
    if calendar.timezone:
        return calendar
    return calendar.model_copy(update={"timezone": policy.timezone})
