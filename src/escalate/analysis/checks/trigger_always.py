"""Triggers that fire for every ticket. Language: "Triggers"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Triggers for active tickets, at any level, whose condition says nothing."""
    every = len(subject.policy.levels)
    for number, trigger in enumerate(subject.policy.triggers):
        if trigger.for_ not in ("active", "any") or len(set(trigger.at or ())) not in (0, every):
            continue  # whoever names levels or phases has said when
        where = subject.region(number)
        if where and subject.covers(where, subject.frame(trigger)):
            yield Finding(
                f"the trigger `{trigger.id}` fires for every ticket: its condition always holds",
                ("triggers", number, "when"),
                "say of which tickets it should hold, or name the levels with `at`",
            )
