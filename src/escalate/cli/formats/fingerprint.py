"""What makes a finding the same one in the next run, though lines above it came or went."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from escalate.cli.formats.paths import from_root
from escalate.cli.formats.report import Report
from escalate.cli.formats.words import file_of
from escalate.errors import Diagnostic
from escalate.policy.text import split_lines

__all__ = ["fingerprints"]


def fingerprints(
    report: Report, ignored: Iterable[Diagnostic] = ()
) -> Iterator[tuple[Diagnostic, str]]:
    """Each finding with its fingerprint: of its code, its file, what is written at its place
    and the line around it. Those that are alike in all that are told apart by their order;
    those that are ignored come behind the others.

    Neither numbers of lines nor the words of the message are in it.
    """
    lines: dict[str, list[str]] = {}
    alike: Counter[tuple[str, ...]] = Counter()
    for diagnostic in (*report.findings, *ignored):
        file = file_of(diagnostic)
        if file not in lines:
            lines[file] = split_lines((report.text_of(file) or "").removeprefix("\ufeff"))
        traits = (diagnostic.code, from_root(file), *_written(diagnostic, lines[file]))
        told = "\0".join((*traits, str(alike[traits])))
        alike[traits] += 1
        yield diagnostic, hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _written(diagnostic: Diagnostic, lines: list[str]) -> tuple[str, str]:
    """What stands at the place, as far as its first line goes, and that line."""
    place = diagnostic.place
    if place is None or not 0 < place.line <= len(lines):
        return "", diagnostic.path
    line = lines[place.line - 1]
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    return line[place.column - 1 : end], line.strip()
