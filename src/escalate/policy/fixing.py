"""A text with all that is mended which has one right answer.

Each round carries out the edits that its findings propose, reads the result again and
compares: an edit must do away with its finding, must not be wrong itself, and must leave
every scalar outside of it what and where it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from escalate.errors import Diagnostic, Fix, Severity
from escalate.policy.edits import apply_fixes, spans
from escalate.policy.text import Text

__all__ = ["Fixed", "fix_text"]

_MOST_ROUNDS: Final = 50

Check = Callable[[str], Iterable[Diagnostic]]
"""Everything that is wrong with a text."""

Name = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Fixed:
    """The new text, what was mended in it, and what is still wrong."""

    text: str
    mended: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]


def fix_text(text: str, file: str, check: Check) -> Fixed:
    """Mend a text; ``file`` is what findings call it."""
    mended: list[Diagnostic] = []
    refused: Counter[Name] = Counter()
    found = list(check(text))
    for _ in range(_MOST_ROUNDS):
        wanted = _apart([d for d in found if _offered(d, file) and not refused[_name(d)]], text)
        if not wanted:
            break
        for chosen in (wanted, *([one] for one in wanted)):
            after = _tried(text, chosen, found, check)
            if after is not None:
                text, found = after
                mended += chosen
                break
            if len(chosen) == 1:
                refused[_name(chosen[0])] += 1
    return Fixed(text, tuple(mended), tuple(found))


def _name(found: Diagnostic) -> Name:
    return found.code, found.path, found.message


def _offered(found: Diagnostic, file: str) -> bool:
    return found.fix is not None and found.fix.place.file == file


def _fixes(found: Iterable[Diagnostic]) -> list[Fix]:
    return [one.fix for one in found if one.fix is not None]


def _apart(found: list[Diagnostic], text: str) -> list[Diagnostic]:
    """Those whose edits touch no other, in the order of the text."""
    apart: list[Diagnostic] = []
    end = -1
    order = sorted(zip(spans(text, _fixes(found)), found, strict=True), key=lambda one: one[0])
    for (first, last), one in order:
        if first > end:
            apart.append(one)
            end = last
    return apart


def _tried(
    text: str, chosen: Sequence[Diagnostic], found: Sequence[Diagnostic], check: Check
) -> tuple[str, list[Diagnostic]] | None:
    """The text after some edits and what is wrong with it, if the edits are right."""
    fixes = _fixes(chosen)
    after = apply_fixes(text, fixes)
    left = list(check(after))
    counts, before = Counter(map(_name, left)), Counter(map(_name, found))
    if any(counts[name] >= before[name] for name in map(_name, chosen)):
        return None
    places = _results(text, fixes)
    was = _scalars(text, spans(text, fixes))
    if was is not None and was != _scalars(after, places, _shifts(text, fixes)):
        return None
    if any(_spoils(one, Text(after, ""), places, was is None) for one in left):
        return None
    return after, left


_OTHERS: Final = frozenset({"ESC103", "ESC202", "ESC211"})
"""What can be wrong at a place that is itself right."""


def _spoils(
    found: Diagnostic, lines: Text, places: Sequence[tuple[int, int]], was_unreadable: bool
) -> bool:
    """Whether a finding tells that an edit wrote something wrong. What has a remedy is the
    next round's; and of a text that could not be read, all but the reading is news."""
    if found.severity is not Severity.ERROR or found.code in _OTHERS or found.fix is not None:
        return False
    if found.place is None or (was_unreadable and not found.code.startswith("ESC1")):
        return False
    at = lines.index(found.place.line, found.place.column)
    return any(first <= at < last for first, last in places)


def _results(text: str, fixes: Sequence[Fix]) -> list[tuple[int, int]]:
    """Where the edits' own text comes to stand."""
    places, shift = [], 0
    for (first, last), fix in sorted(zip(spans(text, fixes), fixes, strict=True), key=_first):
        places.append((first + shift, first + shift + len(fix.text)))
        shift += len(fix.text) - (last - first)
    return places


def _shifts(text: str, fixes: Sequence[Fix]) -> list[tuple[int, int]]:
    """From which index of the new text on everything stands how much later."""
    found, shift = [], 0
    for (first, last), fix in sorted(zip(spans(text, fixes), fixes, strict=True), key=_first):
        shift += len(fix.text) - (last - first)
        found.append((last + shift, shift))
    return found


def _first(pair: tuple[tuple[int, int], Fix]) -> tuple[int, int]:
    return pair[0]


def _scalars(
    text: str, without: Sequence[tuple[int, int]], shifts: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, str]] | None:
    """Where each scalar begins and what it says, but for those that an edit touches; None
    where the text cannot be read to its end."""
    from yaml import YAMLError
    from yaml._yaml import CParser

    found = []
    try:
        for event in iter(CParser(text).get_event, None):
            mark: Any = event
            value = getattr(event, "value", None)
            start, end = mark.start_mark.index, mark.end_mark.index
            if value is None or start == end:  # what is left out says nothing
                continue
            if any(start <= last and first <= end for first, last in without):
                continue
            shift = next((by for at, by in reversed(shifts) if at <= start), 0)
            found.append((start - shift, value))
    except YAMLError:
        return None
    return found
