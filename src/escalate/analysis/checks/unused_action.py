"""Actions of the author's own that nothing does. Language: "Actions", `do`."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Those of the policy's own text; included files serve other policies too."""
    for name in subject.policy.actions:
        if name not in subject.uses.actions and subject.own("actions", name):
            yield Finding(
                f"the action `{name}` is never used",
                ("actions", name),
                "name it under `do`, or remove it",
                key=True,
            )
