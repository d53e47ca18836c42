"""Every public log comes to the same in all three forms, ticket by ticket: in columns, by the
scalar engine, and by the slow evaluator. What lay in the future of an instant is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import pytest

from support.forms import compare_forms
from support.logs import engine_of, log, raw_tickets, reader

FEW = 80
MANY = 10_000
"""So many tickets are read one after the other, and not kept."""


class Log(NamedTuple):
    """A file, its reader and its policy; when it is asked."""

    file: str
    reader: str
    policy: str
    instants: tuple[str, ...]
    cases: int
    step: int = 1
    """Of few tickets, each is so far from the one before."""

    def tickets(self) -> Iterator[dict[str, Any]]:
        if self.cases < MANY:
            return iter(raw_tickets(self.reader, self.file))
        return reader(self.reader).tickets(log(self.file))


VOLVO = (
    "2012-04-10T10:00:00+02:00",
    "2012-05-03T14:30:00+02:00",
    "2012-05-11T09:00:00+02:00",
    "2013-01-01T00:00:00+01:00",
)
LOGS = {
    "servicenow": Log(
        "uci_servicenow_incidents/incident_event_log.csv.gz",
        "servicenow",
        "policies/it-incidents",
        ("2016-03-10T10:00:00Z", "2016-04-20T10:00:00Z", "2018-01-01T00:00:00Z"),
        12_400,
        15,
    ),
    "boston-2011": Log(
        "boston_311/boston_311_2011.csv.gz",
        "boston311",
        "logs/boston-311",
        ("2011-09-01T12:00:00-04:00", "2016-01-13T12:00:00-05:00"),
        29_153,
    ),
    "boston-2015": Log(
        "boston_311/boston_311_2015.csv.gz",
        "boston311",
        "logs/boston-311",
        ("2015-07-01T12:00:00-04:00", "2016-01-13T12:00:00-05:00"),
        60_359,
    ),
    "volvo-incidents": Log(
        "bpi2013_volvo_incidents/incidents.csv.gz", "volvo", "logs/volvo", VOLVO, 3_849, 40
    ),
    "volvo-problems": Log(
        "bpi2013_volvo_incidents/closed_problems.csv.gz", "volvo", "logs/volvo", VOLVO, 765, 9
    ),
    "helpdesk": Log(
        "italian_helpdesk/helpdesk.csv.gz",
        "helpdesk",
        "logs/helpdesk",
        (
            "2010-09-15T11:00:00+02:00",
            "2012-06-01T10:00:00+02:00",
            "2013-03-31T03:30:00+02:00",
            "2014-02-01T09:00:00+01:00",
        ),
        2_257,
        25,
    ),
    "hadoop": Log(
        "apache_hadoop_jira/hadoop_issues.csv.gz",
        "hadoop",
        "logs/hadoop",
        ("2020-06-01T00:00:00Z", "2022-01-31T12:00:00Z", "2024-12-31T00:00:00Z"),
        1_231,
        15,
    ),
    "zendesk-tables": Log(
        "zendesk_sla_seed",
        "zendesk_tables",
        "logs/zendesk-tables",
        ("2020-08-29T01:00:00Z", "2020-10-16T02:00:00Z", "2020-11-03T02:00:00Z"),
        10,
    ),
    "payloads": Log(
        "payloads",
        "payloads",
        "logs/payloads",
        ("2016-05-18T23:40:00Z", "2022-11-25T16:00:00Z", "2024-03-08T17:45:00Z"),
        176,
    ),
}


@pytest.mark.parametrize("name", LOGS)
def test_some_tickets(name: str) -> None:
    one = LOGS[name]
    some = islice(one.tickets(), 0, FEW * one.step, one.step)
    seen = compare_forms(engine_of(one.policy), some, one.instants, every=True)
    assert seen["decisions"] == min(FEW, one.cases) * len(one.instants)
    assert seen["columns"] == seen["decisions"]


@pytest.mark.slow
@pytest.mark.parametrize("name", LOGS)
def test_all_tickets(name: str) -> None:
    one = LOGS[name]
    seen = compare_forms(engine_of(one.policy), one.tickets(), one.instants, every=False)
    assert seen["decisions"] == one.cases
    assert seen["columns"] > 0.99 * seen["decisions"]
