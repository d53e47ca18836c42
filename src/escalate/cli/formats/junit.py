"""XML in the form of JUnit, which every CI reads.

No times are written: the same findings and tests give the same bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree import ElementTree

from escalate.cli.formats.case import Case
from escalate.cli.formats.paths import shown
from escalate.cli.formats.report import Report
from escalate.cli.formats.words import file_of, sentence
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic
from escalate.policy.excerpt import visible
from escalate.policy.render import render

__all__ = ["lines"]

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_TROUBLE: Final = {"failed": "failure", "wrong": "error"}


def lines(report: Report, _: Terminal) -> Iterator[str]:
    """A suite a file; in it a case a test, or a case a finding, where that one fails the run
    or not. A file without findings is a case that passed."""
    cases = list(_of_findings(report)) if report.cases is None else report.cases
    top = ElementTree.Element("testsuites", {"name": "escalate", **_counts(cases)})
    by_file: dict[str, list[Case]] = {file: [] for file in report.files}
    for case in cases:
        by_file.setdefault(case.file, []).append(case)
    for file, inside in by_file.items():
        told = {"name": _clean(shown(file)), **_counts(inside)}
        suite = ElementTree.SubElement(top, "testsuite", told)
        for case in inside:
            _add(suite, case)
    ElementTree.indent(top)
    # In ASCII, so that no terminal and no wrong guess at the encoding can spoil it.
    text: bytes = ElementTree.tostring(top, encoding="us-ascii", xml_declaration=True)
    yield from text.decode("ascii").split("\n")


def _counts(cases: Sequence[Case]) -> dict[str, str]:
    return {
        "tests": str(len(cases)),
        "failures": str(sum(case.status == "failed" for case in cases)),
        "errors": str(sum(case.status == "wrong" for case in cases)),
    }


def _add(suite: ElementTree.Element, case: Case) -> None:
    file = _clean(shown(case.file))
    said = {"name": _clean(visible(case.name)), "classname": file, "file": file}
    if case.line is not None:
        said["line"] = str(case.line)
    element = ElementTree.SubElement(suite, "testcase", said)
    if case.status != "passed":
        message = {"message": _clean(visible(case.message))}
        trouble = ElementTree.SubElement(element, _TROUBLE[case.status], message)
        trouble.text = _clean(_seen(case.text))
    elif case.text:
        ElementTree.SubElement(element, "system-out").text = _clean(_seen(case.text))


def _of_findings(report: Report) -> Iterator[Case]:
    by_file: dict[str, list[Diagnostic]] = {file: [] for file in report.files}
    for diagnostic in report.findings:
        by_file.setdefault(file_of(diagnostic), []).append(diagnostic)
    for file, found in by_file.items():
        if not found:
            yield Case(file, "no findings")
        alike: Counter[str] = Counter()
        for diagnostic in found:
            place = diagnostic.place
            name = diagnostic.code + (f" at {place.line}:{place.column}" if place else "")
            alike[name] += 1
            yield Case(
                file,
                name if alike[name] == 1 else f"{name} ({alike[name]})",
                place.line if place else None,
                "failed" if report.fails(diagnostic) else "passed",
                f"{diagnostic.severity}: {sentence(diagnostic)}",
                render(diagnostic, report.text_of),
            )


def _seen(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


def _clean(text: str) -> str:
    """Without what XML cannot hold, even escaped."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
