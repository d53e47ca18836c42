"""What a test may call by name: everything that its policy, or its policies, define."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from escalate.policy.agreed import level_deadlines
from escalate.policy.effects import BUILT_IN
from escalate.policy.facts import Facts
from escalate.policy.level import DEADLINES
from escalate.policy.owner import people_of
from escalate.policy.policy import Policy
from escalate.rules import codes

__all__ = ["KINDS", "Names"]

KINDS: Final[Mapping[str, str]] = {
    "level": "level",
    "owner": "owner",
    "person": "owner or person",
    "trigger": "trigger",
    "cause": "trigger or deadline",
    "deadline": "deadline",
    "path": "path",
    "policy": "policy",
    "clock": "clock",
    "message": "message",
    "action": "action",
    "deed": "action",
    "field": "field",
    "status": "status",
    "item": "item",
    "fact": "fact",
    "warning": "code",
}
"""The kinds of names, each as authors call it."""


class Names:
    """The names of some policies, by kind (of :data:`KINDS`)."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self._known: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for policy in policies:
            self._add(policy)
        self._known["deadline"].update(DEADLINES)
        self._known["deed"].update(BUILT_IN)
        self._known["warning"].update(codes())

    def of(self, kind: str) -> frozenset[str] | None:
        """Every name of a kind; ``None`` where any name may do."""
        return None if kind == "item" else frozenset(self._known[kind])

    @property
    def fields(self) -> frozenset[str]:
        """The fields of tickets."""
        return frozenset(self._known["field"])

    def _add(self, policy: Policy) -> None:
        known = self._known
        known["policy"].add(policy.name)
        known["level"].update(level.id for level in policy.levels)
        known["owner"].update(policy.owners)
        known["person"].update(policy.owners)
        for owner in policy.owners.values():
            known["person"].update(people_of(owner))
        causes = {
            f"deadline:{level.id}:{name}"
            for level in policy.levels
            for name, _, _ in level_deadlines(policy, level)
        }
        triggers = {trigger.id for trigger in policy.triggers}
        known["trigger"] |= triggers
        known["cause"] |= triggers | causes
        known["path"].update(path.id for path in policy.paths)
        known["clock"].update(policy.clocks)
        known["message"].update(policy.messages)
        known["action"].update(policy.actions)
        known["deed"].update(policy.actions)
        facts = Facts(policy)
        known["fact"].update(facts.names, ("events",))
        known["field"].update(n for n in facts.names if facts[n].source == "snapshot")
        known["status"].update(policy.status_phases())
