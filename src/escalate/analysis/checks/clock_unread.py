"""Clocks that nothing reads. Language: "A whole policy", `clocks`."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Clocks that no condition and no message of the policy reads."""
    for name in subject.policy.clocks:
        if name not in subject.uses.clocks and subject.own("clocks", name):
            yield Finding(
                f"nothing reads the clock `{name}`: it is shown in decisions and does nothing",
                ("clocks", name),
                f"write a trigger that does, as in `when: {{clock.{name}: breached}}`",
                key=True,
            )
