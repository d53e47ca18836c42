"""What may be sent to a terminal, and when it may be coloured."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any, Final, TextIO

import click

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["COLOURS", "Terminal"]

COLOURS: Final = ("auto", "always", "never")

_WORDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "hint": {"fg": "cyan", "bold": True},
    "head": {"bold": True},
    "quiet": {"dim": True},
    "good": {"fg": "green"},
}
_SEVERITY: Final = r"((?:.*?: )?)(error|warning|hint)(\[ESC\d+\])(.*)$"
_MARKS: Final = r"( *\| +)(\^+)$"


class Terminal:
    """How to print. ``colour`` is one of :data:`COLOURS`; ``NO_COLOR`` is honoured."""

    __slots__ = ("colour",)

    def __init__(self, colour: str = "auto") -> None:
        self.colour = colour

    def coloured(self, stream: IO[Any] | None = None) -> bool:
        """Whether colours go to the stream (standard output)."""
        if self.colour != "auto":
            return self.colour == "always"
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            return False
        return (stream or sys.stdout).isatty()

    def paint(self, text: str, word: str, stream: IO[Any] | None = None) -> str:
        """The text in the colour of a word of ours (``error``, ``head``, ``quiet``)."""
        return click.style(text, **_WORDS[word]) if self.coloured(stream) else text

    def print(self, text: str = "", *, err: bool = False) -> None:
        """One or more lines; what is painted in them stays so."""
        click.echo(text, err=err, color=self.coloured(sys.stderr if err else sys.stdout))

    def finding(self, text: str, *, err: bool = False) -> None:
        """A rendered diagnostic, its severity and its marks coloured."""
        self.print(self.coloured_finding(text, sys.stderr if err else sys.stdout), err=err)

    def coloured_finding(self, text: str, stream: IO[Any] | None = None) -> str:
        """The same as text, coloured if that goes to the stream (standard output)."""
        if not self.coloured(stream):
            return text
        return "\n".join(self._finding_line(line) for line in text.split("\n"))

    def _finding_line(self, line: str) -> str:
        if said := re.match(_SEVERITY, line):
            before, severity, code, after = said.groups()
            return f"{before}{click.style(severity + code, **_WORDS[severity])}{after}"
        if marks := re.match(_MARKS, line):
            return f"{marks.group(1)}{click.style(marks.group(2), **_WORDS['error'])}"
        return line

    @staticmethod
    def plain(text: str) -> str:
        """Text of somebody else's, without what a terminal would obey or hide."""
        from escalate.policy.excerpt import visible

        return visible(text)

    def plain_lines(self, text: str) -> str:
        """The same for several lines."""
        return "\n".join(map(self.plain, text.split("\n")))

    def console(self, to: TextIO | None = None, like: IO[Any] | None = None) -> Console:
        """A console for tables and progress bars that prints ``to`` a stream, with the
        colours that fit ``like`` (the same)."""
        try:
            from rich.console import Console
        except ImportError:
            from escalate.errors import MissingExtraError

            raise MissingExtraError("a table", "cli") from None
        to = to or sys.stdout
        coloured = self.coloured(like or to)
        return Console(
            file=to,
            force_terminal=coloured or None,
            no_color=not coloured,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
