"""Triggers that say what another says. Language: "Triggers"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Triggers that hold whenever an earlier one does and the other way round, and do the
    same."""
    triggers = subject.policy.triggers
    for later, earlier in subject.repeats.items():
        yield Finding(
            f"the trigger `{triggers[later].id}` holds when `{triggers[earlier].id}` does, "
            "and does the same",
            ("triggers", later, "id"),
            "remove one of them",
            related=((("triggers", earlier, "id"), "the other one"),),
        )
