"""What the catalogue of :mod:`escalate.analysis.checks` finds in a policy without mistakes:
what it would be sorry for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date

from escalate.analysis.checks import CHECKS
from escalate.analysis.space import TooLargeError
from escalate.analysis.subject import Finding, Subject
from escalate.errors import Diagnostic, Related, Severity
from escalate.policy.collector import collector_paused
from escalate.policy.places import Places
from escalate.policy.policy import Policy
from escalate.policy.structure import path_text

__all__ = ["MOST", "examine"]

MOST = 50
"""How many findings of one code are written out for one policy."""

Passed = Callable[[Diagnostic], Diagnostic | None]
"""A finding as it is to be told, or nothing."""


@collector_paused()
def examine(
    policy: Policy,
    places: Places,
    today: date | None = None,
    passed: Passed = lambda found: found,
) -> list[Diagnostic]:
    """What the catalogue finds in a policy that has no mistakes.

    ``today`` is the day by which holidays may have come to their end; without it, none has.
    What is not ``passed`` is not counted either.
    """
    subject = Subject(policy, places, today)
    return [
        diagnostic
        for code, severity, finds in CHECKS
        for diagnostic in _said(code, severity, finds(subject), places, passed)
    ]


def _as_far_as_known(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings until it takes too many steps to find more."""
    with suppress(TooLargeError):
        yield from findings


def _said(
    code: str, severity: Severity, findings: Iterable[Finding], places: Places, passed: Passed
) -> Iterator[Diagnostic]:
    count = 0
    for message, path, help_, key, related in _as_far_as_known(findings):
        found = passed(
            Diagnostic(
                code,
                message,
                severity,
                places.place(path, key=key),
                help_,
                path_text(path),
                tuple(Related(places.place(p, key=True), why) for p, why in related),
            )
        )
        if found is None:
            continue
        severity = found.severity
        count += 1
        if count <= MOST:
            yield found
    if count > MOST:
        message = f"{count - MOST:,} more findings of `{code}` are not shown"
        yield Diagnostic("ESC218", message, severity, places.place(()), "mend the others first")
