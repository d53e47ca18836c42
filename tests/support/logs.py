"""Where the public logs are, the readers that turn them into tickets, and their policies.

The logs are not part of the project. `ESCALATE_DATA` names their folder; without it they
are looked for beside the checkout. Where they are absent the tests are skipped, but not in
continuous integration.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from escalate import Decision, Engine, load_policy
from escalate.policy.loader import read_text
from escalate.policy.source import read_source

__all__ = [
    "EXAMPLES",
    "counting",
    "engine_of",
    "log",
    "probe",
    "ran",
    "raw_tickets",
    "reader",
    "rows_of",
    "ticking",
    "told",
]

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
READERS = EXAMPLES / "logs"


def log(name: str) -> Path:
    """The path of a log, by folder and file."""
    given = os.environ.get("ESCALATE_DATA")
    path = (Path(given) if given else ROOT.parent / "shared" / "data") / name
    if not path.exists():
        said = f"{name} is not there; set ESCALATE_DATA to the folder that holds it"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    return path


def reader(name: str) -> ModuleType:
    """A script of `examples/logs` as a module; it finds its neighbours as a script does."""
    if str(READERS) not in sys.path:
        sys.path.insert(0, str(READERS))
    return importlib.import_module(name)


@cache
def rows_of(name: str, case: str) -> dict[str, list[dict[str, str]]]:
    """The rows of each case of a log, as they are written."""
    found: dict[str, list[dict[str, str]]] = {}
    with gzip.open(log(name), "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row[case], []).append(row)
    return found


@cache
def raw_tickets(script: str, name: str) -> tuple[dict[str, Any], ...]:
    """All tickets that a reader makes of a log; nobody may change them."""
    return tuple(reader(script).tickets(log(name)))


@cache
def engine_of(example: str) -> Engine:
    """The engine of a policy of `examples`, by folder and name."""
    return Engine(load_policy(_path(example)))


def probe(example: str, **sections: Any) -> Engine:
    """The engine of the same policy with other sections, such as triggers that only tell what
    they see."""
    data = read_source(_path(example).read_text(encoding="utf-8"), "probe").data
    assert isinstance(data, dict)
    read = read_text(json.dumps({**data, **sections}), "probe")
    assert read.policy is not None, read.diagnostics
    return Engine(read.policy)


def counting(fact: str, most: int) -> list[dict[str, Any]]:
    """Triggers of which as many hold as the fact counts, up to ``most``."""
    numbers = range(1, most + 1)
    return [{"id": f"{fact}-{n}", "for": "any", "when": {fact: {"gte": n}}} for n in numbers]


def ticking(example: str, name: str) -> Engine:
    """The engine of the same policy with one clock, which runs day and night while the ticket
    is active and does not wait, and without triggers."""
    clock = {"from": "created", "until": "resolved", "paused": "waiting", "target": "9999d"}
    return probe(example, clocks={name: clock | {"calendar": "always"}}, triggers=[])


def ran(phases: Sequence[tuple[datetime, str]], now: datetime) -> timedelta:
    """How long such a clock has run, by the phases of a ticket and when they began."""
    spans = pairwise([*phases, (now, "")])
    return sum((b - a for (a, phase), (b, _) in spans if phase == "open"), timedelta())


def told(decision: Decision) -> set[str]:
    """The triggers that fired; missed deadlines are not among them."""
    return {fired.trigger for fired in decision.fired if not fired.trigger.startswith("deadline:")}


def _path(example: str) -> Path:
    return EXAMPLES / f"{example}.escalation.yaml"
