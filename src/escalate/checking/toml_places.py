"""Where the keys and values of a TOML text stand, which `tomllib` does not tell.

Only texts that `tomllib` has read are looked at, so that nothing here needs to be refused.
"""

from __future__ import annotations

import re
import tomllib
from typing import Final

__all__ = ["Path", "Places", "places_in"]

Path = tuple[str | int, ...]
Span = tuple[int, int]

Places = dict[Path, tuple[Span, Span]]
"""Of each path, where its key stands and where its value; an item is its own key."""

_SPACE: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANKS: Final = re.compile(r"[ \t]*")
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'",
    re.DOTALL,
)
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_OTHER: Final = re.compile(r"[^,\]}#\n]*")


def places_in(text: str) -> Places:
    """The places of a text that is TOML."""
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: Places = {}
        self._tables: dict[Path, int] = {}  # how many items of a list of tables have begun

    def run(self) -> Places:
        within: Path = ()
        self._skip(_SPACE)
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                within = self._header()
            else:
                self._pair(within)
            self._skip(_SPACE)
        return self.places

    def _skip(self, what: re.Pattern[str]) -> None:
        found = what.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _header(self) -> Path:
        """`[a.b]` or `[[a.b]]`: the table that what follows stands in."""
        start = self.at
        listed = self.text.startswith("[[", self.at)
        self.at += 2 if listed else 1
        path: Path = ()
        keys = self._keys()
        for number, (name, key) in enumerate(keys, 1):
            path = (*path, name)
            self.places.setdefault(path, (key, key))
            if path in self._tables and not (listed and number == len(keys)):
                path = (*path, self._tables[path] - 1)
        self._skip(_BLANKS)
        self.at += 2 if listed else 1
        if listed:
            self._tables[path] = self._tables.get(path, 0) + 1
            path = (*path, self._tables[path] - 1)
        self.places[path] = (keys[-1][1], (start, self.at))
        return path

    def _keys(self) -> list[tuple[str, Span]]:
        """The parts of a dotted key, each with where it stands."""
        found = []
        while True:
            self._skip(_BLANKS)
            start = self.at
            self._skip(_STRING if self.text[start] in "\"'" else _BARE)
            written = self.text[start : self.at]
            name = written if written[0] not in "\"'" else next(iter(tomllib.loads(f"{written}=0")))
            found.append((name, (start, self.at)))
            self._skip(_BLANKS)
            if not self.text.startswith(".", self.at):
                return found
            self.at += 1

    def _pair(self, within: Path) -> None:
        keys = self._keys()
        self.at += 1  # the sign of equality
        path = within
        for name, key in keys[:-1]:
            path = (*path, name)
            self.places.setdefault(path, (key, key))
        self._skip(_BLANKS)
        name, key = keys[-1]
        self._value((*path, name), key)

    def _value(self, path: Path, key: Span | None = None) -> None:
        start = self.at
        sign = self.text[start]
        if sign == "[":
            self._items(path)
        elif sign == "{":
            self._inline(path)
        elif sign in "\"'":
            self._skip(_STRING)
        else:
            self._skip(_OTHER)
            self.at = start + len(self.text[start : self.at].rstrip())
        self.places[path] = (key or (start, self.at), (start, self.at))

    def _items(self, path: Path) -> None:
        self.at += 1
        number = 0
        self._skip(_SPACE)
        while self.text[self.at] != "]":
            self._value((*path, number))
            number += 1
            self._between()
        self.at += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        self._skip(_SPACE)
        while self.text[self.at] != "}":
            self._pair(path)
            self._between()
        self.at += 1

    def _between(self) -> None:
        self._skip(_SPACE)
        if self.text[self.at] == ",":
            self.at += 1
            self._skip(_SPACE)
