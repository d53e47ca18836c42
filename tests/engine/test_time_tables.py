"""The rules of "Time" as tables of expected instants: `tests/spec/time/clocks`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from escalate.desk import EMPTY
from support.slow import slow_decide
from support.slow_clocks import clock_state
from support.slow_history import us_of
from support.slow_world import World
from support.time_tables import Row, rows

ROWS = rows()
CLOCKS = [row for row in ROWS if row.deadline is None]
DEADLINES = [row for row in ROWS if row.deadline is not None]
KNOWN = [row for row in ROWS if row.name.startswith("known-errors")]
US = timedelta(microseconds=1)

KNOWN_ERRORS = {
    "a pause's off-hours counted twice",
    "a pause lost when the target changes",
    "two windows a day",
    "a pause wholly outside hours",
    "a reopening that breaches at once",
    "a daylight-saving change inside a pause",
    "due exactly at closing",
    "a customer's second message moving the deadline",
    "an automatic reply that stops the response clock",
    "a deadline that passes at night shown as breached by a paused calendar",
}
"""Of other help desks; each has a table of that title in `known-errors.yaml`."""


@pytest.mark.parametrize("row", CLOCKS, ids=str)
def test_the_engine(row: Row) -> None:
    state = row.engine.clocks(row.read(), now=row.now)["c"]
    seen = {
        "state": state.state,
        "cycle": state.cycle,
        "due": state.due_us,
        "elapsed": state.elapsed_us,
        "remaining": state.remaining_us,
        "overdue": state.overdue_us,
        "paused_by": state.paused_by,
        "outside": state.outside,
    }
    assert {name: seen[name] for name in row.expected} == row.expected, row.why


@pytest.mark.parametrize("row", CLOCKS, ids=str)
def test_the_slow_evaluator(row: Row) -> None:
    world = World(row.engine.policy, row.read(), EMPTY, row.now_us)
    state = clock_state(world, "c")
    said = {name: value for name, value in row.expected.items() if hasattr(state, name)}
    assert {name: getattr(state, name) for name in said} == said, row.why
    assert slow_decide(row.engine.policy, row.read(), EMPTY, row.now_us)


@pytest.mark.parametrize("row", DEADLINES, ids=str)
def test_deadlines_of_the_engine(row: Row) -> None:
    seen = row.engine.decide(row.read(), now=row.now).deadlines
    due = seen.get(row.deadline or "", "ended")
    assert due == row.expected["due"], row.why


@pytest.mark.parametrize("row", DEADLINES, ids=str)
def test_deadlines_of_the_slow_evaluator(row: Row) -> None:
    seen = slow_decide(row.engine.policy, row.read(), EMPTY, row.now_us)["deadlines"]
    assert seen.get(row.deadline, "ended") == row.expected["due"], row.why


@pytest.mark.parametrize("row", [row for row in ROWS if row.warns], ids=str)
def test_warnings_come_at_their_instant(row: Row) -> None:
    ticket = row.read()
    for point, instant in row.warns.items():
        key = f"warn:deadline:L1:1:{row.deadline}:{point}"
        later = [n for n, at in row.warns.items() if at == instant]
        for at, warned in ((instant - US, False), (instant, point == later[-1])):
            decision = row.engine.decide(ticket, now=at)
            assert (key in [action.key for action in decision.actions]) is warned, (point, at)
            slow = slow_decide(row.engine.policy, ticket, EMPTY, us_of(at))
            assert (key in [action["key"] for action in slow["actions"]]) is warned, (point, at)


def test_each_known_error_has_its_table_and_would_give_another_instant() -> None:
    named = {row.name.removeprefix("known-errors: ").rstrip("0123456789 ") for row in KNOWN}
    assert named >= KNOWN_ERRORS
    for row in KNOWN:
        if row.wrong is not None:
            assert us_of(row.wrong) != row.expected["due"], row.name


def test_each_row_says_something_and_why() -> None:
    for row in ROWS:
        assert row.expected or row.warns, row.name
        assert row.why, row.name
