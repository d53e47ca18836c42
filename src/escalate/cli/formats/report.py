"""What there is to say, whatever the form: findings, and the tests that they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from escalate.errors import Diagnostic, Severity

if TYPE_CHECKING:
    from escalate.checking.sieve import Ignored
    from escalate.cli.formats.case import Case

__all__ = ["Report", "at_least"]

_RANK: Final = {severity: rank for rank, severity in enumerate(Severity)}


def at_least(severity: Severity, level: Severity) -> bool:
    """Whether a finding is as grave as ``level``, or graver."""
    return _RANK[severity] <= _RANK[level]


def _is_error(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is Severity.ERROR


class Report(NamedTuple):
    """Findings in their order, and what else a form may need.

    ``files`` are all that were looked at, as places name them. ``texts`` are those at hand;
    others are read when a line of theirs is shown. ``fails`` tells whether a finding makes
    the run fail. ``ignored`` are findings that are not told, as an author or a project wants.
    Where tests were run, ``cases`` holds them, and ``document`` and ``records`` what `json`
    and `jsonl` say of them.
    """

    findings: Sequence[Diagnostic]
    files: Sequence[str]
    texts: dict[str, str | None]
    fails: Callable[[Diagnostic], bool] = _is_error
    ignored: Sequence[Ignored] = ()
    cases: Sequence[Case] | None = None
    document: Mapping[str, Any] | None = None
    records: Sequence[Mapping[str, Any]] | None = None

    def text_of(self, file: str) -> str | None:
        """The text of a file, if it can be read."""
        from escalate.cli.findings import text_of

        return text_of(file, self.texts)
