"""Named conditions that nothing asks for. Language: "Conditions", `is`."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Those of the policy's own text; included files serve other policies too."""
    for name in subject.policy.conditions:
        if name not in subject.uses.conditions and subject.own("conditions", name):
            yield Finding(
                f"the condition `{name}` is never used",
                ("conditions", name),
                "use it with `is`, or remove it",
                key=True,
            )
