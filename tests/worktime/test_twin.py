"""The fast calendar agrees with one that walks every minute, wherever clocks change."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.worktime import NEVER, Calendar
from support.calendar_twins import (
    ZONES,
    Twins,
    changes,
    clock,
    compare,
    twins,
    twins_around,
)
from support.slow_calendar import MINUTE, SlowCalendar, Spans

ROUGH = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=100, deadline=None, suppress_health_check=ROUGH)
@given(twins=twins(), data=st.data())
def test_twins_agree(twins: Twins, data: st.DataObject) -> None:
    compare(twins[0].timeline(), twins[1], data.draw)


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_twins_agree_around_every_change(zone: str) -> None:
    """Every change of the clocks from 1970 to 2030, each with calendars of its own."""
    assert len(changes(zone)) >= (1 if zone in {"Asia/Kathmandu", "Pacific/Kwajalein"} else 2)
    for change in changes(zone):

        @settings(max_examples=2, deadline=None, suppress_health_check=ROUGH, database=None)
        @given(twins=twins_around(zone, change), data=st.data())
        def agree(twins: Twins, data: st.DataObject) -> None:
            compare(twins[0].timeline(), twins[1], data.draw)

        agree()


def test_intervals_are_the_open_minutes() -> None:
    start = date(2026, 10, 23)
    week: list[Spans] = [[(540, 780), (840, 1080)]] * 5 + [[(1320, 1800)], []]
    slow = SlowCalendar(clock("Europe/Chisinau", start), week, {})
    hours = {"mon-fri": ["09:00-13:00", "14:00-18:00"], "sat": "22:00-06:00"}
    fast = Calendar.model_validate({"timezone": "Europe/Chisinau", "hours": hours}).timeline()
    begin, end = slow.window
    walked, at = [], begin
    while (opening := slow.next_open(at)) is not None:
        at = slow.next_change(opening) or end
        walked.append((opening, at))
    assert list(fast.intervals(begin, end)) == walked
    night = next((a, b) for a, b in walked if b - a > 8 * 60 * MINUTE)
    assert night[1] - night[0] == 9 * 60 * MINUTE
    assert fast.next_change(end) != NEVER
