"""What names in conditions stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from escalate.policy.facts import Facts
from escalate.worktime import Timeline

__all__ = ["Names"]


@dataclass(frozen=True, slots=True)
class Names:
    """What names in conditions stand for."""

    facts: Facts
    clocks: Mapping[str, int]
    timelines: Mapping[str, Timeline]
    calendar: Timeline
    zone: str
