"""Transfers whose order decides. Language: "Triggers"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.collisions import Entry, first_collisions
from escalate.analysis.space import Region
from escalate.analysis.subject import Finding, Subject
from escalate.policy.condition import Test

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Triggers that can hold at once and would give the ticket to different owners."""
    triggers = subject.policy.triggers
    entries = []
    for number, trigger, where in subject.regions():
        if trigger.transfer is None or trigger.for_ != "active":
            continue
        for outcome in subject.outcomes(trigger.transfer, where):
            if outcome.use is not None:
                elsewhere = outcome.where
                if isinstance(outcome.use, str):
                    elsewhere = _not_with(subject, elsewhere, outcome.use)
                entries.append(Entry(number, elsewhere, outcome.use))
    for later, earlier in sorted(first_collisions(subject.space, entries).items()):
        yield Finding(
            f"`{triggers[earlier].id}` and `{triggers[later].id}` can hold at once and would "
            "transfer the ticket to different owners: the one written first decides",
            ("triggers", later, "transfer"),
            "say in one of them, as with `not`, where the other one goes before",
            related=((("triggers", earlier, "transfer"), "the one written first"),),
        )


def _not_with(subject: Subject, where: Region, owner: str) -> Region:
    """The part of a region in which somebody else than the owner has the ticket."""
    if owner == "requested" or not any("owner" in box for box in where):
        return where
    ((_, has),) = subject.meaning.world.form("owner").masks([Test("eq", owner)])
    return [box for box in where if "owner" not in box or box["owner"] & ~has]
