"""What a project has settled for the check of its policies: how grave findings are, and
which are ignored where. The author's page is docs/ci.md, "Settings of a project"."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from escalate.errors import Diagnostic, Severity

__all__ = ["EVERYTHING", "NO_SETTINGS", "Settings"]

EVERYTHING: Final = "*"
"""Instead of a code: whatever may be ignored."""


class Settings(NamedTuple):
    """Settings as they hold for the files below ``folder``; ``file`` is what the file that
    they stand in is called, and ``wrong`` what is wrong with it.

    ``severities`` has ``None`` for a code that is off; ``ignores`` codes by a pattern of
    files; ``fail_level`` is what fails a run at the least, if that is settled.
    """

    file: str = ""
    folder: str = ""
    severities: Mapping[str, Severity | None] = MappingProxyType({})
    ignores: Sequence[tuple[str, frozenset[str]]] = ()
    fail_level: Severity | None = None
    wrong: tuple[Diagnostic, ...] = ()

    def pattern_for(self, code: str, file: str) -> str | None:
        """The pattern by which a code is ignored in a file, if it is."""
        if not self.ignores:
            return None
        within = os.path.relpath(os.path.abspath(file), self.folder).replace(os.sep, "/")
        for pattern, codes in self.ignores:
            if (code in codes or EVERYTHING in codes) and _fits(pattern, within):
                return pattern
        return None


NO_SETTINGS: Final = Settings()
"""What holds where nothing is settled."""


def _fits(pattern: str, file: str) -> bool:
    """Whether a pattern is that of a file, both from the settings' folder: without a slash
    it is about the name in any folder, with one at its end about all in a folder."""
    if pattern.endswith("/"):
        pattern += "**"
    parts = pattern.removeprefix("./").split("/")
    return _match(parts if len(parts) > 1 else ["**", *parts], file.split("/"))


def _match(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    if not pattern or not parts:
        return not parts and all(part == "**" for part in pattern)
    if pattern[0] == "**":
        return _match(pattern[1:], parts) or _match(pattern, parts[1:])
    from fnmatch import fnmatchcase

    return fnmatchcase(parts[0], pattern[0]) and _match(pattern[1:], parts[1:])
