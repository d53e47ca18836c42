"""What became of tests: in words for people, and as what each form of output takes."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from escalate.cli.findings import as_json, text_of
from escalate.cli.formats.case import Case
from escalate.cli.formats.report import Report
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic
from escalate.policy.render import concise, render
from escalate.testing import Report as Tests
from escalate.testing.coverage import Coverage
from escalate.testing.outcome import FileOutcome, Outcome
from escalate.testing.telling import as_json as test_json
from escalate.testing.telling import (
    coverage_lines,
    failure_lines,
    summary,
    test_text,
    unmet_text,
)

__all__ = ["TestReport", "for_forms"]


def for_forms(tests: Tests) -> Report:
    """What every form of output may need: findings, tests, and documents of them."""
    texts: dict[str, str | None] = {}
    hints = [d for coverage in tests.coverage for d in coverage.diagnostics]
    files = [_file_json(file) for file in tests.files]
    return Report(
        [*tests.diagnostics, *hints],
        [file.file for file in tests.files],
        texts,
        cases=list(_cases(tests, texts)),
        document={
            "passed": tests.passed,
            "files": files,
            **({"coverage": [_coverage_json(c) for c in tests.coverage]} if tests.coverage else {}),
        },
        records=[{"file": file["file"], **test} for file in files for test in file["tests"]]
        + [{"file": f["file"], "wrong": f["wrong"]} for f in files if "wrong" in f],
    )


def _cases(tests: Tests, texts: dict[str, str | None]) -> Iterator[Case]:
    for file in tests.files:
        for test in file.tests:
            message = test.diagnostics[0].message if test.diagnostics else ""
            text = test_text(test, lambda name: text_of(name, texts))
            yield Case(file.file, test.name, test.place.line, test.status, message, text)
        if file.wrong:
            told = "\n\n".join(render(d, lambda name: text_of(name, texts)) for d in file.wrong)
            yield Case(file.file, "the file", None, "wrong", file.wrong[0].message, told)


def _file_json(file: FileOutcome) -> dict[str, Any]:
    said: dict[str, Any] = {"file": file.file}
    if file.policy is not None:
        said["policy"] = file.policy
    if file.wrong:
        said["wrong"] = [as_json(d) for d in file.wrong]
    said["tests"] = [test_json(test, as_json) for test in file.tests]
    return said


def _coverage_json(coverage: Coverage) -> dict[str, Any]:
    counts = {k: {"reached": r, "total": t} for k, (r, t) in coverage.counts.items()}
    return {
        "file": coverage.file,
        "policy": coverage.policy,
        "percent": coverage.percent,
        "counts": counts,
        "missed": [as_json(d) for d in coverage.diagnostics],
    }


class TestReport:
    """A report for people: ``full``, or ``concise`` in a line a finding."""

    __test__ = False  # for pytest, which takes it for one of its own

    def __init__(self, terminal: Terminal, tests: Tests, form: str, *, verbose: bool) -> None:
        self.terminal = terminal
        self.tests = tests
        self.form = form
        self.verbose = verbose
        self._texts: dict[str, str | None] = {}
        self.width = max(shutil.get_terminal_size().columns, 40)

    def lines(self) -> Iterator[str]:
        """Line by line, without their ends."""
        for file in self.tests.files:
            if self.verbose and file.tests:
                yield from self._names(file)
            yield from self._findings(file.wrong)
            for test in file.tests:
                if not test.passed:
                    yield from self._test(test)
        for coverage in self.tests.coverage:
            if self.form == "concise":
                yield from self._findings(coverage.diagnostics)
            else:
                yield from self._coverage(coverage)
        yield self.summary()

    def _text(self, file: str) -> str | None:
        return text_of(file, self._texts)

    def _findings(self, found: Iterable[Diagnostic]) -> Iterator[str]:
        for diagnostic in found:
            if self.form == "concise":
                yield self.terminal.coloured_finding(concise(diagnostic))
            else:
                yield from self._block(render(diagnostic, self._text))

    def _block(self, text: str) -> Iterator[str]:
        yield from self.terminal.coloured_finding(text).split("\n")
        yield ""

    # Files and their tests.

    def _names(self, file: FileOutcome) -> Iterator[str]:
        terminal = self.terminal
        yield terminal.paint(terminal.plain(file.file), "head")
        for test in file.tests:
            word = {"passed": "ok    ", "failed": "FAILED", "wrong": "WRONG "}[test.status]
            colour = "good" if test.passed else "error"
            yield f"  {terminal.paint(word, colour)}  {terminal.plain(test.name)}"
        if self.form == "full":
            yield ""

    def _test(self, test: Outcome) -> Iterator[str]:
        terminal = self.terminal
        if self.form == "concise":
            yield from self._findings(test.diagnostics)
            return
        word = terminal.paint("FAILED " if test.status == "failed" else "WRONG ", "error")
        yield word + terminal.paint(terminal.plain(f"{test.file}: {test.name}"), "head")
        yield ""
        yield from self._findings(test.wrong)
        for failure in test.failures:
            for unmet in failure.unmet:
                yield from self._block(unmet_text(unmet, self._text))
            for depth, text in failure_lines(failure):
                yield from self._line(depth, text)
            yield ""

    def _line(self, depth: int, text: str) -> Iterator[str]:
        """One line, folded to the width."""
        indent = "  " * depth
        mark = text[:4] if text[:4] in ("yes ", "no  ", "?   ") else ""
        wrapped = textwrap.wrap(
            text[len(mark) :],
            max(self.width - len(indent) - len(mark), 20),
            subsequent_indent="  ",
            break_on_hyphens=False,
        ) or [""]
        for i, part in enumerate(wrapped):
            yield indent + (" " * len(mark) if i else mark) + part

    # The rest.

    def _coverage(self, coverage: Coverage) -> Iterator[str]:
        first, *lines = coverage_lines(coverage, self._text)
        yield self.terminal.paint(first, "head")
        yield from map(self.terminal.coloured_finding, lines)
        if lines:
            yield ""

    def summary(self) -> str:
        """How many passed."""
        files = self.tests.files
        wrong = sum(bool(file.wrong) for file in files)
        said = summary(self.tests.tests, len(files), wrong)
        return self.terminal.paint(said, "good" if self.tests.passed else "error")
