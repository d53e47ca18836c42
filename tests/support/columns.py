"""The decisions of a table in columns and by the scalar engine, side by side."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from escalate.batch import Decider, flatten
from escalate.desk import Desk
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet
from escalate.ticket import Ticket

__all__ = ["Sides", "both_sides", "unlike"]


class Sides:
    """A policy's decisions, both ways."""

    def __init__(self, policy: Policy | PolicySet) -> None:
        self.policy = policy
        self.columns = Decider(policy)
        self.engine = Decider(policy, columns=False)

    def unlike(self, table: Any, now: datetime, desk: Desk) -> tuple[list[str], int]:
        """What the two say differently, and how many rows were decided in columns."""
        found, lines = self.columns.decide(table, now, desk=desk), []
        for made, wanted in zip(
            found.to_pylist(), self.engine.decide(table, now, desk=desk).to_pylist(), strict=True
        ):
            made.pop("by"), wanted.pop("by")
            lines += [
                f"{made['ticket']}.{name}: {made[name]!r}, by the engine {wanted[name]!r}"
                for name in wanted
                if made[name] != wanted[name]
            ]
        return lines, int(found.schema.metadata[b"escalate.by_columns"])


def both_sides(
    policy: Policy, tickets: list[Ticket], now: datetime, desk: Desk
) -> tuple[list[str], int]:
    """The same for tickets."""
    return Sides(policy).unlike(flatten(tickets, policy), now, desk)


def unlike(lines: list[str]) -> str:
    """The first differences."""
    return "\n".join(lines[:10])
