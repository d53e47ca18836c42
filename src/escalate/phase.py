"""The four phases of a ticket, and the usual statuses of each. Language: "The ticket"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

__all__ = ["DEFAULT_STATUSES", "Phase"]

Phase = Literal["open", "waiting", "resolved", "closed"]
"""The four phases that the engine knows. Language: "A whole policy", ``statuses``."""

DEFAULT_STATUSES: Final[Mapping[Phase, tuple[str, ...]]] = {
    "open": ("new", "open", "in-progress"),
    "waiting": ("pending", "on-hold", "waiting-on-customer", "waiting-on-vendor"),
    "resolved": ("solved", "resolved"),
    "closed": ("closed",),
}
"""What statuses mean in a policy that says nothing of them. Language: "The ticket"."""
