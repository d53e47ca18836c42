"""Working time over columns is the timeline's own, instant by instant."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from escalate import Calendar
from escalate.batch.working import Working
from escalate.worktime.timeline import NEVER

HOUR = 3_600_000_000
DAY = 24 * HOUR
BEGIN = 1_774_000_000_000_000  # in March 2026, shortly before clocks go on in Europe

CALENDARS: dict[str, dict[str, Any]] = {
    "office": {"hours": {"mon-fri": ["09:00-13:00", "14:00-18:00"], "sat": "10:00-14:00"}},
    "night": {"hours": {"sun-thu": "22:00-06:00"}},
    "early": {"hours": {"mon-sun": "00:00-24:00"}, "holidays": [{"date": "2026-03-31"}]},
    "jump": {"hours": {"sun": "02:30-03:30", "mon": "00:00-04:00"}},
    "holidays": {
        "hours": {"mon-fri": "09:00-18:00"},
        "holidays": [
            {"from": "2026-03-28", "to": "2026-04-03"},
            {"date": "2026-04-07", "hours": "10:00-12:00"},
        ],
    },
}
ZONES = ["UTC", "Europe/Chisinau", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"]


def timelines() -> list[tuple[str, str]]:
    return [(name, zone) for name in CALENDARS for zone in ZONES]


@pytest.mark.parametrize(("name", "zone"), timelines())
def test_the_same_as_one_by_one(name: str, zone: str) -> None:
    timeline = Calendar(timezone=zone, **CALENDARS[name]).timeline(zone)
    working, random = Working(timeline), Random(f"{name}{zone}")
    edges = [edge + d for pair in timeline.intervals(BEGIN, BEGIN + 30 * DAY) for edge in pair
             for d in (-1, 0, 1)]  # fmt: skip
    us = np.array([*edges, *(BEGIN + random.randrange(0, 240 * DAY) for _ in range(400))], np.int64)
    ask = [int(one) for one in us]
    positions = working.position(us)
    assert positions.tolist() == [timeline.position(one) for one in ask]
    assert working.next_open(us).tolist() == [timeline.next_open(one) for one in ask]
    shifted = positions + np.array([random.choice([0, 1, HOUR, 99 * HOUR]) for _ in ask])
    assert working.instant(shifted).tolist() == [timeline.instant(int(one)) for one in shifted]
    for amount in (0, 1, 4 * HOUR, 100 * HOUR):
        assert working.add(us, amount).tolist() == [timeline.add(one, amount) for one in ask]
    amounts = np.array([random.choice([0, 1, HOUR]) for _ in ask])
    each = zip(ask, amounts.tolist(), strict=True)
    assert working.add(us, amounts).tolist() == [timeline.add(one, a) for one, a in each]
    for count in (0, 1, 2, 5):
        found = working.add_workdays(us, count).tolist()
        assert found == [timeline.add_workdays(one, count) for one in ask]


def test_the_ends_of_the_years() -> None:
    timeline = Calendar(timezone="UTC", hours={"mon-fri": "09:00-18:00"}).timeline("UTC")
    us = np.array([0, 1, DAY, 7_258_000_000_000_000, 7_258_118_399_999_999], np.int64)
    working, ask = Working(timeline), us.tolist()
    assert working.position(us).tolist() == [timeline.position(one) for one in ask]
    assert working.next_open(us).tolist() == [timeline.next_open(one) for one in ask]
    for amount in (0, 100 * HOUR):
        assert working.add(us, amount).tolist() == [timeline.add(one, amount) for one in ask]
    assert working.add_workdays(us, 30).tolist() == [timeline.add_workdays(one, 30) for one in ask]
    assert working.add(us, 9 * HOUR)[-1] == NEVER


def test_always() -> None:
    timeline = Calendar.always().timeline("UTC")
    us = np.array([BEGIN, BEGIN + 1], np.int64)
    working = Working(timeline)
    assert working.position(us).tolist() == us.tolist()
    assert working.add(us, HOUR).tolist() == (us + HOUR).tolist()
    late = np.array([BEGIN, NEVER - 5], np.int64)
    assert working.instant(late).tolist() == [timeline.instant(int(one)) for one in late]
    assert working.instant(np.empty(0, np.int64)).tolist() == []
