"""The plugin by which pytest collects `*.test.yaml`.

Everybody who has pytest and escalate loads this file: whatever costs time is imported when
the first test file is met.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from escalate.testing.suite import Suite

__all__ = ["PolicyTest", "PolicyTestFile", "pytest_collect_file"]

_SUFFIX: Final = ".test.yaml"
"""As in :mod:`escalate.policy.file_name`, which is not loaded for it."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PolicyTestFile | None:
    """The tests of a file whose name ends in `.test.yaml`."""
    if not file_path.name.endswith(_SUFFIX):
        return None
    file: PolicyTestFile = PolicyTestFile.from_parent(parent, path=file_path)
    return file


class PolicyTestFile(pytest.File):
    """A test file. What is wrong with it as a whole is an error of its collection."""

    def collect(self) -> Iterator[PolicyTest]:
        """One item a test."""
        from escalate.policy.render import render
        from escalate.testing.suite import Library

        suite = Library().suite(_shown(self.path))
        if suite.wrong:
            found = "\n\n".join(render(d, _text_of) for d in suite.wrong)
            raise self.CollectError(found)
        for number in range(len(suite.tests)):
            name = suite.name(number)
            yield PolicyTest.from_parent(self, name=name, suite=suite, number=number)


class PolicyTest(pytest.Item):
    """One test of a policy."""

    def __init__(self, *, suite: Suite, number: int, **more: Any) -> None:
        super().__init__(**more)
        self.suite = suite
        self.number = number

    def runtest(self) -> None:
        """Run it; what was not as expected is its failure."""
        from escalate.testing.running import run_test
        from escalate.testing.telling import test_text

        outcome = run_test(self.suite, self.number)
        if not outcome.passed:
            raise Unexpected(test_text(outcome, _text_of))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The difference as `escalate test` tells it, without the way through our code."""
        if isinstance(excinfo.value, Unexpected):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the test stands."""
        return self.path, self.suite.place(self.number).line - 1, self.name


class Unexpected(Exception):  # noqa: N818 - nothing is wrong with the program
    """What came out is not what was expected."""


def _shown(path: Path) -> str:
    """The path from here, where it is below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path).replace("\\", "/")


def _text_of(file: str) -> str | None:
    try:
        return Path(file).read_bytes().decode("utf-8", "replace")
    except (OSError, ValueError):
        return None
