"""How a command says what it found: the options for it, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import click

from escalate.cli.formats import AUTO, FOR_PEOPLE, FORMATS, Report, fitting, lines
from escalate.cli.terminal import Terminal

__all__ = ["Output", "output_options"]

COUNTED: Final = frozenset({"full", "concise", "json", "jsonl"})
"""The forms that statistics have."""


class Output:
    """A form of :data:`FORMATS`, resolved; the file that it goes into, if not standard
    output; and whether findings are only counted."""

    __slots__ = ("file", "form", "statistics")

    def __init__(self, form: str, file: str | None = None, statistics: bool = False) -> None:
        self.form = form
        self.file = file
        self.statistics = statistics

    @property
    def tells_more(self) -> bool:
        """Whether there is room for other lines on standard output."""
        return self.file is not None or self.form in FOR_PEOPLE

    def show(self, terminal: Terminal, report: Report) -> None:
        """Say it. What goes into a file is said on standard output as well, for people."""
        self.write(report)
        for_people = "github" if fitting(AUTO) == "github" else "full"
        form = self.form if self.file is None else for_people
        for line in self._lines(report, form, terminal):
            terminal.print(line)

    def write(self, report: Report) -> None:
        """Write it into the file, where it goes into one."""
        if self.file is not None:
            _write(self.file, self._lines(report, self.form, Terminal("never")))

    def _lines(self, report: Report, form: str, terminal: Terminal) -> Iterator[str]:
        if not self.statistics or form not in COUNTED:
            return lines(report, form, terminal)
        from escalate.cli.formats.statistics import lines as counted

        return counted(report, form, terminal)


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--output-format``, ``-o`` and ``--statistics``, as ``output``."""
    import functools

    @functools.wraps(command)
    def joined(*args: Any, form: str, file: str | None, statistics: bool, **more: Any) -> Any:
        form = fitting(form)
        if statistics and form not in COUNTED:
            raise click.UsageError(f"`--statistics` has no form `{form}`; take `full` or `json`")
        return command(*args, output=Output(form, file, statistics), **more)

    joined = click.option(
        "--statistics", is_flag=True, help="Only how often each code was found, and what it is."
    )(joined)
    joined = click.option(
        "-o",
        "--output",
        "file",
        metavar="FILE",
        help="Write that into FILE; people are told as ever.",
    )(joined)
    return click.option(
        "--output-format",
        "form",
        type=click.Choice([*FORMATS, AUTO]),
        default="full",
        show_default=True,
        help="With the text and what to do, a line each, for programs, or for a CI; `auto` is"
        " that of the CI that runs it, else `full`.",
    )(joined)


def _write(file: str, said: Iterator[str]) -> None:
    from escalate.cli.files import cannot_write

    text = "".join(f"{line}\n" for line in said)
    try:
        with open(file, "wb") as stream:
            stream.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise cannot_write(file, error) from None
