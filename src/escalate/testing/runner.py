"""Many test files: found, run on all cores, and what became of them in one report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from escalate.beside import near_file
from escalate.cores import cores, ignore_interrupts, interrupts_held
from escalate.errors import Diagnostic, EscalateError, sort_diagnostics
from escalate.policy.file_name import TEST_SUFFIX, walked
from escalate.testing.coverage import Coverage, coverage_of
from escalate.testing.outcome import FileOutcome, Outcome, Reached
from escalate.testing.running import run_test
from escalate.testing.suite import Library

__all__ = ["NothingToTestError", "Report", "find_tests", "run"]

_WORTH_A_POOL: Final = 1000
"""Moments and decisions after which other processes are started: that takes each a second."""

_AT_ONCE: Final = 50
"""Tests that are sent to another process together."""


class NothingToTestError(EscalateError):
    """There is no test where one was looked for."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of all tests, by file, in the order of their names and of their text.

    ``coverage`` holds one entry a policy, if it was asked for.
    """

    files: tuple[FileOutcome, ...]
    coverage: tuple[Coverage, ...] = ()

    @property
    def tests(self) -> tuple[Outcome, ...]:
        """Every test."""
        return tuple(test for file in self.files for test in file.tests)

    @property
    def passed(self) -> bool:
        """Whether every test passed and no file has a mistake."""
        return all(file.passed for file in self.files)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Every mistake and every expectation that was not met, each with its place."""
        found = [d for file in self.files for d in file.wrong]
        found += [d for test in self.tests for d in test.diagnostics]
        return sort_diagnostics(found)


def run(
    *paths: str | os.PathLike[str],
    match: str | None = None,
    coverage: bool = False,
    jobs: int | None = 1,
) -> Report:
    """Run the tests in files, and in folders with all that is below them.

    ``match`` is a text that the name of a test must hold, in any case of letters;
    ``coverage`` asks what of the policies was reached; ``jobs`` is how many processes
    are used for many tests (``None``: as many as there are cores).

    Raises:
        NothingToTestError: a path is not there, or no test is in any.
    """
    library = Library()
    files = find_tests(paths or (".",))
    chosen = [(file, _chosen(library, file, match)) for file in files]
    if match is not None and not any(numbers or _is_wrong(library, f) for f, numbers in chosen):
        raise NothingToTestError(f"the name of no test has `{match}` in it")
    jobs = cores() if jobs is None else jobs
    outcomes = _outcomes(library, chosen, coverage, jobs)
    told = []
    for file, numbers in chosen:
        suite = library.suite(file)
        tests = tuple(next(outcomes) for _ in numbers)
        policy = None if suite.rules is None else suite.rules.path
        told.append(FileOutcome(file, tests, suite.wrong, policy))
    report = Report(tuple(told))
    return replace(report, coverage=_coverage(library, report)) if coverage else report


def _is_wrong(library: Library, file: str) -> bool:
    return bool(library.suite(file).wrong)


def _chosen(library: Library, file: str, match: str | None) -> list[int]:
    """The numbers of the tests to run; none where the file is wrong."""
    suite = library.suite(file)
    if suite.wrong:
        return []
    return [
        number
        for number in range(len(suite.tests))
        if match is None or match.casefold() in suite.name(number).casefold()
    ]


# What is to be run.


def find_tests(paths: Iterable[str | os.PathLike[str]]) -> list[str]:
    """The test files that are meant, each once, in the order given and below folders by name.

    Raises:
        NothingToTestError: a path is not there or no test file, or none is found.
    """
    found: dict[str, None] = {}
    for given in paths:
        path = Path(given)
        shown = str(path).replace(os.sep, "/")
        if path.is_dir():
            below = [
                str(Path(here, name)).replace(os.sep, "/")
                for here, names in walked(path)
                for name in names
                if name.endswith(TEST_SUFFIX)
            ]
            if not below:
                raise NothingToTestError(
                    f"`{shown}` holds no tests; names of test files end in `{TEST_SUFFIX}`"
                )
            found.update(dict.fromkeys(below))
        elif not path.exists():
            near = near_file(path)
            hint = f"; did you mean `{near}`?" if near else ""
            raise NothingToTestError(f"`{shown}`: there is no such file or folder{hint}")
        elif not path.name.endswith(TEST_SUFFIX):
            raise NothingToTestError(
                f"`{shown}` is no test file; names of test files end in `{TEST_SUFFIX}`"
            )
        else:
            found[shown] = None
    return list(found)


# Running.

Work = list[tuple[str, list[int]]]


def _outcomes(library: Library, chosen: Work, cover: bool, jobs: int) -> Iterator[Outcome]:
    """What becomes of each test, in order; by several processes where that is worth it."""
    size = sum(_size(library, file, number) for file, numbers in chosen for number in numbers)
    if jobs < 2 or size < _WORTH_A_POOL:
        for file, numbers in chosen:
            for number in numbers:
                yield run_test(library.suite(file), number, cover=cover)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=ignore_interrupts)
    try:
        pieces = [
            (file, numbers[at : at + _AT_ONCE], cover)
            for file, numbers in chosen
            for at in range(0, len(numbers), _AT_ONCE)
        ]
        with interrupts_held():
            batches = pool.map(_run_piece, pieces)
        for batch in batches:
            yield from batch
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _size(library: Library, file: str, number: int) -> int:
    story = library.suite(file).tests[number].get("story")
    return len(story) if isinstance(story, list) else 1


_library: Library | None = None


def _run_piece(piece: tuple[str, Sequence[int], bool]) -> list[Outcome]:
    """Some tests of a file, in another process, which lives as long as the run."""
    global _library
    if _library is None:
        _library = Library()
    file, numbers, cover = piece
    return [run_test(_library.suite(file), number, cover=cover) for number in numbers]


def _coverage(library: Library, report: Report) -> tuple[Coverage, ...]:
    """What was reached of every policy that a file is about, by its file."""
    reached: Reached = frozenset().union(*(test.reached for test in report.tests))
    files: dict[str, None] = {}
    for outcome in report.files:
        rules = library.suite(outcome.file).rules
        if rules is not None:
            files.update(dict.fromkeys(rules.files()))
    found = (coverage_of(file, reached) for file in sorted(files))
    return tuple(one for one in found if one is not None)
