"""Zones by name, and wall clocks to instants."""

# ruff: noqa: DTZ001 - a clock on the wall has no zone

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.worktime import ZoneError, find_zone, from_us, to_us, wall_to_us
from escalate.worktime.zone import zone_names


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Europe/Chisinow", "Europe/Chisinau"),
        ("europe/berlin", "Europe/Berlin"),
        ("Chisinau", "Europe/Chisinau"),
        ("New York", "America/New_York"),
    ],
)
def test_an_unknown_zone_is_told_the_nearest(name: str, near: str) -> None:
    with pytest.raises(ZoneError, match=f"there is no time zone `{name}`; did you mean `{near}`"):
        find_zone(name)


@pytest.mark.parametrize("name", ["localtime", "right/UTC", "../UTC", "", "nowhere at all"])
def test_what_only_some_machines_know_is_unknown(name: str) -> None:
    with pytest.raises(ZoneError):
        find_zone(name)


def test_every_known_zone_can_be_read() -> None:
    for name in zone_names():
        assert find_zone(name).utcoffset(datetime(2026, 1, 1)) is not None


@pytest.mark.parametrize(
    ("zone", "local", "first", "last"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30", "2026-10-25T01:30"),
        ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00", "2026-10-25T02:00"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00", "2011-12-30T10:00"),
        ("Asia/Kathmandu", "2026-01-01T00:00", "2025-12-31T18:15", "2025-12-31T18:15"),
    ],
)
def test_wall_clock(zone: str, local: str, first: str, last: str) -> None:
    naive = datetime.fromisoformat(local)
    assert from_us(wall_to_us(naive, zone)).isoformat()[:16] == first
    assert from_us(wall_to_us(naive, ZoneInfo(zone), end=True)).isoformat()[:16] == last


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="`2026-01-01T00:00:00` has no offset from UTC"):
        to_us(datetime(2026, 1, 1))


@given(st.integers(0, 7 * 10**15), st.sampled_from(["UTC", "Pacific/Chatham", "America/Havana"]))
def test_instants_are_exact(us: int, zone: str) -> None:
    assert to_us(from_us(us, zone)) == us
    assert to_us(from_us(us, timezone(timedelta(minutes=-765)))) == us
    assert from_us(us) == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
