"""What is wrong with a table as a whole. Mistakes in a row stand in that row's decision."""

from __future__ import annotations

from collections.abc import Iterable

from escalate.errors import Diagnostic, EscalateError, sort_diagnostics

__all__ = ["TableError"]


class TableError(EscalateError):
    """A table cannot be taken as tickets. ``diagnostics`` holds every reason, sorted."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(sort_diagnostics(diagnostics))
        super().__init__("\n".join(str(d) for d in self.diagnostics))
