"""`check --fix` and `check --diff`: what has one right answer, mended in the files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from escalate.cli.places import STDIN
from escalate.cli.terminal import Terminal
from escalate.cli.writing import Rewritable, print_difference, read_rewritable
from escalate.errors import Diagnostic
from escalate.policy.fixing import fix_text
from escalate.wording import many

__all__ = ["Mended", "mend"]

Check = Callable[[str, str], Iterable[Diagnostic]]
"""Everything that is wrong with a text, by the name of its file."""


@dataclass(frozen=True, slots=True)
class Mended:
    """How many findings of how many files have been mended."""

    findings: int = 0
    files: int = 0

    def __str__(self) -> str:
        return f"{many(self.findings, 'finding')} in {many(self.files, 'file')}"


def mend(terminal: Terminal, files: Iterable[str], check: Check, *, write: bool) -> Mended:
    """Mend the files, or only show how they would change."""
    mended = changed = 0
    for file in files:
        written = _stdin() if file == STDIN else read_rewritable(file)
        if written is None:
            continue
        result = fix_text(written.text, file, _checking(check, file))
        if not result.mended:
            continue
        mended += len(result.mended)
        changed += 1
        if write:
            written.write(result.text)
        else:
            print_difference(terminal, file, written.text, result.text)
    return Mended(mended, changed)


def _checking(check: Check, file: str) -> Callable[[str], Iterable[Diagnostic]]:
    return lambda text: check(text, file)


def _stdin() -> Rewritable:
    return Rewritable(STDIN, sys.stdin.buffer.read().decode("utf-8", "replace"))
