"""An `exists` that tells nothing. Language: "Conditions", missing data."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.space import EVERYTHING, Region
from escalate.analysis.subject import Finding, Subject
from escalate.policy.condition import Compare, Test

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Facts that always exist, and are asked whether they do."""
    for asked, node in subject.comparisons:
        for test in node.tests:
            if test.op != "exists":
                continue
            frame = EVERYTHING
            if asked.use == "trigger":
                frame = subject.frame(subject.policy.triggers[int(asked.path[1])])
            if _always(subject, node, test, frame):
                never = "" if test.value else ", so this never holds"
                yield Finding(
                    f"`{node.fact}` is there in every ticket{never}",
                    (*asked.path, *test.path),
                    "remove the question",
                )


def _always(subject: Subject, node: Compare, test: Test, frame: Region) -> bool:
    """Whether the answer is the same for every ticket."""
    alone = Compare(node.fact, (test,), node.calendar)
    true, false = subject.meaning.world.compare(alone)
    answer, other = (true, false) if test.value else (false, true)
    return not subject.overlap(frame, other) and subject.covers(answer, frame)
