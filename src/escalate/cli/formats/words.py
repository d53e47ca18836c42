"""What the forms of the CIs say of a finding in words."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.errors import Diagnostic
from escalate.policy.excerpt import visible

__all__ = ["file_of", "more_lines", "sentence"]


def sentence(diagnostic: Diagnostic) -> str:
    """The message with what to do, in one line; nothing of it obeys or hides."""
    hint = f" ({diagnostic.help})" if diagnostic.help else ""
    return visible(diagnostic.message + hint)


def more_lines(diagnostic: Diagnostic) -> Iterator[str]:
    """What to do, and the other places that belong to it, in a line each."""
    if diagnostic.help:
        yield visible(diagnostic.help)
    for related in diagnostic.related:
        yield visible(f"{related.place}: {related.message}")


def file_of(diagnostic: Diagnostic) -> str:
    """The file that a finding is about. One without a place is about the whole of it, and
    names it instead of a piece of the policy."""
    return diagnostic.file or diagnostic.path
