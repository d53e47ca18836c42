"""Teams that say who of them gets a ticket, and not who they are. Language: "Owners"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from escalate.analysis.subject import Finding, Subject
from escalate.policy.owner import Team

__all__ = ["check"]

_NO_CHOICE: Final = ("none", "on-duty")
"""What makes no choice among members; a team without any that goes by duty is an error already."""


def check(subject: Subject) -> Iterator[Finding]:
    """A choice among nobody."""
    for name, owner in subject.policy.owners.items():
        if isinstance(owner, Team) and not owner.members and owner.assign not in _NO_CHOICE:
            yield Finding(
                f"`assign: {owner.assign}` chooses nobody, since `{name}` has no members",
                ("owners", name, "assign"),
                "say who belongs to it, as in `members: [ana, ion]`, or remove `assign`",
            )
