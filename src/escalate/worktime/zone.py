"""Time zones: names, wall clocks and instants, in whole microseconds.

An instant is an ``int``: microseconds since 1970-01-01T00:00Z. A wall-clock time
is the same number read off a clock on the wall, as if that clock showed UTC.
"""

from __future__ import annotations

from calendar import isleap
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from escalate.errors import EscalateError, did_you_mean
from escalate.modelling.words import AfterValidator, BeforeValidator, Field
from escalate.worktime.epoch import DAY, EPOCH, SECOND, US, year_begin
from escalate.worktime.wording import kind_of, problem

__all__ = [
    "EPOCH_WALL",
    "NO_JUMP",
    "WallClock",
    "ZoneError",
    "ZoneName",
    "find_zone",
    "from_us",
    "to_us",
    "wall_to_us",
    "zone_names",
]

ONE_DAY = timedelta(days=1)
NO_JUMP = 1 << 62
EPOCH_WALL = datetime(1970, 1, 1)  # noqa: DTZ001 - a clock on the wall has no zone


class ZoneError(EscalateError, ValueError):
    """There is no such time zone. The message is meant for the author."""


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every IANA zone name. The list is the installed one of `tzdata`, so that a
    name means the same on every machine."""
    from pkgutil import get_data  # importlib.resources takes longer to load

    return frozenset((get_data("tzdata", "zones") or b"").decode("ascii").split())


@lru_cache(maxsize=256)
def find_zone(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises :class:`ZoneError` with the nearest names."""
    if name not in zone_names():
        raise ZoneError(f"there is no time zone `{name}`; {_near(name)}")
    return ZoneInfo(name)


def _near(name: str) -> str:
    near = did_you_mean(name, zone_names())
    if near is None:
        cities: dict[str, str] = {}
        for known in sorted(zone_names(), reverse=True):
            cities[known.rpartition("/")[2]] = known
        city = did_you_mean(name.rpartition("/")[2].replace(" ", "_"), cities)
        near = cities[city] if city else None
    return f"did you mean `{near}`?" if near else "write it as `Europe/Chisinau` or `UTC`"


def to_us(at: datetime) -> int:
    """An aware datetime as microseconds since the epoch. Raises ``ValueError`` for a
    naive one."""
    try:
        return (at - EPOCH) // US
    except TypeError:
        raise ValueError(
            f"`{at.isoformat()}` has no offset from UTC; give it a time zone"
        ) from None


def from_us(us: int, zone: tzinfo | str = UTC) -> datetime:
    """An instant as an aware datetime in ``zone``."""
    where = find_zone(zone) if isinstance(zone, str) else zone
    return where.fromutc(EPOCH_WALL.replace(tzinfo=where) + us * US)


def wall_to_us(local: datetime, zone: tzinfo | str, end: bool = False) -> int:
    """The instant at which the clocks of ``zone`` show the naive time ``local``.

    A time that does not exist is the instant at which the clocks jump; one that
    occurs twice is its first occurrence, or with ``end`` its last.

    Language: "Time".
    """
    where = find_zone(zone) if isinstance(zone, str) else zone
    wall = (local.replace(tzinfo=None) - EPOCH_WALL) // US
    first = where.utcoffset(local.replace(fold=0))
    if first is not None and first == where.utcoffset(local.replace(fold=1)):
        return wall - first // US
    clock = WallClock(where, wall - 3 * DAY, wall + 3 * DAY)
    return clock.last(wall) if end else clock.first(wall)


class WallClock:
    """The offsets of a zone over a stretch of time: ``offsets[i]`` from ``starts[i]`` on."""

    __slots__ = ("offsets", "starts")

    def __init__(self, zone: tzinfo, begin: int, end: int) -> None:
        self.starts, self.offsets = [begin], [_offset(zone, begin)]
        # What a zone does in a year is asked for by every calendar in it, again and again.
        find = _changes if isinstance(zone, ZoneInfo) else _changes.__wrapped__
        first, last = (from_us(us).year for us in (begin, end))
        for year in range(first, last + 1):
            for at, offset in find(zone, year):
                if begin < at <= end:
                    self.starts.append(at)
                    self.offsets.append(offset)

    def jumps(self) -> list[int]:
        """By how much the clocks go on at each of ``starts`` but the first."""
        return [after - before for before, after in pairwise(self.offsets)]

    def steady(self, wall: int) -> tuple[int, int]:
        """The offset that holds for all wall-clock times from ``wall`` until before the
        second number; for none, where ``wall`` is in a jump of the clocks."""
        starts, offsets = self.starts, self.offsets
        for i in range(len(starts) - 1):
            if wall < starts[i + 1] + max(offsets[i], offsets[i + 1]):
                return offsets[i], starts[i + 1] + min(offsets[i], offsets[i + 1])
        return offsets[-1], NO_JUMP

    def first(self, wall: int) -> int:
        """The first instant at which the clock shows ``wall`` or has jumped over it."""
        starts, offsets = self.starts, self.offsets
        for i in range(len(starts) - 1):
            if wall < starts[i + 1] + offsets[i]:
                return max(wall - offsets[i], starts[i])
        return max(wall - offsets[-1], starts[-1])

    def last(self, wall: int) -> int:
        """The last instant at which the clock shows ``wall``, or that of the jump over it."""
        starts, offsets = self.starts, self.offsets
        for i in range(len(starts) - 1, -1, -1):
            if i == 0 or wall >= starts[i] + offsets[i]:
                instant = wall - offsets[i]
                return instant if i + 1 == len(starts) else min(instant, starts[i + 1])
        raise AssertionError("a clock has at least one offset")


def _offset(zone: tzinfo, us: int) -> int:
    offset = from_us(us, zone).utcoffset()
    return 0 if offset is None else offset // US


@lru_cache(maxsize=1024)
def _changes(zone: tzinfo, year: int) -> tuple[tuple[int, int], ...]:
    """The instants of a year of UTC from which other offsets hold."""
    found = []
    begin = year_begin(year) - SECOND
    at, before = EPOCH_WALL.replace(tzinfo=zone) + begin * US, _offset(zone, begin) * US
    # No zone has changed its offset and changed it back within a day.
    for instant in range(begin + DAY, begin + (365 + isleap(year)) * DAY + 1, DAY):
        at += ONE_DAY
        offset = zone.fromutc(at).utcoffset()
        if offset is not None and offset != before:
            found.append((_jump(zone, instant - DAY, instant), offset // US))
            before = offset
    return tuple(found)


def _jump(zone: tzinfo, before: int, after: int) -> int:
    """The instant in ``(before, after]`` from which the later offset holds; it is that of a
    whole second, as ``before`` is."""
    old = _offset(zone, before)
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _read(value: Any) -> Any:
    if isinstance(value, ZoneInfo | timezone):
        return str(value)
    if not isinstance(value, str):
        raise problem(
            "zone", f"{kind_of(value)} is not a time zone; write a name such as `Europe/Chisinau`"
        )
    return value


def _known(name: str) -> str:
    try:
        find_zone(name)
    except ZoneError as error:
        raise problem("zone", str(error)) from None
    return name


ZoneName = Annotated[
    str,
    BeforeValidator(_read),
    AfterValidator(_known),
    Field(
        description="An IANA time zone, such as `Europe/Chisinau`.", examples=["Europe/Chisinau"]
    ),
]
"""A model's field that holds the name of a zone that exists."""
