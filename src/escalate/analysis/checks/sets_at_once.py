"""Fields that two triggers set, and whose order decides. Language: "Actions", `set`."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.collisions import Entry, first_collisions
from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Triggers that can hold at once and would set one field to different values."""
    triggers = subject.policy.triggers
    fields: dict[str, list[Entry]] = {}
    for number, trigger, where in subject.regions():
        for name, value in trigger.set.items():
            entry = Entry(number, where, (isinstance(value, bool), value))
            fields.setdefault(name, []).append(entry)
    for name, entries in fields.items():
        for later, earlier in sorted(first_collisions(subject.space, entries).items()):
            yield Finding(
                f"`{triggers[earlier].id}` and `{triggers[later].id}` can hold at once and would "
                f"set `{name}` to different values: the one written first decides",
                ("triggers", later, "set", name),
                "say in one of them, as with `not`, where the other one goes before",
                related=((("triggers", earlier, "set", name), "the one written first"),),
            )
