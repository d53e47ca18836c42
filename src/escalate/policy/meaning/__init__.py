"""What a policy means, checked after its structure."""

from __future__ import annotations

from escalate.errors import Diagnostic
from escalate.policy.places import Places
from escalate.policy.policy import Policy

__all__ = ["check_meaning"]


def check_meaning(policy: Policy, places: Places) -> list[Diagnostic]:
    """Every mistake in the meaning of a policy whose structure is right."""
    return []
