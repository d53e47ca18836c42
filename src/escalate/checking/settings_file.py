"""The settings of a project, read from `.escalate.toml`, or from `[tool.escalate]` of
`pyproject.toml`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from escalate.checking.nearest import OWN, nearest
from escalate.checking.settings import EVERYTHING, NO_SETTINGS, Settings
from escalate.errors import Diagnostic, Place, Severity, did_you_mean
from escalate.policy.text import Text

if TYPE_CHECKING:
    from escalate.checking.toml_places import Path, Places

__all__ = ["settings_for"]

_TABLE: Final = ("tool", "escalate")

_OFF: Final = "off"
_LEVELS: Final = tuple(severity.value for severity in Severity)
_AT: Final = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)


def settings_for(file: str) -> Settings:
    """The settings that hold for a file; of standard input, those of this folder."""
    found = nearest(os.path.dirname(file) if not file.startswith("<") else "")
    if found is None:
        return NO_SETTINGS
    path, content = found
    shown = path if os.path.isabs(file) else _from_here(path)
    return _read(path, shown.replace(os.sep, "/"), content)


def _from_here(path: str) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # on another drive
        return path


@lru_cache(maxsize=16)
def _read(path: str, shown: str, content: bytes) -> Settings:
    import tomllib

    text = Text(content.decode("utf-8", "replace").removeprefix("\ufeff"), shown)
    try:
        content.decode("utf-8")
        data = tomllib.loads(text.content.replace("\r\n", "\n"))
    except UnicodeDecodeError:
        at = text.content.find("\N{REPLACEMENT CHARACTER}")
        message = "the settings are not UTF-8 text"
        wrong = Diagnostic("ESC820", message, place=text.place(at), help="save the file as UTF-8")
        return Settings(shown, os.path.dirname(path), wrong=(wrong,))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Settings(shown, os.path.dirname(path), wrong=(_unreadable(str(error), text),))
    whole: Path = () if path.endswith(OWN) else _TABLE
    for part in whole:
        data = data.get(str(part), {})
    return _Reader(text, whole).settings(data, path)


def _unreadable(said: str, text: Text) -> Diagnostic:
    found = _AT.match(said)
    at = len(text.content)
    if found and found[2]:
        at = text.index(int(found[2]), int(found[3]))
    why = (found[1] if found else said).split("\n")[0]
    why = why[:1].lower() + why[1:]
    return Diagnostic(
        "ESC820",
        f"the settings cannot be read as TOML here: {why}",
        place=text.place(at),
        help='text stands in quotes, as in `ESC733 = "off"`',
    )


class _Reader:
    """Settings from what TOML says, with everything that is wrong."""

    def __init__(self, text: Text, whole: Path) -> None:
        self.text = text
        self.whole = whole
        self.found: list[Diagnostic] = []
        self._places: Places | None = None

    def settings(self, data: Any, path: str) -> Settings:
        known: Mapping[str, Callable[[Any, Path], Any]] = {
            "severity": self._severities,
            "ignore": self._ignores,
            "fail-level": self._level,
        }
        read: dict[str, Any] = {}
        if not isinstance(data, dict):
            self._wrong("ESC822", "the settings are a table of keys", (), "write `[tool.escalate]`")
            data = {}
        for key, value in data.items():
            if key in known:
                read[key] = known[key](value, (key,))
                continue
            near = did_you_mean(key, known)
            if key == "tool" and not self.whole:
                help_ = f"in `{OWN}` the keys stand at the top, without `[tool.escalate]`"
            elif near:
                help_ = f"did you mean `{near}`?"
            else:
                help_ = f"there are `{'`, `'.join(known)}`"
            self._wrong("ESC821", f"there is no setting `{key}`", (key,), help_, key=True)
        return Settings(
            self.text.file,
            os.path.dirname(path),
            read.get("severity", {}),
            read.get("ignore", ()),
            read.get("fail-level"),
            tuple(self.found),
        )

    def _severities(self, value: Any, at: Path) -> dict[str, Severity | None]:
        found: dict[str, Severity | None] = {}
        help_ = 'write codes and severities, as in `ESC733 = "off"`'
        for code, word in self._table(value, at, help_).items():
            here = (*at, code)
            if not self._code(code, here, key=True):
                continue
            if word == _OFF:
                found[code] = None
            elif word in _LEVELS:
                found[code] = Severity(word)
            else:
                self._word(word, here, (*_LEVELS, _OFF))
        return found

    def _ignores(self, value: Any, at: Path) -> tuple[tuple[str, frozenset[str]], ...]:
        found = []
        help_ = 'write patterns of files and codes, as in `"drafts/**" = ["ESC720"]`'
        for pattern, codes in self._table(value, at, help_).items():
            here = (*at, pattern)
            if not isinstance(codes, list):
                message = f"what is ignored in `{pattern}` is a list of codes"
                self._wrong("ESC822", message, here, 'write it in brackets, as in `["ESC720"]`')
                continue
            good = [c for i, c in enumerate(codes) if c == EVERYTHING or self._code(c, (*here, i))]
            found.append((pattern, frozenset(good)))
        return tuple(found)

    def _level(self, value: Any, at: Path) -> Severity | None:
        if value in _LEVELS:
            return Severity(value)
        self._word(value, at, _LEVELS)
        return None

    def _table(self, value: Any, at: Path, help_: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self._wrong("ESC822", f"`{at[-1]}` is a table", at, help_)
        return {}

    def _word(self, written: Any, at: Path, known: tuple[str, ...]) -> None:
        near = did_you_mean(written, known) if isinstance(written, str) else None
        help_ = f"did you mean `{near}`?" if near else f"it is one of `{'`, `'.join(known)}`"
        self._wrong("ESC822", f"{self._written(at)} is no severity", at, help_)

    def _code(self, code: Any, at: Path, *, key: bool = False) -> bool:
        """Whether a finding of that code can be left out or graver; if not, it is told."""
        from escalate.checking.codes import is_code, may_be_settled, near_code

        shown = f"`{code}`" if isinstance(code, str) else self._written(at)
        if not isinstance(code, str) or not is_code(code):
            near = near_code(code) if isinstance(code, str) else None
            help_ = f"did you mean `{near}`?" if near else "`escalate rule --all` lists them"
            self._wrong("ESC823", f"{shown} is the code of no finding", at, help_, key=key)
            return False
        if not may_be_settled(code):
            message = f"{shown} is no finding that settings may change"
            help_ = "errors keep a policy from being used; only warnings and hints are settled here"
            self._wrong("ESC824", message, at, help_, key=key)
            return False
        return True

    def _written(self, at: Path) -> str:
        first, last = self._spans(at)[1]
        written = self.text.content[first:last]
        return f"`{written}`" if len(written) <= 40 and "\n" not in written else "this"

    def _wrong(self, code: str, message: str, at: Path, help_: str, *, key: bool = False) -> None:
        spans = self._spans(at)
        place = self._place(spans[0] if key else spans[1])
        path = ".".join(map(str, at))
        self.found.append(Diagnostic(code, message, place=place, help=help_, path=path))

    def _spans(self, at: Path) -> tuple[tuple[int, int], tuple[int, int]]:
        if self._places is None:
            from escalate.checking.toml_places import places_in  # only mistakes need it

            self._places = places_in(self.text.content)
        return self._places.get((*self.whole, *at), ((0, 1), (0, 1)))

    def _place(self, span: tuple[int, int]) -> Place:
        return self.text.place(*span)
