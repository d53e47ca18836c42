"""Tickets that nobody is reminded of. Language: "Review"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """`review: never`, also in a case."""
    review = subject.policy.review
    for i, case in enumerate(review.cases if review is not None else ()):
        if case.use is None and review is not None:
            whose = "a ticket" if case.when is None else "such a ticket"
            yield Finding(
                f"with `review: never`, {whose} may lie forgotten for ever",
                ("review", *review.path_of(i)),
                "give it a long one instead, such as `10 workdays`",
            )
