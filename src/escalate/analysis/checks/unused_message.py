"""Messages that nobody is told. Language: "Actions", messages."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Those of the policy's own text; included files serve other policies too."""
    for name in subject.policy.messages:
        if name not in subject.uses.messages and subject.own("messages", name):
            yield Finding(
                f"the message `{name}` is never used",
                ("messages", name),
                "say it to somebody, or remove it",
                key=True,
            )
