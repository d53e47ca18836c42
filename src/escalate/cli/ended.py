"""What standard error tells when all tickets have had their turn."""

from __future__ import annotations

from escalate.cli.terminal import Terminal
from escalate.wording import many

__all__ = ["ended"]


def ended(
    terminal: Terminal,
    decided: int,
    warned: int,
    errors: int,
    first: object = None,
    *,
    stopped: bool = False,
) -> None:
    """How many were decided, how many of them with warnings, how many not at all, and what was
    wrong with the first of those."""
    said = f"{decided:,} decided" + (f" ({warned:,} with warnings)" if warned else "")
    said += f", {many(errors, 'error')}"
    terminal.print(said + (", stopped" if stopped else ""), err=True)
    if first is not None:
        terminal.print("first error: " + terminal.plain(str(first)), err=True)
