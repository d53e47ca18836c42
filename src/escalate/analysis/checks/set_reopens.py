"""A `set` that would reopen a ticket. Language: "Actions", `set`; finer point 25."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Triggers that can hold for a ticket that is done with, and set an active status."""
    policy = subject.policy
    phases = policy.status_phases()
    for number, trigger, where in subject.regions():
        status = trigger.set.get("status")
        if trigger.for_ == "active" or phases.get(str(status)) not in ("open", "waiting"):
            continue
        world = subject.meaning.world
        done = [world.frame("resolved"), world.frame("closed")]
        if subject.overlap(where, done):
            yield Finding(
                f"`status: {status}` would reopen a ticket, which a policy never does",
                ("triggers", number, "set", "status"),
                "remove it; customers and people reopen tickets",
                related=((("triggers", number, "for"), "it holds for tickets that are done"),),
            )
