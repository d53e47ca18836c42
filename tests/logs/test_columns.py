"""Real logs come to the same in columns and by the scalar engine, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from escalate import Desk, Policy, load_policy
from escalate.batch import flatten
from support.columns import Sides, unlike

EXAMPLES = Path(__file__).parents[2] / "examples"
INCIDENTS = EXAMPLES / "policies" / "it-incidents.escalation.yaml"
BOSTON = EXAMPLES / "logs" / "boston-311.escalation.yaml"
FEW, ROWS = 600, 5_000


def compare(policy: Policy, tickets: Iterable[dict[str, Any]], *instants: str) -> int:
    """Every ticket at every instant; answers how many rows were decided in columns."""
    sides, columns, tickets = Sides(policy), 0, iter(tickets)
    while some := list(islice(tickets, ROWS)):
        table = flatten(some, policy)
        for now in instants:
            lines, count = sides.unlike(table, datetime.fromisoformat(now), Desk())
            assert not lines, f"{now}\n{unlike(lines)}"
            columns += count
    return columns


def test_some_incidents(servicenow: ModuleType, log: Callable[[str], Path]) -> None:
    path = log("uci_servicenow_incidents/incident_event_log.csv.gz")
    tickets = islice(servicenow.tickets(path), FEW)
    compare(load_policy(INCIDENTS), tickets, "2016-03-10T10:00:00Z", "2018-01-01T00:00:00Z")


def test_some_requests(boston: ModuleType, log: Callable[[str], Path]) -> None:
    tickets = islice(boston.tickets(log("boston_311/boston_311_2015.csv.gz")), FEW)
    compare(load_policy(BOSTON), tickets, "2016-01-13T12:00:00-05:00")


@pytest.mark.slow
def test_all_incidents(servicenow: ModuleType, log: Callable[[str], Path]) -> None:
    path = log("uci_servicenow_incidents/incident_event_log.csv.gz")
    instants = ("2016-04-20T10:00:00Z", "2018-01-01T00:00:00Z")
    compare(load_policy(INCIDENTS), servicenow.tickets(path), *instants)


@pytest.mark.slow
@pytest.mark.parametrize("year", [2011, 2015])
def test_all_requests(boston: ModuleType, log: Callable[[str], Path], year: int) -> None:
    path = log(f"boston_311/boston_311_{year}.csv.gz")
    compare(load_policy(BOSTON), boston.tickets(path), "2016-01-13T12:00:00-05:00")
