"""A test file read: its tests, and every mistake that shows without running them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from escalate.errors import Diagnostic, Place, Related, Severity, sort_diagnostics
from escalate.policy.file import read_file
from escalate.policy.file_name import POLICY_SUFFIX
from escalate.policy.limits import Limits
from escalate.policy.source import Source
from escalate.policy.structure import shown
from escalate.testing.layout import FILE
from escalate.testing.pen import Pen, Way
from escalate.testing.rules import Rules, load_rules
from escalate.testing.shelf import Shelf
from escalate.wording import many

__all__ = ["LIMITS", "Library", "Suite"]

LIMITS: Final = Limits(bytes=8 * 1024 * 1024, nodes=1_000_000)
"""Test files may be longer than policies."""


@dataclass(frozen=True)
class Suite:
    """The tests of one file.

    ``wrong`` keeps all of them from being run; ``wrong_tests`` those of the numbers.
    ``rules`` is ``None`` only where something is wrong.
    """

    file: str
    source: Source | None
    wrong: tuple[Diagnostic, ...]
    wrong_tests: Mapping[int, tuple[Diagnostic, ...]]
    rules: Rules | None
    shelf: Shelf | None

    @property
    def tests(self) -> list[Mapping[str, Any]]:
        """The tests as they are written; those that are no mapping are left out."""
        data = self.source.data if self.source is not None else None
        tests = data.get("tests") if isinstance(data, Mapping) else None
        return [t for t in tests if isinstance(t, Mapping)] if isinstance(tests, list) else []

    def name(self, number: int) -> str:
        """What a test is called."""
        name = self.tests[number].get("name")
        return name if isinstance(name, str) and name.strip() else f"test {number + 1}"

    def place(self, number: int) -> Place:
        """Where a test's name stands."""
        assert self.source is not None
        return self.source.place(("tests", number, "name"))


class Library:
    """Test files and policies, each read once; kept no longer than a run of tests, since
    either may be changed before the next."""

    def __init__(self) -> None:
        self._suites: dict[str, Suite] = {}
        self._rules: dict[str, Rules | tuple[Diagnostic, ...]] = {}

    def suite(self, path: str) -> Suite:
        """The tests of a file; never raises for what is in it."""
        if path not in self._suites:
            self._suites[path] = _suite(path, self)
        return self._suites[path]

    def rules(self, path: str) -> Rules | tuple[Diagnostic, ...]:
        """The policies of a file or folder, or what is wrong with them."""
        if path not in self._rules:
            self._rules[path] = load_rules(path)
        return self._rules[path]


def _suite(path: str, library: Library) -> Suite:
    source = read_file(path, path, LIMITS)
    if isinstance(source, Diagnostic):
        return Suite(path, None, (source,), {}, None, None)
    errors = [d for d in source.diagnostics if d.severity is Severity.ERROR]
    if errors:
        return Suite(path, source, tuple(errors), {}, None, None)
    data = source.data
    if not isinstance(data, Mapping):
        wrong = Diagnostic(
            "ESC217",
            f"a test file is a mapping of keys to values, not {shown(data)}",
            place=source.place(),
            help="begin with `policy:` and `tests:`",
        )
        return Suite(path, source, (wrong,), {}, None, None)
    pen = Pen(source)
    rules = _rules(data, Path(path).parent, pen, library)
    policy_wrong = list(pen.found)
    pen = Pen(source, None if rules is None else rules.names)
    FILE.check(data, (), pen)
    _twice(data, pen)
    tests = data.get("tests")
    for number, test in enumerate(tests if isinstance(tests, list) else ()):
        if isinstance(test, Mapping):
            _complete(test, ("tests", number), pen)
    wrong_file, wrong_tests = _sorted_out(pen.found, data)
    found = sort_diagnostics([*policy_wrong, *wrong_file])
    shelf = None
    if not found:
        pen = Pen(source)
        shelf = Shelf(source, Path(path).parent, pen)
        found = sort_diagnostics(pen.found)
    return Suite(path, source, tuple(found), wrong_tests, rules, shelf)


def _rules(data: Mapping[str, Any], folder: Path, pen: Pen, library: Library) -> Rules | None:
    """The policies that the file is about."""
    if data.get("policy") is None:
        near = sorted(p.name for p in folder.iterdir() if p.name.endswith(POLICY_SUFFIX))
        name = near[0] if near else f"desk{POLICY_SUFFIX}"
        pen.report(
            "ESC962",
            "nothing says which policy is tested",
            ("policy",),
            f"add `policy: {name}`, the file's name from where this file is",
        )
        return None
    written = data["policy"]
    if not isinstance(written, str):
        return None
    path = str(folder / written).replace("\\", "/")
    rules = library.rules(path)
    if isinstance(rules, Rules):
        return rules
    placed = [d for d in rules if d.place is not None]
    if placed:
        message = f"the policy `{written}` cannot be used: it has {many(len(rules), 'error')}"
        pen.report("ESC963", message, ("policy",), "they are listed, too")
        pen.found += placed
    else:
        message, help_ = rules[0].message, rules[0].help
        pen.report("ESC963", f"the policy cannot be used: {message}", ("policy",), help_)
    return None


def _twice(data: Mapping[str, Any], pen: Pen) -> None:
    """Two tests of one name cannot be told apart."""
    first: dict[str, Way] = {}
    tests = data.get("tests")
    for i, test in enumerate(tests if isinstance(tests, list) else ()):
        name = test.get("name") if isinstance(test, Mapping) else None
        if not isinstance(name, str):
            continue
        way: Way = ("tests", i, "name")
        if name in first:
            also = Related(pen.source.place(first[name]), "the other test of this name")
            message = f"two tests are called {shown(name)}"
            pen.report("ESC971", message, way, "give one of them another name", related=(also,))
        first.setdefault(name, way)


def _complete(test: Mapping[str, Any], way: Way, pen: Pen) -> None:
    """A test is one decision, or a story; and it expects something."""
    once, story = "now" in test or "expect" in test, "story" in test
    if once == story:
        message = (
            "a test is either one decision or a story, not both"
            if once
            else "the test neither asks for a decision nor tells a story"
        )
        pen.report("ESC972", message, way, "write `now:` and `expect:`, or `story:`")
    elif story:
        moments = test["story"]
        if not isinstance(moments, list) or not moments:
            return  # what is wrong with it is told already
        if not any(isinstance(m, Mapping) and ("expect" in m or "meanwhile" in m) for m in moments):
            pen.report(
                "ESC964",
                "nothing is expected at any moment of the story",
                (*way, "story"),
                "add `expect:` to a moment",
                key=True,
            )
        elif "meanwhile" in _mapping(moments[0]):
            pen.report(
                "ESC964",
                "`meanwhile` of the first moment expects nothing: nothing is before it",
                (*way, "story", 0, "meanwhile"),
                "write `expect:`, or a moment before this one",
                key=True,
            )
    elif "expect" not in test:
        pen.report("ESC964", "the test expects nothing of the decision", way, "add `expect:`")
    elif "now" not in test:
        pen.report("ESC202", "a test needs the key `now`", way, "add `now:`, when it is decided")


def _mapping(raw: object) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}


def _sorted_out(
    found: list[Diagnostic], data: Mapping[str, Any]
) -> tuple[list[Diagnostic], dict[int, tuple[Diagnostic, ...]]]:
    """What concerns the whole file, and what single tests."""
    whole: list[Diagnostic] = []
    single: dict[int, list[Diagnostic]] = {}
    tests = data.get("tests")
    mappings = isinstance(tests, list) and all(isinstance(test, Mapping) for test in tests)
    for diagnostic in found:
        start = diagnostic.path.partition("]")[0]
        number = start.removeprefix("tests[")
        if mappings and start != number and number.isdigit():
            single.setdefault(int(number), []).append(diagnostic)
        else:
            whole.append(diagnostic)
    return whole, {n: tuple(sort_diagnostics(ds)) for n, ds in single.items()}
