"""What became of tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from escalate.errors import Diagnostic, Place
from escalate.evaluator.trace_words import Line
from escalate.testing.difference import Difference
from escalate.testing.pen import Way

__all__ = ["Failure", "FileOutcome", "Outcome", "Reached", "Status", "Unmet"]

Status = Literal["passed", "failed", "wrong"]
"""``wrong``: the test itself has a mistake, so that it could not be run."""

Reached = frozenset[tuple[str, str, str]]
"""What was reached of policies: name of the policy, kind, and id or path."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """One expectation that was not met: where, what was expected, what came, and the value
    that ``--update`` would write there (see :class:`Difference`)."""

    diagnostic: Diagnostic
    way: Way
    about: str
    expected: str
    got: str
    becomes: Any

    @classmethod
    def of(cls, difference: Difference, diagnostic: Diagnostic) -> Unmet:
        """A difference with its place."""
        return cls(
            diagnostic,
            difference.way,
            difference.about,
            difference.expected,
            difference.got,
            difference.becomes,
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """What was not as expected at one moment: what had been decided, and why."""

    when: str
    unmet: tuple[Unmet, ...]
    decided: tuple[str, ...]
    why: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one test. ``place`` is that of its name."""

    file: str
    name: str
    number: int
    place: Place
    status: Status
    failures: tuple[Failure, ...] = ()
    wrong: tuple[Diagnostic, ...] = ()
    reached: Reached = frozenset()

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return self.status == "passed"

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every unmet expectation and every mistake, each at its place in the test file."""
        unmet = tuple(one.diagnostic for failure in self.failures for one in failure.unmet)
        return (*self.wrong, *unmet)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of the tests of one file; ``wrong`` is what is wrong with the file."""

    file: str
    tests: tuple[Outcome, ...]
    wrong: tuple[Diagnostic, ...] = ()
    policy: str | None = None

    @property
    def passed(self) -> bool:
        """Whether every test passed, and the file has no mistake."""
        return not self.wrong and all(test.passed for test in self.tests)
