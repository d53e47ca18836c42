"""Last levels at which nobody is reminded for long. Language: "Deadlines", `remind`; "Review"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.ladder import moves_on, reminds, top_levels
from escalate.analysis.space import TooLargeError
from escalate.analysis.subject import Finding, Outcome, Subject
from escalate.policy.condition import Test
from escalate.worktime.duration import Duration
from escalate.worktime.epoch import DAY

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Last levels, of the ladder or of a path, without deadline and reminder, where the review
    of an open ticket may take more than a day."""
    policy = subject.policy
    review = policy.review
    if review is None:  # every day, then
        return
    tops = top_levels(policy)
    for rank, level in enumerate(policy.levels):
        if level.id not in tops or reminds(level) or moves_on(subject, rank):
            continue
        for outcome in _reviews(subject, level.id):
            duration = outcome.use
            if duration is not None and duration.workdays <= 1 and duration.us <= DAY:
                continue
            how = "never reminded" if duration is None else f"reminded after `{duration}` at first"
            yield Finding(
                f"nobody is above `{level.id}`, and its owner is {how}",
                ("levels", rank, "id"),
                "let it remind, as in `remind: {every: 4h}`",
                related=((("review", *review.path_of(outcome.number)), "by this review"),),
            )
            break


def _reviews(subject: Subject, level: str) -> list[Outcome[Duration]]:
    """What may be the review of an open ticket at a level."""
    review, world = subject.policy.review, subject.meaning.world
    phase = world.form("phase").masks([Test("eq", "open")])
    try:
        box = subject.space.box([*phase, *world.frame("active", (level,)).items()])
    except TooLargeError:
        return []
    return [] if review is None or box is None else subject.outcomes(review, [box])
