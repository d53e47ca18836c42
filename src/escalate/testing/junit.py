"""Results in the form of JUnit, which every CI reads.

No times are written: the same tests give the same bytes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from escalate.policy.excerpt import visible
from escalate.testing.outcome import FileOutcome, Outcome
from escalate.testing.runner import Report
from escalate.testing.telling import test_text

__all__ = ["junit"]

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> bytes:
    """The report as XML: a suite a file, a case a test."""
    top = ElementTree.Element("testsuites", _counts(report.files))
    for file in report.files:
        suite = ElementTree.SubElement(
            top, "testsuite", {"name": _clean(file.file), **_counts([file])}
        )
        for test in file.tests:
            _case(suite, test)
        if file.wrong:
            case = ElementTree.SubElement(
                suite, "testcase", {"name": "the file", "classname": _clean(file.file)}
            )
            message = "\n".join(visible(str(d)) for d in file.wrong)
            first = visible(str(file.wrong[0]))
            ElementTree.SubElement(case, "error", {"message": _clean(first)}).text = _clean(message)
    ElementTree.indent(top)
    told: bytes = ElementTree.tostring(top, encoding="utf-8", xml_declaration=True)
    return told + b"\n"


def _counts(files: list[FileOutcome] | tuple[FileOutcome, ...]) -> dict[str, str]:
    tests = [test for file in files for test in file.tests]
    broken = sum(bool(file.wrong) for file in files)
    return {
        "tests": str(len(tests) + broken),
        "failures": str(sum(test.status == "failed" for test in tests)),
        "errors": str(sum(test.status == "wrong" for test in tests) + broken),
    }


def _case(suite: ElementTree.Element, test: Outcome) -> None:
    said = {"name": _clean(test.name), "classname": _clean(test.file), "file": _clean(test.file)}
    case = ElementTree.SubElement(suite, "testcase", {**said, "line": str(test.place.line)})
    if test.passed:
        return
    kind = "failure" if test.status == "failed" else "error"
    message = visible(test.diagnostics[0].message)
    told = ElementTree.SubElement(case, kind, {"message": _clean(message)})
    told.text = _clean(test_text(test, _text_of))


def _text_of(file: str) -> str | None:
    try:
        return Path(file).read_bytes().decode("utf-8", "replace")
    except (OSError, ValueError):
        return None


def _clean(text: str) -> str:
    """Without what XML cannot hold, even escaped, and what would be obeyed or hidden."""
    shown = "\n".join(visible(line) for line in text.split("\n"))
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", shown)
