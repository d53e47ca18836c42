"""Durations: what is read, what is refused and in which words."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from escalate.worktime import DURATION_PATTERN, Duration, DurationError, parse_duration

SECOND = 1_000_000
FIELD = TypeAdapter(Duration)


@pytest.mark.parametrize(
    ("text", "seconds", "canonical"),
    [
        ("90s", 90, "1m 30s"),
        ("15m", 900, "15m"),
        ("4h", 14_400, "4h"),
        ("30d", 2_592_000, "30d"),
        ("2w", 1_209_600, "14d"),
        ("1h30m", 5_400, "1h 30m"),
        ("1h 30m", 5_400, "1h 30m"),
        ("0m", 0, "0m"),
        ("0s", 0, "0m"),
        ("48h", 172_800, "2d"),
    ],
)
def test_read_and_shown(text: str, seconds: int, canonical: str) -> None:
    assert parse_duration(text) == Duration(seconds * SECOND)
    assert str(parse_duration(text)) == canonical
    assert FIELD.validate_python(text) == parse_duration(text)


def test_workdays() -> None:
    assert Duration.parse("1 workday") == Duration.parse("1 workdays") == Duration(0, 1)
    assert str(Duration.parse("1 workday")) == "1 workday"
    assert str(Duration.parse("2 workdays")) == "2 workdays"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4", "did you mean `4m`?"),
        ("4 hours", "did you mean `4h`?"),
        ("2 Days", "did you mean `2d`?"),
        ("3 business days", "did you mean `3 workdays`?"),
        ("soon", "write a number and a unit"),
        ("-4h", "is not a duration"),
        ("1.5h", "is not a duration"),
        ("30m1h", "is not a duration"),
        (" 4h", "is not a duration"),
        ("4h\n", "is not a duration"),
        ("", "is not a duration"),
        ("201000w", "longer than 200 years"),
        ("9" * 5000 + "h", "longer than 200 years"),
        ("73001 workdays", "longer than 200 years"),
    ],
)
def test_refused(text: str, said: str) -> None:
    with pytest.raises(DurationError, match=re.escape(said)) as raised:
        Duration.parse(text)
    assert f"`{text}`" in str(raised.value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (4, "`4` has no unit"),
        (1.5, "`1.5` has no unit"),
        (True, "`true` is not a duration"),
        (None, "nothing is not a duration"),
        ([1], "a list is not a duration"),
        ({}, "a mapping is not a duration"),
        ("{4}", "`{4}` is not a duration"),
        (timedelta(seconds=-1), "cannot be negative"),
    ],
)
def test_refused_as_a_field(value: object, said: str) -> None:
    with pytest.raises(ValidationError) as raised:
        FIELD.validate_python(value)
    (error,) = raised.value.errors()
    assert error["type"] == "duration"
    assert said in error["msg"]


def test_values_that_make_no_sense() -> None:
    for us, workdays in ((-1, 0), (0, -1), (1, 1), (10**18, 0)):
        with pytest.raises(DurationError):
            Duration(us, workdays)


@given(st.integers(0, 200 * 365 * 86_400))
def test_what_is_shown_reads_the_same(seconds: int) -> None:
    duration = Duration(seconds * SECOND)
    assert Duration.parse(str(duration)) == duration
    assert FIELD.validate_json(FIELD.dump_json(duration)) == duration
    assert duration.timedelta == timedelta(seconds=seconds)


@given(st.text("0123456789wdhms orkay", max_size=9))
def test_the_schema_allows_what_is_read(text: str) -> None:
    try:
        Duration.parse(text)
    except DurationError as error:
        readable = "longer than" in str(error)
    else:
        readable = True
    assert bool(re.search(DURATION_PATTERN, text)) == readable
    assert FIELD.json_schema()["pattern"] == DURATION_PATTERN
