"""Owners who never get a ticket and are never told. Language: "A whole policy", `owners`."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Those of the policy's own text, where no request may name anybody."""
    if subject.uses.requested:
        return
    for name, owner in subject.policy.owners.items():
        if name not in subject.uses.owners and subject.own("owners", name):
            group = owner.kind == "group"
            how = "is never told anything" if group else "never has a ticket nor is told"
            yield Finding(
                f"the owner `{name}` {how}",
                ("owners", name),
                "give it a level or a notification, or remove it",
                key=True,
            )
