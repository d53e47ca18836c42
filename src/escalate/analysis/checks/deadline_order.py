"""Deadlines that come before what comes first. Language: "Deadlines"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject
from escalate.analysis.targets import Promise, promises

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Deadlines of a level that are shorter than one before them can be."""
    for i, level in enumerate(subject.policy.levels):
        known = [
            (name, promises(subject, deadline.target, deadline.calendar or level.calendar))
            for name, deadline in level.deadlines.given()
        ]
        for j, (later, ends) in enumerate(known):
            for earlier, begins in known[:j]:
                pair = _reversed(subject, begins, ends)
                if pair is None:
                    continue
                first, second = pair
                at = ("levels", i, "deadlines")
                yield Finding(
                    f"`{later}` is due after {second.said}, before `{earlier}` is, after "
                    f"{first.said}",
                    (*at, later, "target", *second.path),
                    "exchange the two, or make the earlier one shorter",
                    related=(((*at, earlier, "target", *first.path), "this one is due later"),),
                )


def _reversed(
    subject: Subject, begins: list[Promise], ends: list[Promise]
) -> tuple[Promise, Promise] | None:
    for first in begins:
        for second in ends:
            if second.shorter(first) and subject.overlap(first.where, second.where):
                return first, second
    return None
