"""Many files checked: on all cores where that pays, and again only what has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from escalate.checking.check import Checked as CheckedText
from escalate.checking.check import check_files, checked_text
from escalate.checking.nearest import nearest
from escalate.checking.settings import NO_SETTINGS
from escalate.checking.settings_file import settings_for
from escalate.checking.sieve import Ignored
from escalate.cli.places import files_in
from escalate.errors import Diagnostic, Place, sort_diagnostics
from escalate.policy.file_name import TEST_SUFFIX
from escalate.policy.loader import check, same_name

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

__all__ = ["Checking"]

Checked = tuple[Sequence[Diagnostic], Sequence[Ignored], list[tuple[str, Place]]]
"""What was found in a file and what of it is ignored, and the policies in it: their names,
and where these stand."""

_WORTH_A_POOL: Final = 100
"""Files for which other processes are started: that alone takes as long as some fifty."""


class Checking:
    """Checks files and folders. What depends on nothing but one text is kept, so that
    :meth:`found` asked again looks only at what has changed since; ``anew`` holds the files
    that it looked at last, and ``ignored`` what it found and does not tell. ``today`` is the
    day of the check; ``settings`` tells whether those of projects are followed."""

    def __init__(
        self,
        jobs: int | None,
        *,
        today: date | None = None,
        keeps: bool = False,
        settings: bool = True,
    ) -> None:
        self.jobs = jobs
        self.today = today
        self.settings = settings
        self.anew: list[str] = []
        self.ignored: list[Ignored] = []
        self._keeps = keeps
        self._kept: dict[str, tuple[bytes, Checked]] = {}

    def found(self, paths: Sequence[str]) -> list[Diagnostic]:
        """Everything that is wrong or doubtful in files, and in the policies directly in
        folders; sorted, each finding once."""
        inside = {path: files_in([path]) for path in paths}
        files = list(dict.fromkeys(file for named in inside.values() for file in named))
        checked = self._checked(files)
        found = [diagnostic for said, _, _ in checked.values() for diagnostic in said]
        self.ignored = [one for _, ignored, _ in checked.values() for one in ignored]
        for path, named in inside.items():
            if not os.path.isdir(path):
                continue
            if not named:
                found += check(path)  # which says what is the matter
            first: dict[str, Place] = {}
            for name, place in (one for file in named for one in checked[file][2]):
                if (other := first.setdefault(name, place)) is not place:
                    found.append(same_name(name, other, place))
        return sort_diagnostics(found)

    def text(self, content: str | bytes, file: str) -> CheckedText:
        """What is wrong or doubtful in a text that goes by the name of a file."""
        settings = settings_for(file) if self.settings else NO_SETTINGS
        return checked_text(content, file, self.today, settings)

    def _checked(self, files: Sequence[str]) -> dict[str, Checked]:
        digests = {file: _digest(file, self.settings) for file in files} if self._keeps else {}
        known = {
            file: kept[1]
            for file in files
            if (kept := self._kept.get(file)) and kept[0] == digests.get(file)
        }
        self.anew = [file for file in files if file not in known]
        done = dict(zip(self.anew, self._each(self.anew), strict=True))
        for file, checked in done.items():
            digest = digests.get(file)
            if digest is not None:
                self._kept[file] = (digest, checked)
        return {file: known.get(file) or done[file] for file in files}

    def _each(self, files: Sequence[str]) -> Iterator[Checked]:
        look = partial(_check_file, today=self.today, settings=self.settings)
        jobs = self._jobs_for(len(files))
        if jobs < 2:
            yield from map(look, files)
            return
        from escalate.cores import interrupts_held

        pool = _pool(jobs)
        try:
            with interrupts_held():
                answers = pool.map(look, files, chunksize=max(1, len(files) // (jobs * 8)))
            yield from answers
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _jobs_for(self, files: int) -> int:
        """How many processes so many files are worth."""
        if files < _WORTH_A_POOL:
            return 1
        from escalate.cores import cores

        return self.jobs or cores()


def _check_file(file: str, today: date | None, settings: bool) -> Checked:
    checked = check_files(file, today=today, settings=settings)
    policies = [(one.policy.name, one.source) for one in checked.loaded if one.policy is not None]
    names = [(name, source.place(("name",))) for name, source in policies]
    return checked.found, checked.ignored, names


def _pool(jobs: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from escalate.cores import ignore_interrupts

    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=ignore_interrupts)


def _digest(file: str, settings: bool) -> bytes | None:
    """What tells a text and its settings from others; None for one that depends on more."""
    import hashlib

    try:
        with open(file, "rb") as stream:
            content = stream.read()
    except (OSError, ValueError):
        return None
    if b"include" in content or file.endswith(TEST_SUFFIX):
        return None
    path, settled = (nearest(os.path.dirname(file)) if settings else None) or ("", b"")
    return hashlib.sha256(b"%d:%b%b:%b" % (len(content), content, path.encode(), settled)).digest()
