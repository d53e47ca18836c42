"""SARIF 2.1.0, the common form of what analysers find: for code scanning and editors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from escalate.cli.formats.fingerprint import fingerprints
from escalate.cli.formats.json_text import json_lines
from escalate.cli.formats.paths import is_outside, uri
from escalate.cli.formats.report import Report
from escalate.cli.formats.words import file_of, sentence
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic, Fix, Place, Related, Severity
from escalate.policy.excerpt import visible
from escalate.rules import page, title

if TYPE_CHECKING:
    from escalate.checking.sieve import Ignored

__all__ = ["lines"]

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def lines(report: Report, _: Terminal) -> Iterator[str]:
    """One document with one run: the rules that found something, and what they found."""
    ignored = {} if _shows_all() else {id(one.finding): one for one in report.ignored}
    found = list(fingerprints(report, (one.finding for one in ignored.values())))
    codes = sorted({d.code for d, _ in found})
    results = [_result(d, codes, same) | _ignored(ignored.get(id(d))) for d, same in found]
    driver = {"name": "escalate", "version": _version(), "rules": [_rule(code) for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    yield from json_lines({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _shows_all() -> bool:
    """Whether what reads the document would show what is ignored, as code scanning does."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _ignored(one: Ignored | None) -> dict[str, Any]:
    if one is None:
        return {}
    said: dict[str, Any] = {"kind": "inSource" if one.by == "text" else "external"}
    if one.reason:
        said["justification"] = visible(one.reason)
    return {"suppressions": [said]}


def _version() -> str:
    from importlib.metadata import version

    return version("escalate")


def _rule(code: str) -> dict[str, Any]:
    text = page(code)
    said: dict[str, Any] = {"id": code}
    if text is not None:
        said["shortDescription"] = {"text": title(code)}
        said["fullDescription"] = {"text": _first_paragraph(text)}
        said["help"] = {"text": text, "markdown": text}
    return said


def _first_paragraph(text: str) -> str:
    return " ".join(text.split("\n\n")[1].split())


def _result(diagnostic: Diagnostic, codes: list[str], fingerprint: str) -> dict[str, Any]:
    location = _location(file_of(diagnostic), diagnostic.place)
    if diagnostic.path and diagnostic.place:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(diagnostic.path)}]
    said: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": _LEVELS[diagnostic.severity],
        "message": _message(sentence(diagnostic)),
        "locations": [location],
        # The first is what code scanning goes by.
        "partialFingerprints": {
            "primaryLocationLineHash": fingerprint,
            "escalateFinding/v1": fingerprint,
        },
    }
    if diagnostic.related:
        said["relatedLocations"] = [_related(i, one) for i, one in enumerate(diagnostic.related)]
    if diagnostic.fix:
        said["fixes"] = [_fix(diagnostic.fix)]
    return said


def _message(text: str) -> dict[str, str]:
    """``[words](address)`` in a message would be a link of the author's."""
    return {"text": text.replace("](", "] (")}


def _location(file: str, place: Place | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(file)}
    if place is not None:
        physical["region"] = _region(place)
    return {"physicalLocation": physical}


def _related(number: int, related: Related) -> dict[str, Any]:
    return {
        "id": number,
        "message": _message(visible(related.message)),
        **_location(related.place.file, related.place),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(fix.place), "insertedContent": {"text": fix.text}}
    change = {"artifactLocation": _artifact(fix.place.file), "replacements": [replacement]}
    return {"artifactChanges": [change]}


def _artifact(file: str) -> dict[str, str]:
    said = {"uri": uri(file)}
    return said if is_outside(file) else {**said, "uriBaseId": "%SRCROOT%"}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
