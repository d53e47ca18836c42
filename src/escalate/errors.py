"""What can be said of a mistake: where it is, what was meant, and what to do.

A :class:`Diagnostic` is the one form of every finding, from a tab in the YAML to
a ticket without a zone. Checking collects diagnostics as values; only the public
door turns them into an exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

__all__ = [
    "Diagnostic",
    "EscalateError",
    "Fix",
    "MissingExtraError",
    "Place",
    "PolicyError",
    "Related",
    "Severity",
    "TicketError",
    "did_you_mean",
    "sort_diagnostics",
]


class Severity(StrEnum):
    """How grave a finding is. Only an ``error`` keeps a policy from being used."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Place(NamedTuple):
    """A stretch of text. Lines and columns count from 1, columns in characters.

    ``end_line`` and ``end_column`` name the first character after the stretch.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Related(NamedTuple):
    """Another place that belongs to the finding, with why."""

    place: Place
    message: str


class Fix(NamedTuple):
    """The one right edit, where there is one: replace ``place`` by ``text``.

    A place of no length is where to put the text.
    """

    place: Place
    text: str


class Diagnostic(NamedTuple):
    """One finding.

    ``code`` is stable (``ESC203``) and has a page (``escalate rule ESC203``).
    ``message`` is one lower-case sentence with what was written in backticks;
    ``help`` says what to do. ``path`` names the piece of the policy or ticket in
    the author's words (``triggers[2].when.severity``).
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    place: Place | None = None
    help: str | None = None
    path: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    @property
    def file(self) -> str | None:
        """The file of :attr:`place`, if any."""
        return self.place.file if self.place else None

    @property
    def line(self) -> int | None:
        """The line of :attr:`place`, counted from 1, if any."""
        return self.place.line if self.place else None

    @property
    def column(self) -> int | None:
        """The column of :attr:`place`, counted from 1, if any."""
        return self.place.column if self.place else None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else (f"{self.path}: " if self.path else "")
        hint = f" ({self.help})" if self.help else ""
        return f"{where}{self.severity}[{self.code}]: {self.message}{hint}"


class EscalateError(Exception):
    """The base of everything that this library raises on purpose."""


class _DiagnosedError(EscalateError):
    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__("\n".join(str(d) for d in self.diagnostics))


class PolicyError(_DiagnosedError):
    """A policy cannot be used. ``diagnostics`` holds every reason, sorted."""


class TicketError(_DiagnosedError):
    """A ticket or desk cannot be read. ``diagnostics`` holds every reason, sorted."""


class MissingExtraError(EscalateError):
    """Something optional is not installed. The message says what to install."""

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{what} needs an extra: pip install 'escalate[{extra}]'")


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """In the order of the text, each finding once."""

    def rank(d: Diagnostic) -> tuple[str, int, int, str, str, str]:
        place = d.place
        if place is None:
            return ("", 0, 0, d.code, d.path, d.message)
        return (place.file, place.line, place.column, d.code, d.path, d.message)

    unique: dict[Diagnostic, None] = dict.fromkeys(diagnostics)
    return sorted(unique, key=rank)


def did_you_mean(written: str, known: Iterable[str]) -> str | None:
    """The nearest known name, if one is near enough to be worth proposing."""
    from escalate.spelling import near_names  # only mistakes need it

    return next(iter(near_names(written, known)), None)
