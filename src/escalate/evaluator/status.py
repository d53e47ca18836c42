"""The desk's words for the four phases, and the moments that a change of status is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["ACTIVE", "DONE", "StatusTable", "moments_of"]

ACTIVE: Final = frozenset({"open", "waiting"})
DONE: Final = frozenset({"resolved", "closed"})


@dataclass(frozen=True, slots=True)
class StatusTable:
    """What each status of a policy means; an unknown one is open."""

    phases: Mapping[str, str]

    def phase(self, status: str) -> str:
        """The phase of a status."""
        return self.phases.get(status, "open")


def moments_of(was: str, phase: str) -> tuple[str, ...]:
    """The moments that passing from one phase to another is. Finer point 5."""
    if was in DONE:
        if phase == "closed" and was != "closed":
            return ("status", "closed")
        return ("status", "reopened") if phase in ACTIVE else ("status",)
    if phase == "closed":
        return ("status", "resolved", "closed")
    return ("status", "resolved") if phase == "resolved" else ("status",)
