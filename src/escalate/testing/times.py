"""Times as people write them: `09:15`, `+15m`, `tue 09:00`, `2026-11-10 09:15`.

Each is read from a base: the moment before in a story, the ticket's creation in a ticket,
the moment itself in what is expected of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from escalate.worktime.duration import Duration, DurationError
from escalate.worktime.hours import DAYS
from escalate.worktime.zone import from_us, to_us, wall_to_us

__all__ = ["TIME_HELP", "TIME_PATTERN", "TimeError", "Times", "looks_like_a_time", "no_time"]

_CLOCK: Final = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
_DATE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SPAN: Final = r"[0-9]+[wdhms]( ?[0-9]+[wdhms])*"
TIME_PATTERN: Final = (
    rf"^(now|{_CLOCK}|({'|'.join(DAYS)}) {_CLOCK}|\+{_SPAN}|\+[0-9]+d {_CLOCK}"
    rf"|{_DATE}[T ]{_CLOCK}(\.[0-9]{{1,6}})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})?)$"
)
"""The form of a time as a regular expression for JSON Schema."""

_TIME: Final = re.compile(TIME_PATTERN.removeprefix("^").removesuffix("$"))
_DAY_AND_CLOCK: Final = re.compile(
    rf"(?:(?P<day>{'|'.join(DAYS)}) |\+(?P<later>[0-9]+)d )?(?P<clock>{_CLOCK})"
)
TIME_HELP: Final = "write it as `09:15`, `+15m`, `tue 09:00` or `2026-11-10 09:15`"
_LONGEST: Final = 40
_FIRST_YEAR, _LAST_YEAR = 1971, 2198


class TimeError(ValueError):
    """What was written is no time, or not here. ``code`` and ``help`` are for the author."""

    def __init__(self, code: str, message: str, help_: str | None) -> None:
        self.code = code
        self.help = help_
        super().__init__(message)


def looks_like_a_time(written: str) -> bool:
    """Whether a text has the form of a time; its day may still not exist."""
    return _TIME.fullmatch(written) is not None


def no_time(written: str) -> TimeError:
    """The error for what has none of the forms."""
    shown = written if len(written) <= _LONGEST else written[: _LONGEST - 3] + "..."
    return TimeError("ESC966", f"`{shown}` is no time", TIME_HELP)


@dataclass(frozen=True, slots=True)
class Times:
    """Reads and writes times of a zone; ``day`` is that of clock times without a base."""

    zone: str
    day: date | None = None

    def read(self, written: str, base: int | None, *, at_once: bool = False) -> int:
        """Microseconds since 1970. ``base`` is what the time is told from, if there is one;
        ``at_once``: a weekday may be the base itself, and not only what comes after it.

        Raises:
            TimeError: it is no time, or nothing tells of which day.
        """
        if not looks_like_a_time(written):
            raise no_time(written)
        us = self._read(written, base, at_once)
        if not _FIRST_YEAR <= from_us(us).year <= _LAST_YEAR:
            raise TimeError(
                "ESC966", f"`{written}` lies outside the years {_FIRST_YEAR} to {_LAST_YEAR}", None
            )
        return us

    def _read(self, written: str, base: int | None, at_once: bool = False) -> int:
        if written == "now":
            return self._needs(base, written)
        found = _DAY_AND_CLOCK.fullmatch(written)
        if found is not None:
            return self._clock(written, found, base, at_once)
        if written[0] == "+":
            try:
                return self._needs(base, written) + Duration.parse(written[1:]).us
            except DurationError:
                raise no_time(written) from None
        try:
            instant = datetime.fromisoformat(_padded(written))
        except ValueError:
            raise no_time(written) from None
        return wall_to_us(instant, self.zone) if instant.tzinfo is None else to_us(instant)

    def _clock(self, written: str, found: re.Match[str], base: int | None, at_once: bool) -> int:
        """A time of the day: that day, a weekday to come, or some days later."""
        at = time.fromisoformat(_padded(found["clock"]))
        if found["later"] is not None:
            self._needs(base, written)
        day = self.day if base is None else from_us(base, self.zone).date()
        if day is None:
            raise TimeError(
                "ESC967",
                f"nothing tells of which day `{written}` is",
                "add `date:` to the file or to the test, or write the day: `2026-11-10 09:15`",
            )
        try:
            if found["later"] is not None:
                day += timedelta(days=int(found["later"]))
            if found["day"] is None:
                return wall_to_us(datetime.combine(day, at), self.zone)
            day += timedelta(days=(DAYS.index(found["day"]) - day.weekday()) % 7)
            us = wall_to_us(datetime.combine(day, at), self.zone)
            if base is not None and (us < base if at_once else us <= base):
                us = wall_to_us(datetime.combine(day + timedelta(days=7), at), self.zone)
            return us
        except OverflowError:
            raise no_time(written) from None

    @staticmethod
    def _needs(base: int | None, written: str) -> int:
        if base is None:
            raise TimeError(
                "ESC967",
                f"nothing stands before `{written}` that it could be counted from",
                "write the time itself: `09:15`, or `2026-11-10 09:15`",
            )
        return base

    def local(self, us: int) -> datetime:
        """The instant on the clocks of the zone."""
        return from_us(us, self.zone)

    def shown(self, us: int, base: int | None = None) -> str:
        """An instant as people write it: the clock alone where the day is the base's."""
        at = self.local(us)
        clock = at.isoformat(timespec="auto")[11:].split("+")[0].split("-")[0].removesuffix("Z")
        clock = clock.removesuffix(":00") if clock.count(":") == 2 else clock
        if base is not None and self.local(base).date() == at.date() and self._is(clock, base, us):
            return clock
        said = f"{at.date().isoformat()} {clock}"
        return said if self._is(said, base, us) else at.isoformat()

    def _is(self, said: str, base: int | None, us: int) -> bool:
        """Whether what is said is read as that instant: not in an hour that comes twice."""
        return looks_like_a_time(said) and self._read(said, base) == us

    def like(self, us: int, written: str, base: int | None) -> str:
        """An instant in the form in which another was written, where that form can say it."""
        if re.match(rf"{_DATE}T.*(Z|[+-][0-9:]+)$", written):
            return self.local(us).isoformat()
        if written.startswith("+") and " " not in written and base is not None and us >= base:
            said = f"+{Duration(us - base)}".replace(" ", "")
            if looks_like_a_time(said):
                return said
        if written == "now" and us == base:
            return written
        if written[:3] in DAYS and base is not None:
            said = f"{DAYS[self.local(us).weekday()]} {self.shown(us, us)}"
            if self._is(said, base, us):
                return said
        if re.match(_DATE, written):
            return self.shown(us)
        return self.shown(us, base)


def _padded(clock: str) -> str:
    """``9:15`` as ``09:15``, also behind a date."""
    return re.sub(r"(^|[T ])([0-9]:)", r"\g<1>0\2", clock)
