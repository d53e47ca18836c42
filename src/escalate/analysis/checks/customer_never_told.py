"""Customers who are told nothing. Language: "Actions", `tell_customer`."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject
from escalate.policy.meaning.walk import effects_of

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Policies with messages, none of which a customer ever gets; and paths like that."""
    policy = subject.policy
    if not any(subject.own("messages", name) for name in policy.messages):
        return  # the host does all the talking
    telling = {
        level.id
        for level in policy.levels
        if level.tell_customer is not None and any(level.tell_customer.values())
    }
    told = any(e.tell_customer is not None for _, e in effects_of(policy))
    if not telling and not told:
        yield Finding(
            "no message is ever told the customer",
            ("messages",),
            "tell him who has taken over, as with `tell_customer` at a level",
            key=True,
        )
    elif not told:
        for i, path in enumerate(policy.paths):
            if telling.isdisjoint(path.levels):
                yield Finding(
                    f"on the path `{path.id}` the customer is never told anything",
                    ("paths", i, "id"),
                    "tell him who has taken over, as with `tell_customer` at one of its levels",
                )
