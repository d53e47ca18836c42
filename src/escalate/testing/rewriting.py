"""`--update`: what came out, written in place of what was expected.

The smallest edit of the text: only the values that were not met are touched, comments and
every other byte stay. What is written is read again before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from escalate.policy.source import Source, read_source
from escalate.policy.text import Text
from escalate.testing.difference import KEPT, NONE, REMOVED
from escalate.testing.outcome import Unmet
from escalate.testing.pen import Way
from escalate.testing.runner import Report
from escalate.testing.suite import LIMITS
from escalate.testing.yaml_words import flow

__all__ = ["Rewritten", "rewrite", "rewritten"]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """How many expectations were rewritten, by file."""

    files: dict[str, int] = field(default_factory=dict)


class Edit(NamedTuple):
    """Characters from ``start`` up to ``end`` become ``text``."""

    start: int
    end: int
    text: str


def rewrite(report: Report) -> Rewritten:
    """Rewrite the files of a report. Whoever runs the tests again sees what is left."""
    done = Rewritten()
    for file in report.files:
        unmet = [u for test in file.tests for f in test.failures for u in f.unmet]
        unmet = [u for u in unmet if u.becomes is not KEPT]
        if not unmet:
            continue
        path = Path(file.file)
        content = path.read_bytes()
        text, count = rewritten(content.decode("utf-8"), file.file, unmet)
        if count:
            path.write_bytes(text.encode("utf-8"))
            done.files[file.file] = count
    return done


def rewritten(text: str, file: str, unmet: Iterable[Unmet]) -> tuple[str, int]:
    """The text with what came out, and how many expectations that are."""
    edits: dict[Way, Any] = {}
    for one in unmet:
        edits.setdefault(one.way, one.becomes)
    whole = _with(text, file, edits)
    if whole is not None:
        return whole, len(edits)
    # One that cannot be written must not keep the others from it. From the last to the
    # first, so that what goes away moves none of those still to come.
    count = 0
    for way in sorted(edits, key=lambda way: [str(part).zfill(9) for part in way], reverse=True):
        changed = _with(text, file, {way: edits[way]})
        if changed is not None:
            text, count = changed, count + 1
    return text, count


def _with(text: str, file: str, edits: Mapping[Way, Any]) -> str | None:
    """The text with edits; ``None`` where it would be read as something else than meant."""
    source = read_source(text, file, LIMITS)
    edits = _empty_lists(source, edits)
    body = source.text
    made = [_edit(source, way, becomes) for way, becomes in edits.items()]
    new = _applied(body, made)
    if _changed(source.data, edits) != read_source(new, file, LIMITS).data:
        return None
    return text[: len(text) - len(body)] + new


def _empty_lists(source: Source, given: Mapping[Way, Any]) -> dict[Way, Any]:
    """The edits, in which a list or a mapping of which everything goes becomes `none`."""
    edits = dict(given)
    gone = [way for way, becomes in edits.items() if becomes is REMOVED]
    for parent in {way[:-1] for way in gone}:
        held = _at(source.data, parent)
        if all(edits.get((*parent, key)) is REMOVED for key in _keys(held)):
            for way in [way for way in gone if way[:-1] == parent]:
                del edits[way]
            edits[parent] = NONE
    return edits


def _keys(held: Any) -> list[str | int]:
    return list(held) if isinstance(held, Mapping) else list(range(len(held)))


def _at(data: Any, way: Way) -> Any:
    for part in way:
        data = data[part]
    return data


def _changed(data: Any, edits: Mapping[Way, Any], way: Way = ()) -> Any:
    """The data as the edits are meant."""
    if way in edits:
        return edits[way]
    if isinstance(data, Mapping):
        kept = {k: v for k, v in data.items() if edits.get((*way, k)) is not REMOVED}
        return {key: _changed(value, edits, (*way, key)) for key, value in kept.items()}
    if isinstance(data, list):
        return [
            _changed(value, edits, (*way, i))
            for i, value in enumerate(data)
            if edits.get((*way, i)) is not REMOVED
        ]
    return data


# The text.


def _edit(source: Source, way: Way, becomes: Any) -> Edit:
    lines = Text(source.text, source.file)
    start, end = lines.span(source.place(way))
    if becomes is REMOVED:
        key_start, _ = lines.span(source.place(way, key=True))
        return _removal(source.text, key_start, end)
    # What is replaced by nothing, `expect: {level: }`, is no expectation, and never unmet.
    return Edit(start, end, flow(becomes, inside=_in_flow(source, way)))


def _in_flow(source: Source, way: Way) -> bool:
    """Whether a value stands between brackets, where more signs have a meaning."""
    lines = Text(source.text, source.file)
    for length in range(len(way)):
        start, end = lines.span(source.place(way[:length]))
        if source.text[start : start + 1] in "[{" and source.text[end - 1 : end] in "]}":
            return True
    return False


def _removal(text: str, start: int, end: int) -> Edit:
    """An entry of a list or mapping goes, with its comma or its line."""
    line_start = text.rfind("\n", 0, start) + 1
    before = text[line_start:start]
    line_end = text.find("\n", end)
    after = text[end : line_end if line_end >= 0 else len(text)]
    if before.strip() in ("", "-") and not after.strip().startswith(","):
        # A line, or several, of a block: they go with their end and their comment.
        return Edit(line_start, line_end + 1 if line_end >= 0 else len(text), "")
    rest = len(text[end:]) - len(text[end:].lstrip())
    if text[end + rest : end + rest + 1] == ",":
        stop = end + rest + 1
        stop += len(text[stop:]) - len(text[stop:].lstrip(" "))
        return Edit(start, stop, "")
    back = text[:start].rstrip()
    return Edit(len(back) - 1 if back.endswith(",") else start, end, "")


def _applied(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
