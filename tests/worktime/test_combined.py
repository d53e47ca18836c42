"""Two calendars as one: when both are open, or one of them."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.worktime import Calendar, Combined, OutOfYearsError, WorkingTime, from_us
from support.calendar_twins import Twins, compare, pairs
from support.slow_calendar import SlowCalendar

ROUGH = [HealthCheck.too_slow, HealthCheck.data_too_large]


def calendar(hours: Any, zone: str | None = "UTC", holidays: Any = ()) -> Calendar:
    return Calendar.model_validate({"timezone": zone, "hours": hours, "holidays": list(holidays)})


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def joined(one: SlowCalendar, other: SlowCalendar, both: bool) -> SlowCalendar:
    """The twin of two twins, minute by minute."""
    found = copy.copy(one)
    test = all if both else any
    found.open = [test(pair) for pair in zip(one.open, other.open, strict=True)]
    return found


def agree(pair: tuple[Twins, Twins], both: bool, data: st.DataObject) -> None:
    (one, slow), (other, its_slow) = pair
    together = one & other if both else one | other
    compare(together.timeline(), joined(slow, its_slow, both), data.draw, beyond=False)


@settings(max_examples=20, deadline=None, suppress_health_check=ROUGH)
@given(pair=pairs(), both=st.booleans(), data=st.data())
def test_two_together_agree_with_two_twins(
    pair: tuple[Twins, Twins], both: bool, data: st.DataObject
) -> None:
    agree(pair, both, data)


@pytest.mark.slow
@settings(max_examples=250, deadline=None, suppress_health_check=ROUGH)
@given(pair=pairs(), both=st.booleans(), data=st.data())
def test_two_together_agree_at_length(
    pair: tuple[Twins, Twins], both: bool, data: st.DataObject
) -> None:
    agree(pair, both, data)


@settings(max_examples=15, deadline=None, suppress_health_check=ROUGH)
@given(pair=pairs(), data=st.data())
def test_laws(pair: tuple[Twins, Twins], data: st.DataObject) -> None:
    (one, slow), (other, _) = pair
    begin, end = slow.window
    us = data.draw(st.integers(begin, end - 1))
    later = data.draw(st.integers(us, end))
    days = from_us(begin).toordinal(), from_us(end).toordinal()

    def same(a: WorkingTime, b: WorkingTime) -> None:
        left, right = a.source("UTC"), b.source("UTC")
        assert left.days(*days) == right.days(*days)
        assert left.special_days(*days) == right.special_days(*days)
        assert a.timeline().intervals(begin, end) == b.timeline().intervals(begin, end)

    third = calendar({"mon-sun": ["03:00-09:00", "20:00-24:00"]}, one.timezone)
    same(one & one, one)
    same(one | one, one)
    same(one & Calendar.always(one.timezone), one)
    same((one & other) & third, one & (other & third))
    same((one | other) | third, one | (other | third))
    for left, right in ((one & other, other & one), (one | other, other | one)):
        assert left.source("UTC").days(*days) == right.source("UTC").days(*days)
    assert ((one & other) | one).timeline().intervals(begin, end) == one.timeline().intervals(
        begin, end
    )
    union, meet = (one | other).timeline(), (one & other).timeline()
    assert union.between(us, later) + meet.between(us, later) == (
        one.timeline().between(us, later) + other.timeline().between(us, later)
    )


def test_the_sun_is_followed() -> None:
    hours = {"mon-fri": "09:00-17:00"}
    desks = calendar(hours, "Asia/Tokyo") | calendar(hours, "Europe/London")
    assert isinstance(desks, Combined)
    assert desks.timezone == "Asia/Tokyo"
    begin, end = at("2026-01-05", "Asia/Tokyo"), at("2026-01-06", "Asia/Tokyo")
    assert [[t.isoformat() for t in pair] for pair in desks.intervals(begin, end)] == [
        ["2026-01-05T09:00:00+09:00", "2026-01-05T17:00:00+09:00"],
        ["2026-01-05T18:00:00+09:00", "2026-01-06T00:00:00+09:00"],
    ]
    assert desks.between(begin, end) == timedelta(hours=14)
    assert desks.add(begin, timedelta(hours=9)) == at("2026-01-05T10:00", "Europe/London")
    # London's Monday goes on until Tuesday 02:00 in Tokyo.
    assert desks.next_close(end) == at("2026-01-06T02:00", "Asia/Tokyo")
    assert desks.add_workdays(begin, 1) == at("2026-01-06T09:00", "Asia/Tokyo")


def test_both_must_be_there() -> None:
    office = calendar({"mon-fri": "09:00-17:00"}, None, [{"date": "2026-01-06", "name": "Closed"}])
    vendor = calendar({"tue-sun": "12:00-20:00"}, "Europe/Berlin")
    both = office & vendor
    assert both.timezone == "Europe/Berlin"  # the office has none of its own
    monday = at("2026-01-05T10:00", "Europe/Berlin")
    assert both.next_open(monday) == at("2026-01-07T12:00", "Europe/Berlin")
    assert both.add(monday, timedelta(hours=6)) == at("2026-01-08T13:00", "Europe/Berlin")
    assert both.add_workdays(monday, 1) == at("2026-01-08T12:00", "Europe/Berlin")
    assert both.skipped(monday, at("2026-01-08", "Europe/Berlin")) == (("2026-01-06", "Closed"),)
    assert (office | vendor).skipped(monday, at("2026-01-08", "Europe/Berlin")) == (
        ("2026-01-06", "Closed"),
    )


def test_nights_keep_the_day_they_start_on() -> None:
    night = calendar({"mon": "22:00-06:00"})
    morning = calendar({"tue": "04:00-08:00"})
    both = night & morning  # Tuesday 04:00 to 06:00, of the later day
    assert both.timeline().day_hours(date(2026, 1, 6).toordinal()) != []
    assert both.timeline().day_hours(date(2026, 1, 5).toordinal()) == []
    assert both.add_workdays(at("2026-01-06T05:00"), 1) == at("2026-01-13T05:00")
    assert (night | morning).add_workdays(at("2026-01-06T05:00"), 2) == at("2026-01-13T05:00")


def test_with_always() -> None:
    office, always = calendar({"mon-fri": "09:00-17:00"}), Calendar.always()
    assert (office | always).next_close(at("2026-01-05")) is None
    assert (always & office).next_close(at("2026-01-05")) == at("2026-01-05T17:00")
    with pytest.raises(ValueError, match="never closes"):
        (office | always).add_workdays(at("2026-01-05"), 1)


def test_two_that_never_meet() -> None:
    never = calendar({"mon": "09:00-10:00"}) & calendar({"tue": "09:00-10:00"})
    assert never.between(at("2020-01-01"), at("2030-01-01")) == timedelta()
    assert never.next_close(at("2026-01-05")) is None
    with pytest.raises(OutOfYearsError):
        never.add(at("2026-01-05"), timedelta(hours=1))


def test_they_are_values() -> None:
    one, other = calendar({"mon": "09:00-10:00"}), calendar({"tue": "09:00-10:00"})
    due = (one | other).add(datetime(2026, 1, 5, tzinfo=UTC), timedelta(minutes=90))
    together = one | other
    assert together == (one | other) != (other | one)
    assert hash(together) == hash(one | other)
    together.add(due, timedelta(hours=1))
    for same in (
        copy.copy(together),
        copy.deepcopy(together),
        pickle.loads(pickle.dumps(together)),
    ):
        assert same == together
        assert same.add(datetime(2026, 1, 5, tzinfo=UTC), timedelta(minutes=90)) == due
    with pytest.raises(TypeError):
        one | {"mon": "09:00-10:00"}  # type: ignore[operator]
