"""Owners who have duty in turn. Language: "Rotations"."""

from __future__ import annotations

from escalate.policy.owner import AnyRotation, RotationOf, Team
from escalate.policy.policy import Policy

__all__ = ["behind", "duty_of", "rotations_of"]


def rotations_of(policy: Policy) -> tuple[str, ...]:
    """The owners that are rotations, in their order."""
    return tuple(name for name, owner in policy.owners.items() if isinstance(owner, AnyRotation))


def duty_of(policy: Policy, name: str) -> str | None:
    """The rotation by which an owner has duty: itself, or that of a team that is assigned
    by it; none for others. Raises ``KeyError`` where there is no such owner."""
    owner = policy.owners[name]
    if isinstance(owner, AnyRotation):
        return name
    return owner.rotation if isinstance(owner, Team) else None


def behind(policy: Policy, name: str) -> tuple[str, int] | None:
    """The rotation that another stands behind, and by how many places."""
    owner = policy.owners[name]
    return (owner.of, owner.offset) if isinstance(owner, RotationOf) else None
