"""Everything that can be said against files: mistakes, and what is probably not meant.

The loader finds what makes a policy unusable, the analysis what it would be sorry for; only
a policy without errors is looked at so closely. What a project or a comment in the text has
ignored is left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from escalate.analysis.check import examine
from escalate.checking.settings import NO_SETTINGS, Settings
from escalate.checking.settings_file import settings_for
from escalate.checking.sieve import Ignored, Sieve
from escalate.errors import Diagnostic, sort_diagnostics
from escalate.policy.file_name import TEST_SUFFIX
from escalate.policy.loader import Loaded, read_all, read_text
from escalate.policy.source import Source

__all__ = ["Checked", "check", "check_files", "check_text", "checked_text"]

_BY_THE_DAY: Final = frozenset({"ESC556"})
"""What is found only where the day of the check is known."""


class Checked(NamedTuple):
    """What was found, and what of it is ignored; which texts became policies."""

    found: Sequence[Diagnostic]
    ignored: Sequence[Ignored]
    loaded: Sequence[Loaded]


def check(
    *paths: str | os.PathLike[str], today: date | None = None, settings: bool = True
) -> list[Diagnostic]:
    """Everything that is wrong or doubtful in files, and in the policies and definitions
    directly in folders; sorted, each finding once. Of a file of tests, the mistakes in it.

    ``today`` is the day by which holidays may have come to their end; without it, none has.
    With ``settings``, those of the project that a file belongs to are followed; comments in
    the text always are.
    """
    return sort_diagnostics(check_files(*paths, today=today, settings=settings).found)


def check_files(
    *paths: str | os.PathLike[str], today: date | None = None, settings: bool = True
) -> Checked:
    """What :func:`check` finds, with what is ignored."""
    named = [os.fspath(path) for path in paths]
    tests = [path for path in named if path.endswith(TEST_SUFFIX) and os.path.isfile(path)]
    found, loaded = read_all(*(path for path in named if path not in tests))
    found += (wrong for path in tests for wrong in _wrong_tests(path))
    own = {id(d) for one in loaded for d in one.diagnostics}
    rest = [d for d in found if id(d) not in own]  # about files and folders, no text's own
    parts = [
        _sifted(one, today, settings_for(one.source.file) if settings else NO_SETTINGS)
        for one in loaded
    ]
    return Checked(
        [*rest, *(d for found, _ in parts for d in found)],
        [one for _, ignored in parts for one in ignored],
        loaded,
    )


def _wrong_tests(path: str) -> list[Diagnostic]:
    """The mistakes of a test file; whether its tests pass is another question."""
    from escalate.testing.runner import run

    (file,) = run(path).files
    return [*file.wrong, *(wrong for test in file.tests for wrong in test.wrong)]


def check_text(
    content: str | bytes,
    file: str = "<policy>",
    today: date | None = None,
    settings: Settings = NO_SETTINGS,
) -> list[Diagnostic]:
    """Everything that is wrong or doubtful in a text: a policy's, or one that only defines
    what policies include."""
    return sort_diagnostics(checked_text(content, file, today, settings).found)


def checked_text(
    content: str | bytes,
    file: str = "<policy>",
    today: date | None = None,
    settings: Settings = NO_SETTINGS,
) -> Checked:
    """What :func:`check_text` finds, with what is ignored."""
    loaded = read_text(content, file)
    found, ignored = _sifted(loaded, today, settings)
    return Checked(found, ignored, [loaded])


def _sifted(
    loaded: Loaded, today: date | None, settings: Settings
) -> tuple[list[Diagnostic], list[Ignored]]:
    """What is wrong or doubtful in one text, but for what is ignored."""
    sieve = Sieve(_sources(loaded), settings)
    found = [one for one in map(sieve.passed, loaded.diagnostics) if one is not None]
    whole = loaded.policy is not None
    if loaded.policy is not None:
        found += examine(loaded.policy, loaded.places, today, sieve.passed)
    unclear = _BY_THE_DAY if today is None else frozenset[str]()
    found += sieve.remarks(loaded.source.file if whole else None, unclear)
    return [*found, *settings.wrong], sieve.ignored


def _sources(loaded: Loaded) -> Iterable[Source]:
    sources = {loaded.source.file: loaded.source}
    for source, _ in loaded.places.moved.values():
        sources.setdefault(source.file, source)
    return sources.values()
