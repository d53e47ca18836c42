"""Durations in what is expected: read in both ways of writing them, and written again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.decision import duration_text
from escalate.testing.spans import SPAN_PATTERN, read_span, show_span
from escalate.worktime.duration import MAX_US, DurationError

READ = {
    "0m": 0,
    "90s": 90_000_000,
    "1h30m": 5_400_000_000,
    "1h 30m": 5_400_000_000,
    "2d": 172_800_000_000,
    "PT0S": 0,
    "PT1H30M": 5_400_000_000,
    "PT1.5S": 1_500_000,
    "-PT10M": -600_000_000,
}


@pytest.mark.parametrize("written", READ)
def test_a_duration(written: str) -> None:
    assert read_span(written) == READ[written]
    assert re.search(SPAN_PATTERN, written)


@pytest.mark.parametrize(
    "written", ["", "90", "2 workdays", "PT", "-PT", "PT1H30", "PT1.1234567S", "-5m", "1.5s"]
)
def test_no_duration(written: str) -> None:
    with pytest.raises(DurationError, match="; "):
        read_span(written)
    assert not re.search(SPAN_PATTERN, written)


@given(st.integers(0, MAX_US))
def test_what_is_shown_is_read_as_the_same(us: int) -> None:
    assert read_span(show_span(us)) == read_span(duration_text(us)) == us
