"""Boston's own verdict on ninety thousand cases is the engine's.

Each case carries the instant by which it should be closed, and the city says ONTIME or
OVERDUE. A clock whose target is that instant must come to the same. Left out is only what
has no verdict: cases without a target have nothing to be late for, and a few rows are blank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import ModuleType

import pytest

from escalate import Decision, Engine, apply, load_policy

POLICY = Path(__file__).parents[2] / "examples" / "logs" / "boston-311.escalation.yaml"
FILES = {2011: "boston_311/boston_311_2011.csv.gz", 2015: "boston_311/boston_311_2015.csv.gz"}
AS_OF = {2011: datetime(2023, 12, 31), 2015: datetime(2016, 1, 13)}  # noqa: DTZ001 - Boston's
"""When each file was made; cases still open are judged as of then."""

VERDICT = {"met": "ONTIME", "running": "ONTIME", "breached": "OVERDUE"}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_policy(POLICY))


def compare(
    engine: Engine, boston: ModuleType, path: Path, year: int, limit: int | None = None
) -> Counter[str]:
    """Every row against the engine; how many there were of each kind."""
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    now = boston.instant(AS_OF[year])
    for row in islice(boston.rows(path), limit):
        decision = engine.decide(boston.ticket(row), now=now)
        state = decision.clocks["service"].state
        counted["cases"] += 1
        if not row["target_dt"]:
            counted["no target"] += 1
            if state != "unknown":
                wrong.append(f"{row['case_enquiry_id']}: {state} without a target")
            continue
        counted[state] += 1
        if not row["ontime"]:
            counted["no verdict"] += 1
            continue
        counted["compared"] += 1
        if VERDICT.get(state) != row["ontime"]:
            wrong.append(f"{row['case_enquiry_id']}: {state}, but {row['ontime']}")
        if not row["closed_dt"]:
            counted["open"] += 1
            wrong += open_case(decision, state)
        elif boston.wall_clock(row["closed_dt"]) < boston.wall_clock(row["open_dt"]):
            # It counts as closed at its creation, and the decision says so.
            counted["closed before opened"] += 1
            if "ESC931" not in {warned.code for warned in decision.warnings}:
                wrong.append(f"{row['case_enquiry_id']}: closed before opened, without a word")
    assert wrong == [], f"{len(wrong)} of {counted['cases']}: {wrong[:10]}"
    return counted


def open_case(decision: Decision, state: str) -> list[str]:
    """An overdue case goes to the hotline, another to its department."""
    level = "hotline" if state == "breached" else "department"
    fired = ["overdue"] if state == "breached" else []
    if decision.to.level == level and [f.trigger for f in decision.fired] == fired:
        return []
    return [f"{decision.ticket}: {state}, {decision.step} to {decision.to.level}"]


@pytest.mark.parametrize("year", [2011, 2015])
def test_first_cases(
    engine: Engine, boston: ModuleType, log: Callable[[str], Path], year: int
) -> None:
    counted = compare(engine, boston, log(FILES[year]), year, limit=3000)
    assert counted["compared"] > 1500


@pytest.mark.slow
@pytest.mark.parametrize(
    ("year", "compared", "still_open", "blank", "before"),
    [
        (2011, 17820 + 4013 + 1751, 1751, 80, 0),
        (2015, 29941 + 9411 + 5623 + 1790, 5623 + 1790, 48 + 33, 28),
    ],
)
def test_whole_year(
    engine: Engine,
    boston: ModuleType,
    log: Callable[[str], Path],
    year: int,
    compared: int,
    still_open: int,
    blank: int,
    before: int,
) -> None:
    counted = compare(engine, boston, log(FILES[year]), year)
    assert counted["compared"] == compared
    assert counted["open"] == still_open
    assert counted["no verdict"] == blank
    assert counted["closed before opened"] == before


@pytest.mark.slow
def test_targets_before_opening(
    engine: Engine, boston: ModuleType, log: Callable[[str], Path]
) -> None:
    """A case that is due before it is opened is late from its first moment."""
    early = [
        row
        for year in FILES
        for row in boston.rows(log(FILES[year]))
        if row["target_dt"]
        and boston.wall_clock(row["target_dt"]) < boston.wall_clock(row["open_dt"])
    ]
    for row in early:
        raw = boston.ticket(row)
        decision = engine.decide({**raw, "status": "open", "events": []}, now=raw["created_at"])
        assert decision.clocks["service"].state == "breached"


def test_sleeps_until_the_due_instant(
    engine: Engine, boston: ModuleType, log: Callable[[str], Path]
) -> None:
    """A case is looked at again when it is due, or before."""
    looked = 0
    for row in islice(boston.rows(log(FILES[2015])), 300):
        raw = boston.ticket(row)
        if "due_at" not in raw or raw["due_at"] <= raw["created_at"]:
            continue
        opened = datetime.fromisoformat(raw["created_at"])
        due = datetime.fromisoformat(raw["due_at"])
        ticket = engine.ticket({**raw, "status": "open", "events": []})
        entered = apply(ticket, engine.decide(ticket, now=opened))
        hold = engine.decide(entered, now=opened)
        assert hold.step == "hold"
        assert hold.next_check_at is not None
        assert opened < hold.next_check_at <= due
        assert engine.decide(entered, now=due).clocks["service"].state == "breached"
        looked += 1
    assert looked > 150
