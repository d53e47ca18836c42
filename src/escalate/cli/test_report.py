"""What became of tests, as a command prints it."""

from __future__ import annotations

import json
import shutil
import textwrap
from typing import Any

from escalate.cli.findings import as_json, print_findings, text_of
from escalate.cli.terminal import Terminal
from escalate.testing.coverage import Coverage
from escalate.testing.outcome import FileOutcome, Outcome
from escalate.testing.runner import Report
from escalate.testing.telling import (
    as_json as test_json,
)
from escalate.testing.telling import (
    coverage_lines,
    failure_lines,
    summary,
    unmet_text,
)

__all__ = ["TestReport"]


class TestReport:
    """Prints a report in a form of :data:`escalate.cli.findings.FORMATS`."""

    __test__ = False  # for pytest, which takes it for one of its own

    def __init__(self, terminal: Terminal, report: Report, form: str, *, verbose: bool) -> None:
        self.terminal = terminal
        self.report = report
        self.form = form
        self.verbose = verbose
        self._texts: dict[str, str | None] = {}
        self.width = max(shutil.get_terminal_size().columns, 40)

    def print(self) -> None:
        """Print it."""
        if self.form == "json":
            self.terminal.print(json.dumps(self._json(), ensure_ascii=True, indent=2))
            return
        for file in self.report.files:
            self._file(file)
        if self.form == "concise":
            hints = [d for coverage in self.report.coverage for d in coverage.diagnostics]
            print_findings(self.terminal, hints, "concise")
        else:
            for coverage in self.report.coverage:
                self._coverage(coverage)
        self._summary()

    def _text(self, file: str) -> str | None:
        return text_of(file, self._texts)

    # Files and their tests.

    def _file(self, file: FileOutcome) -> None:
        if self.verbose and file.tests:
            self._names(file)
        if file.wrong:
            print_findings(self.terminal, file.wrong, self.form, self._texts)
            if self.form == "full":
                self.terminal.print()
        for test in file.tests:
            if not test.passed:
                self._test(test)

    def _names(self, file: FileOutcome) -> None:
        terminal = self.terminal
        terminal.print(terminal.paint(terminal.plain(file.file), "head"))
        for test in file.tests:
            word = {"passed": "ok    ", "failed": "FAILED", "wrong": "WRONG "}[test.status]
            colour = "good" if test.passed else "error"
            terminal.print(f"  {terminal.paint(word, colour)}  {terminal.plain(test.name)}")
        if self.form == "full":
            terminal.print()

    def _test(self, test: Outcome) -> None:
        terminal = self.terminal
        if self.form == "concise":
            print_findings(terminal, test.diagnostics, "concise")
            return
        word = "FAILED" if test.status == "failed" else "WRONG"
        terminal.print(
            terminal.paint(f"{word} ", "error")
            + terminal.paint(terminal.plain(f"{test.file}: {test.name}"), "head")
        )
        terminal.print()
        if test.wrong:
            print_findings(terminal, test.wrong, "full", self._texts)
            terminal.print()
        for failure in test.failures:
            for unmet in failure.unmet:
                terminal.finding(unmet_text(unmet, self._text))
                terminal.print()
            for depth, text in failure_lines(failure):
                self._line(depth, text)
            terminal.print()

    def _line(self, depth: int, text: str) -> None:
        indent = "  " * depth
        mark = text[:4] if text[:4] in ("yes ", "no  ", "?   ") else ""
        wrapped = textwrap.wrap(
            text[len(mark) :],
            max(self.width - len(indent) - len(mark), 20),
            subsequent_indent="  ",
            break_on_hyphens=False,
        ) or [""]
        for i, part in enumerate(wrapped):
            self.terminal.print(indent + (" " * len(mark) if i else mark) + part)

    # The rest.

    def _coverage(self, coverage: Coverage) -> None:
        first, *lines = coverage_lines(coverage, self._text)
        self.terminal.print(self.terminal.paint(first, "head"))
        for line in lines:
            self.terminal.finding(line)
        if lines:
            self.terminal.print()

    def _summary(self) -> None:
        files = self.report.files
        wrong = sum(bool(file.wrong) for file in files)
        said = summary(self.report.tests, len(files), wrong)
        self.terminal.print(self.terminal.paint(said, "good" if self.report.passed else "error"))

    def _json(self) -> dict[str, Any]:
        said: dict[str, Any] = {"passed": self.report.passed, "files": []}
        for file in self.report.files:
            one: dict[str, Any] = {"file": file.file}
            if file.policy is not None:
                one["policy"] = file.policy
            if file.wrong:
                one["wrong"] = [as_json(d) for d in file.wrong]
            one["tests"] = [test_json(test, as_json) for test in file.tests]
            said["files"].append(one)
        if self.report.coverage:
            said["coverage"] = [
                {
                    "file": c.file,
                    "policy": c.policy,
                    "percent": c.percent,
                    "counts": {k: {"reached": r, "total": t} for k, (r, t) in c.counts.items()},
                    "missed": [as_json(d) for d in c.diagnostics],
                }
                for c in self.report.coverage
            ]
        return said
