"""Layers of rotations whose shifts a file lists: they agree with a twin that walks minutes."""

# ruff: noqa: DTZ001 - a clock on the wall has no zone

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.worktime import Calendar, Layer, Override, Rotation, ShiftList
from escalate.worktime.listed import ListedLayer
from escalate.worktime.shift_file import read_shifts
from escalate.worktime.years import NEVER
from support.slow_calendar import MINUTE, read_clock
from support.slow_rotation import Wall
from support.slow_shifts import SlowList, SlowShift

CHANGES = [
    ("Europe/Chisinau", "2026-03-29", time(2, 30)),
    ("Europe/Chisinau", "2026-10-25", time(3, 30)),
    ("Australia/Lord_Howe", "2026-04-05", time(1, 45)),
    ("America/Havana", "2026-11-01", time(0, 30)),
    ("Asia/Tokyo", "2026-12-31", time(23, 30)),  # no change but that of the year
]
MEMBERS = ("ana", "ben", "cyd")
BEFORE, DAYS = 4, 14


def file(*events: str) -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN")
    return "\r\n".join([*head, *events, "END:VCALENDAR", ""]).encode()


@lru_cache(maxsize=32)
def wall(zone: str, start: date) -> Wall:
    return Wall(read_clock(zone, datetime(start.year, start.month, start.day), DAYS))


@st.composite
def twins(draw: st.DrawFn) -> tuple[ListedLayer, SlowList]:
    zone, change, odd = draw(st.sampled_from(CHANGES))
    first = date.fromisoformat(change) - timedelta(days=BEFORE)
    begin = datetime(first.year, first.month, first.day)
    shifts = []
    for _ in range(draw(st.integers(1, 4))):
        day = begin + timedelta(days=draw(st.integers(1, 6)))
        at = draw(st.sampled_from([odd, odd, time(0), time(9), time(17, 30)]))
        every = draw(st.sampled_from([0, 1, 2, 3]))
        start = datetime.combine(day.date(), at)
        near = st.integers(-2, 4).map(lambda n, start=start: start + timedelta(days=n))
        shifts.append(
            SlowShift(
                draw(st.sampled_from(MEMBERS)),
                start,
                timedelta(minutes=30 * draw(st.integers(1, 100))),
                draw(st.sampled_from(["", zone, "UTC"])),
                every,
                draw(st.integers(1, 3)) if every else 1,
                tuple(draw(st.lists(near, max_size=1))),
                tuple(draw(st.lists(near, max_size=2))),
            )
        )
    clocks = {"": wall(zone, first), zone: wall(zone, first), "UTC": wall("UTC", first)}
    read = read_shifts(file(*(shift.text() for shift in shifts)), MEMBERS)
    layer = ShiftList(MEMBERS, read).compiled(zone)
    assert isinstance(layer, ListedLayer)
    return layer, SlowList(MEMBERS, tuple(shifts), clocks)


ROUGH = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=150, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins())
def test_twins_agree(twins: tuple[ListedLayer, SlowList]) -> None:
    fast, slow = twins
    edges = sorted({edge for start, end, _ in slow.pieces() for edge in (start, end)})
    for edge in edges:
        for minute in (edge - 1, edge, edge + 7):
            assert fast.order(minute * MINUTE) == slow.order(minute)


@settings(max_examples=80, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins())
def test_what_is_said_of_cover_is_so(twins: tuple[ListedLayer, SlowList]) -> None:
    fast, slow = twins
    pieces = slow.pieces()
    edges = sorted({edge for start, end, _ in pieces for edge in (start, end)})
    for minute in [edge + off for edge in edges for off in (-1, 0, 1)]:
        us = minute * MINUTE
        following = fast.next_moment(us)
        assert following > us
        for between in (us + 1, us + (min(following, us + MINUTE * 60) - us) // 2):
            if between < following:
                assert fast.order(between) == fast.order(us)
        until, covers = minute, [p for p in pieces if p[0] <= minute < p[1]]
        while covers:
            until = max(end for _, end, _ in covers)
            covers = [p for p in pieces if p[0] <= until < p[1]]
        assert fast.covered_until(us) == until * MINUTE
        later = [max(start, minute) for start, end, _ in pieces if end > minute]
        assert fast.next_cover(us) == (min(later) * MINUTE if later else NEVER)


def weekly(*more: str, name: str = "ana") -> str:
    times = ("DTSTART;TZID=Europe/Chisinau:20261005T090000", "DTEND:20261012T060000Z")
    zone = ("DTSTART;TZID=Europe/Chisinau:20261005T090000", "DURATION:P7D")
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            "UID:w",
            *(zone if more else times),
            *more,
            f"SUMMARY:{name}",
            "END:VEVENT",
        ]
    )


def rotation(
    *events: str, calendar: Calendar | None = None, more: tuple[Layer, ...] = ()
) -> Rotation:
    shifts = ShiftList(MEMBERS, read_shifts(file(*events), MEMBERS), calendar)
    return Rotation((shifts, *more), "Europe/Chisinau")


def on(found: Rotation, instant: str, offset: int = 0) -> str | None:
    return found.on_duty(datetime.fromisoformat(instant), offset)


def test_what_recurs_keeps_its_times_of_day_over_a_change_of_the_clocks() -> None:
    found = rotation(weekly("RRULE:FREQ=WEEKLY"))
    shifts = found.shifts(datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 10, 1, tzinfo=UTC))
    assert [s.member for s in shifts] == [None, "ana"]  # for ever, without a gap
    last = datetime(2199, 12, 20, tzinfo=UTC)
    assert found.on_duty(last) == "ana"


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("UNTIL=20261018T210000Z", "2026-10-12"),  # nine hours before the third
        ("UNTIL=20261019T060000Z", "2026-10-19"),  # its very beginning
        ("UNTIL=20261019T055959Z", "2026-10-12"),
        ("UNTIL=20261019", "2026-10-19"),
        ("COUNT=2", "2026-10-12"),
    ],
)
def test_the_end_of_what_recurs(until: str, last: str) -> None:
    found = rotation(weekly(f"RRULE:FREQ=WEEKLY;{until}"))
    shifts = found.shifts(datetime(2026, 10, 5, 6, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    ended = datetime.fromisoformat(last) + timedelta(days=7, hours=9)
    assert [s.member for s in shifts] == ["ana", None]
    assert shifts[0].end.replace(tzinfo=None) == ended


def test_one_of_them_moved_or_cancelled() -> None:
    lines = ("UID:w", "RECURRENCE-ID:20261012T060000Z", "SUMMARY:ben")
    times = ("DTSTART:20261012T100000Z", "DTEND:20261013T100000Z")
    moved = "\r\n".join(["BEGIN:VEVENT", *lines, *times, "END:VEVENT"])
    found = rotation(weekly("RRULE:FREQ=WEEKLY;COUNT=3"), moved)
    assert on(found, "2026-10-12T08:00+00:00") is None
    assert on(found, "2026-10-12T10:00+00:00") == "ben"
    assert on(found, "2026-10-14T10:00+00:00") is None
    gone = rotation(
        weekly("RRULE:FREQ=WEEKLY;COUNT=3"), moved.replace("UID:w\r", "UID:w\r\nSTATUS:CANCELLED\r")
    )
    assert on(gone, "2026-10-12T10:00+00:00") is None
    assert on(gone, "2026-10-19T10:00+00:00") == "ana"


def test_overlaps_calendars_layers_below_and_offsets() -> None:
    night = weekly(name="On call - Ben").replace("20261005T090000", "20261006T220000")
    hours = Calendar(timezone="Europe/Chisinau", hours={"mon-sun": "08:00-23:00"})
    below = Layer(("zoe",), date(2026, 10, 1), days=1)
    found = rotation(weekly(), night.replace("UID:w", "UID:n"), calendar=hours, more=(below,))
    assert on(found, "2026-10-06T12:00+00:00") == "ana"
    assert on(found, "2026-10-06T19:30+00:00") == "ben"  # the one that begins later
    assert on(found, "2026-10-06T19:30+00:00", 1) == "ana"
    assert on(found, "2026-10-06T20:30+00:00") == "zoe"  # its calendar is closed
    assert on(found, "2026-10-20T12:00+00:00") == "zoe"  # the file has ended
    assert found.roster.members == (*MEMBERS, "zoe")


def test_whole_days_are_the_rotation_s() -> None:
    event = "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261025\r\nSUMMARY:cyd\r\nEND:VEVENT"
    found = rotation(event)
    [shift] = [
        s
        for s in found.shifts(datetime(2026, 10, 20, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))
        if s.member
    ]
    assert (shift.start.isoformat(), shift.end.isoformat()) == (
        "2026-10-25T00:00:00+03:00",
        "2026-10-26T00:00:00+02:00",
    )
    out = Rotation(
        found.layers,
        "Europe/Chisinau",
        (Override("zoe", datetime(2026, 10, 25), datetime(2026, 10, 26)),),
    )
    assert on(out, "2026-10-25T12:00+00:00") == "zoe"


def test_it_is_a_value() -> None:
    import pickle

    found = rotation(weekly("RRULE:FREQ=WEEKLY"))
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(ValueError, match="needs one"):
        ShiftList(MEMBERS, ())
