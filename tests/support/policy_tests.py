"""Test files of policies as plain data, and mutations of them."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from escalate.policy.source import read_source
from support.policy_data import EXAMPLES, POOL, places

__all__ = ["mutated"]


def small(data: dict[str, Any]) -> dict[str, Any]:
    """Some of the tests, so that a mutation meets something else than a story's middle."""
    return {**data, "tests": data["tests"][:4]}


DATA = [
    small(read_source(path.read_bytes(), path.name).data)
    for path in sorted(EXAMPLES.glob("*.test.yaml"))
]
WORDS = [
    "09:15",
    "+15m",
    "tue 09:00",
    "2026-11-10 09:15",
    "+1d 09:00",
    "none",
    "hold",
    "L9",
    "25:00",
]
VALUES = st.sampled_from([*POOL, *WORDS, {"only": []}, {"only": "a"}, {"level": "L1"}, {"not": {}}])
KEYS = ("expect", "story", "at", "not", "only", "level", "events", "says", "a b")


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    data = copy.deepcopy(draw(st.sampled_from(DATA)))
    for _ in range(draw(st.integers(1, 2))):
        way = draw(st.sampled_from([p for p in places(data) if p]))
        here: Any = data
        for part in way[:-1]:
            here = here[part]
        kind = draw(st.sampled_from(["value", "gone", "key"]))
        if kind == "value":
            here[way[-1]] = copy.deepcopy(draw(VALUES))
        elif kind == "gone":
            del here[way[-1]]
        elif isinstance(here, dict):
            here[draw(st.sampled_from(KEYS))] = copy.deepcopy(draw(VALUES))
    return data
