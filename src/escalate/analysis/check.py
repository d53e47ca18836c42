"""Everything that can be said against a policy: mistakes, and what is probably not meant.

The loader finds what makes a policy unusable; the catalogue of :mod:`escalate.analysis.checks`
what it would be sorry for. Only a policy without errors is looked at so closely.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date

from escalate.analysis.checks import CHECKS
from escalate.analysis.subject import Finding, Subject
from escalate.errors import Diagnostic, Related, Severity, sort_diagnostics
from escalate.policy.collector import collector_paused
from escalate.policy.loader import Loaded, read_all, read_text
from escalate.policy.places import Places
from escalate.policy.policy import Policy
from escalate.policy.structure import path_text

__all__ = ["MOST", "check", "check_text", "examine"]

MOST = 50
"""How many findings of one code are written out for one policy."""


def check(*paths: str | os.PathLike[str], today: date | None = None) -> list[Diagnostic]:
    """Everything that is wrong or doubtful in files, and in the policies and definitions
    directly in folders; sorted, each finding once.

    ``today`` is the day by which holidays may have come to their end; without it, none has.
    """
    found, loaded = read_all(*paths)
    return _whole(found, loaded, today)


def check_text(
    content: str | bytes, file: str = "<policy>", today: date | None = None
) -> list[Diagnostic]:
    """Everything that is wrong or doubtful in a text: a policy's, or one that only defines
    what policies include."""
    found, loaded = read_text(content, file)
    return _whole(found, loaded, today)


def _whole(
    found: list[Diagnostic], loaded: Iterable[Loaded], today: date | None
) -> list[Diagnostic]:
    for one in loaded:
        if one.policy is not None:
            found += examine(one.policy, one.places, today)
    return sort_diagnostics(found)


@collector_paused()
def examine(policy: Policy, places: Places, today: date | None = None) -> list[Diagnostic]:
    """What the catalogue finds in a policy that has no mistakes."""
    subject = Subject(policy, places, today)
    return [
        diagnostic
        for code, severity, finds in CHECKS
        for diagnostic in _said(code, severity, finds(subject), places)
    ]


def _said(
    code: str, severity: Severity, findings: Iterable[Finding], places: Places
) -> Iterator[Diagnostic]:
    count = 0
    for message, path, help_, key, related in findings:
        count += 1
        if count <= MOST:
            yield Diagnostic(
                code,
                message,
                severity,
                places.place(path, key=key),
                help_,
                path_text(path),
                tuple(Related(places.place(p, key=True), why) for p, why in related),
            )
    if count > MOST:
        message = f"{count - MOST:,} more findings of `{code}` are not shown"
        yield Diagnostic("ESC218", message, severity, places.place(()), "mend the others first")
