"""Whether a rule can fall: what going through the years says of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.worktime.ever import DAY_PARTS, can_fall, rule_text

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def some(low: int, high: int) -> st.SearchStrategy[str]:
    numbers = st.lists(st.integers(low, high), min_size=1, max_size=2)
    return numbers.map(lambda found: ",".join(map(str, found)))


PARTS = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(("YEARLY", "MONTHLY", "WEEKLY", "DAILY"))},
    optional={
        "INTERVAL": st.sampled_from(("1", "2", "7", "14")),
        "BYMONTH": some(1, 12),
        "BYMONTHDAY": some(28, 31),
        "BYYEARDAY": st.sampled_from(("1", "60", "366", "-1")),
        "BYWEEKNO": st.sampled_from(("1", "20", "53")),
        "BYDAY": st.lists(st.sampled_from(_DAYS), min_size=1, max_size=3).map(",".join)
        | st.sampled_from(("1MO", "-1FR", "5SA,2SU")),
        "BYSETPOS": st.sampled_from(("1", "-1", "2", "5")),
    },
)
BEGIN = date(9961, 1, 1)
"""A search that finds nothing goes on to the year 9999."""


def falls(parts: dict[str, Any], starts: date) -> bool:
    """Whether it falls on a day from its beginning to the end of all years."""
    begin = datetime(starts.year, starts.month, starts.day)  # noqa: DTZ001 - a date
    return next(iter(rrulestr(rule_text(parts), dtstart=begin)), None) is not None


def says_its_day(parts: dict[str, str]) -> bool:
    return parts["FREQ"] in ("WEEKLY", "DAILY") or any(part in parts for part in DAY_PARTS)


@given(PARTS, st.integers(1, 28))
@settings(max_examples=40)
def test_what_falls_can(parts: dict[str, str], day: int) -> None:
    starts = BEGIN.replace(day=day)
    if not can_fall(parts, starts):
        assert not falls(parts, starts)


@given(PARTS.filter(says_its_day))
@settings(max_examples=60)
def test_what_counts_from_nothing_falls_if_it_can(parts: dict[str, str]) -> None:
    plain = {key: value for key, value in parts.items() if key != "INTERVAL"}
    assert can_fall(plain, None) == falls(plain, BEGIN)


@pytest.mark.parametrize("every", [7, 14, 700])
def test_every_some_weeks_it_is_the_same_day(every: int) -> None:
    monday = date(2026, 1, 5)
    parts = {"FREQ": "DAILY", "INTERVAL": str(every), "BYDAY": "TU,WE"}
    assert not can_fall(parts, monday)
    assert can_fall({**parts, "BYDAY": "TU,MO"}, monday)
    assert can_fall({**parts, "INTERVAL": str(every + 1)}, monday)
