"""What is answered in datetimes is what the integers say, near changes of the clocks too."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.worktime import Calendar, OutOfYearsError, from_us, to_us
from escalate.worktime.door import MOST_YEARS, PATIENCE

DAY = 86_400_000_000
US = timedelta(microseconds=1)
HOURS = {
    "office": {"mon-fri": ["09:00-13:00", "14:00-18:00"], "sat": "10:00-14:00"},
    "nights": {"mon-sun": "22:00-06:00"},
    "early": {"sun": ["00:00-01:30", "02:15-02:45", "03:00-04:00"]},
    "round": {"mon-sun": "00:00-24:00"},
    "rarely": {"wed": "23:45-00:15"},
    "always": "always",
}
ZONES = {
    "Europe/Chisinau": "2026-03-29",
    "America/Sao_Paulo": "2018-11-04",
    "America/Havana": "2026-11-01",
    "Australia/Lord_Howe": "2026-04-05",
    "Pacific/Apia": "2011-12-30",
    "Africa/Casablanca": "2026-02-15",
    "Antarctica/Troll": "2026-10-25",
    "UTC": "2026-01-01",
}
CALENDARS = {
    (hours, zone): Calendar.model_validate(
        {
            "timezone": zone,
            "hours": written,
            "holidays": [] if written == "always" else [{"date": "12-25"}, {"easter": "western"}],
        }
    )
    for hours, written in HOURS.items()
    for zone in ZONES
}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Calendar, datetime, datetime]:
    name, zone = draw(st.sampled_from(sorted(CALENDARS)))
    change = to_us(datetime.fromisoformat(ZONES[zone]).replace(tzinfo=UTC))
    near = st.integers(change - 3 * DAY, change + 3 * DAY)
    wide = st.integers(change - 900 * DAY, change + 900 * DAY)
    seen = st.sampled_from(
        [UTC, ZoneInfo(zone), ZoneInfo("Asia/Kathmandu"), timezone(timedelta(hours=-7, minutes=-1))]
    )
    minute = 60_000_000
    one, other = (
        from_us(draw(near | wide) // minute * minute + draw(st.sampled_from([-1, 0, 1])), tz)
        for tz in (draw(seen), draw(seen))
    )
    return CALENDARS[name, zone], one, other


@settings(deadline=None, max_examples=500)
@given(cases(), st.integers(-40 * 24 * 60, 40 * 24 * 60), st.integers(-1, 1))
def test_datetimes_and_integers_agree(
    case: tuple[Calendar, datetime, datetime], minutes: int, more: int
) -> None:
    calendar, one, other = case
    line, span = calendar.timeline(), timedelta(minutes=minutes, microseconds=more)
    assert calendar.between(one, other) // US == line.between(to_us(one), to_us(other))
    due = calendar.add(one, span)
    assert to_us(due) == line.add(to_us(one), span // US)
    assert due.tzinfo is ZoneInfo(calendar.timezone or "UTC")
    assert due == from_us(to_us(due), due.tzinfo)  # the clocks do show that


@settings(deadline=None, max_examples=300)
@given(cases(), st.integers(0, 40 * 24 * 60))
def test_what_was_added_lies_between(
    case: tuple[Calendar, datetime, datetime], minutes: int
) -> None:
    calendar, start, other = case
    span = timedelta(minutes=minutes)
    due = calendar.add(start, span)
    assert calendar.between(start, due) == span
    assert calendar.between(start, other) == -calendar.between(other, start)
    assert calendar.between(start, due) + calendar.between(due, other) == calendar.between(
        start, other
    )
    assert calendar.add(due, span) == calendar.add(start, 2 * span) or not span
    if span:
        assert to_us(calendar.add(due, -span)) == to_us(calendar.next_open(start))


def test_times_that_are_skipped_or_repeated_are_read_as_python_reads_them() -> None:
    calendar = CALENDARS["early", "Europe/Chisinau"]
    zone = ZoneInfo("Europe/Chisinau")
    for day in ("2026-03-29", "2026-10-25"):
        for minute in range(0, 6 * 60, 5):
            for fold in (0, 1):
                wall = datetime.fromisoformat(day) + timedelta(minutes=minute)
                at = wall.replace(tzinfo=zone, fold=fold)
                same = from_us(to_us(at))
                later = at + timedelta(days=2)
                assert calendar.between(at, later) == calendar.between(same, later)
                assert calendar.add(at, timedelta(hours=1)) == calendar.add(
                    same, timedelta(hours=1)
                )


def test_years_far_apart_are_answered_and_not_all_kept() -> None:
    calendar = Calendar.model_validate({"hours": {"mon-fri": "09:00-17:00"}})
    line, hour = calendar.timeline(), timedelta(hours=1)
    years = [*range(1971, 2199, 3), *range(2198, 1971, -5)]
    for year in years:
        at = datetime(year, 6, 1, 12, tzinfo=UTC)
        assert to_us(calendar.add(at, hour)) == line.add(to_us(at), hour // US)
        assert calendar.between(at, datetime(2026, 1, 1, tzinfo=UTC)) // US == line.between(
            to_us(at), to_us(datetime(2026, 1, 1, tzinfo=UTC))
        )
        assert len(calendar._door._years) <= MOST_YEARS
    at = datetime(2150, 6, 1, 12, tzinfo=UTC)
    for _ in range(PATIENCE):
        calendar.add(at, hour)
    assert 2150 in calendar._door._years


def test_threads_may_share_one() -> None:
    zone = ZoneInfo("Europe/Chisinau")
    written = {"timezone": zone.key, "hours": HOURS["office"], "holidays": [{"date": "12-25"}]}
    random = Random(3)
    starts = [
        datetime(random.randint(2015, 2035), random.randint(1, 12), 5, 10, tzinfo=random.choice(tz))
        for tz in [(UTC, zone)] * 300
    ]
    expected = Calendar.model_validate(written)
    spans = [timedelta(hours=random.randint(1, 5000)) for _ in starts]
    known = [expected.add(at, span) for at, span in zip(starts, spans, strict=True)]
    for _ in range(3):
        calendar = Calendar.model_validate(written)

        def answers(shift: int, calendar: Calendar = calendar) -> list[bool]:
            order = [*range(shift, len(starts)), *range(shift)]
            return [
                calendar.add(starts[i], spans[i]) == known[i]
                and calendar.between(starts[i], known[i]) == spans[i]
                for i in order
            ]

        with ThreadPoolExecutor(8) as pool:
            assert all(all(found) for found in pool.map(answers, range(0, 300, 37)))


def test_copies_answer_for_themselves() -> None:
    start, hour = datetime(2026, 12, 24, 16, tzinfo=UTC), timedelta(hours=3)
    calendar = CALENDARS["office", "UTC"]
    due = calendar.add(start, hour)
    for other in (
        copy.copy(calendar),
        copy.deepcopy(calendar),
        pickle.loads(pickle.dumps(calendar)),
        calendar.model_copy(deep=True),
    ):
        assert other == calendar
        assert other.add(start, hour) == due
    later = calendar.model_copy(update={"holidays": ()})
    assert later.add(start, hour) != due


def test_what_is_no_instant_is_told() -> None:
    calendar = CALENDARS["office", "UTC"]
    aware, hour = datetime(2026, 1, 5, tzinfo=UTC), timedelta(hours=1)
    naive = datetime(2026, 1, 5)  # noqa: DTZ001 - that is what is asked
    for ask in (
        lambda: calendar.add(naive, hour),
        lambda: calendar.between(aware, naive),
        lambda: calendar.between(naive, aware),
        lambda: calendar.next_open(naive),
        lambda: CALENDARS["always", "UTC"].add(naive, hour),
    ):
        with pytest.raises(ValueError, match="has no offset from UTC; give it a time zone"):
            ask()
    with pytest.raises(TypeError, match="an instant is an aware datetime, not `2026-01-05`"):
        calendar.add("2026-01-05", hour)  # type: ignore[arg-type]
    for one in (calendar, CALENDARS["always", "UTC"]):
        for wrong in (8, 1.5, None, "2h"):
            with pytest.raises(TypeError, match=f"a duration is a timedelta, not `{wrong}`"):
                one.add(aware, wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"counted in whole numbers, not `1\.5`"):
        calendar.add_workdays(aware, 1.5)  # type: ignore[arg-type]
    for span in (timedelta.max, timedelta.min, timedelta(days=365 * 250)):
        with pytest.raises(OutOfYearsError, match="does not lie between 1970 and 2199"):
            calendar.add(aware, span)
