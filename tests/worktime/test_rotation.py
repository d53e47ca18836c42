"""Turns, hand-overs, layers, overrides and swaps, by hand."""

# ruff: noqa: DTZ001 - a clock on the wall has no zone

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from escalate.worktime import Calendar, Layer, Override, Rotation, Swap, from_us, wall_to_us

ZONE = "Europe/Chisinau"
BERLIN = "Europe/Berlin"


def at(text: str, zone: str = ZONE) -> datetime:
    return from_us(wall_to_us(datetime.fromisoformat(text), zone), zone)


def shifts(rotation: Rotation, start: str, end: str, offset: int = 0) -> list[tuple[Any, str, str]]:
    """Shifts as text: who, from and until by the local clock."""
    zone = rotation.zone
    return [
        (who, str(a.replace(tzinfo=None))[:16], str(b.replace(tzinfo=None))[:16])
        for who, a, b in rotation.shifts(at(start, zone), at(end, zone), offset)
    ]


def simple(*members: str, zone: str = ZONE, overrides: Any = (), **more: Any) -> Rotation:
    return Rotation((Layer(members, **more),), zone, tuple(overrides))


WEEKLY = simple(
    "olga",
    "dan",
    "irina",
    starts=date(2026, 1, 5),
    days=7,
    at=time(9),
    weekday=0,
    overrides=[Override("dan", datetime(2026, 12, 24, 9), datetime(2026, 12, 26, 9))],
)


@pytest.mark.parametrize(
    ("instant", "line", "changes", "why"),
    [
        ("2026-01-05T08:59:59", (), "2026-01-05T09:00", "nobody before the start"),
        ("2026-01-05T09:00", ("olga", "dan", "irina"), "2026-01-12T09:00", "a first whole turn"),
        ("2026-01-12T08:59", ("olga", "dan", "irina"), "2026-01-12T09:00", "until its last minute"),
        ("2026-01-12T09:00", ("dan", "irina", "olga"), "2026-01-19T09:00", "the next turn"),
        ("2026-01-26T09:00", ("olga", "dan", "irina"), "2026-02-02T09:00", "round again"),
        ("2026-03-30T08:59", ("irina", "olga", "dan"), "2026-03-30T09:00", "by the wall clock"),
        ("2026-12-23T12:00", ("irina", "olga", "dan"), "2026-12-24T09:00", "until the override"),
        ("2026-12-24T09:00", ("dan", "irina", "olga"), "2026-12-26T09:00", "out of turn"),
        ("2026-12-26T09:00", ("irina", "olga", "dan"), "2026-12-28T09:00", "and back"),
    ],
)
def test_weekly(instant: str, line: tuple[str, ...], changes: str, why: str) -> None:
    assert WEEKLY.in_turn(at(instant)) == line, why
    assert WEEKLY.on_duty(at(instant)) == (line[0] if line else None)
    assert WEEKLY.next_change(at(instant), at("2027-06-01")) == at(changes)


def test_a_start_between_two_hand_overs_is_a_short_turn() -> None:
    rotation = simple("a", "b", starts=date(2026, 1, 7), days=14, at=time(9), weekday=0)
    assert shifts(rotation, "2026-01-07T09:00", "2026-02-03") == [
        ("a", "2026-01-07 09:00", "2026-01-19 09:00"),
        ("b", "2026-01-19 09:00", "2026-02-02 09:00"),
        ("a", "2026-02-02 09:00", "2026-02-03 00:00"),
    ]


def test_every_day_from_an_instant() -> None:
    rotation = simple("a", "b", starts=datetime(2026, 1, 5, 15), days=1, at=time(8))
    assert shifts(rotation, "2026-01-05T14:59", "2026-01-07T09:00") == [
        (None, "2026-01-05 14:59", "2026-01-05 15:00"),
        ("a", "2026-01-05 15:00", "2026-01-06 08:00"),
        ("b", "2026-01-06 08:00", "2026-01-07 08:00"),
        ("a", "2026-01-07 08:00", "2026-01-07 09:00"),
    ]


def test_a_hand_over_that_the_clocks_jump_over_and_a_shift_that_they_shorten() -> None:
    rotation = simple("a", "b", zone=BERLIN, starts=date(2026, 3, 27), days=1, at=time(2, 30))
    seen = rotation.shifts(at("2026-03-28T02:30", BERLIN), at("2026-03-31T02:30", BERLIN))
    hours = [(who, (end - start) / timedelta(hours=1)) for who, start, end in in_utc(seen)]
    # To the jump at 02:00, which is 03:00; from there to the usual time of the next day.
    assert hours == [("b", 23.5), ("a", 23.5), ("b", 24.0)]
    assert seen[1].start == at("2026-03-29T03:00", BERLIN)


def test_a_hand_over_that_comes_twice_is_at_the_first() -> None:
    rotation = simple("a", "b", zone=BERLIN, starts=date(2026, 10, 24), days=1, at=time(2, 30))
    seen = rotation.shifts(at("2026-10-24T02:30", BERLIN), at("2026-10-26T02:30", BERLIN))
    assert [(end - start) / timedelta(hours=1) for _, start, end in in_utc(seen)] == [24, 25]


def in_utc(seen: Any) -> Any:
    from datetime import UTC

    return [(who, a.astimezone(UTC), b.astimezone(UTC)) for who, a, b in seen]


def test_hours_by_the_wall_keep_their_times_of_day() -> None:
    rotation = simple(
        "a", "b", "c", zone=BERLIN, starts=datetime(2026, 3, 28, 10), hours=8, at=time(6)
    )
    assert shifts(rotation, "2026-03-28T10:00", "2026-03-30T14:00") == [
        ("a", "2026-03-28 10:00", "2026-03-28 14:00"),
        ("b", "2026-03-28 14:00", "2026-03-28 22:00"),
        ("c", "2026-03-28 22:00", "2026-03-29 06:00"),  # an hour shorter
        ("a", "2026-03-29 06:00", "2026-03-29 14:00"),
        ("b", "2026-03-29 14:00", "2026-03-29 22:00"),
        ("c", "2026-03-29 22:00", "2026-03-30 06:00"),
        ("a", "2026-03-30 06:00", "2026-03-30 14:00"),
    ]


OFFICE = Calendar.model_validate({"hours": {"mon-fri": ["09:00-13:00", "14:00-17:00"]}})


def test_hours_of_a_calendar_are_its_working_hours() -> None:
    rotation = simple("a", "b", starts=date(2026, 1, 8), hours=3, calendar=OFFICE)
    assert shifts(rotation, "2026-01-08T09:00", "2026-01-12T12:00") == [
        ("a", "2026-01-08 09:00", "2026-01-08 12:00"),
        ("b", "2026-01-08 12:00", "2026-01-08 13:00"),
        (None, "2026-01-08 13:00", "2026-01-08 14:00"),
        ("b", "2026-01-08 14:00", "2026-01-08 16:00"),
        ("a", "2026-01-08 16:00", "2026-01-08 17:00"),
        (None, "2026-01-08 17:00", "2026-01-09 09:00"),
        ("a", "2026-01-09 09:00", "2026-01-09 11:00"),  # cut by closing time, it goes on
        ("b", "2026-01-09 11:00", "2026-01-09 13:00"),
        (None, "2026-01-09 13:00", "2026-01-09 14:00"),
        ("b", "2026-01-09 14:00", "2026-01-09 15:00"),
        ("a", "2026-01-09 15:00", "2026-01-09 17:00"),
        (None, "2026-01-09 17:00", "2026-01-12 09:00"),
        ("a", "2026-01-12 09:00", "2026-01-12 10:00"),
        ("b", "2026-01-12 10:00", "2026-01-12 12:00"),
    ]


NIGHTS = Calendar.model_validate({"hours": {"mon-sun": "22:00-06:00"}})
WEEKENDS = Calendar.model_validate({"hours": {"sat-sun": "00:00-24:00"}})
LAYERED = Rotation(
    (
        Layer(("nina", "noel"), date(2026, 1, 5), days=1, at=time(12), calendar=NIGHTS),
        Layer(("will",), date(2026, 1, 10), days=7, calendar=WEEKENDS),
        Layer(("a", "b"), date(2026, 1, 5), days=7, at=time(9), weekday=0),
    ),
    ZONE,
)


def test_the_upper_layer_wins_while_it_is_on() -> None:
    assert shifts(LAYERED, "2026-01-09T12:00", "2026-01-12T23:00") == [
        ("a", "2026-01-09 12:00", "2026-01-09 22:00"),
        ("nina", "2026-01-09 22:00", "2026-01-10 06:00"),
        ("will", "2026-01-10 06:00", "2026-01-10 22:00"),
        ("noel", "2026-01-10 22:00", "2026-01-11 06:00"),
        ("will", "2026-01-11 06:00", "2026-01-11 22:00"),
        ("nina", "2026-01-11 22:00", "2026-01-12 06:00"),
        ("a", "2026-01-12 06:00", "2026-01-12 09:00"),
        ("b", "2026-01-12 09:00", "2026-01-12 22:00"),
        ("noel", "2026-01-12 22:00", "2026-01-12 23:00"),
    ]
    assert LAYERED.in_turn(at("2026-01-10T23:00")) == ("noel", "nina", "will", "a", "b")


def test_who_is_away_is_passed_over_within_the_layer_and_then_below() -> None:
    roster = LAYERED.roster
    night = wall_to_us(datetime(2026, 1, 9, 23), ZONE)
    assert roster.on_duty(night) == "nina"
    assert roster.on_duty(night, away={"nina"}) == "noel"
    assert roster.on_duty(night, away={"nina", "noel"}) == "a"
    assert roster.on_duty(night, away={"nina", "noel", "a", "b"}) is None


def test_follow_the_sun() -> None:
    def layer(who: str, zone: str) -> Layer:
        day = Calendar.model_validate({"timezone": zone, "hours": {"mon-sun": "08:00-16:00"}})
        return Layer((who,), date(2026, 6, 1), days=1, calendar=day, zone=zone)

    names = {"kenji": "Asia/Tokyo", "ana": "Europe/Lisbon", "bob": "America/Los_Angeles"}
    rotation = Rotation(tuple(layer(*pair) for pair in names.items()), "UTC")
    assert shifts(rotation, "2026-06-02T00:00", "2026-06-03T00:00") == [
        ("kenji", "2026-06-02 00:00", "2026-06-02 07:00"),
        ("ana", "2026-06-02 07:00", "2026-06-02 15:00"),
        ("bob", "2026-06-02 15:00", "2026-06-02 23:00"),
        ("kenji", "2026-06-02 23:00", "2026-06-03 00:00"),
    ]
    # Tokyo knows no summer time: from the day on which Lisbon leaves it, an hour is nobody's.
    gap = (at("2026-10-25T07:00", "UTC"), at("2026-10-25T08:00", "UTC"))
    assert rotation.first_gap(at("2026-06-02", "UTC"), at("2027-06-02", "UTC")) == gap


def test_the_later_of_two_overrides_counts() -> None:
    one = Override("b", datetime(2026, 1, 6), datetime(2026, 1, 8))
    two = Override("stranger", datetime(2026, 1, 7), datetime(2026, 1, 9))
    rotation = simple("a", "b", starts=date(2026, 1, 5), days=7, overrides=[one, two])
    assert rotation.in_turn(at("2026-01-07T12:00")) == ("stranger", "b", "a")
    assert rotation.in_turn(at("2026-01-08T12:00")) == ("stranger", "a", "b")
    assert rotation.roster.members == ("a", "b", "stranger")


def test_a_swap_exchanges_turns_and_an_override_counts_before_it() -> None:
    swap = Swap("a", "c", datetime(2026, 1, 5), datetime(2026, 1, 8))
    stand_in = Override("b", datetime(2026, 1, 7, 12), datetime(2026, 1, 7, 18))
    rotation = simple("a", "b", "c", starts=date(2026, 1, 5), days=1, overrides=[stand_in, swap])
    assert shifts(rotation, "2026-01-05", "2026-01-11") == [
        ("c", "2026-01-05 00:00", "2026-01-06 00:00"),
        ("b", "2026-01-06 00:00", "2026-01-07 00:00"),
        ("a", "2026-01-07 00:00", "2026-01-07 12:00"),
        ("b", "2026-01-07 12:00", "2026-01-07 18:00"),
        ("a", "2026-01-07 18:00", "2026-01-09 00:00"),  # his own turn follows
        ("b", "2026-01-09 00:00", "2026-01-10 00:00"),
        ("c", "2026-01-10 00:00", "2026-01-11 00:00"),
    ]


def test_the_one_behind_is_never_the_one_on_duty() -> None:
    stand_in = Override("b", datetime(2026, 1, 5, 12), datetime(2026, 1, 5, 18))
    rotation = simple("a", "b", "c", starts=date(2026, 1, 5), days=1, overrides=[stand_in])
    noon, morning = at("2026-01-05T12:00"), at("2026-01-05T09:00")
    assert [rotation.on_duty(morning, n) for n in range(4)] == ["a", "b", "c", None]
    # He whom `b` relieves is not called; who comes after `b` is.
    assert [rotation.on_duty(noon, n) for n in range(2)] == ["b", "c"]
    roster, us = rotation.roster, wall_to_us(datetime(2026, 1, 5, 9), ZONE)
    assert [roster.on_duty(us, n, away={"a"}) for n in range(3)] == ["b", "c", None]
    assert [roster.on_duty(us, n, away={"b"}) for n in range(2)] == ["a", "c"]
    assert shifts(rotation, "2026-01-05", "2026-01-07", 1) == [
        ("b", "2026-01-05 00:00", "2026-01-05 12:00"),
        ("c", "2026-01-05 12:00", "2026-01-05 18:00"),
        ("b", "2026-01-05 18:00", "2026-01-06 00:00"),
        ("c", "2026-01-06 00:00", "2026-01-07 00:00"),
    ]


def test_a_rotation_of_one_never_changes() -> None:
    alone = simple("a", starts=date(2026, 1, 5), days=1)
    assert alone.next_change(at("2026-01-06"), at("2030-01-01")) is None
    assert shifts(alone, "2026-01-06", "2026-03-01") == [
        ("a", "2026-01-06 00:00", "2026-03-01 00:00")
    ]


def test_the_first_gap() -> None:
    nights = Layer(("n",), date(2026, 1, 5), days=1, calendar=NIGHTS)
    rotation = Rotation((nights,), ZONE)
    start, end = at("2026-01-05"), at("2027-01-05")
    assert Rotation((nights,), ZONE, calendar=NIGHTS).first_gap(start, end) is None
    assert rotation.first_gap(start, end) == (at("2026-01-05T06:00"), at("2026-01-05T22:00"))
    filled = Rotation(
        (nights,),
        ZONE,
        (Override("x", datetime(2026, 1, 5, 6), datetime(2026, 1, 5, 22)),),
    )
    assert filled.first_gap(start, end) == (at("2026-01-06T06:00"), at("2026-01-06T22:00"))
    late = simple("a", starts=date(2026, 2, 1), days=1)
    assert late.first_gap(start, end) == (start, at("2026-02-01"))
    assert late.first_gap(at("2026-02-01"), end) is None


def test_a_calendar_bounds_all_layers_but_no_override() -> None:
    ground = Layer(("a",), date(2026, 1, 5), days=1)
    called = Override("x", datetime(2026, 1, 5, 12), datetime(2026, 1, 5, 13))
    rotation = Rotation((ground,), ZONE, (called,), NIGHTS)
    assert shifts(rotation, "2026-01-05T05:00", "2026-01-05T23:00") == [
        ("a", "2026-01-05 05:00", "2026-01-05 06:00"),
        (None, "2026-01-05 06:00", "2026-01-05 12:00"),
        ("x", "2026-01-05 12:00", "2026-01-05 13:00"),
        (None, "2026-01-05 13:00", "2026-01-05 22:00"),
        ("a", "2026-01-05 22:00", "2026-01-05 23:00"),
    ]


@pytest.mark.parametrize(
    ("members", "more"),
    [
        ((), {"days": 7}),
        (("a",), {}),
        (("a",), {"days": 1, "hours": 1}),
        (("a",), {"hours": -1}),
        (("a",), {"days": 3, "weekday": 1}),
        (("a",), {"hours": 8, "weekday": 1}),
    ],
)
def test_what_makes_no_rotation(members: tuple[str, ...], more: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"rotation|turn"):
        Layer(members, date(2026, 1, 5), **more)
    with pytest.raises(ValueError, match="layer"):
        Rotation(())


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        WEEKLY.on_duty(datetime(2026, 1, 5))


def test_an_override_that_hides_hand_overs_hides_none_after_it() -> None:
    out_of_turn = Override("b", datetime(2026, 3, 1), datetime(2026, 3, 3, 1))
    rotation = simple(
        "a", "b", starts=datetime(2026, 3, 1), days=1, at=time(0, 30), overrides=[out_of_turn]
    )
    assert shifts(rotation, "2026-03-01", "2026-03-05") == [
        ("b", "2026-03-01 00:00", "2026-03-04 00:30"),
        ("a", "2026-03-04 00:30", "2026-03-05 00:00"),
    ]
