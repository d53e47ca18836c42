"""What is left of the findings: some are ignored by comments in the text, some by the
project's settings, and some are graver or milder there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from escalate.checking.settings import NO_SETTINGS, Settings
from escalate.errors import Diagnostic, Severity
from escalate.policy.source import Source

if TYPE_CHECKING:
    from escalate.policy.ignoring import Ignore

__all__ = ["Ignored", "Sieve"]

_ASKS: Final = re.compile(r"#\s*escalate:")
"""What every comment has that asks for something; most texts have none."""


class Ignored(NamedTuple):
    """A finding that is not told: by whom (a comment in the text, or settings), and why."""

    finding: Diagnostic
    by: Literal["text", "settings"]
    reason: str


class Sieve:
    """For the findings in some texts; ``ignored`` are those that it kept back."""

    def __init__(self, sources: Iterable[Source], settings: Settings = NO_SETTINGS) -> None:
        self.ignored: list[Ignored] = []
        self.settings = settings
        self._comments = {source.file: _comments_of(source) for source in sources}
        self._used: set[tuple[str, int, int]] = set()

    def passed(self, found: Diagnostic) -> Diagnostic | None:
        """The finding as it is to be told, or nothing."""
        if found.severity is Severity.ERROR:
            return found
        comment = self._comment(found)
        if comment is not None:
            self.ignored.append(Ignored(found, "text", comment.reason))
            return None
        return self._settled(found)

    def _comment(self, found: Diagnostic) -> Ignore | None:
        place = found.place
        comments = self._comments.get(place.file, ()) if place is not None else ()
        if place is None or not comments:
            return None
        from escalate.checking.codes import may_be_ignored

        if not may_be_ignored(found.code):
            return None
        for number, comment in enumerate(comments):
            if comment.word != "ignore" or comment.codes is None:
                continue
            for i, (code, _) in enumerate(comment.codes):
                if code == found.code and comment.covers_place(place):
                    self._used.add((place.file, number, i))
                    return comment
        return None

    def _settled(self, found: Diagnostic) -> Diagnostic | None:
        settings, file = self.settings, found.file
        pattern = settings.pattern_for(found.code, file) if file is not None else None
        if pattern is not None:
            self.ignored.append(Ignored(found, "settings", f"{settings.file}: `{pattern}`"))
            return None
        severity = settings.severities.get(found.code, found.severity)
        if severity is None:
            self.ignored.append(Ignored(found, "settings", f"{settings.file}: off"))
            return None
        return found if severity is found.severity else found._replace(severity=severity)

    def remarks(self, told: str | None, unclear: frozenset[str] = frozenset()) -> list[Diagnostic]:
        """What is wrong with the comments themselves. Of those in the file ``told``, whose
        findings have all been asked, that they are not needed, but for codes of which that
        is ``unclear``."""
        found: list[Diagnostic] = []
        for file, comments in self._comments.items():
            for number, comment in enumerate(comments):
                from escalate.checking.comments import faults, unneeded

                found += faults(comment)
                if file == told and comment.word == "ignore":
                    used = {i for f, n, i in self._used if (f, n) == (file, number)}
                    found += unneeded(comment, used, unclear)
        return [one for one in map(self._settled, found) if one is not None]


def _comments_of(source: Source) -> Sequence[Ignore]:
    if not _ASKS.search(source.text):
        return ()
    from escalate.policy.ignoring import ignores_in

    return ignores_in(source)
