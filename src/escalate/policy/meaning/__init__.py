"""What a policy means, checked after its structure.

One file for each question. A check reads the :class:`Context` and reports there; adding
one is a function, an entry in :data:`CHECKS`, and a page for its code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from escalate.errors import Diagnostic
from escalate.policy.doubts import NO_DOUBTS, Doubts
from escalate.policy.meaning.actions import check_actions
from escalate.policy.meaning.clocks import check_clocks
from escalate.policy.meaning.conditions import check_conditions
from escalate.policy.meaning.context import Context
from escalate.policy.meaning.durations import check_durations, check_intervals, check_zone
from escalate.policy.meaning.extent import check_extents
from escalate.policy.meaning.fields import check_fields, check_values
from escalate.policy.meaning.flow import (
    check_cases,
    check_movements,
    check_paths,
    check_statuses,
)
from escalate.policy.meaning.messages import check_messages
from escalate.policy.meaning.names import check_names
from escalate.policy.meaning.nights import check_nights
from escalate.policy.meaning.people import check_choices, check_owners
from escalate.policy.meaning.reads import check_circles, check_reads
from escalate.policy.meaning.reserved import check_ids, check_reserved
from escalate.policy.meaning.rotations import check_rotations
from escalate.policy.places import Places
from escalate.policy.policy import Policy

__all__ = ["CHECKS", "check_meaning"]

CHECKS: Final[tuple[Callable[[Context], None], ...]] = (
    check_ids,
    check_reserved,
    check_zone,
    check_statuses,
    check_fields,
    check_rotations,
    check_owners,
    check_names,
    check_choices,
    check_conditions,
    check_reads,
    check_circles,
    check_extents,
    check_cases,
    check_values,
    check_actions,
    check_messages,
    check_movements,
    check_paths,
    check_durations,
    check_intervals,
    check_clocks,
    check_nights,
)
"""Every check of meaning, in the order in which they run."""


def check_meaning(policy: Policy, places: Places, doubts: Doubts = NO_DOUBTS) -> list[Diagnostic]:
    """Every mistake in the meaning of a policy whose structure is right, or of what remains
    of one; nothing is said of what is in doubt."""
    context = Context(policy, places, doubts)
    for check in CHECKS:
        check(context)
    return context.everything()
